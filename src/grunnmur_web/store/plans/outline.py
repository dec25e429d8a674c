"""A plan's rows ↔ the core's outline."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from grunnmur.choices.plans.outline import Node, Outline, numbers
from grunnmur_web.models import Plan, PlanElement


def element_rows(plan: Plan) -> list[PlanElement]:
    """The elements in reading order, with their levels, units, zones and sources."""
    rows = plan.elements.select_related("level", "unit", "edited_by").order_by("order", "id")
    return list(rows.prefetch_related("zones", "sources"))


def outline_of(rows: Iterable[PlanElement]) -> Outline:
    """The outline of rows in reading order."""
    return tuple(Node(row.public_id, row.depth, row.level.numbered) for row in rows)


def read_outline(plan: Plan) -> Outline:
    """The outline as it is stored."""
    return outline_of(plan.elements.select_related("level").order_by("order", "id"))


def write_outline(plan: Plan, outline: Outline) -> None:
    """Store the places of elements; rows that are not in the outline are left alone."""
    rows = {row.public_id: row for row in plan.elements.all()}
    changed = []
    for order, node in enumerate(outline):
        row = rows[node.id]
        if (row.order, row.depth) != (order, node.depth):
            row.order, row.depth = order, node.depth
            changed.append(row)
    PlanElement.objects.bulk_update(changed, ["order", "depth"], batch_size=200)
    Plan.objects.filter(pk=plan.pk).update(changes=F("changes") + 1)


def element_numbers(rows: Iterable[PlanElement]) -> dict[str, str]:
    """«2.1.3» by public id."""
    return numbers(outline_of(rows))
