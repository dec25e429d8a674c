"""A first tree of elements from what was found in a plan document.

An element stands under the one it is said to belong to; else under the one whose heading it stands below; else at the
top. An action stands under the goal it follows in the same section; the rest stand under the heading they have. What is
found twice, as in a table of contents or as a title and its wording, becomes one element with both passages.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from grunnmur.choices.plans.levels import NOT_NUMBERED, Level, LevelRole
from grunnmur.choices.plans.outline import Node, Outline

# «Hovedmål 2», «Delmål 1.1»: a name and a number. «A3» and «4.1.1» have no name.
_NAMED = re.compile(r"([^\W\d_]{3,}(?: [^\W\d_]{3,})*) \S*\d\S*")
_TRAILING_PAGE = re.compile(r"\s+\d{1,3}$")
_HOLDERS = frozenset({LevelRole.GOAL, LevelRole.SUBGOAL, LevelRole.STRATEGY, LevelRole.AREA, LevelRole.CHOICE})


@dataclass(frozen=True, slots=True)
class Found:
    """Something a document says: ``id`` is the caller's own, ``parent`` another's id."""

    id: str
    role: LevelRole
    text: str
    start: int
    end: int
    label: str = ""
    parent: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the document; ``level`` 1 is the highest."""

    id: str
    text: str
    level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DraftedElement:
    """An element of the tree: its level, its words, and every passage (start, end) that it rests on."""

    id: str
    level: Level
    text: str
    passages: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class DraftedPlan:
    """The tree with its levels in the order they are met."""

    levels: tuple[Level, ...]
    elements: tuple[DraftedElement, ...]
    outline: Outline


@dataclass(slots=True)
class _Twig:
    """An element on its way into the tree."""

    found: Found
    texts: list[str]
    passages: list[tuple[int, int]]
    above: _Twig | None = None
    below: list[_Twig] = field(default_factory=list)


def drafted(found: Iterable[Found], sections: Sequence[Section], name: Callable[[LevelRole], str]) -> DraftedPlan:
    """The tree of everything found. ``name`` gives the name of a level that the document has no name of its own for."""
    ordered = sorted(found, key=lambda one: (one.start, one.end, one.id))
    twigs = _folded({one.id: _Twig(one, [one.text], [(one.start, one.end)]) for one in ordered})
    for twig in _distinct(twigs):
        twig.above = _above(twig, twigs, sections)
    tops = _with_headings(_distinct(twigs), sections)
    for twig in _distinct(twigs):
        if twig.above is not None:
            twig.above.below.append(twig)
    return _plan(tops, name)


def _distinct(twigs: dict[str, _Twig]) -> list[_Twig]:
    return sorted({id(twig): twig for twig in twigs.values()}.values(), key=lambda twig: twig.passages[0])


def _folded(twigs: dict[str, _Twig]) -> dict[str, _Twig]:
    """Let what is found twice under one label be one element; its words are the title and the wording."""
    parents = {twig.found.parent for twig in twigs.values()}
    kept: dict[tuple[LevelRole, str], _Twig] = {}
    for id, twig in list(twigs.items()):
        if not twig.found.label:
            continue
        first = kept.setdefault((twig.found.role, twig.found.label), twig)
        if first is twig:
            continue
        if id in parents and first.found.id in parents:
            kept[twig.found.role, twig.found.label] = twig
            continue
        twigs[id] = twigs[first.found.id] = kept[twig.found.role, twig.found.label] = _joined(first, twig)
    return twigs


def _joined(first: _Twig, second: _Twig) -> _Twig:
    texts = [text for text in second.texts if not any(_same(text, known) for known in first.texts)]
    known = [text for text in first.texts if not any(_same(text, new) for new in second.texts)]
    # Where both say the same, the later one stands in the body and the earlier in a list of contents.
    in_contents = not known
    passages = second.passages if in_contents else [*first.passages, *second.passages]
    return _Twig(second.found, second.texts if in_contents else [*first.texts, *texts], list(passages))


def _same(one: str, other: str) -> bool:
    return _TRAILING_PAGE.sub("", one).casefold() == _TRAILING_PAGE.sub("", other).casefold()


def _above(twig: _Twig, twigs: dict[str, _Twig], sections: Sequence[Section]) -> _Twig | None:
    if twig.found.role is LevelRole.ACTION:
        return _goal_before(twig, twigs, sections)
    above = twigs.get(twig.found.parent or "")
    if above is None:
        above = _heading_above(twig, twigs, sections)
    return above if above is not None and above is not twig and not _is_below(above, twig) else None


def _is_below(twig: _Twig | None, other: _Twig) -> bool:
    while twig is not None:
        if twig is other:
            return True
        twig = twig.above
    return False


def _heading_above(twig: _Twig, twigs: dict[str, _Twig], sections: Sequence[Section]) -> _Twig | None:
    """The element that is itself a heading, in whose section this one stands."""
    start = twig.passages[0][0]
    limit = 100
    for section in reversed([one for one in sections if one.start < start]):
        if section.level >= limit:
            continue
        limit = section.level
        held = (one for one in _distinct(twigs) if _stands_on(one, section))
        holder = next(held, None)
        if holder is not None and holder is not twig:
            return holder
    return None


def _stands_on(twig: _Twig, section: Section) -> bool:
    return any(section.start <= start and end <= section.end for start, end in twig.passages)


def _goal_before(twig: _Twig, twigs: dict[str, _Twig], sections: Sequence[Section]) -> _Twig | None:
    """The last goal before an action, unless a new section as high as the goal's own has begun between them."""
    start = twig.passages[0][0]
    before = [one for one in _distinct(twigs) if one.found.role in _HOLDERS and one.passages[-1][1] <= start]
    goal = max(before, key=lambda one: one.passages[-1], default=None)
    if goal is None:
        return None
    named = _named_by(start, before, sections)
    if named is not None:
        return named
    if goal.found.role is LevelRole.SUBGOAL and goal.above is not None:
        goal = goal.above
    at = goal.passages[-1][0]
    own = next((one.level for one in reversed(sections) if one.start <= at), 0)
    return goal if not any(at < one.start < start and one.level <= own for one in sections) else None


def _named_by(start: int, holders: Sequence[_Twig], sections: Sequence[Section]) -> _Twig | None:
    """The goal whose label the heading begins with: «Hovedmål 2: tiltak»."""
    section = next((one for one in reversed(sections) if one.start < start), None)
    if section is None:
        return None
    labelled = [one for one in holders if one.found.label]
    starts = (one for one in labelled if re.match(rf"{re.escape(one.found.label)}\b", section.text, re.IGNORECASE))
    return next(starts, None)


def _with_headings(twigs: Sequence[_Twig], sections: Sequence[Section]) -> list[_Twig]:
    """The top of the tree. Actions that follow no goal come last, so that goals are numbered as the document does it,
    gathered under the heading they have.
    """
    tops: list[_Twig] = []
    made: dict[str, _Twig] = {}
    for twig in (one for one in twigs if one.above is None):
        start = twig.passages[0][0]
        section = next((one for one in reversed(sections) if one.start < start), None)
        if twig.found.role is not LevelRole.ACTION or section is None:
            tops.append(twig)
            continue
        if section.id not in made:
            heading = Found(section.id, LevelRole.TEXT, section.text, section.start, section.end)
            made[section.id] = _Twig(heading, [section.text], [(section.start, section.end)])
        made[section.id].below.append(twig)
    return [*tops, *made.values()]


def _plan(tops: Sequence[_Twig], name: Callable[[LevelRole], str]) -> DraftedPlan:
    walked = [(twig, depth) for top in tops for twig, depth in _walk(top, 0)]
    unnumbered = _unnumbered(walked)
    levels: dict[str, Level] = {}
    elements, outline = [], []
    for twig, depth in walked:
        level = _level(twig.found, name, unnumbered)
        level = levels.setdefault(level.name, level)
        elements.append(DraftedElement(twig.found.id, level, "\n".join(twig.texts), tuple(twig.passages)))
        outline.append(Node(twig.found.id, depth, level.numbered))
    return DraftedPlan(tuple(levels.values()), tuple(elements), tuple(outline))


def _unnumbered(walked: Sequence[tuple[_Twig, int]]) -> set[LevelRole]:
    """Roles whose elements, where they have no number of their own, stand among those that the document numbers."""
    own = Counter(twig.found.role for twig, _depth in walked if _NAMED.fullmatch(twig.found.label))
    every = Counter(twig.found.role for twig, _depth in walked)
    named = {role for role, count in own.items() if 2 * count >= every[role]}
    depths = {depth for twig, depth in walked if twig.found.role in named}
    beside = {twig.found.role for twig, depth in walked if depth in depths}
    return (named | (beside - own.keys())) - {LevelRole.ACTION}


def _walk(twig: _Twig, depth: int) -> Iterable[tuple[_Twig, int]]:
    yield twig, depth
    for child in sorted(twig.below, key=lambda one: one.passages[0]):
        yield from _walk(child, depth + 1)


def _level(found: Found, name: Callable[[LevelRole], str], unnumbered: set[LevelRole]) -> Level:
    """The document's own name («Strategimål»); among others that have one, what has none takes no number."""
    own = _NAMED.fullmatch(found.label)
    if own:
        return Level(found.role, own[1], found.role not in NOT_NUMBERED)
    return Level(found.role, name(found.role), found.role not in NOT_NUMBERED and found.role not in unnumbered)
