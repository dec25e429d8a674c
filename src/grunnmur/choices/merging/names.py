"""Names for groups of items: a heading or a short title of the plans that says what the group is about, else its words.

Words are weighed by class-based TF-IDF (BERTopic): how often a root is in the group, times ln(1 + mean words per group
over how often it is in all of them). A title is as good as the weights of its words, each counted once, over the square
root of how many they are.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from grunnmur.choices.merging.model import Item
from grunnmur.choices.merging.subjects import MEASURES
from grunnmur.choices.merging.terms import Word, bokmal, words_of
from grunnmur.knowledge.language.words import compound_parts, is_known, lemma, word_list
from grunnmur.knowledge.outline import without_number

WORDS_SHOWN: Final = 6
WORDS_IN_NAME: Final = 2
SAME_STEM: Final = 6  # letters
LONGEST_TITLE: Final = 6  # words
FEWEST_TIMES: Final = 2  # that each word of a title is in the group
LEAST_OF_BEST: Final = 0.65  # of what the two strongest words would score
_TITLES: Final = frozenset({"theme", "area", "choice"})
_LABEL: Final = re.compile(r"^(?:[\w-]+\s+){0,2}(?:\d+(?:\.\d+)*|[A-ZÆØÅ])\s*[:–.-]\s*(?=\S)")
# Words that are in every plan, and in what it says of time, order and itself.
_NEVER: Final = MEASURES | word_list("""
    høst vår sommer vinter tertial kvartal trinn første andre tredje fjerde ny gang fast del ny hel sted dag år barn
    kommune plan mål delmål hovedmål tiltak virksomhet avdeling samme gå få gi ha bli ta gjøre lage vite kjenne stå
    ni ti to tre fire fem seks sju åtte trenge behov hjelp person folk bo innen innan frå senest framfor fremfor
    januar februar mars april mai juni juli august september oktober november desember klokke klokka gruppe start
    måte del tall ord bruk liv vei lav lenge grunn økt vare hverdag årsverk stilling
    trygg delta først lei små norsk søke lenger best
""")
_PEOPLE: Final = word_list("eldre unge vaksne voksne pårørende ansatte tilsette frivillige utsatte nykomne bosatte")
_NOT_TITLES: Final = re.compile(
    r"\b(?:tiltak\w*|mål|delmål|hovedmål|strategi\w*|veivalg|visjon\w*|milepæl\w*|sammendrag|innledning|oppfølging|ansvar|"
    r"økonomi|kostnader?|status|risiko|bakgrunn|måltall|plan\w*|vedlegg|kunnskapsgrunnlag\w*|framover|20\d\d|agenda|"
    r"kva|hva|hvem|kven|korleis|hvordan|hvorfor|vi|oss)\b",
    re.IGNORECASE,
)


class Namer:
    """Names each of several groups of items against the others; no two get the same name."""

    def __init__(self, groups: Sequence[Sequence[Item]]) -> None:
        self._groups = groups
        self._roots = [Counter(_roots(item.text for item in group)) for group in groups]
        self._all = sum(self._roots, Counter())
        self._mean = self._all.total() / max(len(groups), 1)
        self._taken: set[str] = set()

    def name(self, group: int) -> tuple[str, tuple[str, ...]]:
        """A suggested title and the words that set the group apart, the strongest first."""
        weights = self._weights(group)
        written = _written(self._groups[group])
        best = [root for root in sorted(weights, key=lambda root: (-weights[root], root)) if root in written]
        words = tuple(written[root] for root in best[:WORDS_SHOWN])
        title = self._title(group, weights, best) or _joined(_apart(words))
        if title.casefold() in self._taken:
            title = _joined(_apart(words))
        self._taken.add(title.casefold())
        return title, words

    def _weights(self, group: int) -> dict[str, float]:
        roots = self._roots[group]
        size = max(roots.total(), 1)
        return {root: count / size * math.log(1 + self._mean / self._all[root]) for root, count in roots.items()}

    def _title(self, group: int, weights: Mapping[str, float], best: Sequence[str]) -> str:
        """The best title that is nearly as telling as the two strongest words."""
        least = LEAST_OF_BEST * _telling(weights, best[:WORDS_IN_NAME])
        scored = [
            (-_telling(weights, roots), -count, title)
            for title, count in Counter(_titles(self._groups[group])).items()
            if (roots := list(dict.fromkeys(_roots([title]))))
            and title.casefold() not in self._taken
            and all(self._roots[group][root] >= FEWEST_TIMES for root in roots)
        ]
        found = min(scored, default=(0.0, 0, ""))
        return found[2] if -found[0] >= least and found[2] else ""


def _telling(weights: Mapping[str, float], roots: Sequence[str]) -> float:
    return sum(weights.get(root, 0.0) for root in roots) / math.sqrt(max(len(roots), 1))


def _titles(items: Sequence[Item]) -> Iterator[str]:
    """Short titles of items and the headings right above them, without number and label."""
    for item in items:
        shown = [item.text] if item.type in _TITLES else []
        for heading in (*shown, *item.context[-1:]):
            title = _LABEL.sub("", without_number(heading)).strip(' .:–-«»"')
            if 1 <= len(title.split()) <= LONGEST_TITLE and not _NOT_TITLES.search(title) and not title.isupper():
                yield title[:1].upper() + title[1:]


def _roots(texts: Iterable[str]) -> Iterator[str]:
    for text in texts:
        for word in words_of(text):
            if not word.number and not _is_common(text, word):
                yield word.root


def _is_common(text: str, word: Word) -> bool:
    """A word that is in every plan, or the name of a place."""
    shown = text[word.start : word.end]
    if word.start and shown[:1].isupper() and not shown.isupper():
        return True
    folded = shown.casefold()
    return len(folded) < 3 or bool({folded, lemma(folded), bokmal(lemma(folded))} & _NEVER)


def _written(items: Sequence[Item]) -> dict[str, str]:
    """Root → the noun for it that is most used in the group, in its shortest form; abbreviations as they stand."""
    forms: dict[str, Counter[str]] = {}
    for item in items:
        for word in words_of(item.text):
            shown = item.text[word.start : word.end]
            if not word.number and not _is_common(item.text, word) and (noun := noun_of(shown)):
                forms.setdefault(word.root, Counter())[noun] += 1
    return {root: min(counts, key=lambda form: (-counts[form], form)) for root, counts in forms.items()}


@lru_cache(maxsize=50_000)
def noun_of(shown: str) -> str:
    """The noun's own form («boliger» → «bolig», «eldre» as it is), nothing for verbs and adjectives.

    A noun is known by the dictionary having it in the definite form, itself or the last part of a compound.
    """
    if shown.isupper():
        return shown
    folded = shown.casefold()
    if folded in _PEOPLE:
        return folded
    own = lemma(folded)
    own = own if folded.startswith(own) else folded
    last = compound_parts(own)[-1]
    if not last.endswith("e"):
        return own if is_known(last + "en") or is_known(last + "et") else ""
    acts = (last + "t", last[:-1] + "te", last[:-1] + "ing")
    return own if is_known(last + "n") and is_known(last + "ne") and not all(map(is_known, acts)) else ""


def _apart(words: Sequence[str]) -> list[str]:
    """The first words that are not made of one another («familie», «barnefamilie»)."""
    chosen: list[str] = []
    for word in words:
        if not any(word[:SAME_STEM] == other[:SAME_STEM] or word in other or other in word for other in chosen):
            chosen.append(word)
    return chosen[:WORDS_IN_NAME]


def _joined(words: Sequence[str]) -> str:
    listed = " og ".join(words)
    return listed[:1].upper() + listed[1:]
