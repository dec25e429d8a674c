"""The job of reading one version: claim it, read it in a process of its own, keep what it says, tell how it went.

A version is the truth about its own reading; a queued job is only a nudge. So a job that comes twice does nothing the
second time, and a job that is lost is made again from the version (:func:`reset_stale`).
"""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from grunnmur.kernel import GrunnmurError
from grunnmur.knowledge.extracting import ExtractingProcess
from grunnmur.knowledge.model import Extraction
from grunnmur.sources.documents.limits import Limits
from grunnmur.sources.documents.model import Document as ReadDocument
from grunnmur.sources.documents.revision import compare
from grunnmur_web.models import Document, DocumentVersion, ReadState
from grunnmur_web.store import contradictions, documents, findings, search
from grunnmur_web.store.guesses import guess

HEARTBEAT = timedelta(seconds=2)
STALE = timedelta(seconds=60)
ATTEMPTS = 3
logger = logging.getLogger(__name__)


class Lost(Exception):
    """Someone cancelled the reading, or another worker took it over."""


def read_version(version_id: int) -> ReadState | None:
    """Read a waiting version; returns the state it ended in, or None when there was nothing to do.

    Whatever is wrong with the file becomes the version's error code. When the worker itself is stopped, the version
    waits again.
    """
    version = _claim(version_id)
    if version is None:
        return None
    try:
        heartbeat = Heartbeat(version)
        _keep(version, *_read(version, heartbeat))
        contradictions.find_contradictions(version)
    except Lost:
        return None
    except GrunnmurError as error:
        if error.code == "reading-failed":
            logger.error("Reading version %s failed: %s", version.pk, error)
        return _fail(version, error.code, {name: _plain(value) for name, value in error.params.items()})
    except Exception:
        logger.exception("Reading version %s failed", version.pk)
        return _fail(version, "reading-failed", {})
    except BaseException:
        _mine(version).update(state=ReadState.WAITING, attempts=F("attempts") - 1, heartbeat=None)
        raise
    return ReadState.READ


def reset_stale() -> list[int]:
    """Let versions whose worker died wait again; after three tries they fail. Returns those that wait."""
    dead = DocumentVersion.objects.filter(state=ReadState.READING, heartbeat__lt=timezone.now() - STALE)
    dead.filter(attempts__gte=ATTEMPTS).update(state=ReadState.FAILED, error_code="reader-died", error_params={})
    ids = list(dead.values_list("pk", flat=True))
    dead.filter(pk__in=ids).update(state=ReadState.WAITING, heartbeat=None, done=0, total=0)
    return ids


def waiting() -> list[int]:
    """Versions that wait to be read, oldest first."""
    return list(DocumentVersion.objects.filter(state=ReadState.WAITING).order_by("pk").values_list("pk", flat=True))


def limits() -> Limits:
    """What one file may cost, with this installation's limit on size."""
    return Limits(file_bytes=settings.UPLOAD_MAX_BYTES)


@dataclass(slots=True)
class Heartbeat:
    """Writes progress and signs of life, and stops the reading when the version is no longer ours."""

    version: DocumentVersion
    done: int = 0
    total: int = 0
    _last: float = field(default_factory=time.monotonic)

    def progress(self, done: int, total: int) -> None:
        """Pages read so far."""
        self.done, self.total = done, total
        self.tick()

    def tick(self) -> None:
        """Beat when it is time. Raises :class:`Lost`."""
        if time.monotonic() - self._last < HEARTBEAT.total_seconds() / 4:
            return
        self._last = time.monotonic()
        beat = _mine(self.version).update(heartbeat=timezone.now(), done=self.done, total=self.total)
        if not beat:
            raise Lost


def _claim(version_id: int) -> DocumentVersion | None:
    """Take a waiting version; the number of attempts is the token that tells this worker from the next."""
    waits = DocumentVersion.objects.filter(pk=version_id, state=ReadState.WAITING)
    taken = waits.update(
        state=ReadState.READING, attempts=F("attempts") + 1, heartbeat=timezone.now(), done=0, total=0, error_code="",
        error_params={},
    )  # fmt: skip
    return DocumentVersion.objects.select_related("document").get(pk=version_id) if taken else None


def _mine(version: DocumentVersion) -> QuerySet[DocumentVersion]:
    return DocumentVersion.objects.filter(pk=version.pk, state=ReadState.READING, attempts=version.attempts)


def _read(version: DocumentVersion, heartbeat: Heartbeat) -> tuple[ReadDocument, Extraction]:
    """The document and what it says, both found in a process that ends when the heartbeat says so."""
    with ExtractingProcess(limits()) as process:
        document = process.read(Path(version.file.path), version.filename, heartbeat.progress, heartbeat.tick)
        return document, process.extract(document, heartbeat.tick)


@transaction.atomic
def _keep(version: DocumentVersion, document: ReadDocument, extraction: Extraction) -> None:
    """Text, pages, findings and search rows in one transaction: all of it or nothing."""
    now = timezone.now()
    if not _mine(version).update(state=ReadState.READ, read_at=now, heartbeat=None, done=F("total")):
        raise Lost
    version.refresh_from_db()
    earlier = documents.load(version) if version.text else None
    moved = compare(earlier, document) if earlier and earlier.text != document.text else None
    documents.save(version, document)
    findings.replace_suggestions(version, findings.rows_from(version, document, extraction), moved)
    _take_place(version, document)
    search.index_version(version)


def _take_place(version: DocumentVersion, document: ReadDocument) -> None:
    """Carry decisions over from the version before, and become the current one unless everyone would see it."""
    owner = Document.objects.select_for_update(of=("self",)).get(pk=version.document_id)
    before = owner.current
    if before is not None and before.pk != version.pk and before.number < version.number:
        findings.carry_over(before, version, compare(documents.load(before), document))
    if before is None:
        guess(owner, version, document)
    if before is None or owner.status == Document.Status.DRAFT:
        owner.current = version
    owner.save()
    version.document = owner


def _fail(version: DocumentVersion, code: str, params: dict[str, object]) -> ReadState | None:
    failed = _mine(version).update(state=ReadState.FAILED, error_code=code, error_params=params, heartbeat=None)
    return ReadState.FAILED if failed else None


def _plain(value: object) -> object:
    return value if isinstance(value, int | float | bool | None) else documents.storable(str(value))
