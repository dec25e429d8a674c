"""Search."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.urls import reverse
from ninja import Query, Router

from grunnmur.knowledge.search import MAX_LENGTH, HitKind
from grunnmur_web.api.paging import Limit, Number, Offset, part
from grunnmur_web.api.schemas import SearchOut
from grunnmur_web.api.service import visitor
from grunnmur_web.models import DocumentKind, SearchEntry
from grunnmur_web.pages.places import finding_url, passage_url
from grunnmur_web.store.search import SearchFilters
from grunnmur_web.store.search import search as ask

router = Router(tags=["search"])


@router.get("/search", response=SearchOut, operation_id="search", summary="Search everything, in Norwegian")
def search(
    request: HttpRequest,
    q: Annotated[str, Query(max_length=MAX_LENGTH, description='Words, «"phrases"», «prefix*» and «-not this».')],
    kind: HitKind | None = None,
    document: Number = None,
    document_kind: DocumentKind | None = None,
    unit: str = "",
    zone: str = "",
    plan: str = "",
    year: Number = None,
    limit: Limit = 20,
    offset: Offset = 0,
) -> dict[str, Any]:
    """The same hits in the same order as the search page. ``kinds`` and ``documents`` count all hits."""
    filters = SearchFilters(kind, document, document_kind or "", unit, zone, plan, year)
    results = ask(q, visitor(request), filters, offset=offset, limit=limit)
    hits = [_hit(request, entry) for entry in results.entries]
    return {
        **part(request, hits, results.total, limit, offset, results.reachable),
        "kinds": results.kinds,
        "documents": {str(pk): count for pk, count in results.documents.items()},
        "other_queries": list(results.other_queries),
    }


def _hit(request: HttpRequest, entry: SearchEntry) -> dict[str, Any]:
    finding = entry.finding
    return {
        "kind": entry.kind,
        "title": entry.title,
        "passage": entry.body,
        "document": entry.document_id,
        "plan": entry.plan.slug if entry.plan else None,
        "finding": entry.finding_id,
        "number": finding.number if finding else None,
        "unit": finding.unit if finding else None,
        "period": finding.period if finding else None,
        "page": entry.page,
        "start": entry.start,
        "end": entry.end,
        "url": request.build_absolute_uri(_place(entry)),
    }


def _place(entry: SearchEntry) -> str:
    if entry.document_id is None:
        return f"{reverse('document-list')}?plan={entry.plan.slug if entry.plan else ''}"
    if entry.finding is not None:
        return finding_url(entry.document_id, entry.finding.page, entry.finding.pk)
    return passage_url(entry.document_id, entry.page, entry.start, entry.end)
