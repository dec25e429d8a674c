"""Figures in tables: row label × column header."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grunnmur.kernel import Unit
from grunnmur.knowledge.grids import Column, Grid, Row, Value, grid_of
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.nouns import unit_of_noun
from grunnmur.knowledge.model import Figure
from grunnmur.knowledge.reading import Reading
from grunnmur.sources.documents.model import Block, BlockKind

_SCALES = (
    (
        re.compile(
            r"\b(?:i\s+)?(?:hele\s+)?(?:tusen\s+kr\w*|1\s?000\s*kr\w*|tkr|t\.kr|tnok)|\bi\s+(?:hele\s+)?tusen\b", re.I
        ),
        1e3,
    ),
    (re.compile(r"\b(?:mill(?:ioner|\.)?\s*(?:kr\w*)?|mnok)\b", re.I), 1e6),
    (re.compile(r"\b(?:mrd|milliarder)\b", re.I), 1e9),
)
_MONEY = re.compile(
    r"\b(?:kr|kroner|nok|budsjett|regnskap|rekneskap|utgift\w*|kostnad\w*|inntekt\w*|ramme|beløp)\b", re.I
)
_SHARE = re.compile(r"%|\b(?:prosent|andel|pst)\b", re.I)
_AGES = re.compile(r"\d\s?[-–]\s?\d+\s*år|\d+\s*år\s+og|åring|\d\s*\+", re.I)
_RATIO = re.compile(r"i forhold til|\bper\b|\bpr\.?\s", re.I)
_SERIAL = re.compile(r"^(?:nr|nummer|rang|rangering|#|id|side)\.?$", re.I)


def table_figures(reading: Reading) -> Iterator[Figure]:
    """Every number in the cells of the document's tables."""
    for segment in reading.segments:
        if segment.block.kind is BlockKind.TABLE:
            yield from _figures_of(reading, grid_of(segment.text, segment.block, reading.today))


def _figures_of(reading: Reading, grid: Grid) -> Iterator[Figure]:
    title = caption_of(reading, grid.block)
    ages = sum(bool(_AGES.search(row.label)) for row in grid.rows) * 2 >= len(grid.rows)
    for row in grid.rows:
        for value in row.values:
            column = grid.columns.get(value.column, Column(value.column, ""))
            if not _SERIAL.match(column.label):
                unit = _unit(value, row, column, grid, title, ages)
                yield _figure(
                    reading,
                    row,
                    column,
                    value,
                    unit,
                    _scale(value, unit, (column.label, row.label, grid.corner, title)),
                )


def _figure(reading: Reading, row: Row, column: Column, value: Value, unit: Unit, scale: float) -> Figure:
    number = value.number
    return Figure(
        label=" ".join(part for part in (row.label, _header_words(column)) if part),
        number=round(number.value * scale, 6),
        unit=unit,
        page=reading.document.page_at(number.start),
        start=number.start,
        end=number.end,
        period=column.period or _row_period(row, reading.today),
        org=reading.organisations.of(number.start, row.label, _header_words(column)),
        approx=number.approx,
    )


def _header_words(column: Column) -> str:
    """The header without the time in it, which is the figure's period."""
    words = column.label
    for date in reversed(column.dates):
        words = words[: date.start] + words[date.end :]
    return " ".join(words.split()).strip(" :–-")


def _row_period(row: Row, today: str | None) -> str | None:
    dates = find_dates(row.label, today)
    return dates[0].iso if len(dates) == 1 else None


def _unit(value: Value, row: Row, column: Column, grid: Grid, title: str, ages: bool) -> Unit:
    if value.number.unit is not None:
        return value.number.unit
    for words in (column.label, row.label, grid.corner, title):
        unit = _unit_in(words, value.number.value)
        if unit is not None:
            return unit
    return Unit.PERSONS if ages else Unit.OTHER


def _unit_in(words: str, value: float) -> Unit | None:
    if _RATIO.search(words) and value != int(value):
        return Unit.RATIO
    if _MONEY.search(words) or any(pattern.search(words) for pattern, _ in _SCALES):
        return Unit.NOK
    if _SHARE.search(words) and abs(value) <= 1000:
        return Unit.PERCENT
    found = [unit for word in re.findall(r"[^\W\d_]+", words) if (unit := unit_of_noun(word))]
    return found[0] if found else None


def _scale(value: Value, unit: Unit, labels: tuple[str, ...]) -> float:
    """What the header multiplies with, unless the cell says so itself."""
    if unit is not Unit.NOK or value.number.scale != 1.0:
        return 1.0
    return next((scale for words in labels for pattern, scale in _SCALES if pattern.search(words)), 1.0)


def caption_of(reading: Reading, block: Block) -> str:
    """The caption, or the line of text right before the table when it is short or names the table."""
    before = None
    for segment in reading.segments:
        if segment.start >= block.start:
            break
        if segment.block.kind is not BlockKind.FOOTNOTE:
            before = segment
    if before is None or before.block.kind is BlockKind.TABLE:
        return ""
    words = " ".join(reading.document.text[before.start : before.end].split())
    return words if len(words) <= 120 else ""
