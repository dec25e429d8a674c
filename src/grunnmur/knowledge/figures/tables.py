"""Figures in tables: row label × column header."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grunnmur.kernel import Unit
from grunnmur.knowledge.effects import scale_of
from grunnmur.knowledge.figures.periods import nearest
from grunnmur.knowledge.grids import Column, Grid, Row, Value
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.nouns import unit_of_noun
from grunnmur.knowledge.language.words import find_words
from grunnmur.knowledge.model import Figure
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import Block, BlockKind

_MONEY = re.compile(
    r"\b(?:kr|kroner|nok|budsjett|regnskap|rekneskap|utgift\w*|kostnad\w*|inntekt\w*|ramme|beløp)\b", re.I
)
_SHARE = re.compile(r"%|\b(?:prosent|andel|del|pst)\b", re.I)
_AGES = re.compile(r"\d\s?[-–]\s?\d+\s*år|\d+\s*år\s+og|åring|\d\s*\+", re.I)
_TOTAL = re.compile(r"sum|totalt?|i alt|til sammen|samlet", re.I)
_RATE = re.compile(r"i forhold til|\bper\b|\bpr\.?\s", re.I)
_SERIAL = re.compile(r"^(?:nr|nummer|rang|rangering|#|id|side)\.?$", re.I)
_WHEN = re.compile(r"\b(?:frist|når|tid|dato|start\w*|slutt|ferdig|periode|gjennomføring|tidspunkt|år)\b", re.I)
_AMOUNTS = re.compile(
    r"\b(?:beløp\w*|tall\w*|tala?|kostnad\w*|summer|kroner)\b[^.]{0,40}\bi\s+(?:hele\s+|heile\s+)?(?:1|tusen|mill)",
    re.I,
)
_CAPTION = re.compile(r"tabell\s+\d", re.I)  # a caption speaks for its own table only
_LONGEST_CAPTION = 200
_EDGE = 2


@dataclass(frozen=True, slots=True)
class TableContext:
    """What stands round a table: its caption, and the note that says what its amounts are in."""

    title: str = ""
    amounts: str = ""


def table_figures(reading: Reading) -> Iterator[Figure]:
    """Every number in the cells of the document's tables."""
    for grid in reading.grids:
        yield from _figures_of(reading, grid, context_of(reading, grid.block))


def _figures_of(reading: Reading, grid: Grid, context: TableContext) -> Iterator[Figure]:
    for row in grid.rows:
        for value in row.values:
            column = grid.columns.get(value.column, Column(value.column, ""))
            if not _SERIAL.match(column.label) and not _is_time(value, column):
                yield _figure(reading, grid, row, value, context)


def _is_time(value: Value, column: Column) -> bool:
    """A number in a column about time is a year or a frequency, not a count."""
    return bool(_WHEN.search(header_words(column)))


def _figure(reading: Reading, grid: Grid, row: Row, value: Value, context: TableContext) -> Figure:
    number = value.number
    column = grid.columns.get(value.column, Column(value.column, ""))
    unit = unit_of_value(grid, row, value, context)
    scale = _scale(grid, row, value, context) if unit is Unit.NOK and number.unit is None else 1.0
    return Figure(
        label=" ".join(part for part in (row.label, header_words(column)) if part),
        number=round(number.value * scale, 6),
        unit=unit,
        page=reading.document.page_at(number.start),
        start=number.start,
        end=number.end,
        period=column.period or _own_period(reading, value) or _row_period(row, reading.today),
        org=reading.organisations.of(number.start, row.label, header_words(column)),
        approx=number.approx,
    )


def header_words(column: Column) -> str:
    """The header without the time in it, which is the figure's period."""
    words = column.label
    for date in reversed(column.dates):
        words = words[: date.start] + words[date.end :]
    return " ".join(words.split()).strip(" :–-")


def _own_period(reading: Reading, value: Value) -> str | None:
    """The date beside the number in its own cell («1,4 mill. kr i 2025»)."""
    start, end = value.cell
    words = reading.document.text[start:end]
    dates = find_dates(words, reading.today)
    number = replace(value.number, start=value.number.start - start, end=value.number.end - start)
    date = nearest(words, number, dates)
    return date.iso if date else None


def _row_period(row: Row, today: str | None) -> str | None:
    """The date that a row is called by, when its label is little else."""
    dates = find_dates(row.label, today)
    if len(dates) != 1:
        return None
    rest = row.label[: dates[0].start] + row.label[dates[0].end :]
    return dates[0].iso if len(find_words(rest)) <= _EDGE else None


def unit_of_value(grid: Grid, row: Row, value: Value, context: TableContext) -> Unit:
    """The unit in the cell, else of the column, of the note on amounts, of the row, of the corner or the caption."""
    if value.number.unit is not None:
        return value.number.unit
    heading = _spanning_words(grid, value.column)
    unit = _stated_unit(heading, value) or _counted_unit(heading)
    if unit is None and context.amounts and _is_plain(grid.columns.get(value.column, Column(0, ""))):
        return Unit.NOK
    fractions = any(other.number.value % 1 for other in row.values)
    if unit is None and fractions and _RATE.search(row.label):
        return Unit.RATIO
    for words in (*row.hints, row.label, grid.corner, context.title):
        unit = unit or _stated_unit(words, value)
    for words in (*row.hints, row.label, grid.corner, context.title):
        unit = unit or _counted_unit(words)
    ages = sum(bool(_AGES.search(row.label)) for row in grid.rows) * 2 >= len(grid.rows)
    return unit or (Unit.PERSONS if ages else Unit.OTHER)


def _is_plain(column: Column) -> bool:
    """A header that names a year or a total, not what is counted."""
    return not header_words(column) or bool(_TOTAL.fullmatch(header_words(column)))


def _spanning_words(grid: Grid, index: int) -> str:
    """The header's words; a bare year or a total goes on with those of the year before it («Kostnad 2025 | 2026»)."""
    while index in grid.columns:
        if not _is_plain(grid.columns[index]):
            return header_words(grid.columns[index])
        index -= 1
        if index not in grid.columns or not grid.columns[index].period:
            return ""
    return ""


def _stated_unit(words: str, value: Value) -> Unit | None:
    """Money or shares, when the words say so."""
    if _MONEY.search(words) or scale_of(words):
        return Unit.NOK
    if _SHARE.search(words) and abs(value.number.value) <= 1000:
        return Unit.PERCENT
    return None


def _counted_unit(words: str) -> Unit | None:
    """The unit of a noun that begins or ends a label."""
    tokens = find_words(words)
    edges = tokens if len(tokens) <= _EDGE * 2 else [*tokens[:_EDGE], *tokens[-_EDGE:]]
    return next((unit for word in edges if (unit := unit_of_noun(word))), None)


def _scale(grid: Grid, row: Row, value: Value, context: TableContext) -> float:
    """What the header, the row, the corner, the caption or the note on amounts multiplies with."""
    labels = (_spanning_words(grid, value.column), row.label, grid.corner, context.title, context.amounts)
    return next((scale for words in labels if (scale := scale_of(words))), 1.0)


def context_of(reading: Reading, table: Block) -> TableContext:
    """The short text right before a table, and the note on amounts right after it or last before it."""
    place = reading.place_at(table.start)
    nearest_before = next((s for s in reversed(reading.segments[max(0, place - 4) : place])
                           if s.block.kind is not BlockKind.FOOTNOTE), None)  # fmt: skip
    title = _words(nearest_before) if nearest_before else ""
    after = [_words(segment) for segment in reading.segments[place + 1 : place + 2]]
    note = next((words for words in after if _AMOUNTS.search(words)), "") or _last_note(reading, place)
    return TableContext(title if len(title) <= _LONGEST_CAPTION else "", _note(note))


def _last_note(reading: Reading, place: int) -> str:
    """The last note on amounts before a segment; each segment's words are looked at once for the whole document."""
    notes = _notes(reading)
    at = bisect_right(notes, place, key=lambda entry: entry[0]) - 1
    return notes[at][1] if at >= 0 else ""


def _notes(reading: Reading) -> list[tuple[int, str]]:
    known = reading.memory.get("amounts")
    if known is None:
        words = ((place, _words(segment)) for place, segment in enumerate(reading.segments))
        known = [entry for entry in words if _AMOUNTS.search(entry[1]) and not _CAPTION.match(entry[1])]
        reading.memory["amounts"] = known
    return known


def _note(words: str) -> str:
    match = _AMOUNTS.search(words)
    return words[match.start() : match.end() + 20] if match else ""


def _words(segment: Segment) -> str:
    if segment.block.kind is BlockKind.TABLE:
        return ""
    return " ".join(segment.text[segment.start : segment.end].split())
