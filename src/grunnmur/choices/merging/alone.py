"""Subjects that only one plan has: they are what gets lost first when plans are merged."""

from __future__ import annotations

from collections.abc import Sequence

from grunnmur.choices.merging.model import Item, Pair

# Wishes that a plan stands by itself with; actions and targets follow the goal they serve.
_SUBJECTS = frozenset({"goal", "subgoal", "choice", "strategy", "area", "theme"})


def find_alone(items: Sequence[Item], pairs: Sequence[Pair]) -> tuple[str, ...]:
    """Goals, choices and strategies that nothing in another plan is like, in order. Empty for a single plan."""
    plan_of = {item.id: item.plan for item in items}
    if len(set(plan_of.values())) < 2:
        return ()
    shared = {one for pair in pairs if plan_of[pair.first] != plan_of[pair.second] for one in (pair.first, pair.second)}
    return tuple(item.id for item in items if item.type in _SUBJECTS and item.id not in shared)
