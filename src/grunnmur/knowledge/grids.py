"""Tables as rows and columns with a label on each side, whatever format they came from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace

from grunnmur.knowledge.language.dates import DateMatch, find_dates
from grunnmur.knowledge.language.numbers import NumberMatch, find_numbers
from grunnmur.knowledge.language.spans import Span
from grunnmur.sources.documents.model import Block, Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A column by its header: the words, and the time it is about when the header names one."""

    index: int
    label: str
    dates: tuple[DateMatch, ...] = ()

    @property
    def period(self) -> str | None:
        """The one time the header names."""
        return self.dates[0].iso if len(self.dates) == 1 else None


@dataclass(frozen=True, slots=True)
class Value:
    """One number in a table, with the cell it stands in."""

    row: int
    column: int
    number: NumberMatch
    cell: Span


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its label, with the numbers it holds, the cells that hold words, and one-word cells such as a unit."""

    index: int
    label: str
    span: Span | None
    values: tuple[Value, ...]
    words: tuple[tuple[int, Span], ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: columns with headers, rows with labels."""

    block: Block
    columns: dict[int, Column]
    rows: tuple[Row, ...]
    corner: str = ""

    def values_of(self, column: int) -> list[Value]:
        """The numbers of one column from top to bottom."""
        return [value for row in self.rows for value in row.values if value.column == column]


def grid_of(text: str, block: Block, today: str | None = None) -> Grid:
    """Read a table block. A first row without numbers, or of years alone, is the header when none is marked."""
    rows = _by_row(block)
    heads = _header_rows(text, rows)
    columns = _columns(text, [rows[index] for index in heads], today)
    body = [_row(text, index, cells, columns) for index, cells in rows.items() if index not in heads]
    corner = columns[0].label if 0 in columns else ""
    return Grid(block, columns, tuple(body), corner)


def _by_row(block: Block) -> dict[int, list[Cell]]:
    rows: dict[int, list[Cell]] = defaultdict(list)
    for cell in sorted(block.cells, key=lambda cell: (cell.row, cell.column)):
        rows[cell.row].append(cell)
    return dict(rows)


def _header_rows(text: str, rows: dict[int, list[Cell]]) -> set[int]:
    marked = {index for index, cells in rows.items() if cells and all(cell.header for cell in cells if cell.column)}
    if marked and len(marked) < len(rows):
        return {index for index in marked if all(earlier in marked for earlier in rows if earlier <= index)}
    first = min(rows, default=0)
    others = [text[cell.start : cell.end] for cell in rows.get(first, []) if cell.column and cell.start < cell.end]
    return {first} if others and all(is_header_text(words) for words in others) else set()


def is_header_text(words: str) -> bool:
    """Whether a cell reads as a header: words or a time, no number that counts."""
    return not find_numbers(words) or bool(re.fullmatch(r"\s*(?:19|20)\d\d\s*", words))


def _columns(text: str, heads: list[list[Cell]], today: str | None) -> dict[int, Column]:
    words: dict[int, list[str]] = defaultdict(list)
    for cells in heads:
        for cell in cells:
            for index in range(cell.column, cell.column + max(1, cell.colspan)):
                words[index].append(" ".join(text[cell.start : cell.end].split()))
    labels = {index: " ".join(part for part in parts if part) for index, parts in words.items()}
    return {index: Column(index, label, tuple(find_dates(label, today))) for index, label in labels.items()}


def _row(text: str, index: int, cells: list[Cell], columns: dict[int, Column]) -> Row:
    filled = [cell for cell in cells if cell.start < cell.end]
    numbers = {cell: _cell_numbers(text, cell, columns) for cell in filled}
    names = [cell for cell in filled if not numbers[cell] or _is_worded(text[cell.start : cell.end])]
    label = next((cell for cell in names if not _SERIAL.fullmatch(text[cell.start : cell.end])), None)
    values = [Value(index, cell.column, number, (cell.start, cell.end)) for cell in filled for number in numbers[cell]]
    words = tuple((cell.column, (cell.start, cell.end)) for cell in names if cell is not label)
    shown = " ".join(text[label.start : label.end].split()) if label else ""
    hints = tuple(word for _, (start, end) in words if (word := text[start:end].strip()).isalpha())
    return Row(index, shown, (label.start, label.end) if label else None, tuple(values), words, hints)


_SERIAL = re.compile(r"\s*[A-ZÆØÅ]?\d{0,2}(?:\.\d{1,2})*\.?\s*")
_FEWEST_WORDS = 3


def _is_worded(words: str) -> bool:
    """A cell that opens with words and tells something, with or without numbers in it."""
    content = [word for word in re.findall(r"[^\W\d_]{3,}", words) if word.casefold() not in _AMOUNT_WORDS]
    return len(content) >= _FEWEST_WORDS or (len(content) == 2 and bool(re.match(r"\s*[^\W\d_]{4}", words)))


_AMOUNT_WORDS = frozenset({"kroner", "mill", "millioner", "året", "årlig", "per", "over", "under", "dager", "prosent"})
_BARE = re.compile(
    r"\s*(?:(?P<approx>ca|over|under|>|<|~)\.?\s*)?(?P<number>(?:kr\.?\s*)?[-–−+]?\s?\d[\d .\u00a0\u202f]*(?:,\d+)?"
    r"(?:\s?(?:%|kr|mill\.?|mrd\.?|,-))*)(?:\d{1,2})?\s*",
    re.I,
)


def _cell_numbers(text: str, cell: Cell, columns: dict[int, Column]) -> list[NumberMatch]:
    """The numbers of a cell; the label column is read as words unless it holds nothing but a number."""
    words = text[cell.start : cell.end]
    bare = _BARE.fullmatch(words)
    if bare is None:
        found = [number for number in find_numbers(words) if not number.spelled]
        return [] if cell.column == 0 else list(_moved(found, cell.start))
    if cell.column == 0 and columns.get(0) is not None and not columns[0].period:
        return []
    found = [number for number in find_numbers(words) if not number.spelled] or _plain(words, bare)
    if len(found) == 1 and found[0].value > 0 and re.match(r"\s*[-–−]\s?\d", words):
        found = [replace(found[0], value=-found[0].value)]
    return list(_moved(found, cell.start))


def _plain(words: str, bare: re.Match[str]) -> list[NumberMatch]:
    """A number that looks like a year or a list mark elsewhere is a number in a table cell."""
    digits = re.sub(r"[^\d,−–-]", "", bare["number"]).replace("−", "-").replace("–", "-").replace(",", ".")
    try:
        return [NumberMatch(bare.start("number"), bare.end("number"), float(digits))]
    except ValueError:
        return []


def _moved(found: list[NumberMatch], by: int) -> Iterator[NumberMatch]:
    return (replace(number, start=number.start + by, end=number.end + by) for number in found)
