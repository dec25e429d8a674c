from __future__ import annotations

from typing import Any

import pytest

from grunnmur.knowledge.language.dates import find_dates, full_year
from tests.unit.knowledge.plain import cases


@pytest.mark.parametrize("case", cases("dates"), ids=lambda case: case["text"])
def test_dates_as_written(case: dict[str, Any]) -> None:
    found = find_dates(case["text"], case.get("today"), case.get("year"))
    assert [date.iso for date in found] == case["dates"]
    assert [date.as_of for date in found] == [case.get("as_of", False)] * len(found)


def test_dates_without_a_year_say_that_they_borrow_it() -> None:
    assert [date.borrowed for date in find_dates("April og mai 2025", "2025-03-01")] == [True, False]


@pytest.mark.parametrize(("digits", "year"), [("24", 2024), ("’98", 1998), ("2031", 2031)])
def test_two_digits_are_a_year_of_our_time(digits: str, year: int) -> None:
    assert full_year(digits) == year
