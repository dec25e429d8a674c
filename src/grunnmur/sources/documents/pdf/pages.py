"""One page's text, sorted into what is seen, what is turned and what is hidden."""

from __future__ import annotations

import pypdfium2 as pdfium

from grunnmur.sources.documents.pdf.drawings import Drawings, drawings_of
from grunnmur.sources.documents.pdf.geometry import Frame, frame_of
from grunnmur.sources.documents.pdf.segments import SMALLEST_PRINT, PageText, Segment, SegmentReader

PICTURE_SHARE = 0.5
FEWEST_LETTERS = 20
TURNED_PAGE = 2  # times as many letters on their side as upright


def page_text(page: pdfium.PdfPage, number: int) -> PageText:
    """The page's segments with hidden text left out and counted.

    A page whose text lies on its side is read turned the way most of the text stands upright.
    """
    frame = frame_of(page)
    text = _read(page, number, frame)
    if _letters(text.turned) <= TURNED_PAGE * _letters(text.segments):
        return text
    others = [_read(page, number, frame.turned(quarters)) for quarters in (1, 2, 3)]
    return min([text, *others], key=lambda candidate: _letters(candidate.turned))


def _read(page: pdfium.PdfPage, number: int, frame: Frame) -> PageText:
    drawn = drawings_of(page, frame)
    textpage = page.get_textpage()
    try:
        segments = SegmentReader(textpage, frame, [rule for rule in drawn.rules if rule.upright]).read()
    finally:
        textpage.close()
    result = PageText(number, frame, rules=drawn.rules)
    area = frame.width * frame.height or 1.0
    result.has_picture = sum(_area(box) for box in drawn.pictures) >= PICTURE_SHARE * area
    result.ocr_layer = result.has_picture and _mostly_invisible(segments)
    for segment in segments:
        _place(segment, result, drawn)
    return result


def _letters(segments: list[Segment]) -> int:
    return sum(len(segment.text.strip()) for segment in segments)


def needs_ocr(page: PageText) -> bool:
    """Whether the page is a picture with next to no text of its own."""
    if not page.has_picture:
        return False
    return sum(character.isalnum() for segment in page.segments for character in segment.text) < FEWEST_LETTERS


def _place(segment: Segment, page: PageText, drawn: Drawings) -> None:
    if _is_hidden(segment, page, drawn):
        page.hidden += len(segment.text.strip())
    elif segment.style.turned:
        page.turned.append(segment)
    else:
        page.segments.append(segment)


def _is_hidden(segment: Segment, page: PageText, drawn: Drawings) -> bool:
    box = (segment.x0, segment.y0, segment.x1, segment.y1)
    if segment.style.invisible:
        return not page.ocr_layer
    if segment.size < SMALLEST_PRINT or not page.frame.holds(box):
        return True
    return segment.style.white and not drawn.covers(box)


def _mostly_invisible(segments: list[Segment]) -> bool:
    letters = sum(len(segment.text) for segment in segments)
    return letters > 0 and sum(len(s.text) for s in segments if s.style.invisible) >= 0.8 * letters


def _area(box: tuple[float, float, float, float]) -> float:
    return max(box[2] - box[0], 0.0) * max(box[3] - box[1], 0.0)
