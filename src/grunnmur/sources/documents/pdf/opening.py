"""Open a PDF file, or say in one code why it can't be opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from grunnmur.kernel import LimitExceeded, UnreadableFile
from grunnmur.sources.documents.limits import Limits

LOCKED = frozenset({raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY})


@contextmanager
def opened(data: bytes, limits: Limits) -> Iterator[pdfium.PdfDocument]:
    """The open file. Raises ``encrypted``, ``broken`` or ``too-many-pages``."""
    document = _open(data)
    try:
        if not len(document):
            raise UnreadableFile("broken", detail="no pages")
        if len(document) > limits.pages:
            raise LimitExceeded("too-many-pages", found=len(document), limit=limits.pages)
        yield document
    finally:
        document.close()


def _open(data: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) in LOCKED or "password" in str(error).lower():
            raise UnreadableFile("encrypted") from error
        raise UnreadableFile("broken", detail=str(error)) from error
