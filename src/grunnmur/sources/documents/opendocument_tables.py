"""The cells of an OpenDocument table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grunnmur.sources.documents.office import Element, local_name

TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
MOST_REPEATS = 1_000
GROUPS = frozenset({"table-header-rows", "table-rows", "table-row-group"})


@dataclass(frozen=True, slots=True)
class TableCell:
    """One visible cell; ``element`` holds its text."""

    element: Element
    row: int
    column: int
    rowspan: int
    colspan: int
    header: bool


def table_cells(element: Element) -> Iterator[TableCell]:
    """Lay out a ``table:table``; covered cells count as places but give no cell."""
    row = 0
    for line, header in _rows(element, header=False):
        for _ in range(_count(line, "number-rows-repeated")):
            yield from _row_cells(line, row, header=header)
            row += 1


def _rows(element: Element, *, header: bool) -> Iterator[tuple[Element, bool]]:
    for child in element:
        name = local_name(child)
        if name == "table-row":
            yield child, header
        elif name in GROUPS:
            yield from _rows(child, header=header or name == "table-header-rows")


def _row_cells(line: Element, row: int, *, header: bool) -> Iterator[TableCell]:
    column = 0
    for cell in line:
        repeats = _count(cell, "number-columns-repeated")
        if local_name(cell) == "table-cell":
            rowspan, colspan = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
            for place in range(repeats):
                yield TableCell(cell, row, column + place, rowspan, colspan, header)
        if local_name(cell) in ("table-cell", "covered-table-cell"):
            column += repeats


def _count(element: Element, attribute: str) -> int:
    return min(MOST_REPEATS, max(1, int(element.get(TABLE + attribute) or 1)))
