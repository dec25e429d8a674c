"""Slides: title, text in reading order, tables, chart numbers and speaker notes, one page per slide."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.package import Package

from grunnmur.kernel import LimitExceeded
from grunnmur.sources.documents.builder import CellText, DocumentBuilder
from grunnmur.sources.documents.characters import fold, typed_bullet
from grunnmur.sources.documents.charts import DGM, A, chart_of, diagram_items
from grunnmur.sources.documents.failures import clear_errors
from grunnmur.sources.documents.grids import with_header
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import BlockKind, PageKind
from grunnmur.sources.documents.numerals import BULLET
from grunnmur.sources.documents.office import RELATIONS, Element, Parts, chosen, parse_xml
from grunnmur.sources.documents.slide_layouts import Layouts, P, Placed, Shape
from grunnmur.sources.documents.slide_text import SlideParagraph, paragraph_text, paragraphs_of

ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
FURNITURE = frozenset({PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER})
SAME_ROW = 0.03  # of the slide's height: boxes whose tops differ less stand side by side
LONGEST_TITLE = 150


@clear_errors()
def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Read a slide deck.

    Notices: ``hidden-slide``, ``hidden-text``, ``off-slide-text`` and ``only-pictures`` with their page,
    ``needs-ocr`` when no slide has text, ``macros-ignored``.
    Raises :class:`UnreadableFile` and :class:`LimitExceeded`.
    """
    presentation: Any = Package.open(io.BytesIO(data)).main_document_part.presentation
    builder.page_kind = PageKind.SLIDE
    layouts = Layouts(presentation)
    total = len(presentation.slides)
    if total > limits.pages:
        raise LimitExceeded("too-many-pages", found=total, limit=limits.pages)
    empty = 0
    for number, slide in enumerate(presentation.slides, start=1):
        reader = _SlideReader(builder, layouts, slide, number)
        reader.read()
        empty += reader.only_pictures
        builder.report(number, total)
    if empty and builder.offset == 0:
        builder.note("needs-ocr")
    if Parts.of(data).has_macros:
        builder.note("macros-ignored")


@dataclass(slots=True)
class _SlideReader:
    builder: DocumentBuilder
    layouts: Layouts
    slide: Any
    number: int
    only_pictures: bool = False

    def read(self) -> None:
        hidden = self.slide.element.get("show") in ("0", "false")
        self.builder.begin_page(hidden=hidden)
        if hidden:
            self.builder.note("hidden-slide", page=self.number)
        _take_one_branch(self.slide.element)
        before = self.builder.offset
        self._read_shapes([placed for placed in self._placed(self.slide.shapes) if self._is_seen(placed)])
        self.only_pictures = self.builder.offset == before and any(True for _ in self.slide.element.iter(f"{A}blip"))
        if self.only_pictures:
            self.builder.note("only-pictures", page=self.number)
        self._speaker_notes()

    def _is_seen(self, placed: Placed) -> bool:
        """Whether an audience sees the shape; what they don't see is told, not read."""
        if placed.kind in FURNITURE:
            return False
        properties = next(placed.shape.element.iter(f"{P}cNvPr"), None)
        hidden = properties is not None and properties.get("hidden") in ("1", "true")
        if not hidden and not self._is_outside(placed.shape.element):
            return True
        if any(fold(text.text or "") for text in placed.shape.element.iter(f"{A}t")):
            self.builder.note("hidden-text" if hidden else "off-slide-text", page=self.number)
        return False

    def _is_outside(self, element: Any) -> bool:
        """Whether the shape's own place lies beside the slide; an inherited place never does."""
        width, height = self.layouts.presentation.slide_width, self.layouts.presentation.slide_height
        if None in (element.x, element.y, element.cx, element.cy, width, height):
            return False
        across = element.x >= width or element.x + element.cx <= 0
        return bool(across or element.y >= height or element.y + element.cy <= 0)

    def _read_shapes(self, shapes: Sequence[Placed]) -> None:
        texts = [self._paragraphs(placed) for placed in shapes]
        title = _title_of(shapes, texts)
        if title is not None:
            self._read_title(shapes[title], texts[title])
        for index, placed in enumerate(shapes):
            if index != title:
                self._read_shape(placed, texts[index])

    def _read_title(self, placed: Placed, paragraphs: Sequence[SlideParagraph]) -> None:
        rest: Sequence[SlideParagraph] = ()
        if not placed.is_title:
            paragraphs, rest = paragraphs[:1], paragraphs[1:]
        text = fold(" ".join(paragraph.text for paragraph in paragraphs))
        self.builder.add(BlockKind.HEADING, text, level=1)
        if not self.builder.title:
            self.builder.title = text
        self._add_paragraphs(rest)

    def _read_shape(self, placed: Placed, paragraphs: Sequence[SlideParagraph]) -> None:
        shape = placed.shape
        if hasattr(shape, "shapes"):
            for member in self._placed(shape.shapes):
                self._read_shape(member, self._paragraphs(member))
        elif getattr(shape, "has_table", False):
            self._read_table(shape.table)
        elif getattr(shape, "has_chart", False):
            self._read_chart(shape)
        elif paragraphs:
            self._add_paragraphs(paragraphs)
        else:
            self._read_diagram(shape)

    def _add_paragraphs(self, paragraphs: Sequence[SlideParagraph]) -> None:
        for paragraph in paragraphs:
            typed = None if paragraph.marker else typed_bullet(paragraph.text)
            marker, text = typed or (paragraph.marker, paragraph.text)
            if marker:
                self.builder.add(BlockKind.LIST_ITEM, text, level=paragraph.level, marker=marker)
            else:
                self.builder.add(BlockKind.PARAGRAPH, text)

    def _read_table(self, table: Any) -> None:
        cells: list[CellText] = []
        for row, line in enumerate(table.rows):
            for column, cell in enumerate(line.cells):
                if cell.is_spanned:
                    continue
                text = "\n".join(paragraph_text(p) for p in cell.text_frame._txBody.iterfind(f"{A}p"))
                rowspan, colspan = (cell.span_height, cell.span_width) if cell.is_merge_origin else (1, 1)
                cells.append(CellText(row, column, text, rowspan, colspan, header=table.first_row and row == 0))
        if len(cells) == 1:
            self.builder.add(BlockKind.PARAGRAPH, cells[0].text)
        else:
            self.builder.add_table(with_header(cells))

    def _read_chart(self, shape: Shape) -> None:
        chart = chart_of(parse_xml(shape.chart_part.blob))
        self.builder.add(BlockKind.CAPTION, chart.title)
        for cells in chart.tables:
            self.builder.add_table(cells)

    def _read_diagram(self, shape: Shape) -> None:
        """SmartArt keeps its words in a part of its own."""
        link = next(shape.element.iter(f"{DGM}relIds"), None)
        relation = link.get(f"{RELATIONS}dm") if link is not None else None
        if relation is None or relation not in self.slide.part.rels or self.slide.part.rels[relation].is_external:
            return
        for depth, text in diagram_items(parse_xml(self.slide.part.related_part(relation).blob)):
            self.builder.add(BlockKind.LIST_ITEM, text, level=depth, marker=BULLET)

    def _speaker_notes(self) -> None:
        if not self.slide.has_notes_slide or self.slide.notes_slide.notes_text_frame is None:
            return
        for paragraph in self.slide.notes_slide.notes_text_frame._txBody.iterfind(f"{A}p"):
            self.builder.add(BlockKind.NOTE, paragraph_text(paragraph))

    def _placed(self, shapes: Any) -> list[Placed]:
        """Shapes in reading order."""
        row_height = float(self.layouts.presentation.slide_height or 0) * SAME_ROW
        return _in_order([self.layouts.placed(shape, self.slide.slide_layout) for shape in shapes], row_height)

    def _paragraphs(self, placed: Placed) -> list[SlideParagraph]:
        body = placed.shape.element.find(f"{P}txBody")
        if body is None:
            return []
        return list(paragraphs_of(body, self.layouts.list_styles(placed, self.slide.slide_layout)))


def _title_of(shapes: Sequence[Placed], texts: Sequence[Sequence[SlideParagraph]]) -> int | None:
    """Index of the title placeholder with text, else of the text box with the largest letters, else of the topmost."""
    filled = [index for index, paragraphs in enumerate(texts) if paragraphs]
    titles = [index for index in filled if shapes[index].is_title]
    plain = [index for index in filled if not texts[index][0].marker and typed_bullet(texts[index][0].text) is None]
    short = [index for index in plain if len(texts[index][0].text) <= LONGEST_TITLE]
    return titles[0] if titles else max(short, key=lambda index: texts[index][0].size, default=None)


def _in_order(shapes: list[Placed], row_height: float) -> list[Placed]:
    """From the top, and from the left among shapes that stand side by side."""
    rows: list[list[Placed]] = []
    for shape in sorted(shapes, key=lambda shape: shape.top):
        if rows and shape.top - rows[-1][0].top <= row_height:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda shape: shape.left)]


def _take_one_branch(root: Element) -> None:
    """Put one branch in the place of every alternative; python-pptx overlooks shapes inside them."""
    for alternate in list(root.iter(ALTERNATE)):
        parent, branch = alternate.getparent(), chosen(alternate)
        if parent is None:
            continue
        for child in list(branch) if branch is not None else ():
            alternate.addprevious(child)
        parent.remove(alternate)
