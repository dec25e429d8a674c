"""One file with everything: rows as JSON, uploaded files as they are. The same file fits SQLite and PostgreSQL."""

from __future__ import annotations

import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from grunnmur.kernel import BadInput, GrunnmurError
from grunnmur_web.models import Document
from grunnmur_web.store import search
from grunnmur_web.words.codes import sentence

ROWS = "rows.json"
ABOUT = "grunnmur.json"
LEFT_OUT = [
    "contenttypes",
    "auth.permission",
    "sessions",
    "admin.logentry",
    "django_tasks_database",
    "grunnmur.searchentry",
]


def run(work: Callable[[Path], None], file: Path) -> int:
    """Do it; an error is one sentence and an exit code."""
    try:
        work(file)
    except GrunnmurError as error:
        print(sentence(error.code, error.params), file=sys.stderr)  # noqa: T201
        return error.exit_code
    print(f"Ferdig: {file}")  # noqa: T201
    return 0


def save(file: Path) -> None:
    """Write ``file`` (ZIP); an existing one is not overwritten."""
    if file.exists():
        raise BadInput("backup-exists", file=str(file))
    part = file.with_suffix(file.suffix + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)  # drafts and password hashes are in it
    with TemporaryDirectory() as folder, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        rows = Path(folder) / ROWS
        call_command("dumpdata", natural_foreign=True, exclude=LEFT_OUT, output=str(rows), verbosity=0)
        archive.writestr(ABOUT, json.dumps({"format": 1}))
        archive.write(rows, ROWS)
        for path in _stored_files():
            archive.write(path, f"files/{path.relative_to(settings.MEDIA_ROOT).as_posix()}")
    part.rename(file)


def load(file: Path) -> None:
    """Fill an empty installation from ``file``; one that already has documents is left alone."""
    archive = _opened(file)
    if Document.objects.exists():
        raise BadInput("restore-needs-empty")
    with archive, TemporaryDirectory() as folder, transaction.atomic():
        archive.extract(ROWS, folder)
        call_command("loaddata", str(Path(folder) / ROWS), verbosity=0)
        connection.check_constraints()
        _unpack_files(archive)
        search.index_everything()


def _stored_files() -> Iterator[Path]:
    root = Path(settings.MEDIA_ROOT)
    yield from sorted(path for path in root.rglob("*") if path.is_file()) if root.exists() else ()


def _opened(file: Path) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(file)
    except (OSError, zipfile.BadZipFile) as error:
        raise BadInput("not-a-backup", file=str(file)) from error
    if ABOUT not in archive.namelist() or ROWS not in archive.namelist():
        raise BadInput("not-a-backup", file=str(file))
    return archive


def _unpack_files(archive: zipfile.ZipFile) -> None:
    for name in archive.namelist():
        path = PurePosixPath(name)
        if path.parts[:1] != ("files",) or name.endswith("/"):
            continue
        if ".." in path.parts:
            raise BadInput("not-a-backup", file=name)
        target = Path(settings.MEDIA_ROOT).joinpath(*path.parts[1:])
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        target.touch(mode=0o600)
        with archive.open(name) as packed, target.open("wb") as unpacked:
            shutil.copyfileobj(packed, unpacked)
