"""From a grid of filled cells (a sheet, a CSV file) to titles and tables; and which row is the header."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.model import BlockKind

HEADER_LETTERS = 60
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"[-+−–(]?\s*(?:kr\.?\s*)?[-+−–]?\d[\d\s.,]*\)?\s*(?:%|kr\.?|mill\.?|mrd\.?|årsverk)?", re.I)
SPARSE = 10_000
_ROW_FIRST = attrgetter("row", "column")
_COLUMN_FIRST = attrgetter("column", "row")
Region = list[CellText]
HeadingLevel = Callable[[CellText], int]


def is_number(text: str) -> bool:
    """Whether a cell holds a figure, not a label. A lone year is a label."""
    text = text.strip()
    return _NUMBER.fullmatch(text) is not None and _YEAR.fullmatch(text) is None


def with_header(cells: Sequence[CellText]) -> list[CellText]:
    """The cells with the first row marked as header, unless a header is marked already or the row holds data."""
    if any(cell.header for cell in cells):
        return list(cells)
    top = min((cell.row for cell in cells), default=0)
    first = [cell for cell in cells if cell.row == top]
    if not _looks_like_header(first) or len(first) == len(cells):
        return list(cells)
    return [replace(cell, header=True) if cell.row == top else cell for cell in cells]


def _looks_like_header(row: Sequence[CellText]) -> bool:
    """Short labels over every column; only the corner may be empty."""
    texts = [cell.text.strip() for cell in sorted(row, key=lambda cell: cell.column)]
    labelled = all(texts[1:]) and any(texts)
    return len(texts) > 1 and labelled and not any(is_number(t) or len(t) > HEADER_LETTERS for t in texts)


def add_grid(builder: DocumentBuilder, cells: Iterable[CellText], heading_level: HeadingLevel | None = None) -> None:
    """Add the filled cells of a grid as tables, with lone cells above or between them as text.

    Tables are parted by blank rows, and by blank columns when what follows has row labels of its own.
    ``heading_level`` tells which lone cells are headings (1..); 0 makes a paragraph.
    """
    for region in _regions([cell for cell in cells if cell.text.strip()]):
        _add_region(builder, region, heading_level or (lambda cell: 0))


def _regions(cells: Region) -> list[Region]:
    """Parts of the grid in reading order: from the top, then from the left."""
    bands = _rejoined(_cut(cells, by_row=True))
    found: list[Region] = []
    for band in bands:
        columns = _labelled(_cut(band, by_row=False))
        if len(columns) == 1:
            found.append(columns[0])
            continue
        for column in columns:
            found.extend(_rejoined(_cut(column, by_row=True)))
    return found


def _cut(cells: Region, *, by_row: bool) -> list[Region]:
    """Parts between blank rows (or columns)."""
    parts: list[Region] = []
    end = -1
    for cell in sorted(cells, key=_ROW_FIRST if by_row else _COLUMN_FIRST):
        start, span = (cell.row, cell.rowspan) if by_row else (cell.column, cell.colspan)
        if not parts or start > end:
            parts.append([])
        parts[-1].append(cell)
        end = max(end, start + span)
    return parts


def _rejoined(bands: list[Region]) -> list[Region]:
    """Rows of data after a blank row belong to the table above: only a new header begins a new table."""
    joined: list[Region] = []
    for band in bands:
        if joined and _goes_on(joined[-1], band):
            joined[-1] = joined[-1] + band
        else:
            joined.append(band)
    return joined


def _goes_on(above: Region, band: Region) -> bool:
    top = min(cell.row for cell in band)
    first = [cell for cell in band if cell.row == top]
    inside = _columns(band) <= _columns(above)
    return inside and len(_columns(above)) > 1 and len(first) > 1 and any(is_number(cell.text) for cell in first)


def _columns(cells: Region) -> set[int]:
    spans = {(cell.column, cell.colspan) for cell in cells}
    return {column for start, span in spans for column in range(start, start + span)}


def _labelled(parts: list[Region]) -> list[Region]:
    """Join columns that have no row labels of their own to the part on their left."""
    joined: list[Region] = []
    for part in parts:
        if joined and not _has_labels(part):
            joined[-1] = joined[-1] + part
        else:
            joined.append(part)
    return joined


def _has_labels(part: Region) -> bool:
    left = min(cell.column for cell in part)
    top = min(cell.row for cell in part)
    first = [cell for cell in part if cell.column == left and cell.row > top]
    return not first or any(not is_number(cell.text) for cell in first)


def _add_region(builder: DocumentBuilder, region: Region, heading_level: HeadingLevel) -> None:
    rows: dict[int, Region] = {}
    for cell in region:
        rows.setdefault(cell.row, []).append(cell)
    order = sorted(rows)
    lone = 0
    while lone < len(order) and len(rows[order[lone]]) == 1:
        lone += 1
    for row in order[:lone]:
        _add_lone(builder, rows[row][0], heading_level(rows[row][0]))
    table = [cell for row in order[lone:] for cell in rows[row]]
    if table:
        builder.add_table(with_header(_filled(_at_origin(table))))


def _add_lone(builder: DocumentBuilder, cell: CellText, level: int) -> None:
    kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
    builder.add(kind, cell.text, level=level)


def _at_origin(cells: Region) -> Region:
    """The same cells with blank rows closed up, counted from row 0 and column 0."""
    spans = {(cell.row, cell.rowspan) for cell in cells}
    rows = sorted({row for start, span in spans for row in range(start, start + span)})
    columns = sorted(_columns(cells))
    row_at = {row: index for index, row in enumerate(rows)}
    column_at = {column: index for index, column in enumerate(columns)}
    return [
        CellText(row_at[cell.row], column_at[cell.column], cell.text, cell.rowspan, cell.colspan, cell.header)
        for cell in cells
    ]


def _filled(cells: Region) -> Region:
    """The same cells and an empty one for every other place, so that columns line up in the text."""
    height = max(cell.row + cell.rowspan for cell in cells)
    width = max(cell.column + cell.colspan for cell in cells)
    area = sum(cell.rowspan * cell.colspan for cell in cells)
    if area == height * width or area * 4 + SPARSE < height * width:
        return cells
    taken = {
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.rowspan)
        for column in range(cell.column, cell.column + cell.colspan)
    }
    empty = [CellText(r, c, "") for r in range(height) for c in range(width) if (r, c) not in taken]
    return sorted(cells + empty, key=_ROW_FIRST)
