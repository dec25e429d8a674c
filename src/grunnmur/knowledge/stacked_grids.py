"""Tables that arrived with one cell on each line: the header's cells, then the cells of each row in turn."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import Enum
from functools import lru_cache

from grunnmur.knowledge.grids import Column, Grid, Row, Value
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.spans import Span
from grunnmur.knowledge.text_lines import TextLine, number_in
from grunnmur.sources.documents.model import Block, BlockKind

_WIDEST = 7
_LONGEST_HEADER = 40
_LONGEST_CELL = 90
_FEWEST_ROWS = 2
_EMPTY = re.compile(r"[-–—xX.]{1,2}")
_VALUE = re.compile(
    r"(?:ca\.?\s*)?(?:kr\.?\s*)?[-–−+]?\s?(?:\d{1,3}(?:[ .]\d{3})+|\d+)(?:,\d+)?\s?"
    r"(?:%|kr|,-|mill\.?|mrd\.?|mill\.? kr|årsverk|['’])?\.?",
    re.I,
)


class _Kind(Enum):
    WORDS = "words"
    VALUE = "value"
    TIME = "time"
    OTHER = "other"


def stacked_grid(lines: Sequence[TextLine], place: int, today: str | None) -> tuple[Grid, int] | None:
    """The widest table whose header begins at this line, with the index of the line after it."""
    for width in range(min(_WIDEST, (len(lines) - place) // 3), 1, -1):
        head = lines[place : place + width]
        if not _is_head(head):
            continue
        rows = _rows(lines, place + width, width)
        if len(rows) >= _FEWEST_ROWS:
            return _grid(head, rows, today), place + width * (len(rows) + 1)
    return _dated_grid(lines, place, today)


def _dated_grid(lines: Sequence[TextLine], place: int, today: str | None) -> tuple[Grid, int] | None:
    """A table without a name over its first column, whose rows each begin with a time: «2025», and then its values."""
    for width in range(min(_WIDEST, (len(lines) - place) // 3), 1, -1):
        head = lines[place : place + width]
        if any(_kind(line) is not _Kind.WORDS for line in head) or not _is_head(head):
            continue
        rows = _dated_rows(lines, place + width, width + 1)
        if len(rows) >= _FEWEST_ROWS:
            return _grid([_corner(head[0]), *head], rows, today), place + width + (width + 1) * len(rows)
    return None


def _dated_rows(lines: Sequence[TextLine], place: int, width: int) -> list[Sequence[TextLine]]:
    rows: list[Sequence[TextLine]] = []
    while place + width <= len(lines):
        cells = lines[place : place + width]
        if _kind(cells[0]) is not _Kind.TIME or any(_kind(line) is not _Kind.VALUE for line in cells[1:]):
            break
        rows.append(cells)
        place += width
    return rows


def _corner(first: TextLine) -> TextLine:
    """An empty cell where the table begins."""
    return replace(first, text="", end=first.start)


def _is_head(head: Sequence[TextLine]) -> bool:
    """Short names, the first of them words, all on one page."""
    if any(len(line.text) > _LONGEST_HEADER or line.text.endswith((".", ":")) for line in head):
        return False
    kinds = [_kind(line) for line in head]
    named = kinds[0] is _Kind.WORDS and all(kind in {_Kind.WORDS, _Kind.TIME} for kind in kinds)
    return named and head[0].page == head[-1].page


def _rows(lines: Sequence[TextLine], place: int, width: int) -> list[Sequence[TextLine]]:
    """Groups of cells of the same kinds: words first, and at least one value."""
    rows: list[Sequence[TextLine]] = []
    shape: list[_Kind] = []
    while place + width <= len(lines):
        cells = lines[place : place + width]
        kinds = [_kind(line) for line in cells]
        if not shape:
            shape = kinds
        if kinds[0] is not _Kind.WORDS or _Kind.VALUE not in kinds or not _alike(shape, kinds, cells):
            break
        rows.append(cells)
        place += width
    return rows


def _alike(shape: Sequence[_Kind], kinds: Sequence[_Kind], cells: Sequence[TextLine]) -> bool:
    """The same kind in every column; a dash fits anywhere, and a bare year may be a time or a value."""
    return (
        all(
            a is b or _EMPTY.fullmatch(line.text) or {a, b} == {_Kind.VALUE, _Kind.TIME}
            for a, b, line in zip(shape, kinds, cells, strict=True)
        )
        and _Kind.OTHER not in kinds
    )


def _kind(line: TextLine) -> _Kind:
    return _kind_of(line.text)


@lru_cache(maxsize=50_000)
def _kind_of(text: str) -> _Kind:
    if _EMPTY.fullmatch(text):
        return _Kind.VALUE
    dates = find_dates(text)
    if len(dates) == 1 and len(text) - (dates[0].end - dates[0].start) <= 8:
        return _Kind.TIME
    if _VALUE.fullmatch(text):
        return _Kind.VALUE
    words = re.search(r"[^\W\d_]{2}", text) and len(text) <= _LONGEST_CELL
    return _Kind.WORDS if words and not text.endswith((".", ":", ";")) else _Kind.OTHER


def _grid(head: Sequence[TextLine], rows: Sequence[Sequence[TextLine]], today: str | None) -> Grid:
    columns = {index: Column(index, line.text, tuple(find_dates(line.text, today))) for index, line in enumerate(head)}
    block = Block(BlockKind.TABLE, head[0].start, rows[-1][-1].end, head[0].page)
    return Grid(block, columns, tuple(_row(index, cells) for index, cells in enumerate(rows)), head[0].text)


def _row(index: int, cells: Sequence[TextLine]) -> Row:
    """The first cell names the row; values become numbers, times and words stay words."""
    values: list[Value] = []
    words: list[tuple[int, Span]] = []
    for column, line in enumerate(cells[1:], 1):
        span: Span = (line.start, line.end)
        if _kind(line) is _Kind.VALUE and not _EMPTY.fullmatch(line.text):
            values.append(Value(index, column, number_in(line, span), span))
        elif not _EMPTY.fullmatch(line.text):
            words.append((column, span))
    return Row(index, cells[0].text, (cells[0].start, cells[0].end), tuple(values), tuple(words))
