"""Names for groups of texts: the words that set a group apart from the others, as its texts write them.

Words are weighed by class-based TF-IDF (BERTopic): how often a root is in the group, times ln(1 + mean words per group
over how often it is in all of them).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from grunnmur.choices.merging.model import Item
from grunnmur.choices.merging.terms import words_of
from grunnmur.knowledge.language.words import lemma

WORDS_SHOWN = 6
WORDS_IN_NAME = 3


class Namer:
    """Names each of several groups of items against the others."""

    def __init__(self, groups: Sequence[Sequence[Item]]) -> None:
        self._roots: list[Counter[str]] = []
        self._written: list[dict[str, Counter[str]]] = []
        for group in groups:
            roots: Counter[str] = Counter()
            written: dict[str, Counter[str]] = {}
            for item in group:
                for word in words_of(item.text):
                    if not word.number:
                        roots[word.root] += 1
                        shown = lemma(item.text[word.start : word.end])
                        written.setdefault(word.root, Counter())[shown] += 1
            self._roots.append(roots)
            self._written.append(written)
        self._all = sum(self._roots, Counter())
        self._mean = self._all.total() / max(len(groups), 1)

    def name(self, group: int) -> tuple[str, tuple[str, ...]]:
        """A suggested title and the words that set the group apart, the strongest first."""
        roots = self._roots[group]
        size = max(roots.total(), 1)
        weight = {root: count / size * math.log(1 + self._mean / self._all[root]) for root, count in roots.items()}
        best = sorted(weight, key=lambda root: (-weight[root], root))[:WORDS_SHOWN]
        words = tuple(
            min(forms, key=lambda form: (-forms[form], form)) for forms in map(self._written[group].__getitem__, best)
        )
        return _title(words[:WORDS_IN_NAME]), words


def _title(words: Sequence[str]) -> str:
    if not words:
        return ""
    listed = f"{', '.join(words[:-1])} og {words[-1]}" if len(words) > 1 else words[0]
    return listed[:1].upper() + listed[1:]
