"""Put canonical text together block by block, so that every offset is right by construction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.model import (
    Block,
    BlockKind,
    Cell,
    Document,
    Format,
    Line,
    Notice,
    Page,
    PageKind,
)

BLOCK_BREAK = "\n\n"
ROW_BREAK = "\n"
CELL_BREAK = "\t"


@dataclass(slots=True)
class CellText:
    """A table cell before it has a place in the text."""

    row: int
    column: int
    text: str
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(slots=True)
class DocumentBuilder:
    """Collects pages and blocks in reading order and returns an immutable :class:`Document`.

    A page beyond ``most_pages`` raises :class:`LimitExceeded` ``too-many-pages``.
    """

    format: Format
    sha256: str
    title: str = ""
    page_kind: PageKind = PageKind.PAGE
    notices: list[Notice] = field(default_factory=list)
    progress: Callable[[int, int], None] | None = None
    most_pages: int | None = None
    _parts: list[str] = field(default_factory=list)
    _length: int = 0
    _pages: list[Page] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _lines: list[Line] = field(default_factory=list)

    @property
    def offset(self) -> int:
        """Length of the text so far."""
        return self._length

    def begin_page(self, label: str = "", *, hidden: bool = False) -> int:
        """Start the next page and return its number."""
        self._close_page()
        return self._open_page(label, hidden=hidden)

    def add(self, kind: BlockKind, text: str, *, level: int = 0, marker: str = "") -> Block | None:
        """Append a block of text; blank text is left out. Returns the block with its place."""
        if not text.strip():
            return None
        self._separate()
        start = self._length
        self._append(text)
        return self._keep(Block(kind, start, self._length, self._page(), level, marker))

    def add_across(
        self, kind: BlockKind, parts: Sequence[str], *, level: int = 0, marker: str = "", labels: Sequence[str] = ()
    ) -> Block | None:
        """Append one block that runs over page breaks: one part per page, the first on the current page.

        ``labels`` name the pages that begin inside the block.
        """
        if not "".join(parts).strip():
            return None
        self._separate()
        start, page = self._length, self._page()
        self._append(parts[0])
        for number, part in enumerate(parts[1:]):
            self._turn_page(labels[number] if number < len(labels) else "")
            self._append(part)
        return self._keep(Block(kind, start, self._length, page, level, marker))

    def add_table(self, cells: Sequence[CellText]) -> Block | None:
        """Append a table: rows on lines, cells between tabs, every cell with its offsets."""
        if not any(cell.text.strip() for cell in cells):
            return None
        self._separate()
        start = self._length
        placed = [self._place(cell, previous) for previous, cell in _with_previous(cells)]
        return self._keep(Block(BlockKind.TABLE, start, self._length, self._page(), cells=tuple(placed)))

    def add_line(self, page: int, start: int, end: int, box: tuple[float, float, float, float]) -> None:
        """Record where ``text[start:end]`` stands: x0, y0, x1, y1 as fractions of the page, from its top left."""
        self._lines.append(Line(page, start, end, *box))

    def report(self, done: int, total: int) -> None:
        """Tell whoever waits how many pages have been read."""
        if self.progress is not None:
            self.progress(done, total)

    def note(self, code: str, *, page: int | None = None, **params: object) -> None:
        """Record something a person should know about this file."""
        self.notices.append(Notice(code, page, params))

    def build(self, language: str = "") -> Document:
        """The finished document."""
        self._page()
        self._close_page()
        return Document(
            self.title, self.format, self.sha256, "".join(self._parts), tuple(self._pages),
            tuple(self._blocks), language, tuple(sorted(self._lines, key=lambda line: line.start)),
            tuple(self.notices),
        )  # fmt: skip

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)

    def _separate(self) -> None:
        page_is_new = self._pages and self._pages[-1].start == self._length
        if self._length and not page_is_new:
            self._append(BLOCK_BREAK)

    def _page(self) -> int:
        if not self._pages:
            self._open_page(start=0)  # the text may have begun before anyone asked for a page
        return self._pages[-1].number

    def _close_page(self) -> None:
        if not self._pages:
            return
        if self._length > self._pages[-1].start:
            self._append(BLOCK_BREAK)
        self._end_page()

    def _turn_page(self, label: str) -> None:
        """Begin the next page inside a block: no break in the text."""
        self._end_page()
        self._open_page(label)

    def _open_page(self, label: str = "", *, hidden: bool = False, start: int | None = None) -> int:
        number = len(self._pages) + 1
        begins = self._length if start is None else start
        if self.most_pages is not None and number > self.most_pages:
            raise LimitExceeded("too-many-pages", found=number, limit=self.most_pages)
        self._pages.append(Page(number, begins, begins, self.page_kind, label, hidden))
        return number

    def _end_page(self) -> None:
        self._pages[-1] = replace(self._pages[-1], end=self._length)

    def _place(self, cell: CellText, previous: CellText | None) -> Cell:
        if previous is not None:
            self._append(ROW_BREAK if cell.row != previous.row else CELL_BREAK)
        start = self._length
        self._append(" ".join(cell.text.split()))
        return Cell(cell.row, cell.column, start, self._length, cell.rowspan, cell.colspan, cell.header)

    def _keep(self, block: Block) -> Block:
        self._blocks.append(block)
        return block


def _with_previous(cells: Sequence[CellText]) -> list[tuple[CellText | None, CellText]]:
    ordered = sorted(cells, key=lambda cell: (cell.row, cell.column))
    return list(zip([None, *ordered[:-1]], ordered, strict=True))
