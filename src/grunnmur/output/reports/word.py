"""A report as a Word file: real heading styles, a table of contents that links, tables with repeated heads."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from grunnmur.output.reports.model import (
    GridBlock,
    HeadingBlock,
    ListingBlock,
    ParagraphBlock,
    QuoteBlock,
    Report,
    ReportBlock,
    Run,
    Runs,
    Tone,
)
from grunnmur.output.tables import writable

MAIN = RGBColor(0x0B, 0x55, 0x63)
SOFT = RGBColor(0x51, 0x62, 0x6B)
CONTENTS_LEVELS = 2
LANGUAGES = {"nb": "nb-NO", "nn": "nn-NO", "en": "en-GB"}
TEXT_WIDTH = 16.0


def to_word(report: Report, made: datetime | None = None) -> bytes:
    """The file. ``made`` is written as its date (the same report and date give the same content)."""
    document = Document()
    _styles(document, report.language)
    _properties(document, report, made or datetime.now(UTC))
    _front(document, report)
    for block in report.blocks:
        _block(document, block)
    _page_numbers(document, report)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _styles(document: Any, language: str) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    languages = OxmlElement("w:lang")
    languages.set(qn("w:val"), LANGUAGES.get(language, language))
    normal.element.get_or_add_rPr().append(languages)
    for level, size in ((1, 20), (2, 15), (3, 12), (4, 11)):
        style = document.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), MAIN
        for theme in ("asciiTheme", "hAnsiTheme"):
            style.element.rPr.rFonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before = Pt(size)
    document.styles["Title"].font.color.rgb = MAIN
    for section in document.sections:
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)


def _properties(document: Any, report: Report, made: datetime) -> None:
    properties = document.core_properties
    properties.title, properties.subject = writable(report.title)[:250], writable(report.subtitle)[:250]
    properties.language, properties.author, properties.comments = report.language, "", ""
    properties.created = properties.modified = made.replace(tzinfo=None)


def _front(document: Any, report: Report) -> None:
    document.add_paragraph(writable(report.title), style="Title")
    document.add_paragraph(writable(report.subtitle), style="Subtitle")
    if report.notice:
        document.add_paragraph(writable(report.notice), style="Intense Quote")
    for name, value in report.facts:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{writable(name)}: ").bold = True
        paragraph.add_run(writable(value))
    _contents(document, report)
    document.add_page_break()


def _contents(document: Any, report: Report) -> None:
    """Word's own table of contents, already filled with links, so that it is right before anyone updates it."""
    listed = [block for block in report.headings() if block.level <= CONTENTS_LEVELS and block.anchor]
    if not listed:
        return
    document.add_paragraph(writable(report.labels.contents), style="TOC Heading")
    for place, block in enumerate(listed):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.left_indent = Cm(0.6 * (block.level - 1))
        paragraph.paragraph_format.space_after = Pt(2)
        if not place:
            _field_begins(paragraph, f'TOC \\o "1-{CONTENTS_LEVELS}" \\h \\z \\u')
        _link(paragraph, Run(_headline(block), href=f"#{block.anchor}"))
        if block is listed[-1]:
            _field_mark(paragraph, "end")


def _block(document: Any, block: ReportBlock) -> None:
    match block:
        case HeadingBlock():
            heading = document.add_heading(writable(_headline(block)), level=min(block.level, 4))
            _bookmark(heading, block.anchor)
        case ParagraphBlock():
            paragraph = document.add_paragraph()
            _runs(paragraph, block.runs)
            _set_tone(paragraph, block.tone)
        case QuoteBlock():
            paragraph = document.add_paragraph(style="Quote")
            paragraph.add_run(writable(block.text))
            paragraph.add_run().add_break()
            _runs(paragraph, (Run(block.source, href=block.href),))
        case ListingBlock():
            for item in block.items:
                _runs(document.add_paragraph(style="List Bullet"), item)
        case GridBlock():
            _grid(document, block)


def _set_tone(paragraph: Any, tone: Tone) -> None:
    for run in paragraph.runs:
        if tone is Tone.LEAD:
            run.font.size = Pt(13)
        if tone is Tone.NOTE:
            run.font.size, run.font.color.rgb = Pt(9.5), SOFT


def _grid(document: Any, block: GridBlock) -> None:
    caption = document.add_paragraph(writable(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = document.add_table(rows=1 + len(block.rows), cols=len(block.head), style="Table Grid")
    # Filling cells through the rows costs the square of their number; the flat list does not.
    cells = iter(table._cells)
    for column, text in enumerate(block.head):
        cell = next(cells)
        cell.paragraphs[0].add_run(writable(text)).bold = True
        _align(cell, column in block.numeric)
    for row in block.rows:
        for column, runs in enumerate(row):
            cell = next(cells)
            _runs(cell.paragraphs[0], runs)
            _align(cell, column in block.numeric)
    _repeat_head(table)
    _set_widths(table, block)
    document.add_paragraph()


def _align(cell: Any, right: bool) -> None:
    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    if right:
        paragraph.alignment = 2


def _repeat_head(table: Any) -> None:
    properties = table.rows[0]._tr.get_or_add_trPr()
    head = OxmlElement("w:tblHeader")
    head.set(qn("w:val"), "true")
    properties.append(head)


def _set_widths(table: Any, block: GridBlock) -> None:
    shares = block.widths or (1,) * len(block.head)
    table.autofit = False
    for column, share in zip(table.columns, shares, strict=True):
        column.width = Cm(TEXT_WIDTH * share / sum(shares))
    grid_width = [Cm(TEXT_WIDTH * share / sum(shares)) for share in shares]
    for place, cell in enumerate(table._cells):
        cell.width = grid_width[place % len(shares)]


def _runs(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        if run.href:
            _link(paragraph, run)
            continue
        added = paragraph.add_run(writable(run.text))
        added.bold, added.italic = run.bold or None, run.italic or None


def _link(paragraph: Any, run: Run) -> None:
    link = OxmlElement("w:hyperlink")
    if run.href.startswith("#"):
        link.set(qn("w:anchor"), run.href[1:])
    else:
        link.set(qn("r:id"), paragraph.part.relate_to(run.href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    added = paragraph.add_run(writable(run.text))
    added.font.color.rgb, added.bold = MAIN, run.bold or None
    link.append(added._r)
    paragraph._p.append(link)


def _bookmark(paragraph: Any, anchor: str) -> None:
    if not anchor:
        return
    number = str(crc32(anchor.encode()) & 0x7FFFFFFF)
    start, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for mark in (start, end):
        mark.set(qn("w:id"), number)
    start.set(qn("w:name"), anchor)
    paragraph._p.insert(1, start)
    paragraph._p.append(end)


def _page_numbers(document: Any, report: Report) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{writable(report.labels.footer)} · {writable(report.labels.page)} ")
    _field(paragraph, "PAGE")
    paragraph.add_run(f" {writable(report.labels.of)} ")
    _field(paragraph, "NUMPAGES")


def _field(paragraph: Any, instruction: str) -> None:
    _field_begins(paragraph, instruction)
    paragraph.add_run("1")
    _field_mark(paragraph, "end")


def _field_begins(paragraph: Any, instruction: str) -> None:
    _field_mark(paragraph, "begin")
    text = OxmlElement("w:instrText")
    text.set(qn("xml:space"), "preserve")
    text.text = f" {instruction} "
    paragraph.add_run()._r.append(text)
    _field_mark(paragraph, "separate")


def _field_mark(paragraph: Any, kind: str) -> None:
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


def _headline(block: HeadingBlock) -> str:
    return f"{block.number} {block.text}".strip()
