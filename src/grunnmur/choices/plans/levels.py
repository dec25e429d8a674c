"""The kinds of thing a plan is made of. Each plan names its own levels; these are the ones most plans use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class LevelRole(StrEnum):
    """What a level is for, whatever a plan calls it: so that «hovedområde» and «hovedmål» can be counted as goals."""

    VISION = "vision"
    AREA = "area"
    GOAL = "goal"
    CHOICE = "choice"
    SUBGOAL = "subgoal"
    STRATEGY = "strategy"
    PRINCIPLE = "principle"
    TARGET_GROUP = "target_group"
    TARGET = "target"
    ACTION = "action"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Level:
    """A level as one plan names it. ``numbered`` levels take part in the numbering («2.1.3»)."""

    role: LevelRole
    name: str
    numbered: bool = True


NOT_NUMBERED = frozenset({LevelRole.VISION, LevelRole.TARGET_GROUP, LevelRole.TEXT})


def levels(names: Iterable[tuple[LevelRole, str]]) -> tuple[Level, ...]:
    """The levels of a plan from (role, name); a name may stand once. Raises ValueError on a name that stands twice."""
    made = tuple(Level(role, name.strip(), role not in NOT_NUMBERED) for role, name in names)
    twice = {level.name for level in made if sum(other.name == level.name for other in made) > 1}
    if twice or any(not level.name for level in made):
        raise ValueError(f"each level needs a name of its own: {sorted(twice)}")
    return made
