"""Scanned pages read with Tesseract, where it is installed."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from typing import Any

import pypdfium2 as pdfium

from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.pdf.geometry import Frame
from grunnmur.sources.documents.pdf.layout import Part
from grunnmur.sources.documents.pdf.lines import TextLine
from grunnmur.sources.documents.pdf.pieces import Column
from grunnmur.sources.documents.pdf.rendering import scale_for
from grunnmur.sources.documents.pdf.segments import PageText, clean

DOTS_PER_INCH = 300
SECONDS = 60
LEAST_CERTAIN = 30  # of 100: below this Tesseract is guessing
Word = Mapping[str, Any]


def recognised_parts(page: pdfium.PdfPage, text: PageText, builder: DocumentBuilder, limits: Limits) -> list[Part]:
    """Lines that Tesseract finds on the page; without Tesseract a notice, and nothing else.

    The notice ``read-with-ocr`` gives Tesseract's mean certainty (0–100).
    """
    language = ocr_language()
    if not language:
        builder.note("needs-ocr", page=text.number)
        return []
    try:
        words = _words(page, language, min(SECONDS, limits.seconds))
    except (RuntimeError, OSError, ValueError) as error:
        builder.note("ocr-failed", page=text.number, detail=type(error).__name__)
        return []
    if not words:
        builder.note("needs-ocr", page=text.number)
        return []
    certainty = sum(float(word["conf"]) for word in words) / len(words)
    builder.note("read-with-ocr", page=text.number, certainty=round(certainty), language=language)
    return _columns(words, text.number, text.frame)


@cache
def ocr_language() -> str:
    """``nor`` where Tesseract and its Norwegian data are installed, else ``""``."""
    try:
        import pytesseract
    except ImportError:
        return ""
    if shutil.which("tesseract") is None:
        return ""
    try:
        return "nor" if "nor" in pytesseract.get_languages() else ""
    except (RuntimeError, OSError, ValueError):
        return ""


def _words(page: pdfium.PdfPage, language: str, seconds: float) -> list[Word]:
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"  # more threads make Tesseract slower, not faster
    width = round(page.get_size()[0] * DOTS_PER_INCH / 72)
    scale = scale_for(page, max(width, 1))
    picture = page.render(scale=scale, grayscale=True).to_pil()
    table = pytesseract.image_to_data(
        picture, lang=language, config="--psm 3", timeout=seconds, output_type=pytesseract.Output.DICT
    )
    rows = [dict(zip(table, values, strict=True)) for values in zip(*table.values(), strict=True)]
    return [
        {**row, "scale": scale} for row in rows
        if str(row["text"]).strip() and float(row["conf"]) >= LEAST_CERTAIN
    ]  # fmt: skip


def _columns(words: Sequence[Word], page: int, frame: Frame) -> list[Part]:
    """One column per block of text that Tesseract sees, paragraphs kept apart by their own places."""
    columns: list[Part] = []
    for _, block in groupby(words, key=lambda word: word["block_num"]):
        lines = [
            _line(list(line), page)
            for _, line in groupby(block, key=lambda word: (word["par_num"], word["line_num"]))
        ]  # fmt: skip
        _even_sizes(lines)
        columns.append(Column(lines, min(line.x0 for line in lines)))
    return columns


def _line(words: Sequence[Word], page: int) -> TextLine:
    scale = float(words[0]["scale"])
    left, top = min(w["left"] for w in words), min(w["top"] for w in words)
    right = max(w["left"] + w["width"] for w in words)
    bottom = max(w["top"] + w["height"] for w in words)
    text = clean(" ".join(str(word["text"]) for word in words))
    return TextLine(
        text, left / scale, top / scale, right / scale, bottom / scale, (bottom - top) / scale, False, page
    )  # fmt: skip


def _even_sizes(lines: Sequence[TextLine]) -> None:
    """Ink heights vary with the letters of a line; sizes within a block are taken as one."""
    heights = sorted(line.size for line in lines)
    usual = heights[len(heights) // 2]
    for line in lines:
        if 0.6 * usual < line.size < 1.4 * usual:
            line.size = usual
