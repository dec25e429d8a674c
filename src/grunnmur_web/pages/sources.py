"""The list of documents and the page of an upload."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from grunnmur_web.models import (
    Document,
    DocumentVersion,
    Finding,
    FindingState,
    ReadState,
    Upload,
    UploadItem,
)
from grunnmur_web.permissions import Act, Visitor, can, sees_suggestions, visible_documents
from grunnmur_web.store import findings, uploads
from grunnmur_web.store.findings import DECIDABLE, HitRate

PER_PAGE = 25
SORTS: Mapping[str, Any] = {
    "tittel": F("title"),
    "type": F("kind"),
    "status": F("status"),
    "eier": F("owner__name"),
    "dato": F("date"),
    "sider": F("current__page_count"),
    "funn": F("to_decide"),
    "lagt-inn": F("created_at"),
}
DEFAULT_SORT = "-lagt-inn"


@dataclass(frozen=True, slots=True)
class SourceList:
    """The list as the viewer may see it; ``total`` counts without the filters."""

    page: Page[Document]
    total: int
    may_upload: bool
    sees_suggestions: bool
    rates: tuple[HitRate, ...]
    total_rate: HitRate | None


@dataclass(frozen=True, slots=True)
class UploadView:
    """How each file of an upload fares."""

    upload: Upload
    items: tuple[UploadItem, ...]
    finished: bool
    done: int
    read: int


def source_list(user: Visitor, filters: Mapping[str, Any], sort: str, number: str | None) -> SourceList:
    """Documents that ``user`` may see, filtered and sorted. Unknown sort keys and page numbers give the first page."""
    seen = visible_documents(user)
    inside = sees_suggestions(user)
    rows = _sorted(_with_columns(_filtered(seen, filters)), sort)
    rates = tuple(findings.hit_rates(Finding.objects.filter(version__document__in=seen))) if inside else ()
    return SourceList(
        page=Paginator(rows, PER_PAGE).get_page(number),
        total=seen.count(),
        may_upload=can(user, Act.UPLOAD),
        sees_suggestions=inside,
        rates=rates,
        total_rate=findings.total(list(rates)),
    )


def upload_view(upload: Upload) -> UploadView:
    """The upload as it stands now."""
    items = tuple(uploads.items_of(upload))
    resting = [item for item in items if not (item.version and item.version.state in uploads.UNFINISHED)]
    read = [item for item in items if item.version and item.version.state == ReadState.READ]
    return UploadView(upload, items, len(resting) == len(items), len(resting), len(read))


def _filtered(rows: QuerySet[Document], filters: Mapping[str, Any]) -> QuerySet[Document]:
    if filters.get("tittel"):
        rows = rows.filter(title__icontains=filters["tittel"])
    for name, column in (
        ("type", "kind"),
        ("status", "status"),
        ("plan", "plan"),
        ("enhet", "unit"),
        ("eier", "owner"),
    ):
        if filters.get(name):
            rows = rows.filter(**{column: filters[name]})
    return rows


def _with_columns(rows: QuerySet[Document]) -> QuerySet[Document]:
    """State of the latest version and number of suggestions that wait, each in the same query."""
    latest = DocumentVersion.objects.filter(document=OuterRef("pk")).order_by("-number")
    waiting = Finding.objects.filter(
        Q(version=OuterRef("current")), state=FindingState.SUGGESTED, kind__in=DECIDABLE
    ).order_by()  # fmt: skip
    counted = waiting.values("version").annotate(count=Count("pk")).values("count")
    annotated = rows.annotate(
        to_decide=Coalesce(Subquery(counted), 0), latest_state=Subquery(latest.values("state")[:1])
    )  # fmt: skip
    related = annotated.select_related("owner", "current", "plan", "unit")
    return related.defer("current__text", "current__structure")


def _sorted(rows: QuerySet[Document], sort: str) -> QuerySet[Document]:
    name = sort.removeprefix("-")
    if name not in SORTS:
        return _sorted(rows, DEFAULT_SORT)
    falling = sort.startswith("-")
    column = SORTS[name].desc(nulls_last=True) if falling else SORTS[name].asc(nulls_last=True)
    return rows.order_by(column, "-pk")
