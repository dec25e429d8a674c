"""What a stretch of text is about, as weighted terms, and how much of it two stretches share."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from grunnmur.choices.merging.terms import BOILERPLATE, root_of, terms_of
from grunnmur.knowledge.language.dates import find_dates
from grunnmur.knowledge.language.spans import blank
from grunnmur.knowledge.language.words import STOP_WORDS, word_list

# Words that measure, delimit or stand for anything: two plans that both say «antall» have nothing in common by it.
MEASURES: Final = frozenset(
    root_of(word)
    for word in STOP_WORDS
    | BOILERPLATE
    | word_list("""
        antall andel tal mengde krone kroner kr mill mrd prosent år uke veke dag time minutt måned gang periode
        perioden nivå plass del utgang ramme million person kommune innbygger målgruppe mål tiltak tilbud tjeneste
        helt vanlig evaluering hovedutvalg hoved utvalg kommunestyre plan høring rullering rapport midtveisevaluering
        vedtak frist
    """)
)
# The same subject under names that no dictionary joins.
_SAME_SUBJECT: Final = (
    "alkohol skjenketid skjenking skjenkebevilling servering ølsalg pils øl vin brennevin",
    "sfo skolefritidsordning aktivitetsskole",
    "flyktning bosetting bosette busette busetje busetjing asylsøker",
    "skjerm nettbrett skolepc mobiltelefon læringsbrett",
    "krisesenter krisesentertilbud",
    "sykehjem institusjonsplass langtidsplass heldøgnsomsorg",
    "kulturskole kulturskoleplass",
    "tannhelse tannlege",
    "legevakt øyeblikkelig",
    "helsestasjon helsesykepleier helsesøster",
)
# A name inside a sentence says where, not what; an abbreviation says what.
_NAME: Final = re.compile(r"(?<=[a-zæøå,0-9]\s)[A-ZÆØÅ][a-zæøå]+(?:\s+[A-ZÆØÅ][a-zæøå]+)*")
_DIGITS: Final = re.compile(r"\d[\d.,]*")
SHORTEST_PREFIX: Final = 7
PREFIX: Final = 0.7
COMMON: Final = 200  # texts
TELLING: Final = 5  # terms
_GROUP_OF: Final = {root_of(word): f"@{number}" for number, words in enumerate(_SAME_SUBJECT) for word in words.split()}


@dataclass(frozen=True, slots=True)
class Overlap:
    """What two stretches share: ``weight`` in nats, ``first`` and ``second`` as shares of what each is about."""

    weight: float
    first: float
    second: float
    terms: tuple[str, ...]

    @property
    def mutual(self) -> float:
        """The geometric mean of the two shares."""
        return math.sqrt(self.first * self.second)


class Subjects:
    """Weighs terms by how seldom they are among the texts given."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._seen: Counter[str] = Counter()
        for text in texts:
            self._seen.update(_terms(text).keys())
        self._roots = frozenset(term for term in self._seen if len(term) >= SHORTEST_PREFIX)
        self._texts = len(texts)

    def is_common(self, term: str) -> bool:
        """Whether so many texts have the term that it is no way to find what to compare."""
        return self._seen[term] > COMMON

    def of(self, text: str) -> dict[str, float]:
        """The terms of a text with their weights; numbers and dates take no part."""
        found: dict[str, float] = {}
        for term, share in _terms(text).items():
            weight = share * math.log(1 + self._texts / max(self._seen[term], 1))
            found[term] = weight
            for end in range(SHORTEST_PREFIX, len(term)):
                if (shorter := term[:end]) in self._roots:
                    found[shorter] = max(found.get(shorter, 0.0), PREFIX * weight)
        return found


def sharing(subjects: Subjects, abouts: Sequence[Mapping[str, float]]) -> Iterator[tuple[int, int]]:
    """Places of subjects that share one of the terms that say most about each, in order, each pair once."""
    by_term: dict[str, list[int]] = {}
    for place, about in enumerate(abouts):
        telling = sorted(
            (term for term in about if not subjects.is_common(term)), key=lambda term: (-about[term], term)
        )
        near: set[int] = set()
        for term in telling[:TELLING]:
            near.update(by_term.get(term, ()))
            by_term.setdefault(term, []).append(place)
        yield from ((other, place) for other in sorted(near))


def overlap(first: Mapping[str, float], second: Mapping[str, float]) -> Overlap:
    """What two subjects share, each term as the one that says less of it does."""
    shared = sorted(first.keys() & second.keys())
    weight = sum(min(first[term], second[term]) for term in shared)
    whole = [sum(one.values()) or 1.0 for one in (first, second)]
    return Overlap(weight, weight / whole[0], weight / whole[1], tuple(shared))


@lru_cache(maxsize=100_000)
def _terms(text: str) -> Mapping[str, float]:
    names = [match.span() for match in _NAME.finditer(text)]
    names = [match.span() for match in _NAME.finditer(text)]
    numbers = [match.span() for match in _DIGITS.finditer(text)]
    dates = [(date.start, date.end) for date in find_dates(text)]
    found = {}
    for term, weight in terms_of(blank(text, [*names, *numbers, *dates]).replace("\0", " ")).items():
        if term not in MEASURES and not term[:1].isdigit():
            found[term] = weight
            if term in _GROUP_OF:
                found[_GROUP_OF[term]] = weight
    return found
