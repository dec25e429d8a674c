"""Decide about the items of the new plan, and about what becomes of each source item."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from grunnmur.choices.merging.model import Fate
from grunnmur.kernel import BadInput
from grunnmur_web import audit
from grunnmur_web.accounts.models import User
from grunnmur_web.actions.merging_steps import decision, require_open, settle
from grunnmur_web.models import MergedItem, MergedTheme, MergingComment, SourceItem, Suggestion
from grunnmur_web.models.merging import PLACED
from grunnmur_web.permissions import MergingAct
from grunnmur_web.store.documents import storable
from grunnmur_web.words.merging import LEVELS

LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Wording:
    """An item's words and where it belongs, as a person wrote them from version ``version`` of it."""

    text: str
    level: str
    step: str
    version: int


@dataclass(frozen=True, slots=True)
class FateChoice:
    """What shall become of a source item: ``into`` an item, or closed with a reason and the decision behind it."""

    fate: str
    into: MergedItem | None = None
    reason: str = ""
    decision: str = ""


def accept_item(item: MergedItem, *, by: User) -> None:
    """Say that the item's undecided sources belong there."""
    with decision(item.merging, "item_accepted", item.text, by=by, items=[item]):
        settle(item.sources.filter(fate=Fate.UNDECIDED), by)


def write(item: MergedItem, wording: Wording, *, by: User) -> None:
    """Write the item's words. Raises BadInput ``wording-changed`` when someone has written since."""
    text = storable(wording.text.strip())[:LONGEST]
    if not text:
        raise BadInput("needs-text")
    if wording.level not in LEVELS or wording.step not in {"", *MergedItem.Step}:
        raise BadInput("no-such-level")
    with decision(item.merging, "item_written", text, by=by, items=[item]):
        written = MergedItem.objects.filter(pk=item.pk, version=wording.version).update(
            text=text, level=wording.level, step=wording.step, version=F("version") + 1, edited_by=by,
            edited_at=timezone.now(),
        )  # fmt: skip
        if not written:
            raise BadInput("wording-changed")
        settle(item.sources.filter(fate=Fate.UNDECIDED), by)


def move_item(item: MergedItem, theme: MergedTheme, *, by: User) -> None:
    """Move an item to another theme of the same merge."""
    if theme.merging_id != item.merging_id or theme.pk == item.theme_id:
        raise BadInput("same-place")
    about = f"{item.text} → {theme.title}"
    with decision(item.merging, "item_moved", about, by=by, themes=[item.theme, theme]):
        MergedItem.objects.filter(pk=item.pk).update(theme=theme)


def join_items(item: MergedItem, into: MergedItem, *, by: User) -> None:
    """Move all sources and comments of ``item`` to another item, whose words stay."""
    if into.merging_id != item.merging_id or into.pk == item.pk:
        raise BadInput("same-place")
    about = f"{item.text} → {into.text}"
    with decision(item.merging, "items_joined", about, by=by, items=[item, into]):
        item.sources.update(into=into)
        item.comments.update(item=into)
        settle(into.sources.exclude(fate=Fate.MOVED), by)
        # What a person wrote is not lost with it: it stands in the log and comes back with undo.
        MergedItem.objects.filter(pk=item.pk).delete()


def split_item(item: MergedItem, sources: Collection[int], *, by: User) -> MergedItem:
    """Let some of its sources become an item of their own, with the words of the first."""
    chosen = list(item.sources.filter(pk__in=sources).order_by("plan", "start"))
    if not chosen or len(chosen) == item.sources.count():
        raise BadInput("nothing-chosen")
    with decision(item.merging, "item_split", item.text, by=by, items=[item]) as scope:
        made = _item_from(chosen[0], item.theme, item.order)
        scope.items.add(made.pk)
        SourceItem.objects.filter(pk__in=[source.pk for source in chosen]).update(into=made)
        settle(made.sources.all(), by)
    return made


def remove_item(item: MergedItem, *, by: User) -> None:
    """Take away an item that no source stands behind. Raises BadInput ``has-sources``."""
    if item.sources.exists():
        raise BadInput("has-sources")
    with decision(item.merging, "item_removed", item.text, by=by, items=[item]):
        item.comments.update(item=None, theme=item.theme_id)
        MergedItem.objects.filter(pk=item.pk).delete()


def decide_fate(source: SourceItem, choice: FateChoice, *, by: User) -> None:
    """Decide what becomes of a source item. Raises BadInput when what the fate needs is not there.

    ``needs-reason`` for closing, ``needs-place`` for merging and moving. Keeping gives it an item of its own, in the
    theme of ``choice.into`` or where it stands.
    """
    _check(source, choice)
    items = [item for item in (source.into, choice.into) if item is not None]
    with decision(source.merging, f"source_{choice.fate}", source.text, by=by, items=items, sources=[source]) as scope:
        source.into = _place(source, choice, scope.items)
        source.fate, source.reason, source.decision = choice.fate, choice.reason.strip(), choice.decision.strip()[:200]
        source.decided_by, source.decided_at = by, timezone.now()
        if choice.fate == Fate.UNDECIDED:
            source.decided_by = source.decided_at = None
        source.save()


@transaction.atomic
def comment(about: MergedItem | MergedTheme, text: str, *, by: User) -> MergingComment:
    """Say something about an item or a theme. Raises BadInput ``needs-text``."""
    merging = about.merging
    require_open(by, MergingAct.COMMENT, merging)
    words = storable(text.strip())[:LONGEST]
    if not words:
        raise BadInput("needs-text")
    place = {"item": about} if isinstance(about, MergedItem) else {"theme": about}
    made = MergingComment.objects.create(merging=merging, text=words, by=by, **place)
    audit.record("merging.commented", merging, by=by, new={"about": str(about)[:300], "text": words})
    return made


def decide_suggestion(suggestion: Suggestion, state: str, text: str, *, by: User) -> None:
    """Say how something the machine noticed was resolved, that it is nothing, or that it is open after all."""
    words = storable(text.strip())[:LONGEST]
    if state == Suggestion.State.RESOLVED and not words:
        raise BadInput("needs-resolution")
    about = f"{suggestion.get_kind_display()}: {words}"
    act = f"suggestion_{Suggestion.State(state).value}"
    with decision(suggestion.merging, act, about, by=by, suggestions=[suggestion.pk]):
        is_open = state == Suggestion.State.OPEN
        suggestion.state, suggestion.decision = state, "" if is_open else words
        suggestion.decided_by, suggestion.decided_at = (None, None) if is_open else (by, timezone.now())
        suggestion.save(update_fields=["state", "decision", "decided_by", "decided_at"])


def _check(source: SourceItem, choice: FateChoice) -> None:
    if choice.fate not in {*PLACED, Fate.CLOSED, Fate.UNDECIDED}:
        raise BadInput("no-such-fate")
    if choice.fate == Fate.CLOSED and not choice.reason.strip():
        raise BadInput("needs-reason")
    if choice.fate in {Fate.MERGED, Fate.MOVED} and (choice.into or source.into) is None:
        raise BadInput("needs-place")
    if choice.fate == Fate.KEPT and (choice.into or source.into) is None:
        raise BadInput("needs-place")


def _place(source: SourceItem, choice: FateChoice, made: set[int]) -> MergedItem | None:
    """Where the source item goes."""
    if choice.fate == Fate.CLOSED:
        return None
    here = source.into
    if choice.fate != Fate.KEPT:
        return choice.into or here
    beside = choice.into or here
    assert beside is not None  # noqa: S101 (checked before)
    has_its_words = here is not None and " ".join(here.text.split()) == " ".join(source.text.split())
    if here is not None and has_its_words and here.theme_id == beside.theme_id and here.sources.count() == 1:
        return here
    item = _item_from(source, beside.theme, beside.order)
    made.add(item.pk)
    return item


def _item_from(source: SourceItem, theme: MergedTheme, order: int) -> MergedItem:
    return MergedItem.objects.create(
        merging_id=source.merging_id, theme=theme, level=source.type, text=source.text, order=order
    )
