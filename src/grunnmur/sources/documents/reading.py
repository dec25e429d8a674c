"""Read any file that has a reader, here or in a worker process of its own."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Protocol, cast

from grunnmur.kernel import LimitExceeded, UnreadableFile
from grunnmur.sources.documents.builder import DocumentBuilder
from grunnmur.sources.documents.formats import recognise
from grunnmur.sources.documents.language_of import language_of
from grunnmur.sources.documents.limits import DEFAULT_LIMITS, Limits
from grunnmur.sources.documents.model import BlockKind, Document, Format

Progress = Callable[[int, int], None]
CHAPTER = re.compile(r"(?:kapittel |kap\.? )?\d{1,2}(?:\.\d{1,2})*[.:]?(?:\s|$)", re.IGNORECASE)

# Modules are loaded when their format turns up: a worker that reads PDF needs no Office library.
READERS: Mapping[Format, str] = {
    Format.PDF: "grunnmur.sources.documents.pdf",
    Format.DOCX: "grunnmur.sources.documents.word",
    Format.PPTX: "grunnmur.sources.documents.slides",
    Format.XLSX: "grunnmur.sources.documents.sheets",
    Format.CSV: "grunnmur.sources.documents.delimited",
    Format.ODT: "grunnmur.sources.documents.opendocument",
    Format.HTML: "grunnmur.sources.documents.webpage",
    Format.MARKDOWN: "grunnmur.sources.documents.markdown",
    Format.TEXT: "grunnmur.sources.documents.text",
}


class Reader(Protocol):
    """What every reader module but the one for plain text offers."""

    def read(self, data: bytes, builder: DocumentBuilder, limits: Limits) -> None:
        """Fill the builder with the title, pages, blocks and notices of the file."""


class TextReader(Protocol):
    """What the reader for plain text offers: the file's own text is the canonical text."""

    def read_text(self, data: bytes, filename: str, sha256: str) -> Document:
        """The document whose text is the file's own."""


def read(path: Path, limits: Limits = DEFAULT_LIMITS, progress: Progress | None = None) -> Document:
    """Read a file in this process. Raises :class:`UnreadableFile` or :class:`LimitExceeded`.

    ``progress`` is called with pages read and pages in all, by the formats that know.
    """
    return read_bytes(load(path, limits), path.name, limits, progress)


def read_safely(path: Path, limits: Limits = DEFAULT_LIMITS, progress: Progress | None = None) -> Document:
    """Read a file in a process of its own. Raises what :func:`read` raises, and ``too-slow``,
    ``out-of-memory`` or ``reader-died`` when the process must be given up.
    """
    from grunnmur.sources.documents.worker import read_in_worker

    return read_in_worker(path, limits, progress)


def load(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """The bytes of a regular file no larger than the limits allow."""
    if not path.is_file():
        raise UnreadableFile("not-a-file", file=path.name)
    if path.stat().st_size > limits.file_bytes:
        raise LimitExceeded("too-large", file=path.name, limit=limits.file_bytes)
    return path.read_bytes()


def read_bytes(
    data: bytes, filename: str, limits: Limits = DEFAULT_LIMITS, progress: Progress | None = None
) -> Document:
    """Read the bytes of a file whose name is ``filename``; the content, not the name, decides the format."""
    format_ = recognise(data, filename, limits)
    sha256 = hashlib.sha256(data).hexdigest()
    document = _dispatch(format_, data, filename, sha256, limits, progress)
    return replace(
        document,
        title=document.title.strip() or _title(document, filename),
        language=document.language or language_of(document.text),
    )


def _dispatch(
    format_: Format, data: bytes, filename: str, sha256: str, limits: Limits, progress: Progress | None
) -> Document:
    module = import_module(READERS[format_])
    if format_ is Format.TEXT:
        return cast(TextReader, module).read_text(data, filename, sha256)
    builder = DocumentBuilder(format_, sha256, progress=progress, most_pages=limits.pages)
    cast(Reader, module).read(data, builder, limits)
    return builder.build()


def _title(document: Document, filename: str) -> str:
    """The first top heading of the first pages, else the file's name without its ending.

    A numbered chapter or a lead-in («Vi jobber etter:») names a part of the document, not the whole.
    """
    early = [block for block in document.blocks if block.kind is BlockKind.HEADING and block.page <= 2]
    if early:
        first = min(early, key=lambda block: (block.level, block.start))
        words = " ".join(document.text[first.start : first.end].split())
        if not CHAPTER.match(words) and not words.endswith(":") and not CHAPTER.match(first.marker):
            return words
    return " ".join(re.split(r"[\s_-]+", Path(filename).stem)).strip() or filename
