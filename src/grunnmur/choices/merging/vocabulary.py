"""Different words that plans use for one thing: abbreviations, names of levels, and words that stand for each other.

Two words stand for each other when plans that want the same use each its own, and neither plan uses the other's.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

from grunnmur.choices.merging.model import Item, Pair, SourcePlan, Term, Vocabulary
from grunnmur.choices.merging.names import noun_of
from grunnmur.choices.merging.terms import meanings, words_of
from grunnmur.kernel import Passage
from grunnmur.knowledge.language.spans import Span

_ABBREVIATED: Final = re.compile(r"(?P<long>[A-ZÆØÅa-zæøå][\w-]*(?:\s+[\w-]+){1,6})\s+\((?P<short>[A-ZÆØÅ]{2,6})\)")
_LEVEL: Final = re.compile(r"(?P<name>[^\W\d_]{3,})\s+(?:\d+|[A-ZÆØÅ]|[IVX]+)\b")
_HIGHEST: Final = frozenset({"choice", "area", "goal"})
SCORE_OF_ABBREVIATION: Final = 1.0
SCORE_OF_LEVEL: Final = 0.8
HIGHEST_OF_RIVALS: Final = 0.7
FEWEST_LETTERS: Final = 5
LONGEST_ENDING: Final = 4
MOST_RIVALS: Final = 200
_WORD: Final = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def find_vocabulary(
    plans: Sequence[SourcePlan], items: Sequence[Item], pairs: Sequence[Pair]
) -> tuple[Vocabulary, ...]:
    """Groups of words for one thing, the surest first; each with the plans that use it and one passage from each."""
    found = [*_abbreviations(plans), *_levels(plans, items), *_rivals(plans, items, pairs)]
    return tuple(sorted(found, key=lambda one: (-one.score, one.terms[0].text)))


def _abbreviations(plans: Sequence[SourcePlan]) -> Iterator[Vocabulary]:
    """«Bedre tverrfaglig innsats (BTI)», when some plan writes only the one or the other."""
    names: dict[str, str] = {}
    for plan in plans:
        for match in _ABBREVIATED.finditer(plan.text):
            if long := _spelled_out(match["long"], match["short"]):
                names.setdefault(match["short"], long)
    for short, long in sorted(names.items()):
        terms = [term for name in (long, short) if (term := _term(plans, name))]
        if len(terms) == 2 and len({plan for term in terms for plan in term.plans}) > 1:
            yield Vocabulary(_most_used_first(terms), SCORE_OF_ABBREVIATION)


def _spelled_out(words: str, short: str) -> str:
    """The last words whose initials are the abbreviation."""
    parts = words.split()
    own = parts[-len(short) :]
    return " ".join(own) if "".join(part[0] for part in own).casefold() == short.casefold() else ""


def _levels(plans: Sequence[SourcePlan], items: Sequence[Item]) -> Iterator[Vocabulary]:
    """What each plan calls its highest numbered level: «Veivalg 1», «Satsingsområde 1»."""
    names: dict[str, str] = {}
    for item in items:
        match = _LEVEL.fullmatch(item.label or "")
        if match and item.type in _HIGHEST and item.plan not in names:
            names[item.plan] = match["name"].capitalize()
    by_plan = {plan.id: plan for plan in plans}
    terms = [
        term
        for name in dict.fromkeys(names[plan.id] for plan in plans if plan.id in names)
        if (term := _term([by_plan[plan] for plan, own in names.items() if own == name], name))
    ]
    if len(terms) > 1:
        yield Vocabulary(_most_used_first(terms), SCORE_OF_LEVEL)


def _rivals(plans: Sequence[SourcePlan], items: Sequence[Item], pairs: Sequence[Pair]) -> Iterator[Vocabulary]:
    """Words left over on either side of items that want the same, when the plans never share them."""
    by_id = {item.id: item for item in items}
    nouns = {item.id: _nouns(item.text) for item in items}
    used = _uses(items, nouns)
    support: dict[tuple[str, str], float] = defaultdict(float)
    for pair in pairs:
        one, other = by_id[pair.first], by_id[pair.second]
        if one.plan != other.plan:
            for first, second in _left_over(nouns[one.id], nouns[other.id], used, (one.plan, other.plan)):
                support[(min(first, second), max(first, second))] += pair.score
    best = sorted(support.items(), key=lambda found: (-found[1], found[0]))[:MOST_RIVALS]
    where = _Words(plans) if best else None
    for (first, second), score in best:
        terms = [term for name in (first, second) if where and (term := where.term(name))]
        if len(terms) == 2 and not set(terms[0].plans) & set(terms[1].plans):
            yield Vocabulary(_most_used_first(terms), round(min(score, HIGHEST_OF_RIVALS), 4))


class _Words:
    """Where each plan first writes each word."""

    def __init__(self, plans: Sequence[SourcePlan]) -> None:
        self._plans = plans
        self._first: dict[str, dict[int, Span]] = defaultdict(dict)
        for place, plan in enumerate(plans):
            for match in _WORD.finditer(plan.text):
                self._first[match.group().casefold()].setdefault(place, match.span())
        self._sorted = sorted(self._first)

    def term(self, name: str) -> Term | None:
        """The word in any of its forms (up to four letters more), with the plans that write it."""
        found: dict[int, Span] = {}
        for word in self._sorted[bisect_left(self._sorted, name) :]:
            if not word.startswith(name):
                break
            if len(word) <= len(name) + LONGEST_ENDING:
                for place, span in self._first[word].items():
                    found[place] = min(span, found.get(place, span))
        if not found:
            return None
        places = sorted(found)
        passages = tuple(Passage(self._plans[place].sha256, *found[place]) for place in places)
        return Term(name, tuple(self._plans[place].id for place in places), passages)


def _uses(items: Sequence[Item], nouns: Mapping[str, Sequence[str]]) -> Mapping[str, frozenset[str]]:
    """Noun → the plans whose items have it."""
    used: dict[str, set[str]] = defaultdict(set)
    for item in items:
        for noun in nouns[item.id]:
            used[noun].add(item.plan)
    return {noun: frozenset(plans) for noun, plans in used.items()}


def _nouns(text: str) -> list[str]:
    words = (text[word.start : word.end] for word in words_of(text) if not word.number)
    return list(dict.fromkeys(noun for word in words if len(noun := noun_of(word)) >= FEWEST_LETTERS))


def _left_over(
    ones: Sequence[str], others: Sequence[str], used: Mapping[str, frozenset[str]], plans: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    """Nouns of the one that the other's plan never uses, beside nouns of the other that the one's plan never uses."""
    for first in (noun for noun in ones if plans[1] not in used[noun]):
        for second in (noun for noun in others if plans[0] not in used[noun]):
            if _one_thing(first, second):
                yield first, second


@lru_cache(maxsize=100_000)
def _one_thing(first: str, second: str) -> bool:
    """Words the thesaurus holds for the same, or compounds that begin alike and end otherwise («norskkurs»,
    «norskopplæring»); not forms of one word, nor a word and what is made with it.
    """
    one, other = words_of(first)[0], words_of(second)[0]
    if one.root == other.root or first in second or second in first:
        return False
    if one.parts and other.parts:
        return one.parts[0] == other.parts[0] and one.parts[-1] != other.parts[-1]
    return bool(_synonyms(one.root) & _synonyms(other.root))


def _synonyms(root: str) -> set[str]:
    return {group for group in meanings(root) if group[0] == "="}


def _term(plans: Iterable[SourcePlan], name: str) -> Term | None:
    """The word with the plans that write it, and where each does so first."""
    ending = "" if name.isupper() else r"\w{0,4}"
    pattern = re.compile(
        rf"(?<![\w-]){re.escape(name)}{ending}(?![\w-])".replace(r"\ ", r"\s+"),
        re.NOFLAG if name.isupper() else re.IGNORECASE,
    )
    found = [(plan, match) for plan in plans if (match := pattern.search(plan.text))]
    if not found:
        return None
    passages = tuple(Passage(plan.sha256, match.start(), match.end()) for plan, match in found)
    return Term(name, tuple(plan.id for plan, _ in found), passages)


def _most_used_first(terms: Sequence[Term]) -> tuple[Term, ...]:
    return tuple(sorted(terms, key=lambda term: (-len(term.plans), term.text)))
