"""Everything that was done to a merge, newest first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext_lazy as _

from grunnmur_web import audit
from grunnmur_web.models import AuditEvent, Merging
from grunnmur_web.pages.history import HistoryEntry

PER_PAGE = 50
ACTS: Mapping[str, Any] = {
    "merging.started": _("Startet sammenstillingen"),
    "merging.retried": _("Ba om ny sammenligning"),
    "merging.finished": _("Gjorde den ferdig"),
    "merging.reopened": _("Åpnet den igjen"),
    "merging.published": _("Publiserte den"),
    "merging.unpublished": _("Trakk den tilbake"),
    "merging.undone": _("Angret"),
    "merging.commented": _("Kommenterte"),
    "merging.draft_asked": _("Ba språkmodellen om et utkast"),
    "merging.draft_adopted": _("Tok et utkast i bruk"),
    "merging.draft_dismissed": _("La bort et utkast"),
    "merging.theme_accepted": _("Godtok alle forslag i et tema"),
    "merging.theme_renamed": _("Ga et tema nytt navn"),
    "merging.theme_placed": _("Flyttet et tema til et område"),
    "merging.themes_joined": _("Slo sammen to temaer"),
    "merging.theme_split": _("Delte et tema"),
    "merging.item_accepted": _("Godtok et punkt"),
    "merging.item_written": _("Skrev et punkt"),
    "merging.item_moved": _("Flyttet et punkt"),
    "merging.items_joined": _("Slo sammen to punkter"),
    "merging.item_split": _("Delte et punkt"),
    "merging.item_removed": _("Fjernet et punkt"),
    "merging.source_kept": _("Beholdt et punkt"),
    "merging.source_merged": _("Slo sammen et punkt med et annet"),
    "merging.source_moved": _("Flyttet et punkt under et annet"),
    "merging.source_closed": _("Avsluttet et punkt"),
    "merging.source_undecided": _("Gjorde et punkt uavgjort igjen"),
    "merging.suggestion_resolved": _("Avklarte"),
    "merging.suggestion_dismissed": _("Sa at det ikke stemmer"),
    "merging.suggestion_open": _("Åpnet igjen noe som var avklart"),
}


def log_page(merging: Merging, number: str | None) -> tuple[Page[AuditEvent], list[HistoryEntry]]:
    """A page of the log with its entries in words."""
    page = Paginator(audit.history(merging), PER_PAGE).get_page(number)
    return page, [_entry(event) for event in page]


def _entry(event: AuditEvent) -> HistoryEntry:
    about = str((event.new or {}).get("about", ""))
    return HistoryEntry(event.at, event.actor, str(ACTS.get(event.act, event.act)), "", about)
