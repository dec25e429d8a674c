"""How exactly written numbers can be expected to add up."""

from __future__ import annotations

import re
from collections.abc import Iterable

from grunnmur.knowledge.language.numbers import NumberMatch

_APPROXIMATE = 0.05


def rounding(text: str, number: NumberMatch) -> float:
    """Half of the last written digit, in whole units: 0.05 for «8,9», 500 000 for «21 mill.»; 5 % when approximate."""
    written = text[number.start : number.end]
    decimals = re.search(r",\s?(\d+)", written)
    step = number.scale * 10.0 ** -(len(decimals[1]) if decimals else 0)
    return max(step / 2, abs(number.value) * _APPROXIMATE if number.approx else 0.0)


def slack(text: str, numbers: Iterable[NumberMatch]) -> float:
    """How far a sum of these numbers may be from the stated total through rounding alone."""
    return sum(rounding(text, number) for number in numbers) * 1.0001


def same(a: float, b: float, tolerance: float) -> bool:
    """Whether two values agree within the tolerance."""
    return abs(a - b) <= tolerance
