"""What a document says, each thing with the passage it was read from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from grunnmur.kernel import Unit


class ElementType(StrEnum):
    """Kinds of plan element that are recognised in running documents."""

    VISION = "vision"
    GOAL = "goal"
    CHOICE = "choice"
    SUBGOAL = "subgoal"
    STRATEGY = "strategy"
    PRINCIPLE = "principle"
    TARGET_GROUP = "target_group"
    THEME = "theme"
    AREA = "area"


class ActionCategory(StrEnum):
    """Where an action finds its room: doing it smarter, giving less, or organising differently."""

    EFFICIENCY = "efficiency"
    SERVICE_LEVEL = "service_level"
    STRUCTURE = "structure"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; ``level`` 1 is the highest."""

    text: str
    level: int
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Element:
    """A vision, goal, choice, … with its own numbering as ``label`` («Veivalg 3»).

    ``parent`` is the index of the element it belongs to.
    """

    type: ElementType
    text: str
    page: int
    start: int
    end: int
    label: str | None = None
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in whole units with what it counts, when, and for which organisational unit."""

    label: str
    number: float
    unit: Unit
    page: int
    start: int
    end: int
    period: str | None = None
    org: str | None = None
    approx: bool = False


@dataclass(frozen=True, slots=True)
class Effect:
    """Money by year as the document states it; savings are negative."""

    year: int | None
    nok: float


@dataclass(frozen=True, slots=True)
class Action:
    """An action (tiltak) with its category, money by year and positions, when stated."""

    text: str
    page: int
    start: int
    end: int
    org: str | None = None
    category: ActionCategory | None = None
    effects: tuple[Effect, ...] = ()
    fte: float | None = None


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something dated that has happened or shall happen; ``date`` is ISO 8601, possibly an interval."""

    date: str
    text: str
    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Law:
    """A statute or regulation that the document names."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Service:
    """A service or offer that residents can meet."""

    text: str
    start: int
    end: int
    org: str | None = None


@dataclass(frozen=True, slots=True)
class Warning:
    """Something that does not add up.

    The shell words ``code`` with ``params``; ``passages`` are the other places involved.
    """

    code: str
    start: int
    end: int
    params: Mapping[str, Any] = field(default_factory=dict)
    passages: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one document. ``document.text[start:end]`` is the passage of each item."""

    headings: tuple[Heading, ...] = ()
    elements: tuple[Element, ...] = ()
    figures: tuple[Figure, ...] = ()
    actions: tuple[Action, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    laws: tuple[Law, ...] = ()
    services: tuple[Service, ...] = ()
    warnings: tuple[Warning, ...] = ()
