"""The cells of an HTML table, laid out as a browser lays them out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.builder import CellText

WIDEST_SPAN = 1_000
GROUPS = frozenset({"thead", "tbody", "tfoot"})


@dataclass(frozen=True, slots=True)
class WebCell:
    """One ``td`` or ``th`` and its place."""

    node: LexborNode
    row: int
    column: int
    rowspan: int
    colspan: int
    header: bool

    def with_text(self, text: str) -> CellText:
        """The cell as the builder takes it."""
        return CellText(self.row, self.column, text, self.rowspan, self.colspan, self.header)


def table_cells(table: LexborNode, most: int) -> Iterator[WebCell]:
    """Cells of a table, not of tables inside it.

    Raises :class:`LimitExceeded` (``too-large``) beyond ``most`` places.
    """
    rows = list(_rows(table))
    blocked: dict[int, int] = {}
    places = 0
    for row, (line, in_head) in enumerate(rows):
        column = 0
        for node in _children(line, ("td", "th")):
            while blocked.get(column, 0) > row:
                column += 1
            colspan = _span(node, "colspan", WIDEST_SPAN)
            rowspan = _span(node, "rowspan", len(rows) - row)
            places += colspan
            if places > most:
                raise LimitExceeded("too-large", limit=most)
            yield WebCell(node, row, column, rowspan, colspan, in_head or node.tag == "th")
            blocked.update(dict.fromkeys(range(column, column + colspan), row + rowspan))
            column += colspan


def _rows(table: LexborNode) -> Iterator[tuple[LexborNode, bool]]:
    for child in _children(table, (*GROUPS, "tr")):
        if child.tag == "tr":
            yield child, False
        else:
            for line in _children(child, ("tr",)):
                yield line, child.tag == "thead"


def _children(node: LexborNode, tags: tuple[str, ...]) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        if child.tag in tags:
            yield child
        child = child.next


def _span(node: LexborNode, name: str, most: int) -> int:
    """A span within bounds; a ``rowspan`` of 0 reaches to the last row."""
    text = (node.attributes.get(name) or "1").strip()
    number = int(text) if re.fullmatch(r"\d{1,9}", text) else 1
    return max(1, min(most, number if number or name == "colspan" else most))
