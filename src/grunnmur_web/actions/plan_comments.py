"""What people say at a hearing, and what the municipality does with it."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from grunnmur.kernel import BadInput
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.models import Plan, PlanComment
from grunnmur_web.permissions import PlanAct, require_plan
from grunnmur_web.store.plans import snapshot
from grunnmur_web.store.plans.editions import open_hearing

LONGEST = 4_000


@transaction.atomic
def comment(plan: Plan, element: str, text: str, *, name: str = "", by: User | None = None) -> PlanComment:
    """Keep what someone says about an element; it is shown to no one outside before it is let through.

    Raises BadInput ``not-on-hearing``, ``plan-element-gone``, ``needs-text``.
    """
    edition = open_hearing(plan)
    if edition is None:
        raise BadInput("not-on-hearing")
    if element not in snapshot.by_id(edition.snapshot):
        raise BadInput("plan-element-gone")
    if not text.strip():
        raise BadInput("needs-text")
    made = PlanComment.objects.create(
        edition=edition, element=element, text=text.strip()[:LONGEST], name="" if by else name.strip()[:100], by=by
    )
    # The log says that it came, not what someone who is not signed in wrote.
    audit.record("plan.commented", plan, by=by, new={"comment": made.pk, "element": element})
    return made


@transaction.atomic
def moderate(comment: PlanComment, state: PlanComment.State, *, by: User) -> None:
    """Let it be shown to everyone, or not."""
    plan = comment.edition.plan
    require_plan(by, PlanAct.MODERATE, plan)
    old, comment.state = comment.state, state.value
    comment.decided_by, comment.decided_at = by, timezone.now()
    comment.save()
    audit.record("plan.moderated", plan, by=by, old={"state": old}, new={"comment": comment.pk, "state": state.value})


@transaction.atomic
def answer(comment: PlanComment, text: str, *, by: User) -> None:
    """What the municipality says to it; shown where the comment is. An empty text takes the answer away."""
    plan = comment.edition.plan
    require_plan(by, PlanAct.MODERATE, plan)
    old, comment.answer = comment.answer, text.strip()[:LONGEST]
    comment.answered_by = by if comment.answer else None
    comment.answered_at = timezone.now() if comment.answer else None
    comment.save()
    audit.record(
        "plan.answered", plan, by=by, old={"answer": old}, new={"comment": comment.pk, "answer": comment.answer}
    )
