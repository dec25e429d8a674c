"""Pages as pictures."""

from __future__ import annotations

import io

import pypdfium2 as pdfium

from grunnmur.kernel import BadInput, MissingExtra, NotFound
from grunnmur.sources.documents.limits import DEFAULT_LIMITS, Limits
from grunnmur.sources.documents.pdf.opening import opened

WIDEST = 4_000
MOST_PIXELS = 16_000_000


def render_page(data: bytes, number: int, width: int, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Page ``number`` (from 1) as PNG, ``width`` pixels wide; a very tall page is made narrower.

    Raises :class:`NotFound` ``no-such-page``, :class:`BadInput` ``bad-width``, what opening a PDF raises, and
    :class:`MissingExtra` without Pillow.
    """
    if not 1 <= width <= WIDEST:
        raise BadInput("bad-width", width=width, limit=WIDEST)
    with opened(data, limits) as document:
        if not 1 <= number <= len(document):
            raise NotFound("no-such-page", page=number)
        page = document[number - 1]
        try:
            return _png(page, scale_for(page, width))
        finally:
            page.close()


def scale_for(page: pdfium.PdfPage, width: int) -> float:
    """Pixels per point for a picture of this width, within the size limits."""
    across, down = (max(side, 1.0) for side in page.get_size())
    return float(min(width / across, (MOST_PIXELS / (across * down)) ** 0.5))


def _png(page: pdfium.PdfPage, scale: float) -> bytes:
    buffer = io.BytesIO()
    try:
        picture = page.render(scale=scale).to_pil()
    except ImportError as error:
        raise MissingExtra("missing-extra", extra="web") from error
    picture.convert("RGB").save(buffer, "PNG", optimize=False, compress_level=3)
    return buffer.getvalue()
