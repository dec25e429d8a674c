"""A plan's elements as one value: what history compares, undo puts back, and an edition shows for good.

Shape: ``{"levels": [{role, name, numbered}], "elements": [{id, number, depth, level, text, rationale, unit, unit_name,
sdg, target_group, area, step, zones, indicators, sources: [[version, start, end]]}]}``; numbers as they were then.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping
from typing import Any

from grunnmur.choices.plans.changes import VersionedElement
from grunnmur.choices.plans.outline import Node, Outline, parents
from grunnmur_web.models import DocumentVersion, OrgUnit, Plan, PlanElement, PlanLevel, PlanSource, ServiceZone
from grunnmur_web.store.plans.outline import element_numbers, element_rows

FRESH_VERSIONS = 2**30
Snapshot = Mapping[str, Any]
Facts = dict[str, Any]
COLUMNS = ("text", "rationale", "sdg", "target_group", "area", "step", "indicators")
FACTS = ("rationale", "unit_name", "sdg", "target_group", "area", "step", "zones", "indicators")


def take(plan: Plan) -> dict[str, Any]:
    """The plan as it stands now."""
    rows = element_rows(plan)
    found = element_numbers(rows)
    return {
        "levels": [
            {"role": level.role, "name": level.name, "numbered": level.numbered}
            for level in plan.levels.order_by("order", "id")
        ],
        "elements": [_facts(row, found.get(row.public_id, "")) for row in rows],
    }


def _facts(row: PlanElement, number: str) -> Facts:
    return {
        "id": row.public_id,
        "number": number,
        "depth": row.depth,
        "level": row.level.name,
        **{name: getattr(row, name) for name in COLUMNS},
        "unit": row.unit.slug if row.unit else None,
        "unit_name": row.unit.name if row.unit else "",
        "zones": sorted(zone.name for zone in row.zones.all()),
        "sources": [[one.version_id, one.start, one.end] for one in row.sources.all()],
    }


def outline(snapshot: Snapshot) -> Outline:
    """The outline of a snapshot."""
    numbered = {level["name"]: level["numbered"] for level in snapshot["levels"]}
    return tuple(Node(one["id"], one["depth"], numbered.get(one["level"], True)) for one in snapshot["elements"])


def by_id(snapshot: Snapshot) -> dict[str, Facts]:
    """The elements of a snapshot by public id."""
    return {one["id"]: one for one in snapshot["elements"]}


def content(facts: Facts | None) -> Facts | None:
    """What an element says, without its place."""
    return None if facts is None else {name: facts[name] for name in facts if name not in {"number", "depth"}}


def versioned(snapshot: Snapshot) -> list[VersionedElement]:
    """A snapshot as the core compares it."""
    above = parents(outline(snapshot)) if snapshot.get("elements") else {}
    return [
        VersionedElement(
            one["id"], one["number"], one["level"], one["text"], above[one["id"]],
            {name: _shown(one[name]) for name in FACTS},
        )
        for one in snapshot.get("elements", [])
    ]  # fmt: skip


def put_levels(plan: Plan, snapshot: Snapshot) -> dict[str, PlanLevel]:
    """The plan's levels by name, after adding those of the snapshot that it lacks. None is taken away."""
    known = {level.name: level for level in plan.levels.all()}
    for order, level in enumerate(snapshot["levels"]):
        if level["name"] not in known:
            known[level["name"]] = PlanLevel.objects.create(plan=plan, order=order, **level)
    return known


def put_element(plan: Plan, facts: Facts, levels: Mapping[str, PlanLevel]) -> PlanElement:
    """Give an element the content of a snapshot, making it if it is gone; its place is not touched."""
    row = plan.elements.filter(public_id=facts["id"]).first()
    # One that comes back starts on a version nobody can have open, so that no old form writes over it.
    fresh = secrets.randbelow(FRESH_VERSIONS)
    row = row or PlanElement(plan=plan, public_id=facts["id"], order=plan.elements.count(), version=fresh)
    for name in COLUMNS:
        setattr(row, name, facts[name])
    row.level = levels[facts["level"]]
    row.unit = OrgUnit.objects.filter(slug=facts["unit"]).first() if facts["unit"] else None
    row.version += 1
    row.save()
    row.zones.set(ServiceZone.objects.filter(name__in=facts["zones"]))
    put_sources(row, facts["sources"])
    return row


def put_sources(row: PlanElement, places: Iterable[Iterable[int]]) -> None:
    """Let the element rest on these passages and no others; one in a file that is deleted since is left out."""
    wanted = list(dict.fromkeys(tuple(place) for place in places))
    known = set(DocumentVersion.objects.filter(pk__in={place[0] for place in wanted}).values_list("pk", flat=True))
    row.sources.all().delete()
    PlanSource.objects.bulk_create(
        [
            PlanSource(element=row, version_id=version, start=start, end=end)
            for version, start, end in wanted
            if version in known
        ]
    )


def _shown(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")
