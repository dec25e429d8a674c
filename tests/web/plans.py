"""Plans for tests: one with a small tree, and a document that it can be made from."""

from __future__ import annotations

from typing import Any

from grunnmur.choices.plans.outline import Placement
from grunnmur_web.accounts.models import User
from grunnmur_web.actions import plan_elements as acts
from grunnmur_web.actions import plans
from grunnmur_web.models import Document, FindingKind, Plan, PlanElement
from tests.web.library import add_document, add_finding

CULTURE = """# Kulturplan
Ein plan for kultur.
## Visjon
Kultur for alle.
## Hovedmål 1
Flere skal få oppleve kultur.
Delmål 1.1 Biblioteket er åpent hver dag.
Delmål 1.2 Kulturskolen har plass til alle.
Ansette to lærere i kulturskolen.
## Hovedmål 2
Kulturarven blir tatt vare på."""


def add_plan(by: User, name: str = "Kulturplan", **facts: Any) -> Plan:
    """A plan in the register, without elements."""
    return plans.create({"name": name, "type": Plan.Type.THEME, **facts}, by=by)


def add_tree(plan: Plan, by: User) -> dict[str, PlanElement]:
    """Mål 1 (Delmål 1.1, Delmål 1.2) and Mål 2, by their words."""
    goal, subgoal = plan.levels.get(role="goal"), plan.levels.get(role="subgoal")
    first = acts.add(plan, "Mål en", goal, Placement.AFTER, None, by=by)
    below = acts.add(plan, "Delmål a", subgoal, Placement.UNDER, first.public_id, by=by)
    acts.add(plan, "Delmål b", subgoal, Placement.AFTER, below.public_id, by=by)
    acts.add(plan, "Mål to", goal, Placement.AFTER, first.public_id, by=by)
    return {row.text: row for row in plan.elements.all()}


def add_culture_document(**facts: Any) -> Document:
    """A document with a vision, two goals, two subgoals and an action."""
    document = add_document(CULTURE, **facts)
    element = FindingKind.ELEMENT
    add_finding(document, "Kultur for alle.", kind=element, type="vision", text="Kultur for alle.")
    for number, text in ((1, "Flere skal få oppleve kultur."), (2, "Kulturarven blir tatt vare på.")):
        add_finding(document, text, kind=element, type="goal", text=text, label=f"Hovedmål {number}")
    for number, text in ((1, "Biblioteket er åpent hver dag."), (2, "Kulturskolen har plass til alle.")):
        add_finding(document, text, kind=element, type="subgoal", text=text, label=f"Delmål 1.{number}", parent=1)
    action = "Ansette to lærere i kulturskolen."
    add_finding(document, action, kind=FindingKind.ACTION, text=action)
    for heading in ("Hovedmål 1", "Hovedmål 2"):
        add_finding(document, heading, kind=FindingKind.HEADING, text=heading, level=2)
    return document


def texts(plan: Plan) -> list[tuple[int, str]]:
    """Depth and words of every element in order."""
    return list(plan.elements.order_by("order", "id").values_list("depth", "text"))
