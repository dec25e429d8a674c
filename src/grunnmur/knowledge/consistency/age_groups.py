"""Changes told for age groups against the table of age groups in the same document."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TypeAlias

from grunnmur.kernel import Unit
from grunnmur.knowledge.consistency.arithmetic import rounding, same
from grunnmur.knowledge.grids import Grid, Row
from grunnmur.knowledge.language.numbers import Bound, NumberMatch
from grunnmur.knowledge.model import Warning
from grunnmur.knowledge.reading import Reading, Segment

Ages: TypeAlias = tuple[int, int]
_FROM_TO = re.compile(r"(?P<low>\d{1,3})\s?[-–]\s?(?P<high>\d{1,3})(?!\d)")
_FROM = re.compile(r"(?:\b(?:over|fra|frå)\s+)?(?P<low>\d{1,3})\s?(?:år|\+)(?:\s+(?:og|eller)\s+(?:over|eldre))?", re.I)
# Working age in Norwegian population statistics: 20–66 years.
_WORKING = re.compile(r"\b(?:arbeidsfør|yrkesaktiv)\s+alder\b", re.I)
_CHANGE = re.compile(
    r"\b(?:øke[rt]?|auke[rt]?|økning|auke|vekst|vokse[rt]?|veks|reduser\w*|nedgang|synk\w*)\b[^.;]{0,30}$", re.I
)
_DEDUCTED = re.compile(
    r"\b(?:fratrukket|fråtrekt|minus|uten|utan)\s+(?:de\s+|dei\s+)?(?P<share>\d{1,2}(?:,\d+)?)\s?%", re.I
)
_OLDEST = 200
_FEWEST_ROWS = 3


def age_group_warnings(reading: Reading) -> Iterator[Warning]:
    """«80 år og over øker med 1658, mens 20–66 år øker med 575»: one is the table's, the other is not.

    The number that the table gives exactly tells which two years the sentence speaks of; the others in the same
    sentence are held against the same years. «fratrukket 10 %» is taken off the table's change first.
    """
    tables = [(grid, ages) for grid in reading.grids if len(ages := _by_age(grid)) >= _FEWEST_ROWS]
    for segment in reading.segments if tables else ():
        for sentence in segment.sentences if len(segment.numbers) > 1 else ():
            changes = [number for number in segment.numbers_in(*sentence) if _is_change(segment, number, sentence[0])]
            if len(changes) > 1:
                for grid, ages in tables:
                    yield from _against(segment, changes, sentence[0], grid, ages)


def _against(
    segment: Segment, changes: Sequence[NumberMatch], start: int, grid: Grid, ages: dict[Ages, Row]
) -> Iterator[Warning]:
    told = {number: _told(segment, number, start) for number in changes}
    for first, last in _years(grid):
        computed = {
            number: _computed(ages, group, share, first, last) for number, (group, share) in told.items() if group
        }
        known = [number for number, value in computed.items() if value is not None and value == number.value]
        for number, value in computed.items() if known else ():
            if value is not None and not same(value, number.value, rounding(segment.text, number) + 1):
                passages = tuple((other.start, other.end) for other in known)
                params = {"stated": number.value, "computed": round(value, 1)}
                yield Warning("change-differs", number.start, number.end, params, passages)


def _is_change(segment: Segment, number: NumberMatch, start: int) -> bool:
    exact = number.bound is Bound.NONE and not number.approx and number.unit is not Unit.PERCENT
    return exact and bool(_CHANGE.search(segment.text[start : number.start]))


def _told(segment: Segment, number: NumberMatch, start: int) -> tuple[Ages | None, float]:
    """The age group that stands before the number, after the change before it, and the share taken off."""
    before = [other.end for other in segment.numbers_in(start, number.start) if _is_change(segment, other, start)]
    words = segment.text[before[-1] if before else start : number.start]
    off = _DEDUCTED.search(words)
    share = float(off["share"].replace(",", ".")) if off else 0.0
    return _ages(words), share


def _ages(words: str) -> Ages | None:
    if match := _FROM_TO.search(words):
        return int(match["low"]), int(match["high"])
    if match := _FROM.search(words):
        return int(match["low"]), _OLDEST
    return (20, 66) if _WORKING.search(words) else None


def _by_age(grid: Grid) -> dict[Ages, Row]:
    return {ages: row for row in grid.rows if (ages := _ages(row.label)) is not None}


def _years(grid: Grid) -> list[tuple[int, int]]:
    """Pairs of columns, each the number of a column about one year."""
    columns = sorted((column.period, index) for index, column in grid.columns.items()
                     if column.period and column.period.isdigit())  # fmt: skip
    return [(a, b) for (_, a), (_, b) in combinations(columns, 2)]


def _computed(ages: dict[Ages, Row], group: Ages, share: float, first: int, last: int) -> float | None:
    """The change of the rows that together make the age group, less the share; None when none do."""
    total, low = 0.0, group[0]
    for (begin, end), row in sorted(ages.items()):
        if begin != low or end > group[1]:
            continue
        values = {value.column: value.number.value for value in row.values}
        if first not in values or last not in values:
            return None
        total, low = total + values[last] - values[first], end + 1
    return total * (1 - share / 100) if low == group[1] + 1 else None
