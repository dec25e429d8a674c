"""Which items of several plans want the same, or want part of what another wants, and the words that say so.

The likeness of two texts is not enough to call them the same: a title of two words is like many, and a goal that is
somewhat like everything («god helse») is not the same as any of it. So the likeness counts for less the fewer words
there are, and for less the more the two are like other items too (the local scaling of Conneau et al. 2018, CSLS).
Items on different levels of a plan, and goals for the young and for the old, need more before they are the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from grunnmur.choices.merging.likeness import Embedder, Space, space
from grunnmur.choices.merging.model import Item, Pair, PairKind
from grunnmur.choices.merging.nearest import Nearest, find_nearest
from grunnmur.choices.merging.terms import ages_of, meanings, words_of

# How sure a suggestion is: a logistic function of four observations, fitted to the pairs that were laid out in the
# demo's plans (docs/methods/sammenstilling.md tells how well it holds for pairs it was not fitted to).
ROUNDING: Final = 1e-6
LIKENESS: Final = 32.0
LIKE_OTHERS: Final = -18.0
ACROSS_LEVELS: Final = -2.7
ACROSS_AGES: Final = -4.0
START: Final = -5.3
FEW_WORDS: Final = 4.0  # with this many words, likeness counts half
OTHERS: Final = 5  # of the items most like one, whose likeness it is held against
OVERLAP: Final = 0.10
DUPLICATE: Final = 0.30
_LEVELS: Final = {"vision": 0, "theme": 1, "area": 1, "choice": 1, "goal": 2}
_LOWEST: Final = 3
_AGES: Final = {(True, False): 1, (False, True): 2}


def pairs(items: Sequence[Item], background: Sequence[str] = (), embedder: Embedder | None = None) -> tuple[Pair, ...]:
    """Duplicates and overlaps among items, the surest first; ties in order of id."""
    found = find_pairs(items, space([item.text for item in items], background, embedder))
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second)))


def find_pairs(items: Sequence[Item], space: Space) -> Iterator[Pair]:
    """The pairs of items whose texts make up a space. ``score`` is how sure it is that they want the same, 0..1."""
    nearest = find_nearest(space)
    sureness = _sureness(items, space, nearest)
    for row in np.flatnonzero(sureness >= OVERLAP):
        one, other = sorted((items[nearest.first[row]], items[nearest.second[row]]), key=lambda item: item.id)
        kind = PairKind.DUPLICATE if sureness[row] >= DUPLICATE else PairKind.OVERLAP
        yield Pair(one.id, other.id, kind, round(float(sureness[row]), 4), shared_words(one.text, other.text))


def _sureness(items: Sequence[Item], space: Space, nearest: Nearest) -> NDArray[np.float64]:
    likeness = space.scores(nearest.first, nearest.second)
    words = np.array([len({word.root for word in words_of(text)}) for text in space.texts], dtype=float)
    said = np.sqrt(words[nearest.first] * words[nearest.second])
    counted = likeness * said / (said + FEW_WORDS)
    others = _like_others(counted, nearest, len(items))
    total = START + LIKENESS * counted + LIKE_OTHERS * (others[nearest.first] + others[nearest.second]) / 2
    total += ACROSS_LEVELS * _differ(np.array([_LEVELS.get(item.type, _LOWEST) for item in items]), nearest)
    total += ACROSS_AGES * _differ(np.array([_AGES.get(ages_of(text), 0) for text in space.texts]), nearest, unset=0)
    return np.where(likeness >= 1 - ROUNDING, 1.0, 1 / (1 + np.exp(-total)))


def _differ(kinds: NDArray[Any], nearest: Nearest, unset: int = -1) -> NDArray[np.bool_]:
    """Whether two items are of different kinds, both known."""
    one, other = kinds[nearest.first], kinds[nearest.second]
    return np.asarray((one != other) & (one != unset) & (other != unset))


def _like_others(scores: NDArray[Any], nearest: Nearest, size: int) -> NDArray[np.float64]:
    """For each item the mean of its highest scores."""
    both = np.concatenate([nearest.first, nearest.second])
    twice = np.concatenate([scores, scores])
    order = np.lexsort((-twice, both))
    both, twice = both[order], twice[order]
    rank = np.arange(len(both)) - np.searchsorted(both, both)
    high = rank < OTHERS
    return np.bincount(both[high], twice[high], minlength=size) / OTHERS


def shared_words(first: str, second: str) -> tuple[tuple[str, str], ...]:
    """Words that two texts have in common, each pair as the first and the second text write them.

    >>> shared_words("Flere skal mestre egen hverdag", "Meistring i kvardagen")
    (('mestre', 'Meistring'), ('hverdag', 'kvardagen'))
    """
    others, found = list(_leads(second)), []
    for written, leads in _leads(first):
        match = next((other for other in others if not leads.isdisjoint(other[1])), None)
        if match:
            others.remove(match)
            found.append((written, match[0]))
    return tuple(found)


@lru_cache(maxsize=50_000)
def _leads(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Each word of a text as it is written, with its root, its parts and their meanings."""
    return tuple((text[word.start : word.end], _leads_to(word.root, word.parts)) for word in words_of(text))


@lru_cache(maxsize=100_000)
def _leads_to(root: str, parts: tuple[str, ...]) -> frozenset[str]:
    roots = (root, *parts)
    return frozenset((*roots, *(group for one in roots for group in meanings(one) if group[0] == "=")))
