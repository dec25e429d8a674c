from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.numbers import find_numbers

SEPARATORS = st.sampled_from([" ", ".", "\u00a0"])


def grouped(value: int, separator: str) -> str:
    return f"{value:,}".replace(",", separator)


@given(st.integers(min_value=1, max_value=9_999_999_999), SEPARATORS)
def test_money_comes_back_whatever_separates_the_thousands(value: int, separator: str) -> None:
    (number,) = find_numbers(f"Rammen er kr {grouped(value, separator)},- netto")
    assert (number.value, number.unit) == (value, Unit.NOK)


@given(st.integers(min_value=0, max_value=999), st.integers(min_value=0, max_value=99))
def test_percentages_with_decimals(whole: int, decimals: int) -> None:
    (number,) = find_numbers(f"andelen er {whole},{decimals:02d} %")
    assert number.value == round(whole + decimals / 100, 6)
    assert number.unit is Unit.PERCENT


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_any_text_gives_spans_in_order_and_inside(text: str) -> None:
    done = 0
    for number in find_numbers(text):
        assert done <= number.start < number.end <= len(text)
        done = number.start + 1


@given(st.text(alphabet="0123456789 .,-–%kr§/()\n", max_size=80))
def test_digits_and_marks_never_fail_and_give_the_same_twice(text: str) -> None:
    assert find_numbers(text) == find_numbers(text)
