"""A page's text cut into blocks and runs, with what was found marked in place.

A run is ``text[start:end]`` as it stands, so a selection in the browser can be counted back to offsets. Where findings
overlap, a run carries all that cover it, the shortest first; nothing is ever nested.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from grunnmur.sources.documents.model import Block, BlockKind, Cell

FIRST_HEADING = 3
LAST_HEADING = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A finding's place in the text. ``chosen`` ties it to its entry in the list with the thread."""

    id: int
    kind: str
    start: int
    end: int
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """Text under the same marks. ``anchors`` are the findings that begin here."""

    text: str
    start: int
    marks: tuple[Mark, ...] = ()

    @property
    def kind(self) -> str:
        """The kind of the innermost mark, empty outside marks."""
        return self.marks[0].kind if self.marks else ""

    @property
    def ids(self) -> str:
        """All marks, for the script: «12 15»."""
        return " ".join(str(mark.id) for mark in self.marks)

    @property
    def chosen(self) -> bool:
        """Whether the chosen finding covers this run."""
        return any(mark.chosen for mark in self.marks)

    @property
    def anchors(self) -> list[int]:
        """Findings whose passage begins with this run."""
        return [mark.id for mark in self.marks if mark.start == self.start]


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table as shown."""

    runs: tuple[Run, ...]
    header: bool
    scope: str
    rowspan: int
    colspan: int


@dataclass(slots=True)
class TextBlock:
    """A heading, paragraph, list (its items in ``items``), table (``rows``), caption, footnote or note."""

    kind: str
    level: int = 0
    marker: str = ""
    runs: tuple[Run, ...] = ()
    rows: list[list[TableCell]] = field(default_factory=list)
    items: list[TextBlock] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of ``[start, end)``, of which ``text`` is a copy that begins at ``start``; marks in order of start."""

    text: str
    start: int
    end: int
    marks: Sequence[Mark]

    def runs(self, start: int, end: int) -> tuple[Run, ...]:
        """The text between two offsets, cut where marks begin and end."""
        start, end = max(start, self.start), min(end, self.end)
        here = [mark for mark in self.marks if mark.start < end and mark.end > start]
        cuts = {start, end} | {edge for mark in here for edge in (mark.start, mark.end) if start < edge < end}
        pairs = pairwise(sorted(cuts))
        return tuple(self._run(left, right, here) for left, right in pairs if left < right)

    def _run(self, start: int, end: int, marks: Sequence[Mark]) -> Run:
        covering = [mark for mark in marks if mark.start <= start and mark.end >= end]
        covering.sort(key=lambda mark: (mark.end - mark.start, mark.id))
        return Run(self.text[start - self.start : end - self.start], start, tuple(covering))


def text_blocks(page: PageText, blocks: Sequence[Block]) -> list[TextBlock]:
    """The blocks of a page in order; text that no block covers is shown as paragraphs, so that nothing is lost."""
    shown: list[TextBlock] = []
    heading = FIRST_HEADING - 1
    for block in _with_gaps(page, blocks):
        made = _shown(page, block)
        if made.kind == BlockKind.HEADING:
            # The document's own levels may jump; on the page each heading is at most one below the one before.
            made.level = heading = min(FIRST_HEADING + max(block.level, 1) - 1, heading + 1, LAST_HEADING)
        if made.kind != BlockKind.LIST_ITEM:
            shown.append(made)
        elif shown and shown[-1].kind == "list":
            shown[-1].items.append(made)
        else:
            shown.append(TextBlock("list", items=[made]))
    return shown


def _with_gaps(page: PageText, blocks: Sequence[Block]) -> Iterator[Block]:
    reached = page.start
    for block in blocks:
        yield from _gap(page, reached, max(block.start, page.start), block.marker)
        yield block
        reached = max(reached, min(block.end, page.end))
    yield from _gap(page, reached, page.end, "")


def _gap(page: PageText, start: int, end: int, marker: str) -> Iterator[Block]:
    """Text between blocks; a bullet or number that stands right before an item is shown as the item's marker."""
    text = page.text[start - page.start : max(end, start) - page.start].rstrip()
    if marker and text.endswith(marker):
        text = text.removesuffix(marker)
    if any(letter.isalnum() for letter in text):
        yield Block(BlockKind.PARAGRAPH, start, start + len(text), 0)


def _shown(page: PageText, block: Block) -> TextBlock:
    if block.cells:
        return TextBlock(block.kind.value, rows=_rows(page, block.cells))
    start, end = _trimmed(page, block)
    return TextBlock(block.kind.value, block.level, block.marker, page.runs(start, end))


def _trimmed(page: PageText, block: Block) -> tuple[int, int]:
    """The block's part of this page without white space at its ends."""
    start, end = max(block.start, page.start), min(block.end, page.end)
    text = page.text[start - page.start : end - page.start]
    return start + len(text) - len(text.lstrip()), end - (len(text) - len(text.rstrip()))


def _rows(page: PageText, cells: Sequence[Cell]) -> list[list[TableCell]]:
    """Rows with a cell on this page; a table that runs over a page break is shown in its parts."""
    rows: dict[int, list[TableCell]] = {}
    for cell in cells:
        if page.start <= cell.start < page.end or (cell.start == cell.end == page.end):
            rows.setdefault(cell.row, []).append(_cell(page, cell))
    return [rows[number] for number in sorted(rows)]


def _cell(page: PageText, cell: Cell) -> TableCell:
    scope = "" if not cell.header else "col" if cell.row == 0 or cell.column else "row"
    return TableCell(page.runs(cell.start, cell.end), cell.header, scope, cell.rowspan, cell.colspan)
