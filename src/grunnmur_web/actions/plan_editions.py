"""Publish a plan as it stands, and take an edition back."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from grunnmur.kernel import BadInput
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Plan, PlanVersion
from grunnmur_web.permissions import PlanAct, require_plan
from grunnmur_web.store import search
from grunnmur_web.store.plans import snapshot
from grunnmur_web.store.plans.editions import editions, next_number

KINDS = {
    Plan.Status.PREPARATION: PlanVersion.Kind.DRAFT,
    Plan.Status.HEARING: PlanVersion.Kind.HEARING,
    Plan.Status.ADOPTED: PlanVersion.Kind.ADOPTED,
    Plan.Status.EXPIRED: PlanVersion.Kind.ADOPTED,
}


@transaction.atomic
def publish(plan: Plan, *, by: User, why: str = "") -> PlanVersion:
    """Let everyone read the plan as it stands; its numbers are frozen in the edition this makes.

    Raises BadInput ``plan-empty``, or ``plan-unchanged`` when the current edition says the same.
    """
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    require_plan(by, PlanAct.PUBLISH, held)
    now, kind = snapshot.take(held), KINDS[Plan.Status(held.status)]
    if not now["elements"]:
        raise BadInput("plan-empty")
    current = editions(held).first()
    if current is not None and (current.snapshot, current.kind) == (now, kind.value):
        raise BadInput("plan-unchanged")
    made = PlanVersion.objects.create(
        plan=held, by=by, act="published", why=why[:300], snapshot=now, edition=next_number(held), kind=kind.value
    )
    audit.record("plan.published", held, by=by, new={"edition": made.edition, "kind": kind.value, "why": why[:300]})
    search.index_plan(held)
    return made


@transaction.atomic
def withdraw(plan: Plan, edition: PlanVersion, *, by: User) -> None:
    """Take an edition back; the one before it is the current again, if there is one. Nothing is deleted."""
    require_plan(by, PlanAct.PUBLISH, plan)
    edition.withdrawn_at = timezone.now()
    edition.save(update_fields=["withdrawn_at"])
    audit.record("plan.withdrawn", plan, by=by, old={"edition": edition.edition})
    search.index_plan(plan)
