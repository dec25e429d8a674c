"""Which items of several plans want the same, or want part of what another wants, and the words that say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from grunnmur.choices.merging.likeness import Embedder, Space, neighbours, space
from grunnmur.choices.merging.model import Item, Pair, PairKind
from grunnmur.choices.merging.terms import Word, meanings, words_of

SAME_AIM: Final = 0.10  # two goals have the same aim, in the wide sense: they belong to the same theme
OVERLAP: Final = 0.36
DUPLICATE: Final = 0.48


def pairs(items: Sequence[Item], background: Sequence[str] = (), embedder: Embedder | None = None) -> tuple[Pair, ...]:
    """Duplicates and overlaps among items, the most alike first; ties in order of id."""
    found = find_pairs(items, space([item.text for item in items], background, embedder))
    return tuple(sorted(found, key=lambda pair: (-pair.score, pair.first, pair.second)))


def find_pairs(items: Sequence[Item], space: Space) -> Iterator[Pair]:
    """The pairs of items whose texts make up a space."""
    for first, second, score in neighbours(space, OVERLAP):
        one, other = sorted((items[first], items[second]), key=lambda item: item.id)
        kind = PairKind.DUPLICATE if score >= DUPLICATE else PairKind.OVERLAP
        yield Pair(one.id, other.id, kind, round(score, 4), shared_words(one.text, other.text))


def same_aim(space: Space, first: int, second: int) -> bool:
    """Whether two texts of a space want the same, in the wide sense."""
    return space.score(first, second) >= SAME_AIM


def shared_words(first: str, second: str) -> tuple[tuple[str, str], ...]:
    """Words that two texts have in common, each pair as the first and the second text write them.

    >>> shared_words("Flere skal mestre egen hverdag", "Meistring i kvardagen")
    (('mestre', 'Meistring'), ('hverdag', 'kvardagen'))
    """
    others, found = list(words_of(second)), []
    for word in words_of(first):
        match = next((other for other in others if _leads_to(word) & _leads_to(other)), None)
        if match:
            others.remove(match)
            found.append((first[word.start : word.end], second[match.start : match.end]))
    return tuple(found)


def _leads_to(word: Word) -> frozenset[str]:
    roots = (word.root, *word.parts)
    return frozenset((*roots, *(group for root in roots for group in meanings(root) if group[0] == "=")))
