"""Items that pull in opposite directions about the same subject."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, Final

from grunnmur.choices.merging.model import Item, SourcePlan, Tension
from grunnmur.choices.merging.opposites import OPPOSITES
from grunnmur.choices.merging.poles import Pole, find_poles
from grunnmur.choices.merging.subjects import Overlap, Subjects, overlap
from grunnmur.kernel import Passage

# Poles that say themselves what they are about («i gruppe», «selge»): little more is needed to tie two texts together.
_TELLING: Final = frozenset({"group", "single", "sell", "buy", "screens", "no screens", "outside", "inside", "apart"})
LEAST_SHARE: Final = 0.35
LEAST_WEIGHT: Final = 3.0
LEAST_WEIGHT_TELLING: Final = 1.8


@dataclass(frozen=True, slots=True)
class _Placed:
    """An item at a pole, with what it is about."""

    item: Item
    pole: Pole
    about: dict[str, float]


def find_opposed(plans: Mapping[str, SourcePlan], items: Sequence[Item]) -> Iterator[Tension]:
    """``direction`` tensions: two items at opposite poles whose subjects overlap."""
    texts = [flat(plans[item.plan], item) for item in items]
    subjects = Subjects(texts)
    placed: dict[str, list[_Placed]] = {}
    for item, text in zip(items, texts, strict=True):
        for pole in find_poles(text):
            about = subjects.of(" ".join(text[start:end] for start, end in pole.about))
            placed.setdefault(pole.name, []).append(_Placed(item, pole, about))
    for first, second in combinations(sorted(placed), 2):
        if frozenset((first, second)) in OPPOSITES:
            yield from _between(plans, placed[first], placed[second], subjects)


def flat(plan: SourcePlan, item: Item) -> str:
    """An item's passage with line breaks as spaces: same length, same offsets."""
    return re.sub(r"\s", " ", plan.text[item.start : item.end])


def _between(
    plans: Mapping[str, SourcePlan], ones: Sequence[_Placed], others: Sequence[_Placed], subjects: Subjects
) -> Iterator[Tension]:
    """Only placed items that share a term, and not one that is everywhere, are held against each other."""
    by_term: dict[str, list[int]] = {}
    for place, other in enumerate(others):
        for term in (term for term in other.about if not subjects.is_common(term)):
            by_term.setdefault(term, []).append(place)
    for one in ones:
        for place in sorted({place for term in one.about for place in by_term.get(term, ())}):
            other = others[place]
            if one.item.id != other.item.id and (shared := _same_subject(one, other)):
                yield _tension(plans, one, other, shared)


def _same_subject(one: _Placed, other: _Placed) -> Overlap | None:
    shared = overlap(one.about, other.about)
    telling = one.pole.name in _TELLING and other.pole.name in _TELLING | {"together"}
    if telling:
        return shared if shared.weight >= LEAST_WEIGHT_TELLING else None
    return shared if max(shared.first, shared.second) >= LEAST_SHARE and shared.weight >= LEAST_WEIGHT else None


def _tension(plans: Mapping[str, SourcePlan], one: _Placed, other: _Placed, shared: Overlap) -> Tension:
    first, second = sorted((one, other), key=lambda placed: placed.item.id)
    params: dict[str, Any] = {"poles": [first.pole.name, second.pole.name]}
    passages = []
    for name, placed in (("first", first), ("second", second)):
        start, end = placed.item.start + placed.pole.start, placed.item.start + placed.pole.end
        plan = plans[placed.item.plan]
        params[name] = " ".join(plan.text[start:end].split())
        passages.append(Passage(plan.sha256, start, end))
    score = max(shared.first, shared.second)
    return Tension((first.item.id, second.item.id), "direction", round(min(score, 1.0), 4), params, tuple(passages))
