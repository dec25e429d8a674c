"""What every reader returns: canonical text, and structure as offsets into it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class Format(StrEnum):
    """The formats that have a reader."""

    PDF = "pdf"
    DOCX = "docx"
    PPTX = "pptx"
    XLSX = "xlsx"
    CSV = "csv"
    ODT = "odt"
    HTML = "html"
    MARKDOWN = "md"
    TEXT = "txt"


class BlockKind(StrEnum):
    """What a stretch of text is in its document."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE = "table"
    CAPTION = "caption"
    FOOTNOTE = "footnote"
    NOTE = "note"  # speaker notes, comments: said, but not shown on the page


class PageKind(StrEnum):
    """What the document itself calls its parts."""

    PAGE = "page"
    SLIDE = "slide"
    SHEET = "sheet"


@dataclass(frozen=True, slots=True)
class Cell:
    """One table cell; ``start == end`` when it is empty. Merged cells are one cell with a span."""

    row: int
    column: int
    start: int
    end: int
    rowspan: int = 1
    colspan: int = 1
    header: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table, caption, footnote or note.

    ``level`` is 1.. for headings (1 = highest) and 1.. for list items (depth); 0 elsewhere.
    ``marker`` is the list marker, heading number or footnote mark as written, when it is not part
    of the canonical text. A paragraph that runs over a page break is one block; ``page`` is where it begins.
    """

    kind: BlockKind
    start: int
    end: int
    page: int
    level: int = 0
    marker: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page, slide or sheet, numbered from 1; ``label`` is its own name (sheet name), if any."""

    number: int
    start: int
    end: int
    kind: PageKind = PageKind.PAGE
    label: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """Where a run of canonical text stands on the page image: fractions of page width and height, top left origin."""

    page: int
    start: int
    end: int
    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader wants a person to know (``needs-ocr``, ``hidden-text``, ``macros-ignored``, …)."""

    code: str
    page: int | None = None
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Document:
    """A file as read: canonical text with stable offsets, pages and blocks in reading order.

    ``pages`` cover the text in order without overlap; every block lies inside the text and blocks come in
    order of ``start``. ``language`` is ``nb``, ``nn``, ``en`` or ``""`` when the text is too short to tell.
    """

    title: str
    format: Format
    sha256: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    language: str = ""
    lines: tuple[Line, ...] = ()
    notices: tuple[Notice, ...] = ()

    def page_at(self, offset: int) -> int:
        """Number of the page that holds ``offset`` (the last one that begins at or before it)."""
        number = 1
        for page in self.pages:
            if page.start > offset:
                break
            number = page.number
        return number
