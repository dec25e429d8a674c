"""A year's estimate for the whole against those that its units give."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grunnmur.kernel import Unit
from grunnmur.knowledge.model import Figure, Warning

_ESTIMATE = re.compile(r"\b(?:\w*prognose\w*|årsestimat\w*)\b", re.IGNORECASE)
_FEWEST = 3
_ONE_RANGE = 12  # characters between the two ends of «1,3–1,8 mill.»
_SLACK = 0.02


def estimate_warnings(text: str, figures: Sequence[Figure]) -> Iterator[Warning]:
    """«Årsestimat 21 mill.» for the whole, while the units' estimates for the same year make another sum.

    At least three units must give one; a range gives the sum a lower and an upper end.
    """
    found = [figure for figure in figures if figure.unit is Unit.NOK and _ESTIMATE.search(figure.label)]
    for year in sorted({figure.period for figure in found if figure.period}):
        whole = [figure for figure in found if figure.period == year and figure.org is None]
        parts = [figure for figure in found if figure.period == year and figure.org is not None]
        if whole and len(parts) >= _FEWEST:
            yield from _compare(text, whole[0], parts)


def _compare(text: str, whole: Figure, parts: Sequence[Figure]) -> Iterator[Warning]:
    low, high = 0.0, 0.0
    before: Figure | None = None
    for part in parts:
        if before is not None and _is_range(text, before, part):
            high += part.number - before.number
        else:
            low, high = low + part.number, high + part.number
        before = part
    spread = _SLACK * abs(whole.number)
    if low and not low - spread <= whole.number <= high + spread:
        passages = tuple((part.start, part.end) for part in parts)
        params = {"stated": whole.number, "computed": low, "unit": whole.unit.value}
        yield Warning("sum-differs", whole.start, whole.end, params, passages)


def _is_range(text: str, first: Figure, second: Figure) -> bool:
    between = text[first.end : second.start]
    return len(between) <= _ONE_RANGE and between.strip() in {"-", "–", "—", "til"}
