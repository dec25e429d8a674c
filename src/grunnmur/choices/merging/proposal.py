"""A first draft of the new plan: what is the same joined, everything in a theme, every theme in an area."""

from __future__ import annotations

import hashlib
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from grunnmur.choices.merging.frame import Placer
from grunnmur.choices.merging.groups import groups_of
from grunnmur.choices.merging.model import (
    Fate,
    Frame,
    Item,
    Outcome,
    Pair,
    PairKind,
    Proposal,
    ProposedItem,
    Tension,
    Theme,
)

# From what shows the way to what is done; a merged item stands at the highest level of its sources.
LEVELS = (
    "vision", "area", "theme", "choice", "strategy", "goal", "subgoal", "principle", "target", "action", "target_group"
)  # fmt: skip
# What a plan wants, what it does, and for whom: only within one of them can two items be the same.
KINDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "wish": frozenset({"vision", "area", "theme", "choice", "strategy", "goal", "subgoal", "principle"}),
        "deed": frozenset({"target", "action"}),
    }
)
SAME_WORDS = 0.85
_ID_DIGITS = 8


def settled(items: Sequence[Item], pairs: Sequence[Pair], tensions: Sequence[Tension]) -> tuple[Pair, ...]:
    """The pairs, with those that can't be one item counted as overlaps.

    Two items in tension are not the same; nor is a goal and what is done to reach it, an item and what it stands
    under, or two that one plan sets beside each other, unless the words are.
    """
    by_id = {item.id: item for item in items}
    apart = {frozenset(tension.items) for tension in tensions}
    return tuple(
        replace(pair, kind=PairKind.OVERLAP) if _differ(pair, by_id[pair.first], by_id[pair.second], apart) else pair
        for pair in pairs
    )


def _differ(pair: Pair, one: Item, other: Item, apart: Container[frozenset[str]]) -> bool:
    if frozenset((one.id, other.id)) in apart or _kind(one.type) != _kind(other.type):
        return True
    if one.plan != other.plan:
        return False
    return one.parent == other.id or other.parent == one.id or (one.type == other.type and pair.score < SAME_WORDS)


def _kind(level: str) -> str:
    return next((kind for kind, levels in KINDS.items() if level in levels), level)


def same_groups(items: Sequence[Item], pairs: Sequence[Pair]) -> list[list[str]]:
    """Items that want the same, joined; every item is in one group."""
    return groups_of([item.id for item in items], [pair for pair in pairs if pair.kind is PairKind.DUPLICATE])


def propose(frame: Frame, items: Sequence[Item], groups: Sequence[Sequence[str]], themes: Sequence[Theme]) -> Proposal:
    """Each group as one item of the new plan, in its theme; each theme in an area, with the words that say why."""
    place = {item.id: index for index, item in enumerate(items)}
    theme_of = {source: index for index, theme in enumerate(themes) for source in theme.items}
    placer = Placer(frame, [item.text for item in items])
    placed = [placer.place([place[source] for source in theme.items]) for theme in themes]
    by_id = {item.id: item for item in items}
    proposed = [_proposed([by_id[source] for source in group], theme_of[group[0]]) for group in groups]
    proposed.sort(key=lambda one: (one.theme, _level(one.level), place[one.sources[0]]))
    return Proposal(
        frame, tuple(themes), tuple(area for area, _ in placed), tuple(proposed), tuple(why for _, why in placed)
    )


def proposed_outcomes(items: Sequence[Item], proposal: Proposal) -> tuple[Outcome, ...]:
    """One outcome for each item, in order: proposed into the new item that stands for it."""
    into: Mapping[str, str] = {source: one.id for one in proposal.items for source in one.sources}
    return tuple(
        Outcome(item.id, Fate.PROPOSED, into[item.id]) if item.id in into else Outcome(item.id, Fate.UNDECIDED)
        for item in items
    )


def _proposed(sources: Sequence[Item], theme: int) -> ProposedItem:
    """The words of the source that says most of what all of them say: at the highest level, then the shortest."""
    shown = min(sources, key=lambda item: (_level(item.type), len(item.text), item.text))
    ids = tuple(item.id for item in sources)
    digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:_ID_DIGITS]
    return ProposedItem(f"new-{digest}", theme, shown.type, shown.text, ids)


def _level(kind: str) -> int:
    return LEVELS.index(kind) if kind in LEVELS else len(LEVELS)
