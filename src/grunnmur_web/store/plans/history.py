"""What a plan was after each act, and taking the last one back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from django.utils import timezone

from grunnmur_web.accounts.models import User
from grunnmur_web.models import Plan, PlanVersion
from grunnmur_web.store.plans import snapshot
from grunnmur_web.store.plans.outline import read_outline, write_outline

# The latest acts are all kept; of older ones the last of each person's day.
KEPT = 100
THIN_EVERY = 25


def latest(plan: Plan) -> PlanVersion | None:
    """The plan after its last act."""
    return plan.versions.order_by("-id").first()


def before(version: PlanVersion) -> PlanVersion | None:
    """The plan as it was before the act that made ``version``."""
    return version.plan.versions.filter(pk__lt=version.pk).order_by("-id").first()


def keep(plan: Plan, act: str, about: str, by: User | None, *, why: str = "") -> PlanVersion | None:
    """Remember the plan as it is now; nothing when the act changed nothing."""
    now, last = snapshot.take(plan), latest(plan)
    if last is not None and last.snapshot == now:
        return None
    if last is None:
        PlanVersion.objects.create(plan=plan, act="began", snapshot={"levels": now["levels"], "elements": []})
    about = " ".join(about.split())[:200]
    made = PlanVersion.objects.create(plan=plan, by=by, act=act, about=about, why=why[:300], snapshot=now)
    if made.pk % THIN_EVERY == 0:
        thin(plan)
    return made


def thin(plan: Plan) -> int:
    """Drop snapshots of old acts but the last of each person's day; editions stay for good. Returns how many."""
    rows = plan.versions.filter(edition__isnull=True).order_by("-id").values_list("pk", "by", "at", "act")[KEPT:]
    spare: list[int] = []
    for _day, acts in groupby(rows, key=lambda row: (timezone.localdate(row[2]), row[1])):
        spare += [pk for pk, _by, _at, act in list(acts)[1:] if act != "began"]
    PlanVersion.objects.filter(pk__in=spare).delete()
    return len(spare)


def last_act(plan: Plan, by: User) -> PlanVersion | None:
    """The latest act of a person that is not taken back and that is still remembered in full."""
    recent = plan.versions.order_by("-id").values_list("pk", flat=True)[:KEPT]
    mine = plan.versions.filter(pk__in=list(recent), by=by, undone=False, edition__isnull=True)
    return mine.exclude(act="undone").order_by("-id").first()


def take_back(version: PlanVersion) -> bool:
    """Undo one act where nothing it touched has been changed since; False, and nothing done, where something has."""
    plan, earlier = version.plan, before(version)
    if earlier is None:
        return False
    old, new, now = earlier.snapshot, version.snapshot, snapshot.take(plan)
    touched = set(_touched(old, new))
    was, became, stands = snapshot.by_id(old), snapshot.by_id(new), snapshot.by_id(now)
    if any(snapshot.content(stands.get(id)) != snapshot.content(became.get(id)) for id in touched):
        return False
    moved = snapshot.outline(old) != snapshot.outline(new)
    if moved and snapshot.outline(now) != snapshot.outline(new):
        return False
    levels = snapshot.put_levels(plan, old)
    for id in touched:
        if id in was:
            snapshot.put_element(plan, was[id], levels)
        else:
            plan.elements.filter(public_id=id).delete()
    if moved:
        write_outline(plan, snapshot.outline(old))
    return True


def restore(plan: Plan, wanted: snapshot.Snapshot) -> None:
    """Let the plan be what a snapshot says, whatever it is now; elements that the snapshot lacks are taken out."""
    levels = snapshot.put_levels(plan, wanted)
    keep_ids = {one["id"] for one in wanted["elements"]}
    plan.elements.exclude(public_id__in=keep_ids).delete()
    now = snapshot.by_id(snapshot.take(plan))
    for one in wanted["elements"]:
        if snapshot.content(now.get(one["id"])) != snapshot.content(one):
            snapshot.put_element(plan, one, levels)
    if snapshot.outline(wanted) != read_outline(plan):
        write_outline(plan, snapshot.outline(wanted))


def _touched(old: snapshot.Snapshot, new: snapshot.Snapshot) -> Iterator[str]:
    was, became = snapshot.by_id(old), snapshot.by_id(new)
    for id in was.keys() | became.keys():
        if snapshot.content(was.get(id)) != snapshot.content(became.get(id)):
            yield id
