"""A plan as a tree of elements with levels of its own naming."""

from grunnmur.choices.plans.changes import ElementChange, ElementChangeKind, VersionedElement, changes
from grunnmur.choices.plans.drafting import DraftedElement, DraftedPlan, Found, Section, drafted
from grunnmur.choices.plans.levels import Level, LevelRole, levels
from grunnmur.choices.plans.outline import Node, Outline, OutlineError, Placement

__all__ = [
    "DraftedElement",
    "DraftedPlan",
    "ElementChange",
    "ElementChangeKind",
    "Found",
    "Level",
    "LevelRole",
    "Node",
    "Outline",
    "OutlineError",
    "Placement",
    "Section",
    "VersionedElement",
    "changes",
    "drafted",
    "levels",
]
