"""Word files with real styles, fields, lists, footnotes and tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree

from .plan import (
    ACCENT,
    CONTENTS_WORD,
    FOOTER_WORD,
    KEEP_ROWS,
    OF_WORD,
    PAGE_WORD,
    SHADE,
    Block,
    Heading,
    ListBlock,
    Paragraph,
    Plan,
    Runs,
    Table,
    column_weights,
    plain,
)
from .stamp import freeze, stamp


def write_docx(plan: Plan, path: Path) -> None:
    """Write the plan as a Word document with real styles, fields, lists and footnotes."""
    document = docx.Document()
    _docx_styles(document, plan)
    _docx_running(document, plan)
    _docx_cover(document, plan)
    footnotes: list[str] = []
    for block in plan.body:
        _docx_block(document, block, footnotes)
    _docx_footnotes_part(document, footnotes)
    stamp(document.core_properties, plan)
    document.save(str(path))
    freeze(path)


def _docx_styles(document: Any, plan: Plan) -> None:
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Calibri", Pt(11)
    styles["Normal"].paragraph_format.space_after = Pt(7)
    styles["Normal"].paragraph_format.line_spacing = 1.15
    for name, size, before in (("Title", 26, 0), ("Heading 1", 18, 22), ("Heading 2", 14, 14), ("Heading 3", 12, 10)):
        style = styles[name]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor.from_string(ACCENT)
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(6)
    for name in ("Subtitle", "Intense Quote"):
        font = styles[name].font
        font.name, font.size, font.italic, font.bold = "Calibri", Pt(12), False, False
        font.color.rgb = RGBColor(0x40, 0x40, 0x40)
    styles["Intense Quote"].font.color.rgb = RGBColor.from_string(ACCENT)
    for name in ("List Bullet", "List Bullet 2", "List Number", "List Number 2"):
        styles[name].paragraph_format.space_after = Pt(3)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), f"{plan.language}-NO")
    run_defaults = styles.element.find(".//" + qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in run_defaults.findall(qn("w:lang")):
        run_defaults.remove(old)
    run_defaults.append(language)


def _docx_running(document: Any, plan: Plan) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.4)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = plan.title
    footer = section.footer.paragraphs[0]
    footer.text = f"{FOOTER_WORD[plan.language]}\t\t{PAGE_WORD[plan.language]} "
    _docx_field(footer, "PAGE", "2")
    footer.add_run(f" {OF_WORD[plan.language]} ")
    _docx_field(footer, "NUMPAGES", "9")
    for paragraph in (section.header.paragraphs[0], footer):
        for run in paragraph.runs:
            run.font.size, run.font.color.rgb = Pt(9), RGBColor(0x59, 0x59, 0x59)


def _docx_field(paragraph: Any, instruction: str, shown: str) -> None:
    for kind, text in (("begin", ""), ("instr", instruction), ("separate", ""), ("text", shown), ("end", "")):
        run = paragraph.add_run(text if kind == "text" else "")
        if kind == "instr":
            element = OxmlElement("w:instrText")
            element.text = f" {instruction} "
            run._r.append(element)
        elif kind != "text":
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


def _docx_cover(document: Any, plan: Plan) -> None:
    document.add_paragraph(plan.notice, style="Intense Quote")
    document.add_paragraph(plan.title, style="Title")
    for line in plan.facts:
        document.add_paragraph(line, style="Subtitle").paragraph_format.space_after = Pt(0)
    contents = document.add_paragraph(CONTENTS_WORD[plan.language])
    contents.paragraph_format.space_before = Pt(24)
    contents.runs[0].bold, contents.runs[0].font.size = True, Pt(14)
    entries = [plain(b.runs) for b in plan.body if isinstance(b, Heading) and b.level == 2]
    for index, entry in enumerate(entries):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = Pt(2)
        if index == 0:
            _docx_open_field(paragraph, ' TOC \\o "1-1" \\h \\z \\u ')
        paragraph.add_run(entry)
        if index == len(entries) - 1:
            _docx_field_mark(paragraph, "end")
    document.add_page_break()


def _docx_open_field(paragraph: Any, instruction: str) -> None:
    _docx_field_mark(paragraph, "begin")
    element = OxmlElement("w:instrText")
    element.set(qn("xml:space"), "preserve")
    element.text = instruction
    paragraph.add_run()._r.append(element)
    _docx_field_mark(paragraph, "separate")


def _docx_field_mark(paragraph: Any, kind: str) -> None:
    element = OxmlElement("w:fldChar")
    element.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(element)


def _docx_block(document: Any, block: Block, footnotes: list[str]) -> None:
    if isinstance(block, Heading):
        heading = document.add_heading(level=block.level - 1)
        _docx_runs(heading, block.runs, footnotes)
    elif isinstance(block, Paragraph):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.keep_with_next = plain(block.runs).endswith(":")
        _docx_runs(paragraph, block.runs, footnotes)
    elif isinstance(block, ListBlock):
        _docx_list(document, block, 1, footnotes)
    elif isinstance(block, Table):
        _docx_table(document, block, footnotes)
    else:
        for runs in block.paragraphs:
            _docx_runs(document.add_paragraph(style="Quote"), runs, footnotes)


def _docx_runs(paragraph: Any, runs: Runs, footnotes: list[str]) -> None:
    for run in runs:
        made = paragraph.add_run(run.text)
        made.bold, made.italic = run.bold or None, run.italic or None
        if run.note:
            footnotes.append(run.note)
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), str(len(footnotes)))
            mark = paragraph.add_run()
            mark.font.superscript = True
            mark._r.append(reference)


def _docx_list(document: Any, block: ListBlock, depth: int, footnotes: list[str]) -> None:
    name = ("List Number" if block.ordered else "List Bullet") + ("" if depth == 1 else f" {depth}")
    restart = _docx_restart(document, name) if block.ordered else None
    for item in block.items:
        paragraph = document.add_paragraph(style=name)
        _docx_runs(paragraph, item.runs, footnotes)
        if restart is not None:
            numbering = paragraph._p.get_or_add_pPr().get_or_add_numPr()
            numbering.get_or_add_ilvl().val = 0
            numbering.get_or_add_numId().val = restart
        for child in item.children:
            _docx_list(document, child, depth + 1, footnotes)
    if depth == 1:
        document.paragraphs[-1].paragraph_format.space_after = Pt(9)


def _docx_restart(document: Any, style: str) -> int:
    """Make a new numbering instance that starts at one, and return its id."""
    numbering = document.part.numbering_part.element
    used = document.styles[style].element.pPr.numPr.numId.val
    abstract = next(num.abstractNumId.val for num in numbering.num_lst if num.numId == used)
    made = numbering.add_num(abstract)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    return int(made.numId)


def _docx_table(document: Any, table: Table, footnotes: list[str]) -> None:
    made = document.add_table(rows=0, cols=len(table.header), style="Table Grid")
    made.autofit = False
    weights = column_weights(table)
    widths = [Cm(16 * weight / sum(weights)) for weight in weights]
    for column, width in zip(made.columns, widths, strict=True):
        column.width = width
    for index, row in enumerate([table.header, *table.rows]):
        cells = made.add_row().cells
        for cell, runs, width, right in zip(cells, row, widths, table.right, strict=True):
            cell.width = width
            paragraph = cell.paragraphs[0]
            _docx_runs(paragraph, runs, footnotes)
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.paragraph_format.line_spacing = 1.0
            paragraph.paragraph_format.keep_with_next = len(table.rows) < KEEP_ROWS and index < len(table.rows)
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.font.size, run.bold = Pt(9.5), True if index == 0 else run.bold
        _docx_row_rules(made.rows[index], header=index == 0)
    document.add_paragraph().paragraph_format.space_after = Pt(4)


def _docx_row_rules(row: Any, *, header: bool) -> None:
    """Keep a row on one page; let the header row repeat and be shaded."""
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
        for cell in row.cells:
            shading = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{SHADE}"/>')
            cell._tc.get_or_add_tcPr().append(shading)


def _docx_footnotes_part(document: Any, footnotes: list[str]) -> None:
    """Add footnotes.xml, which python-docx has no call for."""
    if not footnotes:
        return
    separators = "".join(
        f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{tag}/></w:r></w:p></w:footnote>'
        for number, kind, tag in (
            (-1, "separator", "separator"),
            (0, "continuationSeparator", "continuationSeparator"),
        )
    )
    root = parse_xml(f"<w:footnotes {nsdecls('w')}>{separators}</w:footnotes>")
    for number, text in enumerate(footnotes, start=1):
        note = parse_xml(
            f'<w:footnote {nsdecls("w")} w:id="{number}"><w:p><w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
            '<w:footnoteRef/></w:r><w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve"/></w:r></w:p>'
            "</w:footnote>"
        )
        next(note.iter(qn("w:t"))).text = f" {text}"
        root.append(note)
    content = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    part = Part(PackURI("/word/footnotes.xml"), content, blob, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
