"""Many files at once: folders and zip archives opened safely, each bad member reported by itself."""

from __future__ import annotations

import re
import stat
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grunnmur.kernel import GrunnmurError, LimitExceeded, UnreadableFile
from grunnmur.sources.documents.formats import PARTS, ZIP_MAGIC
from grunnmur.sources.documents.limits import DEFAULT_LIMITS, Limits
from grunnmur.sources.documents.model import Document
from grunnmur.sources.documents.package import BROKEN, CHUNK, is_bomb, is_machines_fault
from grunnmur.sources.documents.worker import ReaderProcess

NAMES_WITHOUT_MARK = "cp865"  # Windows in Norway writes zip names so when they are not UTF-8
ENTRY_SIGN = b"PK\x01\x02"
LONGEST_NAME = 400
_LITTER = re.compile(r"(?:^|/)(?:__MACOSX|\.(?!\.)[^/]+|~\$[^/]*|Thumbs\.db|desktop\.ini)(?:/|$)", re.I)
_DRIVE = re.compile(r"[A-Za-z]:")
_SAFE_ENDING = re.compile(r"\.[A-Za-z0-9]{1,10}")

FileProgress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class BatchFile:
    """A file to read, or the reason why it is not read. ``name`` is its path as the user knows it."""

    name: str
    path: Path | None = None
    error: GrunnmurError | None = None


@dataclass(frozen=True, slots=True)
class BatchResult:
    """What became of one file: a document or an error."""

    name: str
    document: Document | None = None
    error: GrunnmurError | None = None


def read_batch(
    paths: Iterable[Path],
    limits: Limits = DEFAULT_LIMITS,
    progress: FileProgress | None = None,
    process: ReaderProcess | None = None,
) -> Iterator[BatchResult]:
    """Read files, folders and archives, each file under the limits in a process apart.

    ``progress`` is called with the file's name, pages read and pages in all. ``process`` does the reading when the
    caller has one that goes on with the documents; it is left running.
    """
    with tempfile.TemporaryDirectory(prefix="grunnmur-") as folder, ExitStack() as stack:
        reader = process or stack.enter_context(ReaderProcess(limits))
        for file in expand(paths, Path(folder), limits):
            yield _read(file, reader, progress)


def _read(file: BatchFile, reader: ReaderProcess, progress: FileProgress | None) -> BatchResult:
    if file.path is None:
        return BatchResult(file.name, error=file.error)

    def report(done: int, total: int) -> None:
        if progress is not None:
            progress(file.name, done, total)

    try:
        return BatchResult(file.name, reader.read(file.path, PurePosixPath(file.name).name, report))
    except GrunnmurError as error:
        return BatchResult(file.name, error=error)


def expand(paths: Iterable[Path], folder: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[BatchFile]:
    """The single files in ``paths``; members of archives are unpacked into ``folder`` under names of our own."""
    for path in paths:
        for file in _in_folder(path, limits) if path.is_dir() else [BatchFile(path.name, path)]:
            if file.path is not None and is_archive(file.path):
                yield from unpack(file.path, file.name, folder, limits)
            else:
                yield file


def is_archive(path: Path) -> bool:
    """Whether the file is a zip of files rather than an Office document, which is a zip too."""
    if not path.is_file():
        return False
    with path.open("rb") as stream:
        if not stream.read(4).startswith(ZIP_MAGIC):
            return False
    if path.suffix.lower() == ".zip" and _count_entries(path) > 1000:
        return True
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except BROKEN:
        return path.suffix.lower() == ".zip"
    return not ({"[Content_Types].xml", "mimetype", *PARTS} & names)


def _in_folder(folder: Path, limits: Limits) -> Iterator[BatchFile]:
    """Files below a folder in order of name; links are not followed."""
    count = 0
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder.parent).as_posix()
        inner = path.relative_to(folder).as_posix()
        if _LITTER.search(inner) or (path.is_dir() and not path.is_symlink()):
            continue
        count += 1
        if count > limits.archive_files:
            yield BatchFile(folder.name, error=LimitExceeded("too-many-files", limit=limits.archive_files))
            return
        if path.is_symlink():
            yield BatchFile(name, error=UnreadableFile("link", file=name))
        elif inner.count("/") >= limits.depth:
            yield BatchFile(name, error=LimitExceeded("too-deep", file=name, limit=limits.depth))
        else:
            yield BatchFile(name, path)


def unpack(path: Path, name: str, folder: Path, limits: Limits = DEFAULT_LIMITS) -> Iterator[BatchFile]:
    """Members of a zip archive, good ones unpacked, bad ones with their error; a bad archive is one error."""
    try:
        yield from _unpack(path, name, folder, limits)
    except GrunnmurError as error:
        yield BatchFile(name, error=error)
    except BROKEN as error:
        if is_machines_fault(error):
            raise
        yield BatchFile(name, error=UnreadableFile("broken", file=name, detail=type(error).__name__))


def _unpack(path: Path, name: str, folder: Path, limits: Limits) -> Iterator[BatchFile]:
    if path.stat().st_size > limits.file_bytes:
        raise LimitExceeded("too-large", file=name, limit=limits.file_bytes)
    # Counted before the directory is read: a million entries fill the memory on their own.
    if _count_entries(path) > 4 * limits.archive_files:
        raise LimitExceeded("too-many-files", file=name, limit=limits.archive_files)
    with zipfile.ZipFile(path, metadata_encoding=NAMES_WITHOUT_MARK) as archive:
        entries = [e for e in archive.infolist() if not e.is_dir() and not _LITTER.search(_slashed(e.filename))]
        if len(entries) > limits.archive_files:
            raise LimitExceeded("too-many-files", file=name, found=len(entries), limit=limits.archive_files)
        room = limits.unpacked_bytes
        home = Path(tempfile.mkdtemp(dir=folder))
        for number, entry in enumerate(entries):
            target = home / _own_name(number, entry.filename)
            file = _member(archive, entry, target, f"{name}/{_shown(entry.filename)}", room, limits)
            if file.path is not None:
                room -= file.path.stat().st_size
            yield file


def _member(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, name: str, room: int, limits: Limits
) -> BatchFile:
    try:
        _check_entry(entry, name, limits)
        _write(archive, entry, target, min(room, limits.file_bytes))
        if is_archive(target):
            raise UnreadableFile("nested-archive", file=name)
        return BatchFile(name, target)
    except GrunnmurError as error:
        target.unlink(missing_ok=True)
        return BatchFile(name, error=error)
    except BROKEN as error:
        target.unlink(missing_ok=True)
        if is_machines_fault(error):
            raise
        return BatchFile(name, error=UnreadableFile("broken", file=name, detail=type(error).__name__))


def _check_entry(entry: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    if _is_unsafe(entry.filename):
        raise UnreadableFile("unsafe-name", file=name)
    if stat.S_ISLNK(entry.external_attr >> 16):
        raise UnreadableFile("link", file=name)
    if entry.flag_bits & 1:
        raise UnreadableFile("encrypted", file=name)
    if entry.filename.count("/") >= limits.depth:
        raise LimitExceeded("too-deep", file=name, limit=limits.depth)
    if entry.file_size > limits.file_bytes:
        raise LimitExceeded("too-large", file=name, found=entry.file_size, limit=limits.file_bytes)
    if is_bomb(entry.file_size, entry.compress_size):
        raise LimitExceeded("zip-bomb", file=name, found=entry.file_size)


def _write(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path, room: int) -> None:
    """Unpack one member, counting what really comes out."""
    written = 0
    with archive.open(entry) as source, target.open("xb") as sink:
        while chunk := source.read(CHUNK):
            written += len(chunk)
            if written > room:
                raise LimitExceeded("unpacked-too-large", limit=room)
            sink.write(chunk)


def _is_unsafe(name: str) -> bool:
    slashed = _slashed(name)
    return slashed.startswith("/") or bool(_DRIVE.match(slashed)) or ".." in slashed.split("/") or "\x00" in name


def _slashed(name: str) -> str:
    return name.replace("\\", "/")


def _shown(name: str) -> str:
    """The member's name for people: printable, not endless."""
    return "".join(c if c.isprintable() else "\ufffd" for c in _slashed(name))[-LONGEST_NAME:]


def _own_name(number: int, name: str) -> str:
    """A file name that owes nothing to the archive but its ending."""
    ending = PurePosixPath(_slashed(name)).suffix.lower()
    return f"{number:06}{ending if _SAFE_ENDING.fullmatch(ending) else ''}"


def _count_entries(path: Path) -> int:
    """How often the sign of a directory entry occurs: at least once for each member."""
    count, tail = 0, b""
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK):
            count += (tail + chunk).count(ENTRY_SIGN)
            tail = chunk[-(len(ENTRY_SIGN) - 1) :]
    return count
