"""Known words near one that was not found."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

LOWEST_SCORE = 75.0
# Written without Norwegian letters, «okonomi» and «naermiljo» are near «økonomi» and «nærmiljø».
_PLAIN = str.maketrans({"å": "a", "æ": "ae", "ø": "o"})


def nearest_words(word: str, vocabulary: Iterable[str], *, at_most: int = 5) -> list[str]:
    """The words of ``vocabulary`` nearest to ``word``, nearest first; none that are far away."""
    words = sorted(set(vocabulary) - {word})
    plain = [candidate.translate(_PLAIN) for candidate in words]
    found = process.extract(word.translate(_PLAIN), plain, scorer=fuzz.ratio, limit=at_most, score_cutoff=LOWEST_SCORE)
    return [words[place] for _, _, place in found]
