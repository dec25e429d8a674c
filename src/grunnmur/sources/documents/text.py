"""Plain text, also text exported from slides and PDF: the file's own text is the canonical text."""

from __future__ import annotations

from charset_normalizer import from_bytes

from grunnmur.kernel import UnreadableFile
from grunnmur.sources.documents.language_of import language_of
from grunnmur.sources.documents.model import Document, Format, Page
from grunnmur.sources.documents.text_blocks import blocks_of
from grunnmur.sources.documents.text_lines import lines_of
from grunnmur.sources.documents.text_pages import double_spaced, pages_of

MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_text(data: bytes, filename: str, sha256: str) -> Document:
    """The document whose text is the file's own with ``\\r\\n`` as ``\\n``.

    Raises :class:`UnreadableFile` (``not-text``) when the bytes are no text.
    """
    text = decode(data, filename).replace("\r\n", "\n")
    kind, spans = pages_of(text)
    pages = tuple(Page(number, start, end, kind) for number, (start, end) in enumerate(spans, start=1))
    blocks = blocks_of(text, lines_of(text, spans), kind, double_spaced(text))
    return Document("", Format.TEXT, sha256, text, pages, tuple(blocks), language_of(text))


def decode(data: bytes, filename: str) -> str:
    """UTF-8, a file with a byte order mark, or the encoding that fits the bytes best."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _decoded(data, encoding, filename)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = _guessed(data, filename)
    if "\0" in text:
        raise UnreadableFile("not-text", file=filename)
    return text


def _decoded(data: bytes, encoding: str, filename: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableFile("not-text", file=filename) from error


def _guessed(data: bytes, filename: str) -> str:
    best = from_bytes(data, cp_isolation=["cp1252", "latin_1", "cp850", "mac_roman", "cp865"]).best()
    if best is None:
        raise UnreadableFile("not-text", file=filename)
    return str(best)
