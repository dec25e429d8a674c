"""A finished merge becomes a plan: main areas, themes and items, each item with every passage it rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import transaction
from django.utils import timezone

from grunnmur.choices.plans.levels import NOT_NUMBERED, Level, LevelRole
from grunnmur.choices.plans.outline import Node
from grunnmur.kernel import BadInput
from grunnmur_web.accounts.models import User
from grunnmur_web.actions import plans
from grunnmur_web.actions.plan_elements import changing
from grunnmur_web.models import MergedItem, Merging, Plan, PlanElement
from grunnmur_web.permissions import MergingAct, PlanAct, require_merge, require_plan
from grunnmur_web.store.plans import snapshot
from grunnmur_web.store.plans.outline import write_outline
from grunnmur_web.words.merging import level_word
from grunnmur_web.words.plans import MAIN_AREA, THEME, role_word

AREA_DEPTH, THEME_DEPTH, ITEM_DEPTH = range(3)
ROLES = {role.value: role for role in LevelRole}


@transaction.atomic
def plan_from(merging: Merging, *, by: User) -> Plan:
    """A new plan in preparation with everything the merge came to. Raises BadInput ``merging-not-finished``."""
    require_merge(by, MergingAct.VIEW, merging)
    require_plan(by, PlanAct.CREATE)
    if merging.state != Merging.State.FINISHED:
        raise BadInput("merging-not-finished")
    plan = plans.create({"name": merging.title, "type": Plan.Type.THEME}, by=by)
    with changing(plan, "made_from", merging.title, by=by) as (held, log):
        parts = list(_parts(merging))
        plans.set_levels_of(held, list({level.name: level for _depth, level, _values, _item in parts}.values()))
        levels = {level.name: level for level in held.levels.all()}
        outline = []
        for order, (depth, level, values, item) in enumerate(parts):
            row = PlanElement.objects.create(
                plan=held, order=order, depth=depth, level=levels[level.name], edited_by=by, edited_at=timezone.now(),
                **values,
            )  # fmt: skip
            outline.append(Node(row.public_id, depth, levels[level.name].numbered))
            _put_passages(row, item)
        write_outline(held, tuple(outline))
        log.new["elements"] = len(parts)
    return plan


def _parts(merging: Merging) -> Iterator[tuple[int, Level, dict[str, Any], MergedItem | None]]:
    """Depth, level, columns and the item it came from, in reading order."""
    themes = list(merging.themes.order_by("area", "order", "id").prefetch_related("items__sources__plan"))
    for place, area in enumerate(merging.areas):
        yield AREA_DEPTH, Level(LevelRole.AREA, str(MAIN_AREA)), {
            "text": area["title"], "rationale": area.get("description", ""),
        }, None  # fmt: skip
        for theme in (one for one in themes if one.area == place):
            yield THEME_DEPTH, Level(LevelRole.AREA, str(THEME)), {"text": theme.title}, None
            for item in theme.items.all():
                values = {"text": item.text, "step": item.step, "area": area["title"][:120]}
                yield ITEM_DEPTH, _level(item.level), values, item


def _level(code: str) -> Level:
    role = ROLES.get(code, LevelRole.TEXT)
    name = level_word(code) if code in ROLES else role_word(role)
    return Level(role, name, role not in NOT_NUMBERED)


def _put_passages(row: PlanElement, item: MergedItem | None) -> None:
    if item is not None:
        snapshot.put_sources(row, [(one.plan.version_id, one.start, one.end) for one in item.sources.all()])
