"""Merges of plans: what they rest on, what they hold, and what became of every item."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Query, Router

from grunnmur.choices.merging.balance import Balance
from grunnmur.choices.merging.model import Fate
from grunnmur_web.api.merge_schemas import MergeDetailOut, MergedItemOut, MergeOut, SourceItemOut
from grunnmur_web.api.paging import Limit, Number, Offset, Part, sliced
from grunnmur_web.api.schemas import Problem, Slice
from grunnmur_web.api.service import visitor
from grunnmur_web.models import MergedItem, Merging, SourceItem
from grunnmur_web.permissions import visible_mergings
from grunnmur_web.store.merging import figures
from grunnmur_web.store.merging.answers import LONGEST, SourceFilters, select

router = Router(tags=["merges"])
Words = Annotated[str, Query(max_length=LONGEST, description="Number, plan or words, in any form.")]


@router.get("/merges", response=Slice[MergeOut], operation_id="list_merges", summary="Merges of plans, newest first")
def list_merges(request: HttpRequest, limit: Limit = 50, offset: Offset = 0) -> Part:
    """Those the asker may see: without signing in, the published ones."""
    rows = visible_mergings(visitor(request))
    return sliced(request, rows, limit, offset, lambda rows: [_merge(request, row) for row in rows])


@router.get("/merges/{merge_id}", response={200: MergeDetailOut, 404: Problem}, operation_id="get_merge")
def get_merge(request: HttpRequest, merge_id: int) -> dict[str, Any]:
    """One merge with its plans and its balance sheet."""
    merging = _seen(request, merge_id)
    sheet = figures.balance_sheet(merging)
    counts = {row.plan: row.counts for row in sheet.plans}
    plans = merging.plans.select_related("version").defer("version__text", "version__structure")
    return {
        **_merge(request, merging),
        "plans": [
            {
                "document": plan.version.document_id, "title": plan.title, "version": plan.version.number,
                "sha256": plan.version.sha256, "balance": _balance(counts[plan.pk]),
            }
            for plan in plans
        ],
        "balance": _balance(sheet.all),
    }  # fmt: skip


@router.get(
    "/merges/{merge_id}/items",
    response={200: Slice[MergedItemOut], 404: Problem},
    operation_id="list_merged_items",
    summary="The items of the new plan",
)
def list_merged_items(request: HttpRequest, merge_id: int, limit: Limit = 50, offset: Offset = 0) -> Part:
    """In the order of areas and themes, each with the source items it rests on."""
    merging = _seen(request, merge_id)
    order = ("theme__area", "theme__order", "theme", "order", "pk")
    rows = merging.items.select_related("theme").prefetch_related("sources").order_by(*order)
    return sliced(request, rows, limit, offset, lambda rows: [_item(request, merging, row) for row in rows])


@router.get(
    "/merges/{merge_id}/sources",
    response={200: Slice[SourceItemOut], 404: Problem},
    operation_id="list_source_items",
    summary="What became of every item that went in",
)
def list_source_items(
    request: HttpRequest, merge_id: int, document: Number = None, fate: Fate | None = None, q: Words = "",
    limit: Limit = 50, offset: Offset = 0,
) -> Part:  # fmt: skip
    """Narrow by document, by fate, or by words, as on the page."""
    rows = select(_seen(request, merge_id).sources.all(), SourceFilters(fate=fate or "", text=q))
    rows = rows.filter(plan__version__document=document) if document is not None else rows
    ordered = rows.select_related("plan__version").defer("plan__version__text", "plan__version__structure")
    return sliced(
        request, ordered.order_by("plan", "start", "pk"), limit, offset, lambda rows: [_source(row) for row in rows]
    )


def _seen(request: HttpRequest, merge_id: int) -> Merging:
    return get_object_or_404(visible_mergings(visitor(request)), pk=merge_id)


def _merge(request: HttpRequest, merging: Merging) -> dict[str, Any]:
    return {
        "id": merging.pk, "title": merging.title, "state": merging.state, "finished_at": merging.finished_at,
        "published_at": merging.published_at, "areas": [area["title"] for area in merging.areas],
        "url": request.build_absolute_uri(reverse("merging-detail", args=[merging.pk])),
    }  # fmt: skip


def _balance(counts: Balance) -> dict[str, int]:
    return {
        "incoming": counts.incoming, "kept": counts.kept, "merged": counts.merged, "moved": counts.moved,
        "closed": counts.closed, "undecided": counts.proposed + counts.undecided,
    }  # fmt: skip


def _item(request: HttpRequest, merging: Merging, row: MergedItem) -> dict[str, Any]:
    return {
        "id": row.pk, "area": merging.areas[row.theme.area]["title"], "theme": row.theme.title, "level": row.level,
        "text": row.text, "step": row.step, "sources": sorted(source.pk for source in row.sources.all()),
        "url": request.build_absolute_uri(reverse("merging-item", args=[merging.pk, row.pk])),
    }  # fmt: skip


def _source(row: SourceItem) -> dict[str, Any]:
    return {
        "id": row.pk, "document": row.plan.version.document_id, "plan": row.plan.title, "type": row.type,
        "number": row.number, "text": row.text, "page": row.page, "start": row.start, "end": row.end,
        "fate": row.fate, "into": row.into_id, "reason": row.reason, "decision": row.decision,
    }  # fmt: skip
