"""Plans, and the elements of those that are published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from ninja import Router

from grunnmur_web.api.paging import Number
from grunnmur_web.api.schemas import PlanElementOut, PlanOut, Problem
from grunnmur_web.api.service import visitor
from grunnmur_web.models import DocumentVersion, Plan, PlanVersion
from grunnmur_web.permissions import visible_documents, visible_plans
from grunnmur_web.store.plans.editions import current_numbers, editions

router = Router(tags=["plans"])


@router.get("/plans", response=list[PlanOut], operation_id="list_plans", summary="Plans")
def list_plans(request: HttpRequest, type: Plan.Type | None = None, status: Plan.Status | None = None) -> list[Any]:
    """Plans with something published: an edition, or a document. Narrow by type or status."""
    chosen = {name: value for name, value in (("type", type), ("status", status)) if value}
    plans = list(visible_plans(visitor(request)).filter(**chosen).select_related("unit").order_by("name"))
    numbers = current_numbers(plans)
    return [_plan(request, plan, numbers.get(plan.pk)) for plan in plans]


@router.get(
    "/plans/{slug}/elements", response={200: list[PlanElementOut], 404: Problem}, operation_id="list_plan_elements",
    summary="The elements of a plan",
)  # fmt: skip
def list_plan_elements(request: HttpRequest, slug: str, edition: Number = None) -> list[dict[str, Any]]:
    """In reading order, as the current edition has them, or an earlier one. ``depth`` 0 is the top."""
    plan = get_object_or_404(visible_plans(visitor(request)), slug=slug)
    published = editions(plan)
    chosen = (published.filter(edition=edition) if edition is not None else published).first()
    if chosen is None:
        raise Http404
    return _elements(request, plan, chosen)


def _plan(request: HttpRequest, plan: Plan, edition: int | None) -> dict[str, Any]:
    return {
        "slug": plan.slug,
        "name": plan.name,
        "type": plan.type,
        "status": plan.status,
        "period_from": plan.period_from,
        "period_to": plan.period_to,
        "unit": plan.unit.slug if plan.unit else None,
        "case_number": plan.case_number,
        "adopted_on": plan.adopted_on,
        "next_revision": plan.next_revision,
        "law": plan.law,
        "progress": plan.progress,
        "edition": edition,
        "url": request.build_absolute_uri(reverse("plan-detail", args=[plan.slug])),
    }


def _elements(request: HttpRequest, plan: Plan, edition: PlanVersion) -> list[dict[str, Any]]:
    home = request.build_absolute_uri(reverse("plan-edition", args=[plan.slug, edition.edition]))
    said: list[dict[str, Any]] = edition.snapshot["elements"]
    places = {place[0] for one in said for place in one["sources"]}
    seen = visible_documents(visitor(request)).order_by().values("pk")
    rows = DocumentVersion.objects.filter(pk__in=places, document__in=seen).values_list("pk", "document", "sha256")
    known = {key: (document, sha256) for key, document, sha256 in rows}
    return [_element(one, known, home) for one in said]


def _element(one: Mapping[str, Any], known: Mapping[int, tuple[int, str]], home: str) -> dict[str, Any]:
    sources = [
        {"document": known[version][0], "sha256": known[version][1], "start": start, "end": end}
        for version, start, end in one["sources"] if version in known
    ]  # fmt: skip
    return {**one, "sources": sources, "url": f"{home}#{one['number'] or 'punkt-' + one['id']}"}
