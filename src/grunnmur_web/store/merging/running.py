"""The job of comparing the plans of a merge: claim it, run the engine, keep what it says, tell how it went.

A merge is the truth about its own job, as a version is about its reading: a job that comes twice does nothing, and one
that is lost is made again.
"""

from __future__ import annotations

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from grunnmur.choices.merging.model import Area, Frame, Item, Merge, SourcePlan
from grunnmur.kernel import GrunnmurError
from grunnmur_web.models import Merging
from grunnmur_web.store.merging.plans import extraction_in_force, plan_text
from grunnmur_web.store.merging.snapshot import keep

STALE = timedelta(minutes=15)
ATTEMPTS = 3
State = Merging.State
logger = logging.getLogger(__name__)


def run_merging(merging_id: int) -> str | None:
    """Compare the plans of a waiting merge; returns the state it ended in, None when there was nothing to do."""
    merging = _claim(merging_id)
    if merging is None:
        return None
    try:
        return _finish(merging, compare(merging))
    except GrunnmurError as error:
        return _fail(merging, error.code)
    except Exception:
        logger.exception("Merge %s failed", merging.pk)
        return _fail(merging, "merging-failed")
    except BaseException:
        _mine(merging).update(state=State.WAITING, attempts=F("attempts") - 1, claimed_at=None)
        raise


def compare(merging: Merging) -> Merge:
    """What the engine says about the plans, as they were when the merge was made."""
    # Large libraries, which only this job needs.
    from grunnmur.choices.merging.items import source_plan
    from grunnmur.choices.merging.merge import merge

    plans: list[SourcePlan] = []
    items: list[Item] = []
    for row in merging.plans.select_related("version").order_by("pk"):
        found = source_plan(plan_text(row.version, row.title), extraction_in_force(row.version), row.key)
        plans.append(found[0])
        items += found[1]
    return merge(plans, items, frame=frame_of(merging), today=timezone.localdate())


def frame_of(merging: Merging) -> Frame:
    """The main areas of the new plan."""
    return Frame(
        tuple(Area(area["title"], area.get("description", ""), tuple(area.get("words", ()))) for area in merging.areas)
    )


def reset_stale() -> None:
    """Let merges whose worker died wait again; after three tries they fail."""
    dead = Merging.objects.filter(state=State.COMPARING, claimed_at__lt=timezone.now() - STALE)
    dead.filter(attempts__gte=ATTEMPTS).update(state=State.FAILED, error_code="merging-failed")
    dead.update(state=State.WAITING, claimed_at=None)


def waiting() -> list[int]:
    """Merges that wait, oldest first."""
    return list(Merging.objects.filter(state=State.WAITING).order_by("pk").values_list("pk", flat=True))


def _claim(merging_id: int) -> Merging | None:
    waits = Merging.objects.filter(pk=merging_id, state=State.WAITING)
    taken = waits.update(
        state=State.COMPARING, attempts=F("attempts") + 1, claimed_at=timezone.now(), error_code=""
    )  # fmt: skip
    return Merging.objects.get(pk=merging_id) if taken else None


def _mine(merging: Merging) -> QuerySet[Merging]:
    return Merging.objects.filter(pk=merging.pk, state=State.COMPARING, attempts=merging.attempts)


@transaction.atomic
def _finish(merging: Merging, merge: Merge) -> str | None:
    if not _mine(merging).update(state=State.OPEN, claimed_at=None):
        return None
    keep(merging, merge)
    return State.OPEN.value


def _fail(merging: Merging, code: str) -> str | None:
    failed = _mine(merging).update(state=State.FAILED, error_code=code[:60], claimed_at=None)
    return State.FAILED.value if failed else None
