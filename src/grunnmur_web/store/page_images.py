"""Pictures of PDF pages, rendered in a process of their own and kept on disk."""

from __future__ import annotations

from pathlib import Path
from uuid import uuid4

from django.conf import settings

from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.worker import ReaderProcess
from grunnmur_web.models import DocumentVersion

SECONDS = 20.0


def folder(version: DocumentVersion) -> Path:
    """Where the pictures of a version are kept."""
    return Path(settings.DATA_DIR) / "page-images" / str(version.pk)


def page_image(version: DocumentVersion, number: int, width: int) -> bytes:
    """Page ``number`` as PNG.

    A file that kills the renderer costs one picture: :class:`UnreadableFile` or :class:`LimitExceeded`. The process
    that meets the file has no secrets in its environment, and no more memory than reading may use.
    """
    kept = folder(version) / f"{version.sha256[:16]}-{number}-{width}.png"
    if not kept.exists():
        with ReaderProcess(Limits(seconds=SECONDS, file_bytes=settings.UPLOAD_MAX_BYTES)) as process:
            image = process.render(Path(version.file.path), number, width)
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(f".{uuid4().hex}.part")  # two visitors may ask for the same page at once
        part.write_bytes(image)
        part.rename(kept)
    return kept.read_bytes()
