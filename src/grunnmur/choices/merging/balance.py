"""The balance sheet of a merge: every item that went in has one fate, and every count word is computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grunnmur.choices.merging.model import Fate, Item, Outcome
from grunnmur.kernel import BadInput


@dataclass(frozen=True, slots=True)
class Balance:
    """Items of one plan by fate."""

    incoming: int
    kept: int = 0
    merged: int = 0
    moved: int = 0
    closed: int = 0
    proposed: int = 0
    undecided: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether every item that went in is somewhere."""
        return self.incoming == self.decided + self.proposed + self.undecided

    @property
    def decided(self) -> int:
        """Items that people have decided on."""
        return self.kept + self.merged + self.moved + self.closed

    @property
    def is_complete(self) -> bool:
        """Whether people have decided on every item."""
        return self.incoming == self.decided

    def __add__(self, other: Balance) -> Balance:
        return Balance(
            self.incoming + other.incoming, self.kept + other.kept, self.merged + other.merged,
            self.moved + other.moved, self.closed + other.closed, self.proposed + other.proposed,
            self.undecided + other.undecided,
        )  # fmt: skip


def balance(items: Sequence[Item], outcomes: Iterable[Outcome]) -> dict[str, Balance]:
    """The balance of each plan, by plan id in the order the plans first occur. Items without outcome are undecided.

    Raises BadInput ``unknown-item`` or ``two-outcomes`` (``item``) when the outcomes are not about these items, each
    once at most.
    """
    fates = _fates(items, outcomes)
    counts: dict[str, Counter[Fate]] = {}
    for item in items:
        counts.setdefault(item.plan, Counter())[fates.get(item.id, Fate.UNDECIDED)] += 1
    return {
        plan: Balance(count.total(), **{fate.value: count[fate] for fate in Fate}) for plan, count in counts.items()
    }


def _fates(items: Sequence[Item], outcomes: Iterable[Outcome]) -> dict[str, Fate]:
    known = {item.id for item in items}
    fates: dict[str, Fate] = {}
    for outcome in outcomes:
        if outcome.item not in known:
            raise BadInput("unknown-item", item=outcome.item)
        if outcome.item in fates:
            raise BadInput("two-outcomes", item=outcome.item)
        fates[outcome.item] = outcome.fate
    return fates


def total(balances: Mapping[str, Balance]) -> Balance:
    """All plans together."""
    return sum(balances.values(), Balance(0))


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many: what stands behind every «7 av 9 planer»."""

    count: int
    of: int


def plans_behind(sources: Iterable[str], items: Sequence[Item]) -> Share:
    """How many of the plans the items ``sources`` come from."""
    plan_of = {item.id: item.plan for item in items}
    return Share(len({plan_of[source] for source in sources if source in plan_of}), len({item.plan for item in items}))
