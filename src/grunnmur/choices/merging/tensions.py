"""Items about the same that can't all be carried out: opposite directions, other numbers, other deadlines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from grunnmur.choices.merging.model import Item, SourcePlan, Tension
from grunnmur.choices.merging.opposed import find_opposed
from grunnmur.choices.merging.rivals import find_rivals

_ORDER: Final = {"direction": 0, "number": 1, "deadline": 2}


def find_tensions(plans: Sequence[SourcePlan], items: Sequence[Item]) -> tuple[Tension, ...]:
    """Each pair of items in conflict once, by the gravest reason, the clearest first.

    ``direction`` is looked for among all items, also within one plan; ``number`` and ``deadline`` between plans.
    """
    texts = {plan.id: plan for plan in plans}
    found: dict[tuple[str, ...], Tension] = {}
    for tension in _all(texts, items):
        known = found.get(tension.items)
        if known is None or _rank(tension) < _rank(known):
            found[tension.items] = tension
    return tuple(sorted(found.values(), key=lambda tension: (-tension.score, tension.items)))


def _all(plans: Mapping[str, SourcePlan], items: Sequence[Item]) -> Iterator[Tension]:
    yield from find_opposed(plans, items)
    yield from find_rivals(plans, items)


def _rank(tension: Tension) -> tuple[int, float]:
    return _ORDER[tension.code], -tension.score
