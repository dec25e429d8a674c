from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grunnmur.knowledge.language.dates import MONTH_NUMBER, find_dates

DAYS = st.dates(min_value=date(1970, 1, 1), max_value=date(2059, 12, 31))
NAMES = {number: name for name, number in reversed(MONTH_NUMBER.items())}


@pytest.mark.parametrize("form", ["{d}. {name} {y}", "{d}.{m}.{y}", "{d:02d}.{m:02d}.{yy:02d}", "{y}-{m:02d}-{d:02d}"])
def test_every_day_comes_back_from_every_form(form: str) -> None:
    @given(DAYS)
    def check(day: date) -> None:
        words = form.format(d=day.day, m=day.month, y=day.year, yy=day.year % 100, name=NAMES[day.month])
        assert [found.iso for found in find_dates(f"Møtet er {words}, klokka ti")] == [day.isoformat()]

    check()


@given(st.integers(min_value=1, max_value=3), st.integers(min_value=1990, max_value=2060))
def test_a_tertial_is_four_months(which: int, year: int) -> None:
    (found,) = find_dates(f"i {which}. tertial {year}")
    assert found.iso == f"{year}-{which * 4 - 3:02d}/{year}-{which * 4:02d}"


@given(st.text(alphabet="0123456789./- aprilmaijunhøstt\n", max_size=80))
def test_any_text_gives_dates_in_order_that_begin_before_they_end(text: str) -> None:
    done = 0
    for found in find_dates(text, "2024-05-01"):
        assert done <= found.start < found.end <= len(text)
        first, last = found.iso.split("/")[0], found.iso.split("/")[-1]
        assert first <= last
        done = found.end
