"""What of a plan is published: its editions, each frozen with the numbers it had."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, Q, QuerySet

from grunnmur_web.models import Plan, PlanVersion


def editions(plan: Plan) -> QuerySet[PlanVersion]:
    """The published editions, newest first."""
    return plan.versions.filter(edition__isnull=False, withdrawn_at__isnull=True).order_by("-edition")


def next_number(plan: Plan) -> int:
    """The number the next edition gets; one that is withdrawn keeps its own."""
    return (plan.versions.aggregate(last=Max("edition"))["last"] or 0) + 1


def published() -> Q:
    """Plans with an edition to read."""
    return Q(pk__in=PlanVersion.objects.filter(edition__isnull=False, withdrawn_at__isnull=True).values("plan"))


def published_text(plan: Plan) -> str:
    """What the current edition says, for search; empty when there is none."""
    current = editions(plan).first()
    return "\n".join(_lines(current.snapshot["elements"])) if current else ""


def _lines(elements: Iterable[dict[str, str]]) -> Iterable[str]:
    for one in elements:
        yield f"{one['number']} {one['text']}".strip()
        if one["rationale"]:
            yield one["rationale"]
