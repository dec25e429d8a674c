"""OpenDocument texts (LibreOffice and others)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from grunnmur.kernel import LimitExceeded, UnreadableFile
from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.characters import PAGE_BREAK, clean, fold, typed_bullet
from grunnmur.sources.documents.failures import clear_errors
from grunnmur.sources.documents.grids import with_header
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.numerals import BULLET
from grunnmur.sources.documents.office import Element, Parts, has_text, local_name
from grunnmur.sources.documents.opendocument_inline import Inline, InlineReader
from grunnmur.sources.documents.opendocument_styles import TEXT, Counters, ParagraphStyle, TextStyles
from grunnmur.sources.documents.opendocument_tables import table_cells

MOST_CELLS = 500_000  # in one table; a few bytes can ask for repeated cells without end
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
CONTENTS = frozenset(
    {"table-of-content", "illustration-index", "table-index", "object-index", "alphabetical-index", "user-index"}
)
CONTAINERS = frozenset({"section", "index-body", "bibliography", "list-header", "text-box", "numbered-paragraph"})


@clear_errors()
def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Read an OpenDocument text; pages follow the breaks noted in the file.

    Footnotes come at the end of their page, endnotes last. Notices: ``tracked-changes``, ``hidden-text``,
    ``comments``, ``contents-left-out``, ``macros-ignored``, ``only-pictures``.
    Raises :class:`UnreadableFile` (also ``encrypted``) and :class:`LimitExceeded`.
    """
    parts = Parts.of(data)
    if "META-INF/manifest.xml" in parts.names and b"encryption-data" in parts.read("META-INF/manifest.xml"):
        raise UnreadableFile("encrypted")
    content = parts.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or body is None:
        raise UnreadableFile("broken", detail="content")
    styles = parts.xml("styles.xml")
    reader = _TextReader(builder, TextStyles([root for root in (styles, content) if root is not None]))
    reader.read(body)
    if parts.has_macros:
        builder.note("macros-ignored")
    builder.title = reader.title or parts.title


@dataclass(frozen=True, slots=True)
class _Item:
    """The list item around a paragraph; ``marker`` goes to its first paragraph alone."""

    depth: int
    marker: str


@dataclass(slots=True)
class _TextReader:
    builder: DocumentBuilder
    styles: TextStyles
    title: str = ""
    found: set[str] = field(default_factory=set)
    inline: InlineReader = field(init=False)
    outline: Counters = field(default_factory=Counters)
    lists: dict[str, Counters] = field(default_factory=dict)
    """Counters by list style, so that a list can go on where it left off."""
    footnotes: list[tuple[str, str]] = field(default_factory=list)
    endnotes: list[tuple[str, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.inline = InlineReader(self.styles)

    def read(self, body: Element) -> None:
        self.builder.begin_page()
        self._blocks(body)
        self._flush_notes()
        for mark, text in self.endnotes:
            self.builder.add(BlockKind.FOOTNOTE, text, marker=mark)
        if self.inline.hidden:
            self.found.add("hidden-text")
        if self.inline.pictures and self.builder.offset == 0:
            self.found.add("only-pictures")
        for code in sorted(self.found):
            self.builder.note(code)

    def _blocks(self, container: Element, item: _Item | None = None) -> None:
        for child in container:
            self._block(child, local_name(child), item)

    def _block(self, element: Element, name: str, item: _Item | None) -> None:
        if name in ("p", "h"):
            self._paragraph(element, name, item)
        elif name == "list":
            self._list(element, item.depth + 1 if item else 1, "")
        elif name == "table":
            self._table(element)
        elif name == "soft-page-break":
            self._turn_page()
        elif name in CONTENTS:
            self.found.add("contents-left-out")
        elif name == "tracked-changes":
            self.found.add("tracked-changes")
        elif name == "section" and element.get(f"{TEXT}display") == "none":
            self.found.add("hidden-text")
        elif name in CONTAINERS or name == "frame":
            self._blocks(element)

    def _list(self, element: Element, depth: int, inherited: str) -> None:
        style = element.get(f"{TEXT}style-name") or inherited
        counters = self.lists.get(style)
        goes_on = element.get(f"{TEXT}continue-numbering") == "true" or element.get(f"{TEXT}continue-list")
        if counters is None or (depth == 1 and not goes_on):
            counters = self.lists[style] = Counters()
        for child in element:
            if local_name(child) == "list-item":
                self._list_item(child, depth, style, counters)
            elif local_name(child) == "list-header":
                self._blocks(child)

    def _list_item(self, element: Element, depth: int, style: str, counters: Counters) -> None:
        own_start = element.get(f"{TEXT}start-value")
        item: _Item | None = None
        for child in element:
            name = local_name(child)
            if name == "list":
                self._list(child, depth + 1, style)
            elif name == "p" and item is None:
                start = int(own_start) if own_start else None
                item = _Item(depth, counters.advance(self.styles.list_levels(style), depth, start))
                self._paragraph(child, name, item)
            else:
                self._block(child, name, None)

    def _paragraph(self, element: Element, name: str, item: _Item | None) -> None:
        style = self.styles.paragraph(element.get(f"{TEXT}style-name"))
        if style.breaks_before and self.builder.offset:
            self._turn_page()
        if style.hidden:
            self.inline.hidden = self.inline.hidden or has_text(element)
            return
        inline = self.inline.read(element)
        self._add_text(inline.text, element, name, style, item)
        self._attachments(inline)
        if style.breaks_after:
            self._turn_page()

    def _add_text(self, raw: str, element: Element, name: str, style: ParagraphStyle, item: _Item | None) -> None:
        kind, level, marker = self._place(element, name, style, item)
        bullet = typed_bullet(raw) if kind is BlockKind.PARAGRAPH else None
        if bullet is not None:
            kind, level, marker, raw = BlockKind.LIST_ITEM, 1, *bullet
        if kind is BlockKind.HEADING:
            raw = raw.replace("\n", " ")
        pages = clean(raw).split(PAGE_BREAK)
        while len(pages) > 1 and not pages[0].strip():
            pages.pop(0)
            self._turn_page()
        self.builder.add_across(kind, pages, level=level, marker=marker)
        if style.title and not self.title:
            self.title = fold(raw)

    def _place(
        self, element: Element, name: str, style: ParagraphStyle, item: _Item | None
    ) -> tuple[BlockKind, int, str]:
        """Kind, level and marker of a paragraph."""
        if name == "h" and not style.title:
            level = int(element.get(f"{TEXT}outline-level") or style.heading or 1)
            numbered = self.styles.outline and element.get(f"{TEXT}is-list-header") != "true"
            marker = self.outline.advance(self.styles.outline, level, None) if numbered else ""
            return BlockKind.HEADING, level, marker.removesuffix(BULLET)
        if style.heading:
            return BlockKind.HEADING, style.heading, ""
        if style.caption:
            return BlockKind.CAPTION, 0, ""
        if item is not None:
            return BlockKind.LIST_ITEM, item.depth, item.marker
        return BlockKind.PARAGRAPH, 0, ""

    def _attachments(self, inline: Inline) -> None:
        for note_class, mark, text in inline.notes:
            (self.endnotes if note_class == "endnote" else self.footnotes).append((mark, text))
        self.comments.extend(inline.comments)
        for box in inline.boxes:
            self._blocks(box)

    def _table(self, element: Element) -> None:
        cells = list(islice(table_cells(element), MOST_CELLS + 1))
        if len(cells) > MOST_CELLS:
            raise LimitExceeded("too-large", limit=MOST_CELLS)
        if len(cells) == 1:  # a frame around text, not a table
            self._blocks(cells[0].element)
            return
        nested: list[Element] = []
        texts: list[CellText] = []
        for cell in cells:
            text = clean("\n".join(self._cell_texts(cell.element, nested)).replace(PAGE_BREAK, ""))
            texts.append(CellText(cell.row, cell.column, text, cell.rowspan, cell.colspan, cell.header))
        self.builder.add_table(with_header(texts))
        for inner in nested:
            self._table(inner)
        for _ in element.iter(f"{TEXT}soft-page-break"):
            self._turn_page()

    def _cell_texts(self, container: Element, nested: list[Element]) -> Iterator[str]:
        for child in container:
            name = local_name(child)
            if name in ("p", "h"):
                inline = self.inline.read(child)
                yield inline.text
                self._attachments(Inline(notes=inline.notes, comments=inline.comments))
                for box in inline.boxes:
                    yield from self._cell_texts(box, nested)
            elif name == "table":
                nested.append(child)
            elif name in ("list", "list-item") or name in CONTAINERS:
                yield from self._cell_texts(child, nested)

    def _turn_page(self) -> None:
        self._flush_notes()
        self.builder.begin_page()

    def _flush_notes(self) -> None:
        for mark, text in self.footnotes:
            self.builder.add(BlockKind.FOOTNOTE, text, marker=mark)
        for text in self.comments:
            self.found.add("comments")
            self.builder.add(BlockKind.NOTE, text)
        self.footnotes.clear()
        self.comments.clear()
