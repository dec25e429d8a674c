"""Bring files in: each becomes a document waiting to be read, is recognised, or is refused with its reason."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max

from grunnmur.kernel import BadInput, GrunnmurError, LimitExceeded
from grunnmur.sources.documents.batch import unpack
from grunnmur_web import audit, tasks
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Document, DocumentVersion, ReadState, Upload, UploadItem
from grunnmur_web.permissions import Act, can, require
from grunnmur_web.store import page_images, reading, uploads
from grunnmur_web.store.guesses import title_of_file

Incoming = tuple[str, File[bytes] | GrunnmurError]


def receive(files: Iterable[File[bytes]], *, by: User) -> Upload:
    """Take in files, folders and archives as drafts owned by ``by``. One bad file never stops the others.

    Raises :class:`BadInput` ``no-files`` and :class:`LimitExceeded` ``too-many-uploads`` (``limit`` per hour).
    """
    require(by, Act.UPLOAD)
    given = list(files)
    if not given:
        raise BadInput("no-files")
    _check_rate(by, len(given))
    upload = Upload.objects.create(by=by)
    for name, content in _unpacked(given):
        _take_in(upload, uploads.safe_name(name), _within_rate(by, content))
    return upload


def receive_version(document: Document, file: File[bytes], *, by: User) -> Upload:
    """Take in a file as the next version of ``document``; the versions before it stay.

    Raises :class:`BadInput` ``same-content`` when one of them is the same file.
    """
    require(by, Act.EDIT, document)
    _check_rate(by, 1)
    _check_size(file)
    sha256 = uploads.sha256_of(file)
    if document.versions.filter(sha256=sha256).exists():
        raise BadInput("same-content")
    upload = Upload.objects.create(by=by)
    name = uploads.safe_name(file.name or "")
    with transaction.atomic():
        version = _new_version(document, name, sha256, file, by)
        UploadItem.objects.create(upload=upload, filename=name, version=version)
        audit.record("document.version_added", document, by=by, new={"version": version.number, "file": name})
    return upload


def retry(version: DocumentVersion, *, by: User) -> None:
    """Read a version again that failed, was cancelled, or was read by an older reader."""
    require(by, Act.EDIT, version.document)
    resting = [ReadState.FAILED, ReadState.CANCELLED, ReadState.READ]
    with transaction.atomic():
        again = DocumentVersion.objects.filter(pk=version.pk, state__in=resting)
        if again.update(state=ReadState.WAITING, attempts=0, error_code="", error_params={}, done=0, total=0):
            audit.record("document.read_again", version.document, by=by, new={"version": version.number})
            transaction.on_commit(partial(tasks.enqueue_reading, version.pk))


def cancel(version: DocumentVersion, *, by: User) -> None:
    """Stop a reading that waits or is under way; the file stays."""
    require(by, Act.EDIT, version.document)
    with transaction.atomic():
        under_way = DocumentVersion.objects.filter(pk=version.pk, state__in=uploads.UNFINISHED)
        if under_way.update(state=ReadState.CANCELLED, heartbeat=None):
            audit.record("document.cancelled", version.document, by=by, new={"version": version.number})


def remove(item: UploadItem, *, by: User) -> None:
    """Take a file out of its upload. What it brought goes with it, as long as nothing has been read from it.

    A document that has been read is deleted on its own page, where one sees what is lost. What everyone can see must
    be unpublished first, also while it is being read again.
    """
    version = item.version
    if version is None:
        with transaction.atomic():
            audit.record("upload.file_removed", item, by=by, old={"file": item.filename})
            item.delete()
        return
    require(by, Act.EDIT, version.document)
    if version.document.status == Document.Status.PUBLISHED:
        raise BadInput("published-document")
    if version.read_at is not None and not can(by, Act.DELETE, version.document):
        raise BadInput("already-read")
    if version.merging_plans.exists():
        raise BadInput("document-in-merging")
    if version.plan_sources.exists():
        raise BadInput("document-in-plan")
    with transaction.atomic():
        audit.record("document.file_removed", version.document, by=by, old={"file": version.filename})
        forget_files([version])
        item.delete()
        document = version.document
        version.delete()
        if not document.versions.exists():
            document.delete()


def forget_files(versions: Iterable[DocumentVersion]) -> None:
    """Delete the files and page images of versions when the transaction has committed."""
    for version in versions:
        transaction.on_commit(partial(default_storage.delete, str(version.file.name)))
        transaction.on_commit(partial(shutil.rmtree, page_images.folder(version), ignore_errors=True))


def _unpacked(files: Iterable[File[bytes]]) -> Iterator[Incoming]:
    for file in files:
        name = file.name or ""
        if name.lower().endswith(".zip"):
            yield from _members(name, file)
        elif not uploads.is_junk(name):
            yield name, file


def _members(name: str, file: File[bytes]) -> Iterator[Incoming]:
    """The files of an archive; what is wrong with one of them, or with the archive, is told on a line of its own."""
    with TemporaryDirectory(prefix="grunnmur-") as folder:
        archive = Path(folder) / "archive.zip"
        with archive.open("wb") as copy:
            copy.writelines(file.chunks())
        for member in unpack(archive, name, Path(folder), reading.limits()):
            if member.path is None:
                yield member.name, member.error or BadInput("broken")
                continue
            with member.path.open("rb") as content:
                yield member.name, File(content, name=member.name)
            member.path.unlink()


def _check_rate(by: User, files: int) -> None:
    if uploads.brought_lately(by) + files > settings.UPLOADS_PER_HOUR:
        raise LimitExceeded("too-many-uploads", limit=settings.UPLOADS_PER_HOUR)


def _within_rate(by: User, content: File[bytes] | GrunnmurError) -> File[bytes] | GrunnmurError:
    """Members of archives count too; those beyond the limit are refused one by one."""
    try:
        _check_rate(by, 1)
    except LimitExceeded as error:
        return error
    return content


def _check_size(file: File[bytes]) -> None:
    if file.size > settings.UPLOAD_MAX_BYTES:
        raise LimitExceeded("too-large", limit=settings.UPLOAD_MAX_BYTES)


@transaction.atomic
def _take_in(upload: Upload, name: str, content: File[bytes] | GrunnmurError) -> UploadItem:
    item = UploadItem(upload=upload, filename=name)
    try:
        if isinstance(content, GrunnmurError):
            raise content
        _check_size(content)
        if not content.size:
            raise BadInput("empty-file")
        _place(item, content)
    except GrunnmurError as error:
        item.error_code, item.error_params = error.code, {k: v for k, v in error.params.items() if k != "file"}
    item.save()
    return item


def _place(item: UploadItem, content: File[bytes]) -> None:
    """A new document, or the one that has this content already."""
    by = item.upload.by
    sha256 = uploads.sha256_of(content)
    is_here, item.duplicate_of = uploads.existing(sha256, by)
    if is_here:
        if item.duplicate_of is None:
            raise BadInput("already-here")
        return
    document = Document.objects.create(title=title_of_file(item.filename), owner=by)
    item.version = _new_version(document, item.filename, sha256, content, by)
    audit.record("document.uploaded", document, by=by, new={"file": item.filename})


def _new_version(document: Document, name: str, sha256: str, content: File[bytes], by: User) -> DocumentVersion:
    latest = document.versions.aggregate(latest=Max("number"))["latest"] or 0
    version = DocumentVersion(
        document=document, number=latest + 1, filename=name, sha256=sha256, size=content.size, uploaded_by=by
    )  # fmt: skip
    content.seek(0)
    version.file.save(name, content, save=False)
    version.save()
    transaction.on_commit(partial(tasks.enqueue_reading, version.pk))
    return version
