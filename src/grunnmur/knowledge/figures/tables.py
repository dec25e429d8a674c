"""Figures in tables: row label × column header."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile

from grunnmur.kernel import Unit
from grunnmur.knowledge.effects import scale_of
from grunnmur.knowledge.figures.periods import nearest
from grunnmur.knowledge.grids import Column, Grid, Row, Value
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.nouns import is_adjectival, is_function_word, unit_of_noun
from grunnmur.knowledge.language.words import find_words, word_list
from grunnmur.knowledge.model import Figure
from grunnmur.knowledge.reading import Reading, Segment
from grunnmur.sources.documents.model import Block, BlockKind

_MONEY = re.compile(
    r"\b(?:kr|kroner|nok|budsjett|regnskap|rekneskap|utgift\w*|kostnad\w*|inntekt\w*|ramme|beløp)\b", re.I
)
_MONEY_TABLE = re.compile(r"\b(?:penger|pengar|økonomi\w*|finansiering\w*|investering\w*)\b", re.I)
_STATED_IN_PARENTHESES = re.compile(r"\((?P<unit>[^()]{1,20})\)\s*$")
# Headers that tell which number it is, not what is counted.
_GENERAL = word_list("""
antall antal tall tal nå no mål måltall status snitt endring utvikling sum total totalt siste resultat verdi prognose
avvik budsjett regnskap rekneskap hittil året kommunen landet gruppe behov til fra per pr i av for nye nytt kroner
""")
_PLURAL = re.compile(r"[a-zæøå]{3,}(?:er|ar)$")
_SHARE = re.compile(r"%|\b(?:prosent|andel|del|pst)\b", re.I)
_AGES = re.compile(r"\d\s?[-–]\s?\d+\s*år|\d+\s*år\s+og|åring|\d\s*\+", re.I)
_TOTAL = re.compile(r"sum|totalt?|i alt|til sammen|samlet", re.I)
_RATE = re.compile(r"i forhold til|\bper\b|\bpr\.?\s", re.I)
_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[A-ZÆØÅ])")
_HANGING = re.compile(r"\s+(?:til|per|pr|i|fra|frå|innen|innan|mot|ved|av)\.?$", re.I)
_SERIAL = re.compile(r"^(?:nr|nummer|rang|rangering|#|id|side)\.?$", re.I)
_WHEN = re.compile(r"\b(?:frist|når|tid|dato|start\w*|slutt|ferdig|periode|gjennomføring|tidspunkt|år)\b", re.I)
_AMOUNTS = re.compile(
    r"\b(?:beløp\w*|tall\w*|tala?|kostnad\w*|summer|kroner)\b[^.]{0,40}\bi\s+(?:hele\s+|heile\s+)?(?:1|tusen|mill)",
    re.I,
)
_CAPTION = re.compile(r"tabell\s+\d", re.I)  # a caption speaks for its own table only
_LONGEST_CAPTION = 200
_EDGE = 2
_NEAR = 4
_LEAST_MONEY = 1000
_COUNTING = frozenset({"antall", "antal", "tall", "tal", "stk"})


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
        label=_label(grid, row, value),
        number=round(number.value * scale, 6),
        unit=unit,
        page=reading.document.page_at(number.start),
        start=number.start,
        end=number.end,
        period=column.period or _own_period(reading, value) or _row_period(row, reading.today),
        org=reading.organisations.of(number.start, row.label, header_words(column)),
        approx=number.approx,
    )


def _label(grid: Grid, row: Row, value: Value) -> str:
    """Row and column; the row alone when the number stands in the row's own words."""
    column = grid.columns.get(value.column, Column(value.column, ""))
    heading = header_words(column) if _TOTAL.fullmatch(header_words(column)) else _spanning_words(grid, value.column)
    name = "" if _row_period(row, None) else _NUMBERED.sub("", row.label)
    if row.span == value.cell:
        return name
    return " ".join(part for part in (name, _HANGING.sub("", heading)) if part)


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
    own = _unit_in_parentheses(row.label)
    heading = _spanning_words(grid, value.column)
    unit = _stated_unit(heading, value) or (None if _is_deviation(heading, context) else _counted_unit(heading)) or own
    if unit is None and _names_thing(heading):
        return Unit.OTHER
    if unit is None and context.amounts and _is_plain(grid.columns.get(value.column, Column(0, ""))):
        return Unit.NOK
    fractions = any(other.number.value % 1 for other in row.values)
    if unit is None and fractions and _RATE.search(row.label):
        return Unit.RATIO
    return unit or _unit_of_surroundings(grid, row, value, context)


def _unit_of_surroundings(grid: Grid, row: Row, value: Value, context: TableContext) -> Unit:
    """What the row, the corner or the caption says that the number is: a stated unit before a counted noun."""
    places = (*row.hints, row.label, grid.corner, context.title)
    unit = next((unit for words in places if (unit := _stated_unit(words, value))), None)
    largest = max(abs(other.number.value) for other in row.values)
    if unit is None and _MONEY_TABLE.search(context.title) and largest >= _LEAST_MONEY:
        unit = Unit.NOK
    unit = unit or next((unit for words in places if (unit := _counted_unit(words))), None)
    ages = sum(bool(_AGES.search(row.label)) for row in grid.rows) * 2 >= len(grid.rows)
    return unit or (Unit.PERSONS if ages else Unit.OTHER)


def _unit_in_parentheses(label: str) -> Unit | None:
    """«Ventetid (dager)», «Andel i arbeid (%)»: the row says what it is measured in."""
    match = _STATED_IN_PARENTHESES.search(label)
    if match is None:
        return None
    words = match["unit"].strip()
    if words.casefold() in _COUNTING:
        return _counted_unit(label[: match.start()]) or Unit.OTHER
    return Unit.PERCENT if _SHARE.search(words) else unit_of_noun(words)


def _is_deviation(heading: str, context: TableContext) -> bool:
    """«Avvik» in a table of amounts is what is left of the budget, no reported incident."""
    return heading.casefold().startswith("avvik") and bool(context.amounts or scale_of(context.title))


def _names_thing(heading: str) -> bool:
    """«Husstander», «Nye boliger»: the column counts things that have no unit of their own."""
    words = [word for word in find_words(heading) if word not in _GENERAL]
    return bool(words) and bool(_PLURAL.search(words[-1])) and unit_of_noun(words[-1]) is None


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
    head = list(takewhile(lambda word: not is_function_word(word), tokens))
    if 0 < len(head) < len(tokens) and _names_thing(" ".join(head)):
        return None  # «boliger til flyktninger» are no persons
    edges = tokens if len(tokens) <= _EDGE * 2 else [*tokens[:_EDGE], *tokens[-_EDGE:]]
    pairs = pairwise([*edges, ""])
    return next((unit for word, after in pairs if (unit := _unit_of(word)) and not _describes(word, after)), None)


def _unit_of(word: str) -> Unit | None:
    """«elevtall» counts pupils."""
    stem = re.sub(r"tall?$", "", word)
    return unit_of_noun(word) or (unit_of_noun(stem) if stem != word and len(stem) > _EDGE else None)


def _describes(word: str, after: str) -> bool:
    """«frivillige kulturlag» are no volunteers."""
    return is_adjectival(word) and bool(after) and not is_function_word(after)


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
    note = next((words for words in after if _AMOUNTS.search(words)), "") or _last_note(reading, table, place)
    return TableContext(title if len(title) <= _LONGEST_CAPTION else "", _note(note))


def _last_note(reading: Reading, table: Block, place: int) -> str:
    """The last note on amounts before a table, unless the table's rows say that they are measured in other things."""
    notes = _notes(reading)
    at = bisect_right(notes, place, key=lambda entry: entry[0]) - 1
    if at < 0:
        return ""
    near = place - notes[at][0] <= _NEAR
    return notes[at][1] if near or not _measures_things(reading, table) else ""


def _measures_things(reading: Reading, table: Block) -> bool:
    """Whether a table's first column or the words right above it name other units than money."""
    text = reading.document.text
    first = [text[cell.start : cell.end].strip() for cell in table.cells if cell.column == 0]
    if any((match := _STATED_IN_PARENTHESES.search(words)) and not _is_money(match["unit"]) for words in first):
        return True
    place = reading.place_at(table.start)
    above = [_words(segment) for segment in reading.segments[max(0, place - 1) : place]]
    return any(_counted_unit(words) is not None for words in above)


def _is_money(words: str) -> bool:
    return bool(_MONEY.search(words) or scale_of(words))


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
