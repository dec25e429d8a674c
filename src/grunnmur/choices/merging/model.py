"""What merging plans is about: the items that go in, what is suggested, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from grunnmur.kernel.provenance import Passage


class Fate(StrEnum):
    """What became of a source item. People decide; ``PROPOSED`` is a suggestion nobody has decided on."""

    KEPT = "kept"
    MERGED = "merged"
    MOVED = "moved"
    CLOSED = "closed"
    PROPOSED = "proposed"
    UNDECIDED = "undecided"


class PairKind(StrEnum):
    """How two items are alike: they want the same, or one wants part of what the other wants."""

    DUPLICATE = "duplicate"
    OVERLAP = "overlap"


class Missing(StrEnum):
    """What an item does not say, though somebody must know it before it can be carried out."""

    OWNER = "owner"
    MONEY = "money"
    DATE = "date"
    INDICATOR = "indicator"


@dataclass(frozen=True, slots=True)
class SourcePlan:
    """A plan that goes into the merge. ``text[start:end]`` is the passage of each of its items.

    ``period`` is ISO 8601 years («2018/2028») when the plan states it.
    """

    id: str
    title: str
    sha256: str
    text: str
    period: str | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """A goal, choice, subgoal, action, target … of a source plan, with what it says about its carrying out.

    ``type`` is a value of ElementType, or ``action`` or ``target``. ``context`` is the headings above it, the highest
    first. ``effects`` is money by year (year or None, NOK; savings negative; 0 when the plan says that it costs
    nothing or is paid for already). ``dates`` are ISO 8601, and ``date_passages`` where each is written; ``when`` is
    the deadline as written, also when it is no date («årlig innen 20. juni»).
    """

    id: str
    plan: str
    type: str
    text: str
    start: int
    end: int
    page: int = 1
    label: str | None = None
    parent: str | None = None
    context: tuple[str, ...] = ()
    owner: str | None = None
    effects: tuple[tuple[int | None, float], ...] = ()
    dates: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    laws: tuple[Passage, ...] = ()
    when: str = ""
    date_passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two items that are alike, ``score`` in 0..1, and the words that make them so, as each writes them."""

    first: str
    second: str
    kind: PairKind
    score: float
    shared: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tension:
    """Items about the same that can't all be carried out.

    ``code`` is ``direction`` | ``number`` | ``deadline``; the shell words it with ``params`` («12,7 %» against «11 %»).
    ``passages`` are the words in conflict, one for each item, in the same order.
    """

    items: tuple[str, ...]
    code: str
    score: float
    params: Mapping[str, Any] = field(default_factory=dict)
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that does not say who, with what money, when or how it is measured."""

    item: str
    missing: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Expired:
    """An item, or a plan as such, resting on what is no longer in force.

    ``code`` is ``law`` | ``deadline`` | ``period``; ``passage`` is the law's name, the date or the plan's title.
    ``params`` for a law: ``successor``, ``since`` (ISO 8601) and ``source``; for a deadline and a period: ``date``.
    ``item`` is None when the passage stands outside every item.
    """

    plan: str
    code: str
    passage: Passage
    item: str | None = None
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Term:
    """A word for a thing, the plans that use it and one passage from each."""

    text: str
    plans: tuple[str, ...]
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Different words that the plans seem to use for one thing, the most used first."""

    terms: tuple[Term, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Theme:
    """Items that belong together. ``title`` is a suggestion; ``words`` are what sets them apart from the others."""

    title: str
    words: tuple[str, ...]
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Area:
    """A main area of the new plan. ``description`` and ``words`` (as plans use them) tell which themes belong in it."""

    title: str
    description: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """The main areas that the new plan is divided into."""

    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class ProposedItem:
    """An item of the new plan: a source item's own words, and all the source items it stands for.

    ``theme`` is the place of its theme in :attr:`Proposal.themes`.
    """

    id: str
    theme: int
    level: str
    text: str
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A first draft: themes, each placed in an area (``areas[i]`` is the place of theme ``i`` in the frame).

    ``reasons[i]`` are the words of theme ``i`` that speak for its area, each beside the area's own word for it.
    """

    frame: Frame
    themes: tuple[Theme, ...]
    areas: tuple[int, ...]
    items: tuple[ProposedItem, ...]
    reasons: tuple[tuple[tuple[str, str], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one source item: merged or moved ``into`` which new item, or closed for which reason."""

    item: str
    fate: Fate
    into: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Merge:
    """Everything the engine says about a set of plans. ``alone`` are items no other plan has anything like."""

    plans: tuple[SourcePlan, ...]
    items: tuple[Item, ...]
    pairs: tuple[Pair, ...]
    tensions: tuple[Tension, ...]
    gaps: tuple[Gap, ...]
    expired: tuple[Expired, ...]
    alone: tuple[str, ...]
    vocabulary: tuple[Vocabulary, ...]
    proposal: Proposal
    outcomes: tuple[Outcome, ...]
