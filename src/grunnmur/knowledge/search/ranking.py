"""What comes first. The engines of full-text search choose candidates; this decides their order, alike for all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from grunnmur.knowledge.search.query import AnyWord, Clause, Query
from grunnmur.knowledge.search.terms import BREAK, analyse, query_words


class HitKind(StrEnum):
    """What can be found."""

    DOCUMENT = "document"
    PLAN = "plan"
    ELEMENT = "element"
    FIGURE = "figure"
    PASSAGE = "passage"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that answers a query. Terms are as :func:`index_terms` wrote them; ``year`` is a figure's own."""

    id: int
    kind: HitKind
    title_terms: str
    body_terms: str
    year: int | None = None


# A title that is the query stands first, whatever it is the title of; otherwise a whole thing says more than a passage.
KIND_WEIGHT = {
    HitKind.DOCUMENT: 3.0,
    HitKind.PLAN: 3.0,
    HitKind.ELEMENT: 1.5,
    HitKind.FIGURE: 1.2,
    HitKind.PASSAGE: 1.0,
}
IN_TITLE, IN_BODY = 2.0, 1.0
AS_PART = 0.5  # found as a part of a compound or through the dictionary form
ASKED_YEAR = 20.0
LONG = 60  # terms; a longer body says less about any one of them


def rank(candidates: Iterable[Candidate], query: Query) -> list[int]:
    """Ids, best first; equals in order of id."""
    wanted = tuple(analyse(word).term for word in query_words(query.text))
    scored = [(-_score(candidate, query, wanted), candidate.id) for candidate in candidates]
    return [id for _, id in sorted(scored)]


def _score(candidate: Candidate, query: Query, wanted: tuple[str, ...]) -> float:
    title, title_parts = _sides(candidate.title_terms)
    body, body_parts = _sides(candidate.body_terms)
    score = sum(
        IN_TITLE * _best(clause, title, title_parts) + IN_BODY * _best(clause, body, body_parts)
        for clause in query.required
    )
    score *= KIND_WEIGHT[candidate.kind] / (1 + len(body) / LONG)
    if title == wanted and candidate.title_terms:
        score += 100 * KIND_WEIGHT[candidate.kind]
    return score + _asked_number(candidate, query, body)


def _asked_number(candidate: Candidate, query: Query, body: tuple[str, ...]) -> float:
    """Who asks for a number or a year wants figures: that year's first."""
    if candidate.kind is not HitKind.FIGURE or not query.numbers:
        return 0.0
    if candidate.year in query.years:
        return ASKED_YEAR
    return ASKED_YEAR / 2 if set(query.numbers) & set(body) else 0.0


def _sides(terms: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Terms in order, and those behind the break."""
    in_order, _, others = terms.partition(BREAK)
    return tuple(in_order.split()), frozenset(others.split())


def _best(clause: Clause, terms: tuple[str, ...], others: frozenset[str]) -> float:
    """How well a clause is answered: 1 by the word itself, less by a part, more when a phrase stands there."""
    if not isinstance(clause, AnyWord):
        return float(len(clause.terms)) if _follows(clause.terms, terms) else 0.0
    if not clause.ways:
        return 0.0
    if set(clause.ways[0]) <= set(terms):
        return 1.0 + 0.1 * min(terms.count(clause.ways[0][0]) - 1, 3)
    everything = others | set(terms)
    return AS_PART if any(set(way) <= everything for way in clause.ways) else 0.0


def _follows(phrase: tuple[str, ...], terms: tuple[str, ...]) -> bool:
    size = len(phrase)
    return any(terms[place : place + size] == phrase for place in range(len(terms) - size + 1))
