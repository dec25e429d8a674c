"""Look through an Office file (a zip archive of XML parts) before any library opens it."""

from __future__ import annotations

import errno
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from grunnmur.kernel import LimitExceeded, UnreadableFile
from grunnmur.sources.documents.limits import DEFAULT_LIMITS, Limits

CHUNK = 1 << 20
# Office XML packs 10–60 times; an honest sheet of blank styled cells stays under 150.
BOMB_BYTES = 30_000_000
BOMB_RATIO = 150
_ENTITY = re.compile(rb"<!ENTITY|<\x00!\x00E\x00N\x00T\x00I\x00T\x00Y", re.I)
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([\w.-]+)""")
# An encoding that hides "<!ENTITY" from a search of the bytes is never needed in an Office file.
ENCODINGS = frozenset({b"utf-8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"windows-1252"})
_LONGEST_PATTERN = 32
# What zipfile and zlib raise for damaged content, each for its own kind of damage (a bad name is a KeyError).
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError, KeyError)


# A full disk or too many open files says nothing about the file.
_MACHINE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.EROFS})


def is_machines_fault(error: BaseException) -> bool:
    """Whether it was not the content that failed, but the place it was read from or written to."""
    return isinstance(error, OSError) and error.errno in _MACHINE


@dataclass(frozen=True, slots=True)
class Members:
    """The names inside a package and its declared type (OpenDocument only)."""

    names: frozenset[str]
    mimetype: str


def checked_members(data: bytes, limits: Limits = DEFAULT_LIMITS) -> Members:
    """Names in the package, after every part has been unpacked once within the limits and thrown away.

    Raises :class:`UnreadableFile` ``broken`` or ``encrypted``, :class:`LimitExceeded` ``too-many-files``,
    ``unpacked-too-large``, ``zip-bomb`` or ``entity-bomb``.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_declared(archive.infolist(), len(data), limits)
            _check_parts(archive, limits)
            return Members(frozenset(archive.namelist()), _mimetype(archive))
    except BROKEN as error:
        raise UnreadableFile("broken", detail=type(error).__name__) from error


def _check_declared(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    if len(entries) > limits.archive_files:
        raise LimitExceeded("too-many-files", found=len(entries), limit=limits.archive_files)
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableFile("encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise LimitExceeded("unpacked-too-large", found=unpacked, limit=limits.unpacked_bytes)
    if is_bomb(unpacked, packed):
        raise LimitExceeded("zip-bomb", found=unpacked)


def is_bomb(unpacked: int, packed: int) -> bool:
    """Whether the content grows far more than any document does."""
    return unpacked > BOMB_BYTES and unpacked > BOMB_RATIO * packed


def _check_parts(archive: zipfile.ZipFile, limits: Limits) -> None:
    """Unpack every part: false sizes show as a wrong checksum, and overlapping parts add up."""
    total = 0
    for entry in archive.infolist():
        is_xml = entry.filename.lower().endswith((".xml", ".rels", ".vml"))
        for chunk in _overlapping(archive, entry):
            total += min(len(chunk), CHUNK)
            if total > limits.unpacked_bytes:
                raise LimitExceeded("unpacked-too-large", found=total, limit=limits.unpacked_bytes)
            if is_xml and _hides_entities(chunk):
                raise LimitExceeded("entity-bomb", part=entry.filename)


def _overlapping(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in chunks, each with the end of the one before, so that no pattern falls between two."""
    tail = b""
    with archive.open(entry) as stream:
        while chunk := stream.read(CHUNK):
            yield tail + chunk
            tail = chunk[-_LONGEST_PATTERN:]


def _hides_entities(chunk: bytes) -> bool:
    if _ENTITY.search(chunk):
        return True
    declaration = _ENCODING.search(chunk[:200]) if chunk.lstrip().startswith(b"<?xml") else None
    return declaration is not None and declaration[1].lower() not in ENCODINGS


def _mimetype(archive: zipfile.ZipFile) -> str:
    if "mimetype" not in archive.namelist():
        return ""
    with archive.open("mimetype") as stream:
        return stream.read(200).decode("ascii", errors="replace").strip()
