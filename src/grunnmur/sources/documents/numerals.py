"""List numbers as Word, OpenDocument and HTML write them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

BULLET = "•"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def roman(number: int) -> str:
    """Small Roman numerals for 1–3999; plain digits outside."""
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        text += letters * count
    return text


def letters(number: int) -> str:
    """a, b … z, aa, bb …, as Word counts; plain digits outside 1–780."""
    if not 0 < number <= 780:
        return str(number)
    rounds, place = divmod(number - 1, 26)
    return chr(ord("a") + place) * (rounds + 1)


_FORMS: Mapping[str, Callable[[int], str]] = MappingProxyType(
    {
        "lowerRoman": roman, "i": roman,
        "upperRoman": lambda number: roman(number).upper(), "I": lambda number: roman(number).upper(),
        "lowerLetter": letters, "a": letters,
        "upperLetter": lambda number: letters(number).upper(), "A": lambda number: letters(number).upper(),
        "decimalZero": lambda number: f"{number:02d}",
    }
)  # fmt: skip


def numeral(number: int, form: str) -> str:
    """``number`` in a form that Word (``lowerRoman``) or HTML and OpenDocument (``i``) name; digits by default."""
    return _FORMS.get(form, str)(number)
