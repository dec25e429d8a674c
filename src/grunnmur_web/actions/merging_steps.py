"""Decisions about a merge: each is one transaction, logged with the rows before and after it, and can be undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from grunnmur.choices.merging.model import Fate
from grunnmur.kernel import BadInput
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.models import MergedItem, MergedTheme, Merging, MergingStep, SourceItem
from grunnmur_web.permissions import MERGING_STATES, MergingAct, can_merge, require_merge
from grunnmur_web.store.merging.standing import Scope, difference, restore

ABOUT_LENGTH = 300


def require_open(by: User, act: MergingAct, merging: Merging) -> None:
    """Raise PermissionDenied, or for those who may when it is open, BadInput ``merging-not-open``."""
    may_at_all = can_merge(by, MergingAct.START) and can_merge(by, MergingAct.VIEW, merging)
    if may_at_all and merging.state not in MERGING_STATES[act]:
        raise BadInput("merging-not-open")
    require_merge(by, act, merging)


@contextmanager
def decision(
    merging: Merging,
    act: str,
    about: str,
    *,
    by: User,
    themes: Iterable[MergedTheme] = (),
    items: Iterable[MergedItem] = (),
    sources: Iterable[SourceItem] = (),
    suggestions: Iterable[int] = (),
) -> Iterator[Scope]:
    """Make one decision. What it may change is given beforehand, and with an item its whole theme, since the theme
    goes when its last item does. What the decision makes is added to the scope it yields.
    """
    touched = [*items, *(source.into for source in sources if source.into)]
    around = {theme.pk for theme in themes} | {item.theme_id for item in touched}
    with transaction.atomic():
        locked = Merging.objects.select_for_update().get(pk=merging.pk)
        require_open(by, MergingAct.DECIDE, locked)
        scope = Scope(
            locked, around, {item.pk for item in touched}, {one.pk for one in sources}, set(suggestions)
        )  # fmt: skip
        before = scope.read()
        yield scope
        _true_up(scope, by)
        _tidy(scope)
        old, new = difference(before, scope.read())
        if new:
            name = " ".join(about.split())[:ABOUT_LENGTH]
            MergingStep.objects.create(merging=locked, by=by, act=act, about=name, before=old, after=new)
            audit.record(f"merging.{act}", locked, by=by, old=old, new={"about": name, **new})


@transaction.atomic
def undo(merging: Merging, *, by: User) -> MergingStep:
    """Take back one's own last decision. Raises BadInput ``nothing-to-undo`` or ``changed-since``."""
    locked = Merging.objects.select_for_update().get(pk=merging.pk)
    require_open(by, MergingAct.DECIDE, locked)
    step = last_step(locked, by)
    if step is None:
        raise BadInput("nothing-to-undo")
    restore(step)
    step.undone_at = timezone.now()
    step.save(update_fields=["undone_at"])
    audit.record("merging.undone", locked, by=by, old=step.after, new={"about": step.about, **step.before})
    return step


def last_step(merging: Merging, by: User) -> MergingStep | None:
    """The latest decision of a person that is not taken back."""
    return merging.steps.filter(by=by, undone_at__isnull=True).select_related("merging").first()


def settle(sources: Iterable[SourceItem], by: User) -> None:
    """Let people's word stand behind where each source item is; kept or merged follows from what it came to."""
    for source in sources:
        source.fate, source.reason, source.decision = Fate.MERGED.value, "", ""
        source.decided_by, source.decided_at = by, timezone.now()
        source.save()


def _true_up(scope: Scope, by: User) -> None:
    """An item is kept as it is when it alone became an item with its own words; else it is merged. Always so."""
    for item in MergedItem.objects.filter(pk__in=scope.items).prefetch_related("sources"):
        together = [source for source in item.sources.all() if source.fate != Fate.MOVED]
        for source in together:
            fate = Fate.KEPT if len(together) == 1 and _folded(source.text) == _folded(item.text) else Fate.MERGED
            if source.fate in {Fate.KEPT, Fate.MERGED} and source.fate != fate:
                source.fate, source.decided_by, source.decided_at = fate.value, by, timezone.now()
                source.save(update_fields=["fate", "decided_by", "decided_at"])


def _tidy(scope: Scope) -> None:
    """Take away what the decision emptied: items nobody has written or said anything about, and then themes."""
    scope.read()
    empty = MergedItem.objects.filter(pk__in=scope.items, sources__isnull=True, edited_at__isnull=True)
    empty.filter(comments__isnull=True).delete()
    MergedTheme.objects.filter(pk__in=scope.themes, items__isnull=True, comments__isnull=True).delete()


def _folded(text: str) -> str:
    return " ".join(text.split())
