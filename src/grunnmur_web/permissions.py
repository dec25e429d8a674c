"""Who may do what. Two questions: may this person do this to this object, and which rows may this person see.

Residents (not signed in) and committee members see what is published, and nothing else, on every page, in the
API, in search, in exports and in counts. Staff also see their own drafts; unit leaders those of their units;
planners, economists and administrators all of them. What the machine suggests is shown to those who work here, and
to everyone else when a person has accepted or corrected it.

Merged plans rest on documents, and are seen only by those who see all of these; by those outside only when published.
A published merge publishes the passages it rests on, also when a document has got a newer version since.

Of a plan everyone sees the editions that are published; the elements as they are being worked on are for those who may
edit them and for those who see all drafts. Anyone may comment on an edition that is on hearing.
"""

from __future__ import annotations

from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from grunnmur_web.accounts.models import Role, User
from grunnmur_web.models import Document, Finding, FindingState, Merging, MergingPlan, Plan, PlanVersion, Suggestion

Visitor = User | AnonymousUser


class Act(StrEnum):
    """What can be done."""

    VIEW = "document.view"
    UPLOAD = "document.upload"
    EDIT = "document.edit"
    DECIDE = "finding.decide"
    PUBLISH = "document.publish"
    DELETE = "document.delete"
    CHOOSE_KEY_FIGURES = "key_figure.choose"
    READ_LOG = "log.read"


class MergingAct(StrEnum):
    """What can be done to a merge of plans."""

    START = "merging.start"
    VIEW = "merging.view"
    COMMENT = "merging.comment"
    DECIDE = "merging.decide"
    FINISH = "merging.finish"
    REOPEN = "merging.reopen"
    PUBLISH = "merging.publish"
    DELETE = "merging.delete"


class PlanAct(StrEnum):
    """What can be done to a plan."""

    CREATE = "plan.create"
    VIEW = "plan.view"
    VIEW_DRAFT = "plan.view_draft"
    EDIT = "plan.edit"
    MODERATE = "plan.moderate"
    PUBLISH = "plan.publish"
    DELETE = "plan.delete"


ALL_DRAFTS = frozenset({Role.PLANNER, Role.ECONOMIST, Role.ADMINISTRATOR})
OWN_DRAFTS = frozenset({Role.STAFF, Role.UNIT_LEADER}) | ALL_DRAFTS
WITHOUT_OBJECT: dict[Act, frozenset[Role]] = {
    Act.UPLOAD: OWN_DRAFTS,
    Act.CHOOSE_KEY_FIGURES: frozenset({Role.PLANNER, Role.ADMINISTRATOR}),
    Act.READ_LOG: frozenset({Role.ADMINISTRATOR}),
}
MERGERS = frozenset({Role.PLANNER, Role.ADMINISTRATOR})
# In which states each act has a meaning; what is not here, has it in all of them.
MERGING_STATES: dict[MergingAct, frozenset[str]] = {
    MergingAct.COMMENT: frozenset({Merging.State.OPEN}),
    MergingAct.DECIDE: frozenset({Merging.State.OPEN}),
    MergingAct.FINISH: frozenset({Merging.State.OPEN}),
    MergingAct.REOPEN: frozenset({Merging.State.FINISHED}),
    MergingAct.PUBLISH: frozenset({Merging.State.FINISHED}),
    MergingAct.DELETE: frozenset(set(Merging.State) - {Merging.State.FINISHED}),
}
PUBLISHERS = frozenset({Role.PLANNER, Role.ADMINISTRATOR, Role.UNIT_LEADER})
PLANNERS = frozenset({Role.PLANNER, Role.ADMINISTRATOR})


def can(user: Visitor, act: Act, document: Document | None = None) -> bool:
    """May ``user`` do ``act`` (to ``document``, where the act is about one)?"""
    if act is Act.VIEW and document is not None and document.status == Document.Status.PUBLISHED:
        return True
    if not isinstance(user, User) or not user.is_active:
        return False
    if act in WITHOUT_OBJECT:
        return user.role in WITHOUT_OBJECT[act]
    return document is not None and _can_with(user, act, document)


def require(user: Visitor, act: Act, document: Document | None = None) -> None:
    """Raise PermissionDenied unless :func:`can`."""
    if not can(user, act, document):
        raise PermissionDenied(act.value)


def visible_documents(user: Visitor) -> QuerySet[Document]:
    """The documents that ``user`` may see; every list, count, search and export starts here."""
    if not isinstance(user, User) or not user.is_active:
        return Document.objects.filter(status=Document.Status.PUBLISHED)
    if user.role in ALL_DRAFTS:
        return Document.objects.all()
    return Document.objects.filter(Q(status=Document.Status.PUBLISHED) | Q(pk__in=worked_documents(user).values("pk")))


def worked_documents(user: Visitor) -> QuerySet[Document]:
    """The documents that ``user`` works with: their drafts, and what in them is meant for those who work there."""
    if not isinstance(user, User) or not user.is_active or user.role not in OWN_DRAFTS:
        return Document.objects.none()
    if user.role in ALL_DRAFTS:
        return Document.objects.all()
    own = Q(owner=user)
    if user.role == Role.UNIT_LEADER:
        own |= Q(unit__in=user.units.all())
    return Document.objects.filter(own)


def sees_notes(user: Visitor, document: Document) -> bool:
    """Whether speaker notes, comments and hidden pages are shown: they may hold what was never meant for others."""
    return can(user, Act.EDIT, document)


def sees_suggestions(user: Visitor) -> bool:
    """Whether ``user`` is shown what the machine suggests before a person has looked at it."""
    return isinstance(user, User) and user.is_active and user.role in OWN_DRAFTS


def visible_findings(user: Visitor) -> QuerySet[Finding]:
    """The findings in force that ``user`` may see, in current versions; every list, count and export starts here.

    Rejected ones are nobody's; a document's own page shows them to those who decide there. Those that stand in notes
    and on hidden pages are for those who work with the document.
    """
    states = [FindingState.ACCEPTED, FindingState.CORRECTED]
    if sees_suggestions(user):
        states.append(FindingState.SUGGESTED)
    current = visible_documents(user).order_by().values("current")
    found = with_visible_counterparts(Finding.objects.filter(version__in=current, state__in=states), user)
    if not sees_suggestions(user):
        return found.filter(internal=False)
    return found.filter(Q(internal=False) | Q(version__in=worked_documents(user).order_by().values("current")))


def with_visible_counterparts(findings: QuerySet[Finding], user: Visitor) -> QuerySet[Finding]:
    """Leave out contradictions with a document, or a version, that ``user`` does not see."""
    current = visible_documents(user).order_by().values("current")
    return findings.filter(Q(elsewhere__isnull=True) | Q(elsewhere__in=current))


def visible_plans(user: Visitor) -> QuerySet[Plan]:
    """The plans ``user`` may see: all of them for those who work here, else those with something published."""
    if sees_suggestions(user):
        return Plan.objects.all()
    editions = PlanVersion.objects.filter(edition__isnull=False, withdrawn_at__isnull=True)
    documents = visible_documents(user).order_by()
    return Plan.objects.filter(Q(pk__in=documents.values("plan")) | Q(pk__in=editions.order_by().values("plan")))


def can_plan(user: Visitor, act: PlanAct, plan: Plan | None = None) -> bool:
    """May ``user`` do ``act`` to ``plan``? ``CREATE`` is about none."""
    if act is PlanAct.CREATE:
        return isinstance(user, User) and user.is_active and user.role in PLANNERS
    return plan is not None and act in plan_acts(user, plan)


def plan_acts(user: Visitor, plan: Plan) -> frozenset[PlanAct]:
    """Everything that ``user`` may do to ``plan``. An owner works with it; who leads its unit also publishes it."""
    if not isinstance(user, User) or not user.is_active or user.role not in OWN_DRAFTS:
        seen = visible_plans(user).filter(pk=plan.pk).exists()
        return frozenset({PlanAct.VIEW}) if seen else frozenset()
    works = frozenset({PlanAct.VIEW, PlanAct.VIEW_DRAFT, PlanAct.EDIT, PlanAct.MODERATE})
    if user.role in PLANNERS:
        return works | {PlanAct.PUBLISH, PlanAct.DELETE}
    if _leads(user, plan.unit_id):
        return works | {PlanAct.PUBLISH}
    if plan.owner_id == user.pk:
        return works
    return frozenset({PlanAct.VIEW, PlanAct.VIEW_DRAFT} if user.role in ALL_DRAFTS else {PlanAct.VIEW})


def require_plan(user: Visitor, act: PlanAct, plan: Plan | None = None) -> None:
    """Raise PermissionDenied unless :func:`can_plan`."""
    if not can_plan(user, act, plan):
        raise PermissionDenied(act.value)


def can_merge(user: Visitor, act: MergingAct, merging: Merging | None = None) -> bool:
    """May ``user`` do ``act`` to ``merging``, as it stands now? ``START`` is about none."""
    if act is MergingAct.START:
        return isinstance(user, User) and user.is_active and user.role in MERGERS
    return merging is not None and act in merging_acts(user, merging)


def merging_acts(user: Visitor, merging: Merging) -> frozenset[MergingAct]:
    """Everything that ``user`` may do to ``merging``, as it stands now."""
    if not visible_mergings(user).filter(pk=merging.pk).exists():
        return frozenset()
    if not isinstance(user, User) or not user.is_active:
        return frozenset({MergingAct.VIEW})
    acts = {act for act, states in MERGING_STATES.items() if merging.state in states}
    comments = {MergingAct.COMMENT} if user.role in OWN_DRAFTS else set()
    return frozenset({MergingAct.VIEW} | (acts if user.role in MERGERS else acts & comments))


def require_merge(user: Visitor, act: MergingAct, merging: Merging | None = None) -> None:
    """Raise PermissionDenied unless :func:`can_merge`."""
    if not can_merge(user, act, merging):
        raise PermissionDenied(act.value)


def visible_mergings(user: Visitor) -> QuerySet[Merging]:
    """The merges that ``user`` may see; every list, count and export of them starts here."""
    seen = visible_documents(user).order_by().values("pk")
    out_of_sight = MergingPlan.objects.order_by().exclude(version__document__in=seen)
    rows = Merging.objects.exclude(pk__in=out_of_sight.values("merging"))
    return rows if sees_suggestions(user) else rows.filter(published_at__isnull=False)


def visible_noticed(user: Visitor, merging: Merging) -> QuerySet[Suggestion]:
    """What the machine noticed in a merge: all of it for those who work here, else what people have resolved."""
    rows = merging.suggestions.all()
    return rows if sees_suggestions(user) else rows.filter(state=Suggestion.State.RESOLVED)


def _can_with(user: User, act: Act, document: Document) -> bool:
    works_with_it = _works_with(user, document)
    if act in {Act.PUBLISH, Act.DELETE}:
        return works_with_it and user.role in PUBLISHERS
    return works_with_it


def _works_with(user: User, document: Document) -> bool:
    if user.role in ALL_DRAFTS:
        return True
    if user.role in OWN_DRAFTS and document.owner_id == user.pk:
        return True
    return _leads(user, document.unit_id)


def _leads(user: User, unit_id: int | None) -> bool:
    if user.role != Role.UNIT_LEADER or unit_id is None:
        return False
    return user.units.filter(pk=unit_id).exists()
