"""Tell a file's format from its content, and refuse a file whose name says something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import PurePath
from types import MappingProxyType

from grunnmur.kernel import UnreadableFile
from grunnmur.sources.documents.limits import DEFAULT_LIMITS, Limits
from grunnmur.sources.documents.model import Format
from grunnmur.sources.documents.package import checked_members

ENDINGS: Mapping[str, Format] = MappingProxyType(
    {
        ".pdf": Format.PDF,
        ".docx": Format.DOCX,
        ".docm": Format.DOCX,
        ".dotx": Format.DOCX,
        ".pptx": Format.PPTX,
        ".pptm": Format.PPTX,
        ".ppsx": Format.PPTX,
        ".xlsx": Format.XLSX,
        ".xlsm": Format.XLSX,
        ".odt": Format.ODT,
        ".html": Format.HTML,
        ".htm": Format.HTML,
        ".xhtml": Format.HTML,
        ".md": Format.MARKDOWN,
        ".markdown": Format.MARKDOWN,
        ".csv": Format.CSV,
        ".tsv": Format.CSV,
        ".txt": Format.TEXT,
        ".text": Format.TEXT,
    }
)
WRITTEN_AS_TEXT = frozenset({Format.HTML, Format.MARKDOWN, Format.CSV, Format.TEXT})
ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")

# Files that people do mix up with documents, but that no reader knows.
FOREIGN: Mapping[bytes, str] = MappingProxyType(
    {
        b"\x89PNG\r\n\x1a\n": "png",
        b"\xff\xd8\xff": "jpeg",
        b"GIF8": "gif",
        b"{\\rtf": "rtf",
        b"Rar!\x1a\x07": "rar",
        b"7z\xbc\xaf\x27\x1c": "7z",
        b"\x1f\x8b": "gzip",
        b"MZ": "program",
        b"\x7fELF": "program",
        b"SQLite format 3\x00": "sqlite",
        b"II*\x00": "tiff",
        b"MM\x00*": "tiff",
    }
)
PARTS: Mapping[str, Format] = MappingProxyType(
    {"word/document.xml": Format.DOCX, "ppt/presentation.xml": Format.PPTX, "xl/workbook.xml": Format.XLSX}
)
FOLDERS: Mapping[str, Format] = MappingProxyType({"word/": Format.DOCX, "ppt/": Format.PPTX, "xl/": Format.XLSX})
_HTML = re.compile(rb"\A\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TAG = re.compile(rb"<[a-z][a-z0-9]*[\s/>]", re.I)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROL = re.compile(rb"[\x00-\x06\x0e-\x1a\x1c-\x1f]")
SNIFFED = 65_536


def recognise(data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS) -> Format:
    """The format that the content shows.

    Raises :class:`UnreadableFile` with ``empty-file``, ``mislabelled`` (``named``, ``found``), ``no-reader``
    (``found``), ``encrypted`` or ``broken``; Office packages are checked for bombs on the way, with
    :class:`LimitExceeded` for what is too large.
    """
    if not data.strip(b"\x00 \t\r\n"):
        raise UnreadableFile("empty-file", file=filename)
    ending = PurePath(filename).suffix.lower()
    named = ENDINGS.get(ending)
    found = _binary_format(data, limits)
    if found is None:
        return _text_format(data, ending, named, filename)
    if isinstance(found, Format) and named in (found, None):
        return found
    if isinstance(found, Format) or named is not None:
        raise UnreadableFile("mislabelled", file=filename, named=ending, found=str(found))
    raise UnreadableFile("no-reader", file=filename, found=found)


def _binary_format(data: bytes, limits: Limits) -> Format | str | None:
    """A format with a reader, the name of one without, or ``None`` for what may be text."""
    if b"%PDF-" in data[:1024]:
        return Format.PDF
    if data.startswith(ZIP_MAGIC):
        return _packaged(data, limits)
    if data.startswith(OLE_MAGIC):
        if ENCRYPTED_STREAM in data:
            raise UnreadableFile("encrypted")
        return "old-office"
    for magic, name in FOREIGN.items():
        if data.startswith(magic):
            return name
    return None


def _packaged(data: bytes, limits: Limits) -> Format | str:
    members = checked_members(data, limits)
    if members.mimetype.startswith("application/vnd.oasis.opendocument.text"):
        return Format.ODT
    if members.mimetype.startswith("application/vnd.oasis.opendocument"):
        return "opendocument"
    for part, format_ in PARTS.items():
        if part in members.names:
            return format_
    if "[Content_Types].xml" in members.names:
        for folder, format_ in FOLDERS.items():
            if any(name.startswith(folder) for name in members.names):
                return format_
    return "zip"


def _text_format(data: bytes, ending: str, named: Format | None, filename: str) -> Format:
    if named is not None and named not in WRITTEN_AS_TEXT:
        raise UnreadableFile("mislabelled", file=filename, named=ending, found="text" if _is_text(data) else "unknown")
    if not _is_text(data):
        found = "unknown"
        raise UnreadableFile("mislabelled" if named else "no-reader", file=filename, named=ending, found=found)
    if named is Format.HTML and not _TAG.search(_narrow(data)):
        raise UnreadableFile("mislabelled", file=filename, named=ending, found="text")
    if named is not None:
        return named
    if _HTML.match(_narrow(data[:SNIFFED])):
        return Format.HTML
    if ending:
        raise UnreadableFile("no-reader", file=filename, found=ending.lstrip("."))
    return Format.TEXT


def _is_text(data: bytes) -> bool:
    """Whether control characters are rare enough: old text files carry a few, never one in a hundred."""
    sample = _narrow(data[:SNIFFED])
    return len(_CONTROL.findall(sample)) <= len(sample) // 200


def _narrow(data: bytes) -> bytes:
    """UTF-16 with its mark as single bytes, so that one set of patterns serves."""
    if not data.startswith(_WIDE_MARKS):
        return data
    return data.decode("utf-16", errors="replace").encode("utf-8")
