"""Figures of a merge: the balance by plan, before and after, and how often people agreed with the machine."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT

from grunnmur.choices.merging.balance import Balance, balance, total
from grunnmur.choices.merging.model import Fate, Item, Outcome
from grunnmur_web.models import Merging, SourceItem, Suggestion
from grunnmur_web.models.merging import PLACED
from grunnmur_web.store.findings import HitRate
from grunnmur_web.words.merging import GOALS

PLACEMENT = "placement"
THEME = "theme"


@dataclass(frozen=True, slots=True)
class PlanBalance:
    """What became of the items of one plan."""

    plan: int
    title: str
    counts: Balance

    @property
    def undecided(self) -> int:
        """Items that no person has decided on, with or without a proposal."""
        return self.counts.proposed + self.counts.undecided


@dataclass(frozen=True, slots=True)
class BalanceSheet:
    """All plans and their sum."""

    plans: tuple[PlanBalance, ...]
    all: Balance


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """What the merge does to the number of goals, items and items that nobody answers for."""

    goals_before: int
    goals_after: int
    items_before: int
    items_after: int
    duplicates_removed: int
    ownerless_before: int
    ownerless_after: int


def outcome(key: str, fate: str, into: str | None, reason: str = "") -> Outcome:
    """A source item's fate as the core says it: with a place that no person has decided on, it is proposed."""
    proposed = fate == Fate.UNDECIDED and into is not None
    return Outcome(key, Fate.PROPOSED if proposed else Fate(fate), into, reason)


def balance_sheet(merging: Merging) -> BalanceSheet:
    """Computed by the core from every item's fate."""
    rows = merging.sources.order_by("plan", "start", "pk").values_list("key", "plan__key", "fate", "into")
    items, outcomes = [], []
    for key, plan, fate, into in rows:
        items.append(Item(key, plan, "", "", 0, 1))
        outcomes.append(outcome(key, fate, str(into) if into else None))
    counts = balance(items, outcomes)
    plans = tuple(
        PlanBalance(pk, title, counts.get(key, Balance(0)))
        for pk, key, title in merging.plans.values_list("pk", "key", "title")
    )
    return BalanceSheet(plans, total(counts))


def before_after(merging: Merging) -> BeforeAfter:
    """Before: what the plans hold. After: the items that some source stands behind, closed ones left out."""
    goals = Q(type__in=GOALS)
    before = merging.sources.order_by().aggregate(
        items=Count("pk"), goals=Count("pk", filter=goals), ownerless=Count("pk", filter=Q(owner="")),
        placed=Count("pk", filter=Q(into__isnull=False)),
    )  # fmt: skip
    after = merging.items.filter(sources__isnull=False).order_by()
    counted = after.aggregate(
        items=Count("pk", distinct=True), goals=Count("pk", filter=Q(level__in=GOALS), distinct=True),
        owned=Count("pk", filter=~Q(sources__owner=""), distinct=True),
    )  # fmt: skip
    return BeforeAfter(
        before["goals"], counted["goals"], before["items"], counted["items"], before["placed"] - counted["items"],
        before["ownerless"], counted["items"] - counted["owned"],
    )  # fmt: skip


def undecided(merging: Merging) -> int:
    """Source items that no person has decided on."""
    return merging.sources.filter(fate=Fate.UNDECIDED).count()


def left_out(sources: QuerySet[SourceItem]) -> QuerySet[SourceItem]:
    """What no merged item cites."""
    return sources.filter(into__isnull=True)


def agreement(merging: Merging) -> list[HitRate]:
    """Of what people have decided on, how much they took as the machine had it."""
    rates = [_placements(merging), _themes(merging), *_suggestions(merging)]
    return [rate for rate in rates if rate.decided]


def _placements(merging: Merging) -> HitRate:
    """A source item is where the machine put it, and stands in the new plan."""
    decided = merging.sources.filter(machine__isnull=False).exclude(fate=Fate.UNDECIDED)
    unchanged = decided.annotate(place=_key("into")).filter(fate__in=PLACED, into__key=F("place"))
    return HitRate(PLACEMENT, unchanged.count(), decided.count())


def _themes(merging: Merging) -> HitRate:
    decided = merging.themes.filter(machine__isnull=False, decided_at__isnull=False)
    unchanged = decided.annotate(name=_key("title")).filter(title=F("name"))
    return HitRate(THEME, unchanged.count(), decided.count())


def _key(name: str) -> Combinable:
    return KT(f"machine__{name}")


def _suggestions(merging: Merging) -> list[HitRate]:
    decided: dict[str, int] = defaultdict(int)
    right: dict[str, int] = defaultdict(int)
    closed = merging.suggestions.exclude(state=Suggestion.State.OPEN).order_by()
    for kind, state, count in closed.values_list("kind", "state").annotate(Count("pk")):
        decided[kind] += count
        right[kind] += count if state == Suggestion.State.RESOLVED else 0
    return [HitRate(kind, right[kind], decided[kind]) for kind in Suggestion.Kind if decided[kind]]
