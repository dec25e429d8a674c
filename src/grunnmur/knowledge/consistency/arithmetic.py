"""How exactly written numbers can be expected to add up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grunnmur.kernel import Unit
from grunnmur.knowledge.language.numbers import NumberMatch

_APPROXIMATE = 0.05
_FLOAT = 1e-9
_COUNTS = frozenset({None, Unit.PERSONS, Unit.CASES, Unit.PLACES, Unit.DAYS, Unit.HOURS, Unit.OTHER})


def rounding(text: str, number: NumberMatch, *, measured: bool = False) -> float:
    """Half of the last written digit, in whole units: 0.05 for «8,9», 500 000 for «21 mill.»; 5 % when approximate.

    A whole count written in full is exact: 0, unless the place it stands in is for measured values.
    """
    approximate = abs(number.value) * _APPROXIMATE if number.approx else 0.0
    written = text[number.start : number.end]
    decimals = re.search(r",\s?(\d+)", written)
    if decimals is None and number.scale == 1.0 and number.unit in _COUNTS and not measured:
        return approximate
    step = number.scale * 10.0 ** -(len(decimals[1]) if decimals else 0)
    return max(step / 2, approximate)


def slack(text: str, numbers: Iterable[NumberMatch], *, measured: bool = False) -> float:
    """How far a sum of these numbers may be from the stated total through rounding alone."""
    return sum(rounding(text, number, measured=measured) for number in numbers) * 1.0001 + _FLOAT


def same(a: float, b: float, tolerance: float) -> bool:
    """Whether two values agree within the tolerance."""
    return abs(a - b) <= tolerance
