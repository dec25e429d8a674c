"""One illustrative plan, written in every format that has a reader, with what a reader should find in it."""

from __future__ import annotations

import html
import io
import random
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import docx
import openpyxl
import pptx
import typst
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from pptx.util import Inches, Pt
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

WORDS = (
    "kommunen skal legge til rette for gode levekår tjenester som er bærekraftige over tid og utvikles sammen med "
    "innbyggere ansatte frivillige pårørende i alle tjenestesoner slik at flere kan bo hjemme lenger med trygghet "
    "mestring aktivitet og fellesskap mens ressursene brukes der behovet er størst"
)
CHAPTERS = 12
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@dataclass(slots=True)
class Chapter:
    """A chapter: two levels of headings, text, a nested list, a table and a footnote."""

    heading: str
    subheading: str
    paragraphs: list[str]
    items: list[tuple[str, int]]
    rows: list[tuple[str, ...]]
    footnote: str


@dataclass(slots=True)
class Truth:
    """What a reader should find."""

    headings: list[str] = field(default_factory=list)
    items: list[tuple[str, int]] = field(default_factory=list)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    footnotes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Sample:
    """A file, the number of pages it counts for, and its truth."""

    format: str
    path: Path
    pages: float
    truth: Truth


def chapters() -> list[Chapter]:
    """The plan, the same every time."""
    dice = random.Random(20240)
    return [_chapter(number, dice) for number in range(1, CHAPTERS + 1)]


def _chapter(number: int, dice: random.Random) -> Chapter:
    def sentence(length: int) -> str:
        return " ".join(dice.choices(WORDS.split(), k=length)).capitalize() + "."

    items = [(f"{sentence(6)[:-1]} {number}-{place}", level) for place, level in enumerate([1, 2, 3, 2, 1], 1)]
    rows = [("Tiltak", "2025", "2026", "2027")]
    for place in range(1, 5):
        amounts = (f"{dice.randint(1, 9)} {dice.randint(100, 999)}" for _ in range(3))
        rows.append((f"Tiltak {number}.{place}", *amounts))
    return Chapter(
        f"Satsingsområde nummer {number}", f"Mål for område {number}",
        [" ".join(sentence(dice.randint(8, 16)) for _ in range(6)) for _ in range(4)],
        items, rows, f"Kunnskapsgrunnlag nummer {number}, vedlagt planen.",
    )  # fmt: skip


def _truth(plan: list[Chapter], *, footnotes: bool = True, lists: bool = True, headings: bool = True) -> Truth:
    return Truth(
        [h for c in plan for h in (c.heading, c.subheading)] if headings else [],
        [item for c in plan for item in c.items] if lists else [],
        [row for c in plan for row in c.rows],
        [c.footnote for c in plan] if footnotes else [],
    )


def samples(folder: Path) -> list[Sample]:
    """Every file, made in ``folder``."""
    plan = chapters()
    letters = sum(len(text) for c in plan for text in [*c.paragraphs, *(i for i, _ in c.items)])
    pages = letters / 3000
    makers = [_pdf, _two_columns, _docx, _pptx, _xlsx, _csv, _odt, _html, _markdown, _txt]
    return [maker(plan, folder, pages) for maker in makers]


def _pdf(plan: list[Chapter], folder: Path, _: float) -> Sample:
    parts = [
        "#set page(header: [Illustrasjonsplan], footer: context [Side #counter(page).display()])",
        '#set text(lang: "nb")',
    ]
    for c in plan:
        first, *rest = c.paragraphs
        cells = ", ".join(f"[{cell}]" for row in c.rows[1:] for cell in row)
        head = ", ".join(f"[{cell}]" for cell in c.rows[0])
        items = "".join(f"{'  ' * (level - 1)}- {text}\n" for text, level in c.items)
        parts.append(
            f"= {c.heading}\n{first}#footnote[{c.footnote}]\n\n== {c.subheading}\n" + "\n\n".join(rest)
            + f"\n{items}\n#table(columns: 4, table.header({head}), {cells})\n"
        )  # fmt: skip
    source = folder / "plan.typ"
    source.write_text("\n".join(parts), encoding="utf-8")
    path = folder / "plan.pdf"
    path.write_bytes(typst.compile(str(source)))
    return Sample("pdf", path, _pdf_pages(path), _truth(plan))


def _two_columns(plan: list[Chapter], folder: Path, _: float) -> Sample:
    body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=6)
    large = ParagraphStyle("large", parent=body, fontName="Helvetica-Bold", fontSize=15, leading=19, spaceBefore=8)
    small = ParagraphStyle("small", parent=body, fontName="Helvetica-Bold", fontSize=12, leading=15)
    story: list[object] = []
    for c in plan:
        story += [Paragraph(c.heading, large), *(Paragraph(text, body) for text in c.paragraphs[:2])]
        story += [Paragraph(c.subheading, small), *(Paragraph(text, body) for text in c.paragraphs[2:])]
        for text, level in c.items:
            indented = ParagraphStyle("item", parent=body, leftIndent=14 * level, bulletIndent=14 * level - 10)
            story.append(Paragraph(text, indented, bulletText="•"))
        story.append(Table(c.rows, colWidths=[80, 48, 48, 48]))
    path = folder / "spalter.pdf"
    made = BaseDocTemplate(str(path), pagesize=A4)
    frames = [Frame(50, 50, 240, 740), Frame(310, 50, 240, 740)]
    made.addPageTemplates(
        PageTemplate(frames=frames, onPage=lambda canvas, _: canvas.drawString(50, 815, "Illustrasjon"))
    )
    made.build(story)
    return Sample("pdf_two_columns", path, _pdf_pages(path), _truth(plan, footnotes=False))


def _pdf_pages(path: Path) -> float:
    import pypdfium2

    return float(len(pypdfium2.PdfDocument(path)))


def _docx(plan: list[Chapter], folder: Path, pages: float) -> Sample:
    document = docx.Document()
    notes = []
    for number, c in enumerate(plan, 1):
        document.add_heading(c.heading, 1)
        run = document.add_paragraph(c.paragraphs[0]).add_run()
        run._r.append(parse_xml(f'<w:footnoteReference xmlns:w="{W}" w:id="{number}"/>'))
        notes.append(f'<w:footnote w:id="{number}"><w:p><w:r><w:t>{c.footnote}</w:t></w:r></w:p></w:footnote>')
        document.add_heading(c.subheading, 2)
        for text in c.paragraphs[1:]:
            document.add_paragraph(text)
        for text, level in c.items:
            document.add_paragraph(text, style="List Bullet" + (f" {level}" if level > 1 else ""))
        table = document.add_table(len(c.rows), 4)
        for row, cells in enumerate(c.rows):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
    xml = f'<?xml version="1.0" encoding="UTF-8"?><w:footnotes xmlns:w="{W}">{"".join(notes)}</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    path = folder / "plan.docx"
    document.save(str(path))
    return Sample("docx", path, pages, _truth(plan))


def _pptx(plan: list[Chapter], folder: Path, _: float) -> Sample:
    deck = pptx.Presentation()
    for c in plan:
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = c.heading
        frame = slide.placeholders[1].text_frame
        for number, (text, level) in enumerate(c.items):
            paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
            paragraph.text, paragraph.level, paragraph.font.size = text, level - 1, Pt(14)
        slide = deck.slides.add_slide(deck.slide_layouts[5])
        slide.shapes.title.text = c.subheading
        table = slide.shapes.add_table(len(c.rows), 4, Inches(1), Inches(2), Inches(8), Inches(3)).table
        for row, cells in enumerate(c.rows):
            for column, text in enumerate(cells):
                table.cell(row, column).text = text
    path = folder / "plan.pptx"
    deck.save(str(path))
    return Sample("pptx", path, float(2 * len(plan)), _truth(plan, footnotes=False))


def _numbers(plan: list[Chapter]) -> list[tuple[str, ...]]:
    """Tables one under the other, ten times, the head only once."""
    body = [row for c in plan for row in c.rows[1:]]
    return [plan[0].rows[0], *((f"{row[0]}-{turn}", *row[1:]) for turn in range(10) for row in body)]


def _xlsx(plan: list[Chapter], folder: Path, _: float) -> Sample:
    book = openpyxl.Workbook()
    rows = _numbers(plan)
    for row in rows:
        book.active.append(row)
    path = folder / "tall.xlsx"
    book.save(path)
    return Sample("xlsx", path, len(rows) / 50, Truth(rows=rows))


def _csv(plan: list[Chapter], folder: Path, _: float) -> Sample:
    rows = _numbers(plan)
    path = folder / "tall.csv"
    path.write_text("\n".join(",".join(row) for row in rows) + "\n", encoding="utf-8")
    return Sample("csv", path, len(rows) / 50, Truth(rows=rows))


def _odt(plan: list[Chapter], folder: Path, pages: float) -> Sample:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    body = "".join(_odt_chapter(c) for c in plan)
    text = f"<office:body><office:text>{body}</office:text></office:body>"
    xml = f"<office:document-content {spaces}>{text}</office:document-content>"
    path = folder / "plan.odt"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr("content.xml", '<?xml version="1.0" encoding="UTF-8"?>' + xml)
    return Sample("odt", path, pages, _truth(plan))


def _odt_chapter(c: Chapter) -> str:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body><text:p>{c.footnote}</text:p></text:note-body></text:note>"
    )
    items = "".join(
        "<text:list><text:list-item>" * level + f"<text:p>{text}</text:p>" + "</text:list-item></text:list>" * level
        for text, level in c.items
    )
    rows = "".join(
        "<table:table-row>" + "".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row)
        + "</table:table-row>" for row in c.rows
    )  # fmt: skip
    rest = "".join(f"<text:p>{text}</text:p>" for text in c.paragraphs[1:])
    return (
        f'<text:h text:outline-level="1">{c.heading}</text:h><text:p>{c.paragraphs[0]}{note}</text:p>'
        f'<text:h text:outline-level="2">{c.subheading}</text:h>{rest}{items}<table:table>{rows}</table:table>'
    )


def _html(plan: list[Chapter], folder: Path, pages: float) -> Sample:
    out = io.StringIO()
    out.write("<!doctype html><html lang='nb'><meta charset='utf-8'><title>Plan</title><body>")
    for c in plan:
        out.write(f"<h1>{c.heading}</h1><p>{html.escape(c.paragraphs[0])}</p><h2>{c.subheading}</h2>")
        out.writelines(f"<p>{html.escape(text)}</p>" for text in c.paragraphs[1:])
        out.write(_html_list(c.items) + "<table>")
        for number, row in enumerate(c.rows):
            tag = "td" if number else "th"
            out.write("<tr>" + "".join(f"<{tag}>{cell}</{tag}>" for cell in row) + "</tr>")
        out.write("</table>")
    path = folder / "plan.html"
    path.write_text(out.getvalue() + "</body></html>", encoding="utf-8")
    return Sample("html", path, pages, _truth(plan, footnotes=False))


def _html_list(items: list[tuple[str, int]]) -> str:
    """Lists inside list items."""
    out, depth = "", 0
    for text, level in items:
        while depth > level:
            out, depth = out + "</li></ul>", depth - 1
        if depth == level:
            out += "</li>"
        while depth < level:
            out, depth = out + "<ul>", depth + 1
        out += f"<li>{text}"
    return out + "</li></ul>" * depth


def _markdown(plan: list[Chapter], folder: Path, pages: float) -> Sample:
    out = io.StringIO()
    for c in plan:
        out.write(
            f"# {c.heading}\n\n{c.paragraphs[0]}\n\n## {c.subheading}\n\n" + "\n\n".join(c.paragraphs[1:]) + "\n\n"
        )
        out.writelines(f"{'  ' * (level - 1)}- {text}\n" for text, level in c.items)
        head, *rest = c.rows
        out.write("\n| " + " | ".join(head) + " |\n|" + "---|" * 4 + "\n")
        out.writelines("| " + " | ".join(row) + " |\n" for row in rest)
        out.write("\n")
    path = folder / "plan.md"
    path.write_text(out.getvalue(), encoding="utf-8")
    return Sample("md", path, pages, _truth(plan, footnotes=False))


def _txt(plan: list[Chapter], folder: Path, pages: float) -> Sample:
    parts = []
    for c in plan:
        items = "\n".join(f"• {text}" for text, level in c.items if level == 1)
        parts += [f"{c.heading}\n\n{c.paragraphs[0]}\n\n{c.subheading}\n\n{items}"]
    path = folder / "plan.txt"
    path.write_text("\n\n\n\n".join(parts), encoding="utf-8")
    truth = _truth(plan, footnotes=False)
    return Sample("txt", path, pages, Truth(truth.headings, [item for item in truth.items if item[1] == 1]))
