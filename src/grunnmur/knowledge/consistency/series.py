"""Changes told in the text against the tables of the same document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import TypeAlias

from grunnmur.kernel import Unit
from grunnmur.knowledge.figures.periods import period_of
from grunnmur.knowledge.grids import Grid, Row
from grunnmur.knowledge.language.numbers import Bound, NumberMatch
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.model import Warning
from grunnmur.knowledge.reading import Reading, Segment

_CHANGE = re.compile(
    r"\b(?:øke[rt]?|auke[rt]?|økning|auke|vekst|vokse|reduser\w*|reduksjon|nedgang|fall[et]?)\b[^.;]{0,30}$", re.I
)
Difference: TypeAlias = tuple[float, str, str, tuple[Span, ...]]
_SMALLEST = 100
_MOST_ROWS = 4


def series_warnings(reading: Reading) -> Iterator[Warning]:
    """A change in the text that a table gives exactly, but between other years than the text says."""
    grids = reading.grids
    differences: dict[float, list[Difference]] = defaultdict(list)
    for found in (found for grid in grids for found in _differences(grid)):
        differences[found[0]].append(found)
    for segment in reading.segments if grids else ():
        for number in segment.numbers:
            if abs(number.value) in differences and _is_change(segment, number):
                yield from _against(reading, segment, number, differences[abs(number.value)])


def _is_change(segment: Segment, number: NumberMatch) -> bool:
    """A whole count of some size, exactly given, after a word of growth or fall."""
    exact = number.value == int(number.value) and number.bound is Bound.NONE and not number.approx
    before = segment.text[segment.sentence(number.start)[0] : number.start]
    return exact and abs(number.value) >= _SMALLEST and number.unit is not Unit.PERCENT and bool(_CHANGE.search(before))


def _against(reading: Reading, segment: Segment, number: NumberMatch, matches: list[Difference]) -> Iterator[Warning]:
    period = period_of(reading, segment, number)
    years = set(re.findall(r"\d{4}", period or ""))
    if not years:
        return
    if not any(years <= {first, last} for _, first, last, _ in matches):
        _, first, last, places = matches[0]
        params = {"number": number.value, "stated": period, "computed": f"{first}/{last}"}
        yield Warning("change-years-differ", number.start, number.end, params, places)


def _differences(grid: Grid) -> Iterator[Difference]:
    """Changes between two year columns, of single rows and of neighbouring rows taken together."""
    years = [
        (column.period, index) for index, column in grid.columns.items() if column.period and column.period.isdigit()
    ]
    for (first, a), (last, b) in combinations(sorted(years), 2):
        for rows in _neighbours(grid.rows):
            cells = [(_at(row, a), _at(row, b)) for row in rows]
            if all(old is not None and new is not None for old, new in cells):
                change = sum((new.value if new else 0) - (old.value if old else 0) for old, new in cells)
                places = tuple((number.start, number.end) for pair in cells for number in pair if number)
                yield abs(change), str(first), str(last), places


def _neighbours(rows: tuple[Row, ...]) -> Iterator[tuple[Row, ...]]:
    for start in range(len(rows)):
        for end in range(start + 1, min(start + _MOST_ROWS, len(rows)) + 1):
            yield rows[start:end]


def _at(row: Row, column: int) -> NumberMatch | None:
    return next((value.number for value in row.values if value.column == column), None)
