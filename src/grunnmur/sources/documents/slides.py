"""Slides: title, text in reading order, tables, chart numbers and speaker notes, one page per slide."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
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
from grunnmur.sources.documents.slide_text import SlideParagraph, paragraph_text, paragraphs_of

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
ALTERNATE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
TITLES = frozenset({PP_PLACEHOLDER.TITLE, PP_PLACEHOLDER.CENTER_TITLE, PP_PLACEHOLDER.VERTICAL_TITLE})
FURNITURE = frozenset({PP_PLACEHOLDER.DATE, PP_PLACEHOLDER.FOOTER, PP_PLACEHOLDER.SLIDE_NUMBER, PP_PLACEHOLDER.HEADER})
SAME_ROW = 0.03  # of the slide's height: boxes whose tops differ less stand side by side
LONGEST_TITLE = 150
Shape = Any  # python-pptx has no types


@clear_errors()
def read(data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
    """Read a slide deck.

    Notices: ``hidden-slide``, ``hidden-text``, ``off-slide-text`` and ``only-pictures`` with their page,
    ``needs-ocr`` when no slide has text, ``macros-ignored``.
    Raises :class:`UnreadableFile` and :class:`LimitExceeded`.
    """
    presentation: Any = Package.open(io.BytesIO(data)).main_document_part.presentation
    builder.page_kind = PageKind.SLIDE
    total = len(presentation.slides)
    if total > limits.pages:
        raise LimitExceeded("too-many-pages", found=total, limit=limits.pages)
    empty = 0
    for number, slide in enumerate(presentation.slides, start=1):
        reader = _SlideReader(builder, presentation, slide, number)
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
    presentation: Any
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
        self._read_shapes([shape for shape in _in_order(self.slide.shapes, self._row_height()) if self._seen(shape)])
        self.only_pictures = self.builder.offset == before and any(True for _ in self.slide.element.iter(f"{A}blip"))
        if self.only_pictures:
            self.builder.note("only-pictures", page=self.number)
        self._speaker_notes()

    def _row_height(self) -> float:
        return float(self.presentation.slide_height or 0) * SAME_ROW

    def _seen(self, shape: Shape) -> bool:
        """Whether an audience sees the shape; what they don't see is told, not read."""
        if _is_furniture(shape):
            return False
        properties = next(shape.element.iter(f"{P}cNvPr"), None)
        hidden = properties is not None and properties.get("hidden") in ("1", "true")
        if not hidden and not self._is_outside(shape):
            return True
        if any(fold(text.text or "") for text in shape.element.iter(f"{A}t")):
            self.builder.note("hidden-text" if hidden else "off-slide-text", page=self.number)
        return False

    def _is_outside(self, shape: Shape) -> bool:
        width, height = self.presentation.slide_width, self.presentation.slide_height
        if None in (shape.left, shape.top, shape.width, shape.height, width, height):
            return False
        across = shape.left >= width or shape.left + shape.width <= 0
        return bool(across or shape.top >= height or shape.top + shape.height <= 0)

    def _read_shapes(self, shapes: Sequence[Shape]) -> None:
        title = self._title_shape(shapes)
        if title is not None:
            self._read_title(title)
        for shape in shapes:
            if shape is not title:
                self._read_shape(shape)

    def _title_shape(self, shapes: Sequence[Shape]) -> Shape | None:
        """The title placeholder with text, else the text box with the largest letters, else the topmost."""
        texts = [(shape, self._paragraphs(shape)) for shape in shapes]
        texts = [(shape, paragraphs) for shape, paragraphs in texts if paragraphs]
        for shape, _ in texts:
            if _placeholder_type(shape) in TITLES:
                return shape
        short = [(shape, paragraphs[0]) for shape, paragraphs in texts if len(paragraphs[0].text) <= LONGEST_TITLE]
        plain = [(shape, first) for shape, first in short if not first.marker and typed_bullet(first.text) is None]
        best = max(plain, key=lambda pair: pair[1].size, default=None)
        return best[0] if best else None

    def _read_title(self, shape: Shape) -> None:
        paragraphs = self._paragraphs(shape)
        rest: Sequence[SlideParagraph] = ()
        if _placeholder_type(shape) not in TITLES:
            paragraphs, rest = paragraphs[:1], paragraphs[1:]
        text = fold(" ".join(paragraph.text for paragraph in paragraphs))
        self.builder.add(BlockKind.HEADING, text, level=1)
        if not self.builder.title:
            self.builder.title = text
        self._add_paragraphs(rest)

    def _read_shape(self, shape: Shape) -> None:
        if hasattr(shape, "shapes"):
            for member in _in_order(shape.shapes, self._row_height()):
                self._read_shape(member)
        elif getattr(shape, "has_table", False):
            self._read_table(shape.table)
        elif getattr(shape, "has_chart", False):
            self._read_chart(shape)
        elif shape.has_text_frame:
            self._add_paragraphs(self._paragraphs(shape))
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

    def _paragraphs(self, shape: Shape) -> list[SlideParagraph]:
        if not getattr(shape, "has_text_frame", False):
            return []
        body = shape.element.find(f"{P}txBody")
        return [] if body is None else list(paragraphs_of(body, list(self._list_styles(shape))))

    def _list_styles(self, shape: Shape) -> Iterator[Element]:
        """List styles that a shape inherits from layout, slide master and presentation, nearest first."""
        if not shape.is_placeholder:
            default = self.presentation.element.find(f"{P}defaultTextStyle")
            if default is not None:
                yield default
            return
        master = self.slide.slide_layout.slide_master
        for holder in (_on_layout(shape, self.slide.slide_layout), _on_master(shape, master)):
            style = holder.element.find(f"{P}txBody/{A}lstStyle") if holder is not None else None
            if style is not None:
                yield style
        group = "titleStyle" if _placeholder_type(shape) in TITLES else "bodyStyle"
        style = master.element.find(f"{P}txStyles/{P}{group}")
        if style is not None:
            yield style


def _on_layout(shape: Shape, layout: Any) -> Shape | None:
    index = shape.placeholder_format.idx
    return next((holder for holder in layout.placeholders if holder.placeholder_format.idx == index), None)


def _on_master(shape: Shape, master: Any) -> Shape | None:
    wanted = TITLES if _placeholder_type(shape) in TITLES else {PP_PLACEHOLDER.BODY}
    return next((holder for holder in master.placeholders if _placeholder_type(holder) in wanted), None)


def _placeholder_type(shape: Shape) -> PP_PLACEHOLDER | None:
    return shape.placeholder_format.type if shape.is_placeholder else None


def _is_furniture(shape: Shape) -> bool:
    """Date, footer and slide number, which every slide repeats."""
    return _placeholder_type(shape) in FURNITURE


def _in_order(shapes: Any, row_height: float) -> list[Shape]:
    """From the top, and from the left among shapes that stand side by side."""
    rows: list[list[Shape]] = []
    for shape in sorted(shapes, key=lambda shape: shape.top or 0):
        if rows and (shape.top or 0) - (rows[-1][0].top or 0) <= row_height:
            rows[-1].append(shape)
        else:
            rows.append([shape])
    return [shape for row in rows for shape in sorted(row, key=lambda shape: shape.left or 0)]


def _take_one_branch(root: Element) -> None:
    """Put one branch in the place of every alternative; python-pptx overlooks shapes inside them."""
    for alternate in list(root.iter(ALTERNATE)):
        parent, branch = alternate.getparent(), chosen(alternate)
        if parent is None:
            continue
        for child in list(branch) if branch is not None else ():
            alternate.addprevious(child)
        parent.remove(alternate)
