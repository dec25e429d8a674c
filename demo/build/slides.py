"""Slide decks with placeholders, notes and tables."""

from __future__ import annotations

import copy
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pptx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from pptx.dml.color import RGBColor as SlideColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches
from pptx.util import Pt as SlidePt

from .plan import (
    ACCENT,
    FOOTER_WORD,
    SHADE,
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Plan,
    Quote,
    Runs,
    Table,
    column_weights,
    plain,
)
from .stamp import freeze, stamp

CONTINUED_WORD = " (forts.)"
SLIDE_LINES = 13
SLIDE_LINE_CHARS = 88
TABLE_LINE_CHARS = 110


@dataclass
class Slide:
    """One slide: a title, what stands on it and what the speaker says."""

    title: str
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def write_pptx(plan: Plan, path: Path) -> None:
    """Write the plan as a slide deck: one section a slide, long sections split."""
    deck = pptx.Presentation()
    _widen(deck)
    _title_slide(deck, plan)
    for slide in split_slides(plan):
        _content_slide(deck, slide, plan)
    stamp(deck.core_properties, plan)
    deck.save(str(path))
    freeze(path)


def split_slides(plan: Plan) -> list[Slide]:
    """Return the slides of a plan; a table too long for a slide continues on the next."""
    slides: list[Slide] = []
    for block in plan.body:
        if isinstance(block, Heading):
            slides.append(Slide(plain(block.runs)))
        elif isinstance(block, Quote):
            slides[-1].notes.extend(plain(runs) for runs in block.paragraphs)
        else:
            for piece in _pieces(block):
                used = sum(_lines(b) for b in slides[-1].blocks)
                if slides[-1].blocks and used + _lines(piece) > SLIDE_LINES:
                    slides.append(Slide(slides[-1].title.removesuffix(CONTINUED_WORD) + CONTINUED_WORD))
                slides[-1].blocks.append(piece)
    return slides


def _pieces(block: Block) -> list[Block]:
    if isinstance(block, Table) and len(block.rows) > 10:
        half = math.ceil(len(block.rows) / 2)
        return [Table(block.header, block.rows[i : i + half], block.right) for i in (0, half)]
    return [block]


def _lines(block: Block) -> int:
    """Return about how many lines a block takes on a slide."""
    if isinstance(block, Table):
        return 2 + len(block.rows)
    if isinstance(block, ListBlock):
        own = sum(max(1, math.ceil(len(plain(item.runs)) / SLIDE_LINE_CHARS)) for item in block.items)
        return own + sum(_lines(child) for item in block.items for child in item.children)
    if isinstance(block, Paragraph):
        return max(1, math.ceil(len(plain(block.runs)) / SLIDE_LINE_CHARS))
    return 1


def _widen(deck: Any) -> None:
    """Make the default 4:3 template 16:9, with the placeholders moved along, and set its type."""
    factor = 13.333 / 10
    deck.slide_width = Inches(13.333)
    for layout in [deck.slide_master, *deck.slide_layouts]:
        for shape in layout.placeholders:
            if shape._element.spPr.find(qn("a:xfrm")) is not None:
                top, height = shape.top, shape.height
                shape.left, shape.width = int(shape.left * factor), int(shape.width * factor)
                shape.top, shape.height = top, height
    for shape in deck.slide_master.placeholders:
        if shape.placeholder_format.type == 1:  # title
            shape.top, shape.height = Inches(0.35), Inches(1.0)
        if shape.placeholder_format.type == 2:  # body
            shape.top, shape.height = Inches(1.5), Inches(5.2)


def _title_slide(deck: Any, plan: Plan) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[0])
    slide.shapes.title.text = plan.title
    _title_look(slide.shapes.title, 40)
    slide.placeholders[1].text = "\n".join([*plan.facts, plan.notice])
    slide.placeholders[1].left, slide.placeholders[1].top = slide.shapes.title.left, Inches(3.9)
    slide.placeholders[1].width, slide.placeholders[1].height = slide.shapes.title.width, Inches(2.2)
    for index, paragraph in enumerate(slide.placeholders[1].text_frame.paragraphs):
        paragraph.font.size = SlidePt(20 if index < len(plan.facts) else 14)
        paragraph.font.color.rgb = _slide_color("404040")
        paragraph.alignment = PP_ALIGN.LEFT
    slide.notes_slide.notes_text_frame.text = plan.notice
    _slide_running(slide, plan)


def _title_look(shape: Any, size: int) -> None:
    for paragraph in shape.text_frame.paragraphs:
        paragraph.alignment = PP_ALIGN.LEFT
        paragraph.font.size, paragraph.font.bold = SlidePt(size), True
        paragraph.font.color.rgb = _slide_color(ACCENT)


def _slide_color(code: str) -> Any:
    return SlideColor.from_string(code)  # type: ignore[no-untyped-call]


def _content_slide(deck: Any, made: Slide, plan: Plan) -> None:
    tables = [block for block in made.blocks if isinstance(block, Table)]
    texts: list[Block] = [block for block in made.blocks if not isinstance(block, Table)]
    slide = deck.slides.add_slide(deck.slide_layouts[1 if texts else 5])
    slide.shapes.title.text = made.title
    _title_look(slide.shapes.title, 30)
    slide.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    top = int(Inches(1.5))
    if texts:
        lines = sum(_lines(block) for block in texts)
        body = slide.placeholders[1]
        left, width = body.left, body.width
        height = Inches(0.5 + 0.46 * lines) if tables else Inches(5.2)
        # Where the table stands first in the plan, the text goes under it.
        body_top = top if not tables or made.blocks[0] in texts else top + _table_height(tables)
        body.left, body.top, body.width, body.height = left, body_top, width, height
        _slide_text(body.text_frame, texts)
        top = top + height if body_top == top else top
    for table in tables:
        _slide_table(slide, table, top)
        top += _table_height([table])
    if made.notes:
        slide.notes_slide.notes_text_frame.text = "\n".join(made.notes)
    _slide_running(slide, plan)


def _table_height(tables: list[Table]) -> int:
    return int(sum(sum(_row_heights(table)) + Inches(0.25) for table in tables))


def _row_heights(table: Table) -> list[int]:
    """Return row heights with room for cells that wrap."""
    weights = column_weights(table)
    room = [max(1.0, TABLE_LINE_CHARS * weight / sum(weights)) for weight in weights]
    heights = []
    for row in [table.header, *table.rows]:
        lines = max(math.ceil(len(plain(cell)) / chars) for cell, chars in zip(row, room, strict=True))
        heights.append(int(Inches(0.16 + 0.26 * max(1, lines))))
    return heights


def _slide_text(frame: Any, blocks: list[Block]) -> None:
    frame.word_wrap = True
    size = 24 if sum(_lines(block) for block in blocks) <= 8 else 20
    first = True
    for runs, level, kind in _outline(blocks, 0):
        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
        first = False
        paragraph.level = level
        paragraph.space_after = SlidePt(5)
        paragraph.font.size = SlidePt(size - 2 * level)
        for run in runs:
            made = paragraph.add_run()
            made.text, made.font.bold, made.font.italic = run.text, run.bold or None, run.italic or None
        properties = paragraph._p.get_or_add_pPr()
        if kind == "plain":
            properties.set("marL", "0")
            properties.set("indent", "0")
            properties.append(OxmlElement("a:buNone"))
        elif kind == "number":
            numbers = OxmlElement("a:buAutoNum")
            numbers.set("type", "arabicPeriod")
            properties.append(numbers)


def _outline(blocks: list[Block], level: int) -> Iterator[tuple[Runs, int, str]]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.runs, level, "plain"
        elif isinstance(block, ListBlock):
            for item in block.items:
                yield item.runs, level, "number" if block.ordered else "bullet"
                yield from _outline(list(item.children), level + 1)


def _slide_table(slide: Any, table: Table, top: int) -> None:
    rows, columns = len(table.rows) + 1, len(table.header)
    left, width = Inches(0.67), Inches(12)
    heights = _row_heights(table)
    shape = slide.shapes.add_table(rows, columns, left, top, width, sum(heights))
    for made, height in zip(shape.table.rows, heights, strict=True):
        made.height = height
    weights = column_weights(table)
    for column, weight in zip(shape.table.columns, weights, strict=True):
        column.width = int(width * weight / sum(weights))
    for y, row in enumerate([table.header, *table.rows]):
        for x, runs in enumerate(row):
            cell = shape.table.cell(y, x)
            cell.text = plain(runs)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            cell.margin_top = cell.margin_bottom = Inches(0.03)
            cell.fill.solid()
            shade = ACCENT if y == 0 else (SHADE if y % 2 else "FFFFFF")
            cell.fill.fore_color.rgb = _slide_color(shade)
            paragraph = cell.text_frame.paragraphs[0]
            paragraph.font.size, paragraph.font.bold = SlidePt(14), y == 0
            paragraph.font.color.rgb = _slide_color("FFFFFF" if y == 0 else "1A1A1A")
            paragraph.alignment = PP_ALIGN.RIGHT if table.right[x] else PP_ALIGN.LEFT


def _slide_running(slide: Any, plan: Plan) -> None:
    """Copy the layout's footer and slide number, which python-pptx leaves out."""
    for shape in slide.slide_layout.placeholders:
        if shape.placeholder_format.type not in (13, 15):  # slide number, footer
            continue
        element = copy.deepcopy(shape._element)
        slide.shapes._spTree.append(element)
        if shape.placeholder_format.type == 15:
            slide.shapes[-1].text_frame.text = FOOTER_WORD[plan.language]
        for paragraph in slide.shapes[-1].text_frame.paragraphs:
            paragraph.font.name, paragraph.font.size = "Calibri", SlidePt(12)
            paragraph.font.color.rgb = _slide_color("595959")
