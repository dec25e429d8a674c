"""PDF files made for the tests, and the rules every document keeps."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from grunnmur.sources.documents.model import Block, BlockKind, Document
from grunnmur.sources.documents.reading import read_bytes

WIDTH, HEIGHT = A4
SENTENCE = "Kommunen skal legge til rette for gode levekår for alle innbyggere gjennom hele livet."
Draw = Callable[[Canvas], None]


def pdf(*pages: Draw, rotate: int = 0) -> bytes:
    """One page per drawing function."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, pageCompression=0)
    for draw in pages:
        if rotate:
            canvas.setPageRotation(rotate)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def write(
    canvas: Canvas, lines: Sequence[str], *, x: float = 70, y: float = 750, size: float = 11,
    step: float = 14, font: str = "Helvetica",
) -> float:  # fmt: skip
    """Lines of text from ``y`` downwards; where the next line would stand."""
    canvas.setFont(font, size)
    for line in lines:
        canvas.drawString(x, y, line)
        y -= step
    return y


def text_page(*lines: str, **options: float) -> Draw:
    """A page with these lines."""
    return lambda canvas: write(canvas, lines, **options) and None


def read_pdf(*pages: Draw, rotate: int = 0) -> Document:
    """The document that these drawings make, checked for soundness."""
    return sound(read_bytes(pdf(*pages, rotate=rotate), "plan.pdf"))


def texts(document: Document, kind: BlockKind | None = None) -> list[str]:
    """Texts of the blocks of one kind, or of all."""
    return [words(document, block) for block in document.blocks if kind in (None, block.kind)]


def words(document: Document, block: Block) -> str:
    return document.text[block.start : block.end]


def rows(document: Document, number: int = 0) -> list[list[str]]:
    """Cell texts of a table, row by row."""
    table = [block for block in document.blocks if block.kind is BlockKind.TABLE][number]
    found: dict[int, list[str]] = {}
    for cell in table.cells:
        found.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return list(found.values())


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def sound(document: Document) -> Document:
    """Pages cover the text, blocks lie in order, cells and lines inside what they belong to."""
    end = 0
    for number, page in enumerate(document.pages, 1):
        assert (page.number, page.start) == (number, end)
        assert page.end >= page.start
        end = page.end
    assert end == len(document.text)
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        assert document.page_at(block.start) == block.page
        assert words(document, block).strip()
        for cell in block.cells:
            assert block.start <= cell.start <= cell.end <= block.end
        last = block.end
    _sound_lines(document)
    return document


def _sound_lines(document: Document) -> None:
    for line in document.lines:
        assert 0 <= line.x0 <= line.x1 <= 1
        assert 0 <= line.y0 <= line.y1 <= 1
        page = document.pages[line.page - 1]
        assert page.start <= line.start < line.end <= page.end
        assert document.text[line.start : line.end].strip()
