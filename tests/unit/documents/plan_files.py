"""One small plan, written in every format that has headings, lists and tables."""

from __future__ import annotations

from typing import Any

import docx
import openpyxl
import pptx
from office_samples import open_document, saved
from openpyxl.styles import Font
from pptx.util import Inches

TITLE = "Temaplan for oppvekst på Østre Halsen"
GOAL = "Mål: flere skal mestre språk"
ITEMS = [(1, "Tidlig innsats i barnehagen"), (2, "Språkgrupper for de yngste"), (1, "Tettere samarbeid")]
TABLE = [["Tiltak", "2025", "2026"], ["Språkgrupper", "450 000", "1 250 000"], ["Kurs for ansatte", "", "75 500"]]
SENTENCE = "Planen gjelder hele kommunen – også Kvelde og Svarstad."


def word_bytes() -> bytes:
    file = docx.Document()
    file.add_heading(TITLE, 1)
    file.add_paragraph(SENTENCE)
    file.add_heading(GOAL, 2)
    for level, text in ITEMS:
        file.add_paragraph(text, style="List Bullet" if level == 1 else f"List Bullet {level}")
    table = file.add_table(len(TABLE), len(TABLE[0]))
    _fill(table)
    return saved(file)


def slide_bytes() -> bytes:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[5])
    first.shapes.title.text = TITLE
    first.shapes.add_textbox(Inches(1), Inches(3), Inches(5), Inches(1)).text_frame.text = SENTENCE
    second = deck.slides.add_slide(deck.slide_layouts[1])
    second.shapes.title.text = GOAL
    frame = second.placeholders[1].text_frame
    for number, (level, text) in enumerate(ITEMS):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.text, paragraph.level = text, level - 1
    shape = second.shapes.add_table(len(TABLE), len(TABLE[0]), Inches(1), Inches(6), Inches(5), Inches(1))
    _fill(shape.table)
    return saved(deck)


def _fill(table: Any) -> None:
    for row, texts in enumerate(TABLE):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text


def sheet_bytes() -> bytes:
    workbook = openpyxl.Workbook()
    page = workbook.active
    page.append([TITLE])
    page["A1"].font = Font(bold=True, size=16)
    page.append([])
    page.append([SENTENCE])
    page.append([])
    page.append([GOAL])
    page["A5"].font = Font(bold=True, size=13)
    page.append([])
    page.append(TABLE[0])
    for label, *amounts in TABLE[1:]:
        page.append([label, *(int(amount.replace(" ", "")) if amount else None for amount in amounts)])
    for row in page.iter_rows(min_row=8, min_col=2):
        for cell in row:
            cell.number_format = "#,##0"
    return saved(workbook)


def open_document_bytes() -> bytes:
    def paragraph(text: str) -> str:
        return f"<text:p>{text}</text:p>"

    (_, first), (_, inner), (_, last) = ITEMS
    nested = f"<text:list><text:list-item>{paragraph(inner)}</text:list-item></text:list>"
    rows = "".join(
        "<table:table-row>"
        + "".join(f"<table:table-cell>{paragraph(text)}</table:table-cell>" for text in texts)
        + "</table:table-row>"
        for texts in TABLE
    )
    return open_document(
        f'<text:h text:outline-level="1">{TITLE}</text:h>{paragraph(SENTENCE)}'
        f'<text:h text:outline-level="2">{GOAL}</text:h>'
        f"<text:list><text:list-item>{paragraph(first)}{nested}</text:list-item>"
        f"<text:list-item>{paragraph(last)}</text:list-item></text:list><table:table>{rows}</table:table>"
    )


def page_bytes() -> bytes:
    (_, first), (_, inner), (_, last) = ITEMS
    rows = "".join("<tr>" + "".join(f"<td>{text}</td>" for text in texts) + "</tr>" for texts in TABLE)
    return (
        f"<!doctype html><meta charset=utf-8><h1>{TITLE}</h1><p>{SENTENCE}<h2>{GOAL}</h2>"
        f"<ul><li>{first}<ul><li>{inner}</ul><li>{last}</ul><table>{rows}</table>"
    ).encode()


def markdown_bytes() -> bytes:
    items = "\n".join(f"{'  ' * (level - 1)}- {text}" for level, text in ITEMS)
    head, *rest = ["| " + " | ".join(texts) + " |" for texts in TABLE]
    table = "\n".join([head, "|---|---|---|", *rest])
    return f"# {TITLE}\n\n{SENTENCE}\n\n## {GOAL}\n\n{items}\n\n{table}\n".encode()


FILES = {
    "plan.docx": word_bytes,
    "plan.pptx": slide_bytes,
    "plan.xlsx": sheet_bytes,
    "plan.odt": open_document_bytes,
    "plan.html": page_bytes,
    "plan.md": markdown_bytes,
}
