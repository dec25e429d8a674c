"""Turn the illustrative plans (Markdown) into the Word, PDF and slide files a municipality works in.

``build_plans(out_dir)`` writes one file per plan and returns their paths; ``python demo/build.py OUT`` does the same.
The files are the same bytes from run to run: dates are fixed and nothing is fetched.
"""

from __future__ import annotations

import copy
import datetime as dt
import json
import math
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx
import pptx
import typst
import yaml
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from lxml import etree
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode
from pptx.dml.color import RGBColor as SlideColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Inches
from pptx.util import Pt as SlidePt

PLANS = Path(__file__).resolve().parent / "plans"
FIXED_DATE = dt.datetime(2025, 1, 2, 12, 0, tzinfo=dt.UTC)
ACCENT = "1B4B5A"
SHADE = "E4EEF0"
STATUS_WORDS = {
    "nb": {"adopted": "vedtatt (illustrasjon)", "expired": "utløpt", "in preparation": "under arbeid"},
    "nn": {"adopted": "vedteken (illustrasjon)", "expired": "gått ut", "in preparation": "under arbeid"},
}
CONTENTS_WORD = {"nb": "Innhold", "nn": "Innhald"}
PAGE_WORD = {"nb": "Side", "nn": "Side"}
OF_WORD = {"nb": "av", "nn": "av"}
CONTINUED_WORD = " (forts.)"
FOOTER_WORD = {"nb": "Illustrasjon – ikke vedtatt plan", "nn": "Illustrasjon – ikkje vedteken plan"}
KEEP_ROWS = 10  # shorter tables stay on one page
SLIDE_LINES = 13
SLIDE_LINE_CHARS = 88
TABLE_LINE_CHARS = 110


# --- the document between Markdown and the file formats ---------------------------------


@dataclass(frozen=True)
class Run:
    """A stretch of text with one look; ``note`` is the text of a footnote hanging on its end."""

    text: str
    bold: bool = False
    italic: bool = False
    note: str | None = None


Runs = list[Run]


@dataclass
class Heading:
    """A heading and its level."""

    level: int
    runs: Runs


@dataclass
class Paragraph:
    """A paragraph of running text."""

    runs: Runs


@dataclass
class ListItem:
    """One item of a list, with the lists nested in it."""

    runs: Runs
    children: list[ListBlock] = field(default_factory=list)


@dataclass
class ListBlock:
    """A bulleted or numbered list."""

    ordered: bool
    items: list[ListItem]


@dataclass
class Table:
    """A table with one header row; ``right`` says which columns are set flush right."""

    header: list[Runs]
    rows: list[list[Runs]]
    right: list[bool]


@dataclass
class Quote:
    """A set-off remark: the notice on top of a plan, or speaker notes in a slide deck."""

    paragraphs: list[Runs]


Block = Heading | Paragraph | ListBlock | Table | Quote


@dataclass
class Plan:
    """One plan: its front matter and its blocks."""

    name: str
    meta: dict[str, Any]
    blocks: list[Block]

    @property
    def language(self) -> str:
        """Return nb or nn."""
        return str(self.meta["language"])

    @property
    def title(self) -> str:
        """Return the title of the plan."""
        return str(self.meta["title"])

    @property
    def facts(self) -> list[str]:
        """Return the lines under the title: period, owner and status."""
        period, owner, status = ("Periode", "Ansvarlig", "Status")
        if self.language == "nn":
            owner = "Ansvarleg"
        word = STATUS_WORDS[self.language][self.meta["status"]]
        return [f"{period}: {self.meta['period']}", f"{owner}: {self.meta['owner']}", f"{status}: {word}"]

    @property
    def notice(self) -> str:
        """Return the notice that this is an illustration."""
        first = next(block for block in self.blocks if isinstance(block, Quote))
        return " ".join(plain(runs) for runs in first.paragraphs)

    @property
    def body(self) -> list[Block]:
        """Return the blocks after the title."""
        start = next(i for i, b in enumerate(self.blocks) if isinstance(b, Heading) and b.level == 1)
        return self.blocks[start + 1 :]


def plain(runs: Runs) -> str:
    """Return the text of the runs."""
    return "".join(run.text for run in runs)


# --- reading Markdown -------------------------------------------------------------------


def read_plan(path: Path) -> Plan:
    """Read one plan file: YAML front matter, then Markdown."""
    _, front, text = path.read_text(encoding="utf-8").split("---\n", 2)
    notes = dict(re.findall(r"^\[\^(\w+)\]: (.+)$", text, re.MULTILINE))
    text = re.sub(r"^\[\^\w+\]: .+$", "", text, flags=re.MULTILINE)
    # The notes' definitions are taken out first: they are not CommonMark.
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))
    return Plan(path.stem, yaml.safe_load(front), [_block(node, notes) for node in tree.children])


def _block(node: SyntaxTreeNode, notes: dict[str, str]) -> Block:
    if node.type == "heading":
        return Heading(int(node.tag[1]), _inline(node, notes))
    if node.type == "paragraph":
        return Paragraph(_inline(node, notes))
    if node.type in ("bullet_list", "ordered_list"):
        return _list(node, notes)
    if node.type == "table":
        return _table(node, notes)
    if node.type == "blockquote":
        return Quote([_inline(child, notes) for child in node.children])
    raise ValueError(f"Unexpected Markdown in a plan: {node.type}")


def _list(node: SyntaxTreeNode, notes: dict[str, str]) -> ListBlock:
    items = []
    for child in node.children:
        texts = [part for part in child.children if part.type == "paragraph"]
        nested = [_list(part, notes) for part in child.children if part.type.endswith("_list")]
        items.append(ListItem(_inline(texts[0], notes), nested))
    return ListBlock(node.type == "ordered_list", items)


def _table(node: SyntaxTreeNode, notes: dict[str, str]) -> Table:
    head, *bodies = node.children
    header = head.children[0].children
    right = ["right" in str(cell.attrs.get("style", "")) for cell in header]
    rows = [[_inline(cell, notes) for cell in row.children] for body in bodies for row in body.children]
    return Table([_inline(cell, notes) for cell in header], rows, right)


def _inline(node: SyntaxTreeNode, notes: dict[str, str]) -> Runs:
    runs: Runs = []
    for child in node.children:
        _collect(child, runs, notes, bold=False, italic=False)
    return runs


def _collect(node: SyntaxTreeNode, runs: Runs, notes: dict[str, str], *, bold: bool, italic: bool) -> None:
    if node.type == "text":
        pieces = re.split(r"\[\^(\w+)\]", node.content)
        for index in range(0, len(pieces), 2):
            note = notes[pieces[index + 1]] if index + 1 < len(pieces) else None
            if pieces[index] or note:
                runs.append(Run(_keep_numbers(pieces[index]), bold, italic, note))
    elif node.type == "softbreak":
        runs.append(Run(" ", bold, italic))
    for child in node.children:
        _collect(child, runs, notes, bold=bold or node.type == "strong", italic=italic or node.type == "em")


def _keep_numbers(text: str) -> str:
    """Put no-break spaces inside numbers, so that «1 270 000» stays on one line."""
    return re.sub(r"(?<=\d) (?=\d{3}(?!\d))", "\u00a0", text)


def column_weights(table: Table) -> list[float]:
    """Return relative column widths: room for the longest word, more for columns with long text."""
    weights = []
    for column in zip(table.header, *table.rows, strict=True):
        texts = [plain(cell) for cell in column]
        word = max((len(w) for text in texts for w in text.split(" ")), default=1)
        weights.append(float(max(word, min(max(len(text) for text in texts), 26), 6)) + 4)
    return weights


# --- Word -------------------------------------------------------------------------------


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
    _stamp(document.core_properties, plan)
    document.save(str(path))
    _freeze(path)


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


# --- PDF --------------------------------------------------------------------------------

TYPST_HEAD = """
#let accent = rgb("#%(accent)s")
#let shade = rgb("#%(shade)s")
#set document(title: %(title)s, author: "Grunnmur", date: datetime(year: 2025, month: 1, day: 2))
#set text(font: "Libertinus Serif", size: 11.5pt, lang: "%(lang)s", region: "NO", hyphenate: true)
#set par(justify: true, leading: 0.72em, spacing: 1.15em)
#set page(
  paper: "a4", margin: (x: 2.6cm, top: 2.8cm, bottom: 2.6cm),
  header: context if counter(page).get().first() > 1 {
    set text(9pt, fill: luma(35%%)); %(title)s; v(-0.7em); line(length: 100%%, stroke: 0.4pt + luma(60%%)) },
  footer: context { set text(9pt, fill: luma(35%%))
    %(footer)s; h(1fr); %(page)s + " " + counter(page).display() + " %(of)s " + str(counter(page).final().first()) },
)
#set list(indent: 0.6em, spacing: 0.75em)
#set enum(indent: 0.6em, spacing: 0.75em)
#show heading: set text(fill: accent, hyphenate: false)
#show heading: set par(justify: false)
#show heading.where(level: 1): set text(19pt)
#show heading.where(level: 1): set block(above: 2em, below: 0.9em, sticky: true)
#show heading.where(level: 2): set text(14pt)
#show heading.where(level: 2): set block(above: 1.6em, below: 0.8em, sticky: true)
#show heading.where(level: 3): set text(12pt)
#show table: set text(9.5pt, hyphenate: false)
#show table: set par(justify: false, leading: 0.55em)
#show table.cell.where(y: 0): strong
#set table(stroke: 0.5pt + luma(65%%), inset: (x: 5pt, y: 5pt), fill: (_, y) => if y == 0 { shade })
#let box-note(body) = block(fill: shade, inset: 10pt, radius: 3pt, width: 100%%, body)
#let two(body) = layout(size => {
  let narrow = (size.width - 1.6em) / 2
  let tall = measure(block(width: narrow, body)).height
  block(height: tall / 2 + 2em, columns(2, gutter: 1.6em, body))
})
"""


def write_pdf(plan: Plan, path: Path) -> None:
    """Write the plan as a tagged PDF (PDF/UA) through Typst."""
    source = "\n".join(_typst_document(plan)).encode()
    path.write_bytes(
        typst.compile(
            source,
            format="pdf",
            pdf_standards="ua-1",
            ignore_system_fonts=True,
            timestamp=int(FIXED_DATE.timestamp()),
        )
    )


def _typst_string(text: str) -> str:
    """Return the text as a Typst string literal; JSON escapes are the same for what plans hold."""
    return json.dumps(text, ensure_ascii=False)


def _typst_document(plan: Plan) -> Iterator[str]:
    language = plan.language
    yield TYPST_HEAD % {
        "accent": ACCENT,
        "shade": SHADE,
        "title": _typst_string(plan.title),
        "lang": language,
        "footer": _typst_string(FOOTER_WORD[language]),
        "page": _typst_string(PAGE_WORD[language]),
        "of": OF_WORD[language],
    }
    yield f"#box-note[#{_typst_string(plan.notice)}]"
    yield "#v(5cm)"
    yield "#let cover(body) = text(30pt, fill: accent, weight: 700, hyphenate: false, par(justify: false, body))"
    yield f"#cover[#{_typst_string(plan.title)}]"
    for line in plan.facts:
        yield f"#par(spacing: 0.6em)[#text(13pt)[#{_typst_string(line)}]]"
    yield f"#v(1fr)\n#outline(title: {_typst_string(CONTENTS_WORD[language])}, depth: 1, indent: 1em)\n#pagebreak()"
    inside = False
    for block in plan.body:
        if isinstance(block, Heading) and block.level == 2:
            if inside:
                yield "])"
            inside = plain(block.runs) == plan.meta.get("columns")
            yield _typst_block(block)
            if inside:
                yield "#two(["
            continue
        yield _typst_block(block)
    if inside:
        yield "])"


def _typst_block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"#heading(level: {block.level - 1})[{_typst_runs(block.runs)}]\n"
    if isinstance(block, Paragraph):
        return _typst_paragraph(block.runs)
    if isinstance(block, ListBlock):
        return "#" + _typst_list(block) + "\n"
    if isinstance(block, Table):
        return _typst_table(block)
    inner = "".join(f"#par[{_typst_runs(runs)}]" for runs in block.paragraphs)
    return f"#box-note[{inner}]\n"


def _typst_paragraph(runs: Runs) -> str:
    """Return a paragraph; labelled lines («Ansvar: …») stand close, and a lead-in stays with what it leads to."""
    inner = f"#par[{_typst_runs(runs)}]"
    if plain(runs).endswith(":"):
        return f"#block(sticky: true)[{inner}]\n"
    if runs[0].bold and runs[0].text.endswith(":"):
        above = "1.5em" if runs[0].text == "Tiltak:" else "0.7em"
        return f"#block(above: {above}, below: 0.7em)[{inner}]\n"
    return inner + "\n"


def _typst_runs(runs: Runs) -> str:
    parts = []
    for run in runs:
        text = f"#{_typst_string(run.text)}" if run.text else ""
        if run.italic:
            text = f"#emph[{text}]"
        if run.bold:
            text = f"#strong[{text}]"
        parts.append(text + (f"#footnote[#{_typst_string(run.note)}]" if run.note else ""))
    return "".join(parts)


def _typst_list(block: ListBlock) -> str:
    items = [
        f"[{_typst_runs(item.runs)}{''.join('#' + _typst_list(child) for child in item.children)}]"
        for item in block.items
    ]
    return f"{'enum' if block.ordered else 'list'}({', '.join(items)})"


def _typst_table(table: Table) -> str:
    columns = ", ".join(f"{weight:g}fr" for weight in column_weights(table))
    align = ", ".join("right" if right else "left" for right in table.right)
    header = ", ".join(f"[{_typst_runs(cell)}]" for cell in table.header)
    rows = ",\n".join(", ".join(f"[{_typst_runs(cell)}]" for cell in row) for row in table.rows)
    made = f"table(columns: ({columns}), align: ({align}), table.header({header}),\n{rows})"
    return f"#block(breakable: {'false' if len(table.rows) < KEEP_ROWS else 'true'}, {made})\n"


# --- slides -----------------------------------------------------------------------------


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
    _stamp(deck.core_properties, plan)
    deck.save(str(path))
    _freeze(path)


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


# --- all --------------------------------------------------------------------------------

WRITERS: dict[str, Callable[[Plan, Path], None]] = {"docx": write_docx, "pdf": write_pdf, "pptx": write_pptx}


def _stamp(properties: Any, plan: Plan) -> None:
    properties.title, properties.author, properties.last_modified_by = plan.title, "Grunnmur", "Grunnmur"
    properties.created = properties.modified = FIXED_DATE.replace(tzinfo=None)
    properties.language, properties.subject = f"{plan.language}-NO", plan.notice
    properties.comments, properties.revision = "", 1


def _freeze(path: Path) -> None:
    """Rewrite a zip file with fixed dates, so that the same plan gives the same bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (2025, 1, 2, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)


def plan_files() -> list[Path]:
    """Return the Markdown files of the plans, in name order."""
    return sorted(PLANS.glob("*.md"))


def build_plans(out_dir: Path) -> list[Path]:
    """Write every plan in its own format into ``out_dir`` and return the files."""
    out_dir.mkdir(parents=True, exist_ok=True)
    made = []
    for source in plan_files():
        if source.name == "README.md":
            continue
        plan = read_plan(source)
        target = out_dir / f"{plan.name}.{plan.meta['render']}"
        WRITERS[plan.meta["render"]](plan, target)
        made.append(target)
    return made


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("Usage: python demo/build.py OUT")
    for built in build_plans(Path(sys.argv[1])):
        print(built)
