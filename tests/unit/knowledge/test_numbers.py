from __future__ import annotations

from typing import Any

import pytest

from grunnmur.knowledge.language.numbers import NumberMatch, find_numbers, parse_number
from tests.unit.knowledge.plain import cases


def as_case(number: NumberMatch) -> dict[str, Any]:
    shown = {"value": number.value, "unit": number.unit and number.unit.value, "bound": number.bound.value,
             "approx": number.approx, "of": number.of}  # fmt: skip
    return {name: value for name, value in shown.items() if value not in (None, "", False)}


@pytest.mark.parametrize("case", cases("numbers"), ids=lambda case: case["text"])
def test_numbers_as_written(case: dict[str, Any]) -> None:
    assert [as_case(number) for number in find_numbers(case["text"])] == case["numbers"]


def test_the_span_holds_currency_scale_and_noun() -> None:
    text = "Vi fikk ca. 12 nye medarbeidere og kr 4,5 mill. i tilskudd"
    assert [text[number.start : number.end] for number in find_numbers(text)] == ["12 nye medarbeidere", "kr 4,5 mill."]


def test_a_double_unit_is_marked() -> None:
    assert [number.doubled for number in find_numbers("24 500 000 mill. og 24,5 mill.")] == [True, False]


@pytest.mark.parametrize(
    ("text", "value"), [("1 250 000", 1250000.0), ("-3,5 %", -3.5), ("tolv", 12.0), ("plan", None)]
)
def test_a_text_that_is_only_a_number(text: str, value: float | None) -> None:
    assert parse_number(text) == value
