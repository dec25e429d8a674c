"""What was done to a document and its findings, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from grunnmur_web.models import AuditEvent, Document, DocumentKind, Finding
from grunnmur_web.words import dates

MOST = 50
ACTS: Mapping[str, Any] = {
    "document.uploaded": _("La inn dokumentet"),
    "document.version_added": _("La inn ny versjon"),
    "document.version_used": _("Tok i bruk en annen versjon"),
    "document.changed": _("Endret opplysninger"),
    "document.published": _("Publiserte"),
    "document.unpublished": _("Trakk tilbake"),
    "document.read_again": _("Ba om ny lesing"),
    "document.cancelled": _("Avbrøt lesingen"),
    "document.file_removed": _("Fjernet en fil"),
    "finding.accepted": _("Godtok et funn"),
    "finding.corrected": _("Rettet et funn"),
    "finding.rejected": _("Avviste et funn"),
    "finding.added": _("La til et funn"),
    "finding.undone": _("Angret en avgjørelse"),
}


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One act, for ``components/history.html``."""

    at: datetime
    actor: str
    what: str
    old: str
    new: str


def history_entries(document: Document) -> list[HistoryEntry]:
    """The latest acts on the document and on what was found in it, newest first."""
    of_document = Q(target_type="document", target_id=str(document.pk))
    ids = Finding.objects.filter(version__document=document, decided_at__isnull=False).values_list("pk", flat=True)
    of_findings = Q(target_type="finding", target_id__in=[str(pk) for pk in ids[:500]])
    events = AuditEvent.objects.filter(of_document | of_findings)
    return [_entry(event) for event in events[:MOST]]


def _entry(event: AuditEvent) -> HistoryEntry:
    what = str(ACTS.get(event.act, event.act))
    if event.target_type == "finding":
        return HistoryEntry(event.at, event.actor, f"{what}: {event.target}", "", "")
    return HistoryEntry(event.at, event.actor, what, _values(event.old), _values(event.new))


def _values(values: Mapping[str, Any] | None) -> str:
    """Short: «Boligplan, Månedsrapport, 1. juni 2024»."""
    if not values:
        return ""
    # The acts themselves say who may see the document.
    # By name from the end, which puts kind before date: PostgreSQL keeps no order of its own in what it stores.
    shown = (_value(name, values[name]) for name in sorted(values, reverse=True) if name != "status")
    return ", ".join(text for text in shown if text)


def _value(name: str, value: Any) -> str:
    if value in ("", None, "None"):
        return ""
    if name == "illustration":
        return gettext("Illustrasjon") if value else ""
    if name == "kind" and value in DocumentKind.values:
        return str(DocumentKind(value).label)
    if name == "date":
        return dates.day(date.fromisoformat(value))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
