"""Small real files for tests."""

from __future__ import annotations

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document as WordFile
from reportlab.pdfgen.canvas import Canvas

CARE_TEXT = """Plan for helse og omsorg 2024–2032

Vedtatt 14. mai 2024

Hovedmål
Flere skal mestre eget liv hjemme.

Sykehjem
Det er 320 plasser ved sykehjem i dag. Behovet øker til ca. 402 plasser i 2032.

Tiltak
Bygge 40 nye omsorgsboliger innen 2028.
"""


def text_file(text: str = CARE_TEXT, name: str = "omsorgsplan.txt") -> SimpleUploadedFile:
    """A plain text file."""
    return SimpleUploadedFile(name, text.encode(), "text/plain")


def word_file(
    *paragraphs: str, heading: str = "Skoleplan 2025–2030", name: str = "skoleplan.docx"
) -> SimpleUploadedFile:
    """A Word file with a heading and paragraphs."""
    file = WordFile()
    file.add_heading(heading, 1)
    for paragraph in paragraphs or ("Kommunen har 38 barnehager.",):
        file.add_paragraph(paragraph)
    stream = io.BytesIO()
    file.save(stream)
    return SimpleUploadedFile(name, stream.getvalue())


def pdf_file(*pages: str, name: str = "plan.pdf") -> SimpleUploadedFile:
    """A PDF with one line of text on each page."""
    stream = io.BytesIO()
    canvas = Canvas(stream)
    for text in pages or ("Det er 320 plasser ved sykehjem i dag.",):
        canvas.setFont("Helvetica", 14)
        canvas.drawString(72, 720, text)
        canvas.showPage()
    canvas.save()
    return SimpleUploadedFile(name, stream.getvalue(), "application/pdf")


def zip_file(members: dict[str, bytes], name: str = "samling.zip") -> SimpleUploadedFile:
    """An archive."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, content in members.items():
            archive.writestr(member, content)
    return SimpleUploadedFile(name, stream.getvalue(), "application/zip")
