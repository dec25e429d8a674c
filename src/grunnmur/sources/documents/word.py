"""Word documents: everything a reader of the printed page sees, with the structure the styles give it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from grunnmur.kernel import UnreadableFile
from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.characters import PAGE_BREAK, clean, fold, typed_bullet
from grunnmur.sources.documents.charts import chart_of, diagram_items
from grunnmur.sources.documents.failures import clear_errors
from grunnmur.sources.documents.grids import with_header
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import BlockKind
from grunnmur.sources.documents.numerals import BULLET
from grunnmur.sources.documents.office import Element, Parts, chosen, local_name
from grunnmur.sources.documents.word_contents import OpenFields
from grunnmur.sources.documents.word_headings import headings_by_hand
from grunnmur.sources.documents.word_notes import Notes
from grunnmur.sources.documents.word_numbering import Numbering
from grunnmur.sources.documents.word_runs import BLOCK_WRAPPERS, DELETED, Inline, RunReader
from grunnmur.sources.documents.word_styles import Style, Styles, W, numbering_of, outline_level, value
from grunnmur.sources.documents.word_tables import WordTable, table_of

CONTENTS_GALLERY = "Table of Contents"


@clear_errors()
def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Read a Word file.

    Pages follow the breaks that Word noted when it last laid the file out, and those its writer made.
    Footnotes come at the end of their page, endnotes and what is deleted by tracked changes at the end or not at all.
    Notices: ``tracked-changes``, ``hidden-text``, ``comments``, ``contents-left-out``, ``macros-ignored``,
    ``embedded-ignored``, ``only-pictures``. Raises :class:`UnreadableFile` and :class:`LimitExceeded`.
    """
    parts = Parts.of(data)
    main = parts.related("", "officeDocument") or "word/document.xml"
    root = parts.xml(main)
    body = root.find(f"{W}body") if root is not None else None
    if body is None:
        raise UnreadableFile("broken", detail="document")
    reader = _WordReader(parts, main, builder)
    reader.read(body)
    builder.title = reader.title or parts.title


@dataclass(slots=True)
class _WordReader:
    parts: Parts
    main: str
    builder: DocumentBuilder
    title: str = ""
    styles: Styles = field(init=False)
    numbering: Numbering = field(init=False)
    runs: RunReader = field(init=False)
    notes: Notes = field(init=False)
    found: set[str] = field(default_factory=set)
    """Codes of what a person should know about the file."""
    fields: OpenFields = field(default_factory=OpenFields)
    by_hand: Mapping[Element, int] = field(default_factory=dict)
    section_breaks: list[bool] = field(default_factory=list)
    """Whether each section after the first begins on a new page."""

    def __post_init__(self) -> None:
        self.styles = Styles(self._part("styles"))
        self.numbering = Numbering(self._part("numbering"))
        self.runs = RunReader(self.styles)
        self.notes = Notes({kind: self._part(f"{kind}s") for kind in ("footnote", "endnote", "comment")}, self.styles)

    def _part(self, kind: str) -> Element | None:
        name = self.parts.related(self.main, kind)
        return self.parts.xml(name) if name else None

    def read(self, body: Element) -> None:
        sections = list(body.iter(f"{W}sectPr"))
        self.section_breaks = [value(section, "type") != "continuous" for section in sections[1:]]
        self.by_hand = headings_by_hand(body, self.styles)
        self.builder.begin_page()
        self._blocks(body)
        self._flush_notes()
        for mark, text in self.notes.endnotes():
            self.builder.add(BlockKind.FOOTNOTE, text, marker=mark)
        self._note_findings()

    def _note_findings(self) -> None:
        seen = {
            "tracked-changes": self.runs.tracked or self.notes.runs.tracked,
            "hidden-text": self.runs.hidden or self.notes.runs.hidden,
            "comments": self.notes.has_comments,
            "macros-ignored": self.parts.has_macros,
            "only-pictures": self.runs.pictures and self.builder.offset == 0,
        }
        for code in sorted(self.found | {code for code, holds in seen.items() if holds}):
            self.builder.note(code)

    def _blocks(self, container: Element) -> None:
        for child in container:
            self._block(child, local_name(child))

    def _block(self, element: Element, name: str) -> None:
        if name == "p":
            self._paragraph(element)
        elif name == "tbl":
            self._table(element)
        elif name == "sdt":
            self._content_control(element)
        elif name in BLOCK_WRAPPERS:
            self._blocks(element)
        elif name in DELETED:
            self.runs.tracked = True
        elif name == "AlternateContent":
            branch = chosen(element)
            self._blocks(branch if branch is not None else element)
        elif name == "altChunk":
            self.found.add("embedded-ignored")

    def _content_control(self, element: Element) -> None:
        """A content control's own text; the list of contents only repeats the headings."""
        if value(element, "sdtPr/docPartObj/docPartGallery") == CONTENTS_GALLERY:
            self.found.add("contents-left-out")
            return
        content = element.find(f"{W}sdtContent")
        if content is not None:
            self._blocks(content)

    def _paragraph(self, element: Element) -> None:
        properties = element.find(f"{W}pPr")
        style = self.styles.of(value(properties, "pStyle"))
        if style.breaks_page or (properties is not None and _breaks_before(properties)):
            self._break_page()
        inline = self.runs.paragraph(element)
        in_contents = self.fields.holds(element) or style.contents
        if in_contents and inline.text.strip():
            self.found.add("contents-left-out")
        else:
            self._add_text(inline.text, element, style)
        self.notes.refer(inline.notes)
        self._attachments(inline)
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self._end_section()

    def _add_text(self, raw: str, element: Element, style: Style) -> None:
        kind, level, marker = self._place(element.find(f"{W}pPr"), style)
        if kind is BlockKind.PARAGRAPH and element in self.by_hand:
            kind, level = BlockKind.HEADING, self.by_hand[element]
        bullet = typed_bullet(raw) if kind is BlockKind.PARAGRAPH else None
        if bullet is not None:
            kind, level, marker, raw = BlockKind.LIST_ITEM, 1, *bullet
        if kind is BlockKind.HEADING:
            raw = raw.replace("\n", " ")
        pages = clean(raw).split(PAGE_BREAK)
        while len(pages) > 1 and not pages[0].strip():
            pages.pop(0)
            self._turn_page()
        words = max((index for index, text in enumerate(pages) if text.strip()), default=-1) + 1
        if words:
            pages[0], pages[words - 1] = pages[0].lstrip(), pages[words - 1].rstrip()
            self.builder.add_across(kind, pages[:words], level=level, marker=marker)
        for _ in pages[max(1, words) :]:
            self._turn_page()
        if style.title and not self.title:
            self.title = fold(raw)

    def _place(self, properties: Element | None, style: Style) -> tuple[BlockKind, int, str]:
        """Kind, level and marker of a paragraph."""
        use = self.numbering.use(numbering_of(properties), style)
        marker = self.numbering.advance(*use) if use else ""
        own_level = outline_level(properties)
        heading = style.heading if own_level is None else own_level
        if heading:
            return BlockKind.HEADING, heading, marker.removesuffix(BULLET)
        if style.caption:
            return BlockKind.CAPTION, 0, marker
        if use or style.depth:
            depth = max(style.depth, use[1] + 1 if use else 1)
            return BlockKind.LIST_ITEM, depth, marker if use else BULLET
        return BlockKind.PARAGRAPH, 0, ""

    def _attachments(self, inline: Inline) -> None:
        """What is anchored in a paragraph comes after it."""
        for box in inline.boxes:
            self._blocks(box)
        for relation in inline.charts:
            self._chart(relation)
        for relation in inline.diagrams:
            root = self._target(relation)
            for depth, text in diagram_items(root) if root is not None else ():
                self.builder.add(BlockKind.LIST_ITEM, text, level=depth, marker=BULLET)

    def _chart(self, relation: str) -> None:
        root = self._target(relation)
        if root is None:
            return
        chart = chart_of(root)
        self.builder.add(BlockKind.CAPTION, chart.title)
        for cells in chart.tables:
            self.builder.add_table(cells)

    def _target(self, relation: str) -> Element | None:
        name = self.parts.target(self.main, relation)
        return self.parts.xml(name) if name else None

    def _table(self, element: Element) -> None:
        table = table_of(element)
        self.runs.tracked = self.runs.tracked or table.tracked
        if len(table.cells) == 1:  # a frame around text, not a table
            self._blocks(table.cells[0].element)
            return
        self._add_cells(table)

    def _add_cells(self, table: WordTable) -> None:
        cells: list[CellText] = []
        nested: list[Element] = []
        breaks: dict[int, int] = {}
        for cell in table.cells:
            text = clean("\n".join(self._cell_texts(cell.element, nested)))
            breaks[cell.row] = max(breaks.get(cell.row, 0), text.count(PAGE_BREAK))
            plain = text.replace(PAGE_BREAK, "")
            cells.append(CellText(cell.row, cell.column, plain, cell.rowspan, cell.colspan, cell.header))
        self.builder.add_table(with_header(cells))
        for inner in nested:
            self._table(inner)
        for _ in range(sum(breaks.values())):
            self._turn_page()

    def _cell_texts(self, container: Element, nested: list[Element]) -> Iterator[str]:
        """The paragraphs of a cell; tables inside it are put aside."""
        for child in container:
            name = local_name(child)
            if name == "p":
                yield from self._cell_paragraph(child, nested)
            elif name == "tbl":
                nested.append(child)
            elif name in BLOCK_WRAPPERS or name == "sdt":
                yield from self._cell_texts(child, nested)

    def _cell_paragraph(self, element: Element, nested: list[Element]) -> Iterator[str]:
        properties = element.find(f"{W}pPr")
        _, _, marker = self._place(properties, self.styles.of(value(properties, "pStyle")))
        inline = self.runs.paragraph(element)
        self.notes.refer(inline.notes)
        number = f"{marker} " if marker != BULLET and marker and inline.text.strip() else ""
        yield number + inline.text
        for box in inline.boxes:
            yield from self._cell_texts(box, nested)

    def _break_page(self) -> None:
        if self.runs.break_page():
            self._turn_page()

    def _end_section(self) -> None:
        if self.section_breaks and self.section_breaks.pop(0):
            self._break_page()

    def _turn_page(self) -> None:
        self._flush_notes()
        self.builder.begin_page()

    def _flush_notes(self) -> None:
        for mark, text in self.notes.footnotes():
            self.builder.add(BlockKind.FOOTNOTE, text, marker=mark)
        for text in self.notes.comments():
            self.builder.add(BlockKind.NOTE, text)


def _breaks_before(properties: Element) -> bool:
    mark = properties.find(f"{W}pageBreakBefore")
    return mark is not None and mark.get(f"{W}val") not in ("0", "false", "off")
