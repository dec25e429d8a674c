"""Change what is known about a document, who sees it, and which version counts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from grunnmur.kernel import BadInput
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.actions.uploads import forget_files
from grunnmur_web.models import Document, DocumentVersion, Finding, FindingState, MergingPlan, PlanSource, ReadState
from grunnmur_web.permissions import Act, require
from grunnmur_web.store import search

FACTS = ("title", "kind", "date", "owner", "plan", "unit", "illustration")


@transaction.atomic
def change_facts(document: Document, facts: Mapping[str, Any], *, by: User) -> None:
    """Set what is known about a document (:data:`FACTS` and ``zones``); what a person sets is no longer a guess.

    Handing a document to another owner or unit can take it out of one's own reach, so that needs the right to publish.
    """
    require(by, Act.EDIT, document)
    old = {name: getattr(document, name) for name in FACTS} | {"zones": sorted(map(str, document.zones.all()))}
    new = {name: facts.get(name, old[name]) for name in FACTS}
    new["zones"] = sorted(map(str, facts["zones"])) if "zones" in facts else old["zones"]
    changed = [name for name in new if new[name] != old[name]]
    if {"owner", "unit"} & set(changed):
        require(by, Act.PUBLISH, document)
    for name in FACTS:
        setattr(document, name, new[name])
    document.guessed = []
    document.save()
    if "zones" in facts:
        document.zones.set(facts["zones"])
    if changed:
        audit.record("document.changed", document, by=by, old=_shown(old, changed), new=_shown(new, changed))
        search.refresh_document(document)


@transaction.atomic
def publish(document: Document, *, by: User) -> None:
    """Let everyone see the current version. Raises :class:`BadInput` ``nothing-to-publish`` before it is read."""
    require(by, Act.PUBLISH, document)
    if document.current is None:
        raise BadInput("nothing-to-publish")
    _set_status(document, Document.Status.PUBLISHED, by)


@transaction.atomic
def unpublish(document: Document, *, by: User) -> None:
    """Make it a draft again."""
    require(by, Act.PUBLISH, document)
    _set_status(document, Document.Status.DRAFT, by)


@transaction.atomic
def delete(document: Document, *, by: User) -> None:
    """Delete a draft with its versions, files and decisions. What is published must be unpublished first."""
    require(by, Act.DELETE, document)
    if document.status == Document.Status.PUBLISHED:
        raise BadInput("published-document")
    if MergingPlan.objects.filter(version__document=document).exists():
        raise BadInput("document-in-merging")
    if PlanSource.objects.filter(version__document=document).exists():
        raise BadInput("document-in-plan")
    versions = list(document.versions.defer("text", "structure"))
    audit.record("document.deleted", document, by=by, old={"files": [version.filename for version in versions]})
    forget_files(versions)
    document.delete()


def losses(document: Document) -> dict[str, int]:
    """What deleting takes away: ``versions`` (files) and ``decisions`` that people made."""
    decided = Finding.objects.filter(version__document=document).exclude(state=FindingState.SUGGESTED)
    return {"versions": document.versions.count(), "decisions": decided.count()}


@transaction.atomic
def use_version(version: DocumentVersion, *, by: User) -> None:
    """Let ``version`` be the one that counts; in a published document everyone sees it at once."""
    document = version.document
    published = document.status == Document.Status.PUBLISHED
    require(by, Act.PUBLISH if published else Act.EDIT, document)
    if version.state != ReadState.READ:
        raise BadInput("version-not-read")
    old = document.current.number if document.current else None
    document.current = version
    document.save(update_fields=["current"])
    audit.record("document.version_used", document, by=by, old={"version": old}, new={"version": version.number})
    search.index_version(version)


def _set_status(document: Document, status: Document.Status, by: User) -> None:
    if document.status == status:
        return
    old, document.status = document.status, status
    document.published_at = timezone.now() if status == Document.Status.PUBLISHED else None
    document.save(update_fields=["status", "published_at"])
    act = "document.published" if status == Document.Status.PUBLISHED else "document.unpublished"
    audit.record(act, document, by=by, old={"status": str(old)}, new={"status": status.value})
    search.refresh_document(document)


def _shown(values: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    """Values as the log keeps them."""
    return {name: value if isinstance(value := values[name], bool | list | None) else str(value) for name in names}
