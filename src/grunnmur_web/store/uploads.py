"""Files on their way in: content addresses, what is here already, and how many a person has brought lately."""

from __future__ import annotations

import hashlib
import unicodedata
from datetime import timedelta
from pathlib import PurePosixPath

from django.core.files.base import File
from django.db.models import QuerySet
from django.utils import timezone

from grunnmur_web.accounts.models import User
from grunnmur_web.models import DocumentVersion, ReadState, Upload, UploadItem
from grunnmur_web.permissions import visible_documents

LONGEST_NAME = 200
UNFINISHED = (ReadState.WAITING, ReadState.READING)
# Files that folders and archives carry along, and that nobody means to bring.
JUNK_NAMES = frozenset({".ds_store", "thumbs.db", "desktop.ini"})
JUNK_PREFIXES = ("~$", "._", ".~lock")


def safe_name(name: str) -> str:
    """The file's own name without folders and control characters, short enough to store."""
    last = PurePosixPath(unicodedata.normalize("NFC", name).replace("\\", "/")).name
    shown = "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()
    path = PurePosixPath(shown or "fil")
    return path.stem[: LONGEST_NAME - len(path.suffix[:20])] + path.suffix[:20]


def is_junk(name: str) -> bool:
    """Whether the file is one that an operating system or an editor left there."""
    last = PurePosixPath(name.replace("\\", "/")).name.lower()
    return last in JUNK_NAMES or last.startswith(JUNK_PREFIXES) or "__MACOSX" in name


def sha256_of(file: File[bytes]) -> str:
    """SHA-256 of the content, read in chunks; the file is left at its beginning."""
    digest = hashlib.sha256()
    file.seek(0)
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def existing(sha256: str, user: User) -> tuple[bool, DocumentVersion | None]:
    """Whether the content is here already, and the version of it that ``user`` may see, if any."""
    same = DocumentVersion.objects.filter(sha256=sha256)
    seen = same.filter(document__in=visible_documents(user)).order_by("pk").first()
    return seen is not None or same.exists(), seen


def brought_lately(user: User) -> int:
    """Files that ``user`` has brought in the last hour."""
    return UploadItem.objects.filter(upload__by=user, upload__at__gt=timezone.now() - timedelta(hours=1)).count()


def items_of(upload: Upload) -> QuerySet[UploadItem]:
    """The files of an upload in the order they came, without the texts that were read from them."""
    rows = upload.items.select_related("version__document", "duplicate_of__document")
    return rows.defer(
        "version__text", "version__structure", "duplicate_of__text", "duplicate_of__structure"
    )  # fmt: skip


def is_finished(items: list[UploadItem]) -> bool:
    """Whether no file waits or is being read."""
    return not any(item.version and item.version.state in UNFINISHED for item in items)
