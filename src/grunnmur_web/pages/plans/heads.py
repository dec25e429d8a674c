"""The head that the pages of one plan share: what it is, where in its life it is, and the ways on."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from grunnmur_web.models import Plan, PlanComment, PlanVersion
from grunnmur_web.pages.plans.register import PlanRow, plan_row
from grunnmur_web.permissions import PlanAct, Visitor, plan_acts, sees_suggestions
from grunnmur_web.store.plans.editions import editions


@dataclass(frozen=True, slots=True)
class Tab:
    """A page of the plan; ``count`` is what waits there."""

    name: str
    url: str
    here: bool
    count: int = 0


@dataclass(frozen=True, slots=True)
class PlanRights:
    """What the viewer may do, for templates."""

    view_draft: bool
    edit: bool
    publish: bool
    moderate: bool
    delete: bool


@dataclass(frozen=True, slots=True)
class PlanHead:
    """What stands on top of every page of a plan. ``edition`` is the current one."""

    plan: Plan
    row: PlanRow
    rights: PlanRights
    edition: PlanVersion | None
    tabs: tuple[Tab, ...]
    illustration: bool


def plan_head(user: Visitor, plan: Plan, url_name: str) -> PlanHead:
    """The head, seen from the page whose url is named ``url_name``."""
    acts = plan_acts(user, plan)
    rights = PlanRights(*(act in acts for act in (
        PlanAct.VIEW_DRAFT, PlanAct.EDIT, PlanAct.PUBLISH, PlanAct.MODERATE, PlanAct.DELETE
    )))  # fmt: skip
    edition = editions(plan).select_related("by").first()
    return PlanHead(
        plan=plan,
        row=plan_row(plan, timezone.localdate(), inside=sees_suggestions(user)),
        rights=rights,
        edition=edition,
        tabs=_tabs(plan, rights, edition, url_name),
        illustration=plan.documents.filter(illustration=True).exists(),
    )


def _tabs(plan: Plan, rights: PlanRights, edition: PlanVersion | None, here: str) -> tuple[Tab, ...]:
    wanted: list[tuple[str, str, int]] = [(_("Les planen"), "plan-detail", 0)]
    if rights.edit:
        wanted.append((_("Rediger"), "plan-edit", 0))
    if rights.view_draft:
        wanted.append((_("Historikk"), "plan-history", 0))
    if rights.moderate and plan.versions.filter(kind=PlanVersion.Kind.HEARING).exists():
        waiting = PlanComment.objects.filter(edition__plan=plan, state=PlanComment.State.WAITING)
        wanted.append((_("Innspill"), "plan-comments", waiting.count()))
    if rights.edit:
        wanted.append((_("Opplysninger"), "plan-facts", 0))
    if len(wanted) == 1:
        return ()
    return tuple(Tab(name, reverse(url, args=[plan.slug]), url == here, count) for name, url, count in wanted)
