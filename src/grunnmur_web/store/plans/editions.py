"""What of a plan is published: its editions, each frozen with the numbers it had."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Max, QuerySet
from django.utils import timezone

from grunnmur_web.models import Plan, PlanVersion


def editions(plan: Plan) -> QuerySet[PlanVersion]:
    """The published editions, newest first."""
    return plan.versions.filter(edition__isnull=False, withdrawn_at__isnull=True).order_by("-edition")


def open_hearing(plan: Plan) -> PlanVersion | None:
    """The edition that can be commented on today."""
    if plan.status != Plan.Status.HEARING or (plan.hearing_ends and plan.hearing_ends < timezone.localdate()):
        return None
    current = editions(plan).first()
    return current if current is not None and current.kind == PlanVersion.Kind.HEARING else None


def next_number(plan: Plan) -> int:
    """The number the next edition gets; one that is withdrawn keeps its own."""
    return (plan.versions.aggregate(last=Max("edition"))["last"] or 0) + 1


def current_numbers(plans: Iterable[Plan]) -> dict[int, int]:
    """The number of the current edition of each plan that has one."""
    rows = PlanVersion.objects.filter(plan__in=[plan.pk for plan in plans], edition__isnull=False)
    counted = rows.filter(withdrawn_at__isnull=True).order_by().values("plan").annotate(last=Max("edition"))
    return {row["plan"]: row["last"] for row in counted}


def published_text(plan: Plan) -> str:
    """What the current edition says, for search; empty when there is none."""
    current = editions(plan).first()
    return "\n".join(_lines(current.snapshot["elements"])) if current else ""


def _lines(elements: Iterable[dict[str, str]]) -> Iterable[str]:
    for one in elements:
        yield f"{one['number']} {one['text']}".strip()
        if one["rationale"]:
            yield one["rationale"]
