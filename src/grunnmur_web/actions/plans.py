"""Register plans, and change what is known about them and what their levels are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.text import slugify

from grunnmur.choices.plans.levels import Level, LevelRole, levels
from grunnmur.kernel import BadInput
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Plan, PlanLevel
from grunnmur_web.permissions import PlanAct, can_plan, require_plan
from grunnmur_web.store import search
from grunnmur_web.store.plans import history
from grunnmur_web.words.plans import role_word

FACTS = (
    "name", "type", "status", "period_from", "period_to", "unit", "owner", "case_number", "adopted_on", "hearing_ends",
    "next_revision", "law", "progress",
)  # fmt: skip
RESERVED = frozenset({"ny", "last-ned"})
STANDARD = (LevelRole.VISION, LevelRole.GOAL, LevelRole.SUBGOAL, LevelRole.STRATEGY, LevelRole.ACTION)


@transaction.atomic
def create(facts: Mapping[str, Any], *, by: User) -> Plan:
    """Register a plan with the levels most plans have. Its address is made from its name and never changes."""
    require_plan(by, PlanAct.CREATE)
    given = {name: facts[name] for name in FACTS if name in facts}
    plan = Plan.objects.create(slug=free_slug(str(given["name"])), **given)
    set_levels_of(plan, [Level(role, role_word(role), role is not LevelRole.VISION) for role in STANDARD])
    audit.record("plan.created", plan, by=by, new=_shown(given))
    search.index_plan(plan)
    return plan


@transaction.atomic
def change(plan: Plan, facts: Mapping[str, Any], *, by: User) -> None:
    """Set what is known about a plan; only :data:`FACTS` that are given.

    Handing it to another owner or unit, or saying that it is adopted, needs the right to publish.
    """
    plan.refresh_from_db(from_queryset=Plan.objects.select_for_update())
    require_plan(by, PlanAct.EDIT, plan)
    old = {name: getattr(plan, name) for name in FACTS}
    new = {name: facts[name] for name in FACTS if name in facts and facts[name] != old[name]}
    if new.keys() & {"owner", "unit", "status"}:
        require_plan(by, PlanAct.PUBLISH, plan)
    if not new:
        return
    for name, value in new.items():
        setattr(plan, name, value)
    plan.save(update_fields=list(new))
    audit.record("plan.changed", plan, by=by, old=_shown({name: old[name] for name in new}), new=_shown(new))
    search.index_plan(plan)


@transaction.atomic
def delete(plan: Plan, *, by: User) -> None:
    """Take a plan out of the register with all its elements; documents stay. Not one that has been published."""
    plan.refresh_from_db(from_queryset=Plan.objects.select_for_update())
    require_plan(by, PlanAct.DELETE, plan)
    if plan.versions.filter(edition__isnull=False).exists():
        raise BadInput("plan-published")
    audit.record("plan.deleted", plan, by=by, old={"name": plan.name, "elements": plan.elements.count()})
    plan.elements.all().delete()
    plan.delete()


@transaction.atomic
def set_levels(plan: Plan, rows: Sequence[tuple[int | None, Level]], *, by: User) -> None:
    """Let the plan have these levels, (key of one it has, level) in order.

    Raises BadInput ``level-in-use`` for one that is left out while elements have it, ``level-names`` for a name that is
    missing or stands twice.
    """
    plan.refresh_from_db(from_queryset=Plan.objects.select_for_update())
    require_plan(by, PlanAct.EDIT, plan)
    _check_names([level for _key, level in rows])
    old = list(plan.levels.values_list("name", flat=True))
    kept = {key for key, _level in rows if key is not None}
    if plan.levels.exclude(pk__in=kept).filter(elements__isnull=False).exists():
        raise BadInput("level-in-use")
    plan.levels.exclude(pk__in=kept).delete()
    # Names may change places; each is out of the way before any is given.
    for row in plan.levels.all():
        PlanLevel.objects.filter(pk=row.pk).update(name=f"\N{BULLET}{row.pk}")
    for order, (key, level) in enumerate(rows):
        values = {"role": level.role.value, "name": level.name, "numbered": level.numbered, "order": order}
        if key is None or not plan.levels.filter(pk=key).update(**values):
            PlanLevel.objects.create(plan=plan, **values)
    new = [level.name for _key, level in rows]
    history.keep(plan, "levels", ", ".join(new), by)
    audit.record("plan.levels", plan, by=by, old={"levels": old}, new={"levels": new})


def set_levels_of(plan: Plan, wanted: Sequence[Level]) -> None:
    """Add levels the plan does not have a level of the same name as."""
    known = set(plan.levels.values_list("name", flat=True))
    fresh = [level for level in wanted if level.name not in known]
    PlanLevel.objects.bulk_create(
        PlanLevel(plan=plan, role=one.role.value, name=one.name[:60], numbered=one.numbered, order=len(known) + order)
        for order, one in enumerate(fresh)
    )


def free_slug(name: str) -> str:
    """An address made of the name that no plan has."""
    base = slugify(name)[:90] or "plan"
    taken = set(Plan.objects.filter(slug__startswith=base).values_list("slug", flat=True)) | RESERVED
    return next(
        slug for number in range(1, len(taken) + 2) if (slug := f"{base}-{number}" if number > 1 else base) not in taken
    )


def may_hand_over(plan: Plan | None, by: User) -> bool:
    """Whether ``by`` may say who owns the plan and where in its life it is."""
    return plan is None or can_plan(by, PlanAct.PUBLISH, plan)


def _check_names(wanted: Sequence[Level]) -> None:
    try:
        levels((level.role, level.name) for level in wanted)
    except ValueError as error:
        raise BadInput("level-names") from error


def _shown(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if isinstance(value, int | None) else str(value) for name, value in values.items()}
