"""Totals, changes and jumps in tables."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from grunnmur.kernel import Unit
from grunnmur.knowledge.consistency.arithmetic import rounding, same, slack
from grunnmur.knowledge.figures.tables import TableContext, context_of, unit_of_value
from grunnmur.knowledge.grids import Column, Grid, Row, Value
from grunnmur.knowledge.model import Warning
from grunnmur.knowledge.reading import Reading

_TOTAL = re.compile(r"^(?:sum|totalt?|i alt|til sammen|samlet|samla|alle)\b", re.I)
_SUBTOTAL = re.compile(r"\b(?:sum|delsum|herav|hvorav|derav|av dette|netto|resultat)\b", re.I)
_GROWTH = re.compile(r"\b(?:endring|vekst|auke|økning|differanse|diff)\b", re.I)
_SHARE = re.compile(r"\b(?:andel|fordeling|prosentvis)\w*", re.I)
_JUMP = 0.4
_SMALLEST = 100
_SERIES = 2


def table_warnings(reading: Reading) -> Iterator[Warning]:
    """Totals that are not the sum of their rows or columns, changes that do not follow, and sudden jumps."""
    text = reading.document.text
    for grid in reading.grids:
        context = context_of(reading, grid.block)
        latest = int((reading.today or "9999")[:4])
        yield from _row_totals(text, grid, context)
        yield from _column_totals(text, grid, context)
        yield from _growth(text, grid)
        yield from _jumps(grid, context, latest)


def _warn(code: str, value: Value, others: list[Value], **params: object) -> Warning:
    passages = tuple((other.number.start, other.number.end) for other in others)
    return Warning(code, value.number.start, value.number.end, params, passages)


def _row_totals(text: str, grid: Grid, context: TableContext) -> Iterator[Warning]:
    """A last row called «Sum» or «Totalt» against the rows above it."""
    totals = [row for row in grid.rows if _TOTAL.match(row.label)]
    if len(totals) != 1 or totals[0] is not grid.rows[-1] or len(grid.rows) < 3:
        return
    above = grid.rows[:-1]
    if any(_SUBTOTAL.search(row.label) for row in above):
        return
    for total in totals[0].values:
        parts = [value for row in above for value in row.values if value.column == total.column]
        if _adds_up_by_nature(grid, total, parts, len(above)):
            yield from _compare(text, total, parts, measured=_is_measured(grid, totals[0], total, context))


def _adds_up_by_nature(grid: Grid, total: Value, parts: list[Value], rows: int) -> bool:
    """Counts and sums add up; percentages only where they are shares of a whole."""
    if len(parts) != rows or any(part.column != total.column for part in parts):
        return False
    if total.number.unit is not Unit.PERCENT:
        return all(part.number.unit is not Unit.PERCENT for part in parts)
    column = grid.columns.get(total.column, Column(total.column, ""))
    return bool(_SHARE.search(column.label)) or same(total.number.value, 100.0, 0.5)


def _is_measured(grid: Grid, row: Row, value: Value, context: TableContext) -> bool:
    """Whether whole numbers are rounded here: amounts, shares, positions, and numbers about years to come."""
    column = grid.columns.get(value.column, Column(value.column, ""))
    years = [other.period for other in grid.columns.values() if other.period]
    projected = bool(column.period) and len(years) >= _SERIES and column.period != min(years)
    return projected or unit_of_value(grid, row, value, context) in {Unit.NOK, Unit.PERCENT, Unit.FTE, Unit.RATIO}


def _compare(text: str, total: Value, parts: list[Value], *, measured: bool) -> Iterator[Warning]:
    computed = sum(part.number.value for part in parts)
    tolerance = slack(text, [*(part.number for part in parts), total.number], measured=measured)
    if not same(computed, total.number.value, tolerance):
        yield _warn("sum-differs", total, parts, stated=total.number.value, computed=round(computed, 4),
                    unit=str(total.number.unit or Unit.OTHER))  # fmt: skip


def _column_totals(text: str, grid: Grid, context: TableContext) -> Iterator[Warning]:
    """A last column called «Sum» or «Totalt» against the columns before it."""
    last = max(grid.columns, default=0)
    if last < 3 or not _TOTAL.match(grid.columns[last].label):
        return
    for row in grid.rows:
        parts = [value for value in row.values if value.column < last]
        totals = [value for value in row.values if value.column == last]
        plain = all(value.number.unit is not Unit.PERCENT for value in row.values)
        if len(totals) == 1 and len(parts) == last - 1 and plain:
            yield from _compare(text, totals[0], parts, measured=_is_measured(grid, row, totals[0], context))


def _growth(text: str, grid: Grid) -> Iterator[Warning]:
    """A column «Endring 2020–2024» against the columns of those years."""
    years = {
        column.period: index for index, column in grid.columns.items() if column.period and "/" not in column.period
    }
    for index, column in grid.columns.items():
        if not _GROWTH.search(column.label) or not column.period or "/" not in column.period:
            continue
        first, last = (years.get(year) for year in column.period.split("/", 1))
        for row in grid.rows if first is not None and last is not None else ():
            yield from _row_growth(text, row, first or 0, last or 0, index)


def _row_growth(text: str, row: Row, first: int, last: int, index: int) -> Iterator[Warning]:
    by_column = {value.column: value for value in row.values}
    if not {first, last, index} <= by_column.keys():
        return
    old, new, stated = by_column[first], by_column[last], by_column[index]
    difference = new.number.value - old.number.value
    spread = slack(text, (old.number, new.number))
    if stated.number.unit is Unit.PERCENT:
        if not old.number.value or old.number.unit is Unit.PERCENT:
            return
        difference, spread = 100 * difference / old.number.value, 200 * spread / abs(old.number.value)
    if not same(difference, stated.number.value, rounding(text, stated.number) + spread):
        yield _warn("change-differs", stated, [old, new], stated=stated.number.value, computed=round(difference, 2))


def _jumps(grid: Grid, context: TableContext, latest: int) -> Iterator[Warning]:
    """A count that changes by two fifths or more from one past year to the next; one warning for each row."""
    years = sorted((int(column.period), index) for index, column in grid.columns.items()
                   if column.period and column.period.isdigit() and int(column.period) <= latest)  # fmt: skip
    pairs = [(a, b) for (first, a), (second, b) in pairwise(years) if second == first + 1]
    for row in grid.rows:
        by_column = {value.column: value for value in row.values}
        for a, b in pairs:
            if a in by_column and b in by_column and _is_jump(grid, row, by_column[a], by_column[b], context):
                old, new = by_column[a], by_column[b]
                yield _warn("abrupt-change", new, [old], label=row.label, old=old.number.value, new=new.number.value)
                break


def _is_jump(grid: Grid, row: Row, old: Value, new: Value, context: TableContext) -> bool:
    if min(old.number.value, new.number.value) < _SMALLEST:
        return False
    if unit_of_value(grid, row, new, context) in {Unit.PERCENT, Unit.NOK}:
        return False
    return abs(new.number.value - old.number.value) / old.number.value >= _JUMP
