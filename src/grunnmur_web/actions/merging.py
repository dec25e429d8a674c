"""Start a merge of plans, finish it, open it again, and let everyone see it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.utils import timezone

from grunnmur.choices.merging.model import Area
from grunnmur.kernel import BadInput
from grunnmur_web import audit, tasks
from grunnmur_web.accounts.models import User
from grunnmur_web.actions.merging_steps import require_open
from grunnmur_web.models import Document, Merging, MergingPlan, ReadState
from grunnmur_web.permissions import MergingAct, can_merge, require_merge, visible_documents
from grunnmur_web.store.documents import storable
from grunnmur_web.store.merging import figures

FEWEST_PLANS = 2
MOST_PLANS = 100
TITLE_LENGTH = 200
State = Merging.State


@transaction.atomic
def start(title: str, documents: Sequence[Document], areas: Sequence[Area], *, by: User) -> Merging:
    """Make a merge of the current versions of ``documents`` and ask for them to be compared.

    Raises BadInput ``needs-name``, ``needs-plans`` (fewer than two that are read), ``too-many-plans`` or
    ``needs-areas``.
    """
    require_merge(by, MergingAct.START)
    name = storable(" ".join(title.split()))[:TITLE_LENGTH]
    chosen = _readable(documents, by)
    if not name:
        raise BadInput("needs-name")
    if len(chosen) < FEWEST_PLANS:
        raise BadInput("needs-plans")
    if len(chosen) > MOST_PLANS:
        raise BadInput("too-many-plans", limit=MOST_PLANS)
    if not areas:
        raise BadInput("needs-areas")
    frame = [
        {"title": storable(area.title), "description": storable(area.description), "words": list(area.words)}
        for area in areas
    ]
    merging = Merging.objects.create(title=name, areas=frame, created_by=by)
    MergingPlan.objects.bulk_create(_plan(merging, document) for document in chosen)
    audit.record("merging.started", merging, by=by, new={"plans": [document.title for document in chosen]})
    transaction.on_commit(partial(tasks.enqueue_merging, merging.pk))
    return merging


@transaction.atomic
def retry(merging: Merging, *, by: User) -> None:
    """Compare the plans again after it stopped."""
    require_merge(by, MergingAct.START)
    require_merge(by, MergingAct.VIEW, merging)
    failed = Merging.objects.filter(pk=merging.pk, state=State.FAILED)
    if failed.update(state=State.WAITING, attempts=0, error_code=""):
        audit.record("merging.retried", merging, by=by)
        transaction.on_commit(partial(tasks.enqueue_merging, merging.pk))


@transaction.atomic
def finish(merging: Merging, *, by: User) -> None:
    """Freeze it. Raises BadInput ``merging-undecided`` (``count``) while anything is undecided."""
    locked = _locked(merging)
    require_open(by, MergingAct.FINISH, locked)
    left = figures.undecided(locked)
    if left:
        raise BadInput("merging-undecided", count=left)
    locked.state, locked.finished_by, locked.finished_at = State.FINISHED, by, timezone.now()
    locked.save(update_fields=["state", "finished_by", "finished_at"])
    audit.record("merging.finished", locked, by=by)


@transaction.atomic
def reopen(merging: Merging, *, by: User) -> None:
    """Let it be changed again; then it is no longer for everyone."""
    locked = _locked(merging)
    require_open(by, MergingAct.REOPEN, locked)
    was_published = locked.published_at is not None
    locked.state, locked.finished_by, locked.finished_at, locked.published_at = State.OPEN, None, None, None
    locked.save(update_fields=["state", "finished_by", "finished_at", "published_at"])
    audit.record("merging.reopened", locked, by=by, old={"published": was_published})


@transaction.atomic
def publish(merging: Merging, *, by: User) -> None:
    """Let everyone see it. Raises BadInput ``merging-rests-on-drafts`` (``titles``) unless all documents are public."""
    locked = _locked(merging)
    require_open(by, MergingAct.PUBLISH, locked)
    drafts = Document.objects.filter(versions__merging_plans__merging=locked, status=Document.Status.DRAFT)
    titles = sorted(drafts.values_list("title", flat=True))
    if titles:
        raise BadInput("merging-rests-on-drafts", titles=", ".join(titles))
    if locked.published_at is None:
        locked.published_at = timezone.now()
        locked.save(update_fields=["published_at"])
        audit.record("merging.published", locked, by=by)


@transaction.atomic
def unpublish(merging: Merging, *, by: User) -> None:
    """Take it back from everyone else; it stays finished."""
    locked = _locked(merging)
    require_open(by, MergingAct.PUBLISH, locked)
    if locked.published_at is not None:
        locked.published_at = None
        locked.save(update_fields=["published_at"])
        audit.record("merging.unpublished", locked, by=by)


@transaction.atomic
def delete(merging: Merging, *, by: User) -> None:
    """Delete it with all decisions; what is finished must be opened again first."""
    locked = _locked(merging)
    require_open(by, MergingAct.DELETE, locked)
    audit.record("merging.deleted", locked, by=by, old={"decisions": locked.steps.count()})
    locked.delete()


def may_undo(merging: Merging, by: User) -> bool:
    """Whether there is a decision of one's own to take back."""
    return can_merge(by, MergingAct.DECIDE, merging) and merging.steps.filter(by=by, undone_at__isnull=True).exists()


def _locked(merging: Merging) -> Merging:
    return Merging.objects.select_for_update().get(pk=merging.pk)


def _readable(documents: Sequence[Document], by: User) -> list[Document]:
    seen = visible_documents(by).filter(pk__in=[document.pk for document in documents])
    read = seen.filter(current__state=ReadState.READ).select_related("current", "plan")
    return list(read.defer("current__text", "current__structure").order_by("title", "pk"))


def _plan(merging: Merging, document: Document) -> MergingPlan:
    years = (
        [str(year) for year in (document.plan.period_from, document.plan.period_to) if year] if document.plan else []
    )
    return MergingPlan(
        merging=merging, version=document.current, key=f"d{document.pk}", title=document.title, period="–".join(years)
    )
