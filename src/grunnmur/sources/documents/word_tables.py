"""The cells of a Word table, merged ones as one cell with a span."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from grunnmur.sources.documents.office import Element, local_name
from grunnmur.sources.documents.word_styles import W, is_on, value

WIDEST = 1_000
WRAPPERS = frozenset({"sdt", "sdtContent", "customXml", "ins", "moveTo"})


@dataclass(slots=True)
class WordCell:
    """One visible cell; ``element`` is the ``w:tc`` that holds its text."""

    element: Element
    row: int
    column: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(slots=True)
class WordTable:
    """The cells of a table in order; ``tracked`` when rows have been deleted or added with changes tracked."""

    cells: list[WordCell] = field(default_factory=list)
    tracked: bool = False


def table_of(element: Element) -> WordTable:
    """Lay out a ``w:tbl``; deleted rows are left out."""
    table = WordTable()
    open_merges: dict[int, WordCell] = {}
    row = 0
    for line in _inside(element, "tr"):
        properties = line.find(f"{W}trPr")
        changed = [name for name in ("del", "ins") if properties is not None and properties.find(W + name) is not None]
        table.tracked = table.tracked or bool(changed)
        if "del" not in changed:
            _lay_row(line, row, table.cells, open_merges)
            row += 1
    return table


def _lay_row(line: Element, row: int, cells: list[WordCell], open_merges: dict[int, WordCell]) -> None:
    properties = line.find(f"{W}trPr")
    header = bool(is_on(properties, "tblHeader"))
    column = min(WIDEST, int(value(properties, "gridBefore") or 0))
    for element in _inside(line, "tc"):
        setting = element.find(f"{W}tcPr")
        width = min(WIDEST, max(1, int(value(setting, "gridSpan") or 1)))
        merge = setting.find(f"{W}vMerge") if setting is not None else None
        above = open_merges.get(column)
        if merge is not None and merge.get(f"{W}val") != "restart" and above is not None:
            above.rowspan += 1
        elif value(setting, "hMerge") == "continue" and cells and cells[-1].row == row:
            cells[-1].colspan += 1
        else:
            cells.append(WordCell(element, row, column, colspan=width, header=header))
            _keep_open(open_merges, column, width, cells[-1] if merge is not None else None)
        column += width


def _keep_open(open_merges: dict[int, WordCell], column: int, width: int, cell: WordCell | None) -> None:
    for covered in range(column, column + width):
        open_merges.pop(covered, None)
    if cell is not None:
        open_merges[column] = cell


def _inside(element: Element, name: str) -> Iterator[Element]:
    """Rows or cells, also those in content controls."""
    for child in element:
        if child.tag == W + name:
            yield child
        elif local_name(child) in WRAPPERS:
            yield from _inside(child, name)
