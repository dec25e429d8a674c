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
    heading_terms: str = ""


# A title that is the query stands first, whatever it is the title of; otherwise a whole thing says more than a passage.
KIND_WEIGHT = {
    HitKind.DOCUMENT: 3.0,
    HitKind.PLAN: 3.0,
    HitKind.ELEMENT: 1.5,
    HitKind.FIGURE: 1.2,
    HitKind.PASSAGE: 1.0,
}
EXACT_TITLE = 100.0
IN_TITLE, IN_BODY, IN_HEADING = 2.0, 1.0, 0.5
AS_PART = 0.5  # found as a part of a compound or through the dictionary form
ASKED_YEAR = 20.0
LONG = 60  # terms; a longer body says less about any one of them


def rank(candidates: Iterable[Candidate], query: Query) -> list[int]:
    """Ids, best first; equals in order of id."""
    listed = list(candidates)
    best = sorted(zip(scores(listed, query), listed, strict=True), key=lambda one: (-one[0], one[1].id))
    return [candidate.id for _, candidate in best]


def scores(candidates: Iterable[Candidate], query: Query) -> list[float]:
    """The points of each candidate, as docs/methods/sok.md works them out."""
    wanted = " ".join(analyse(word).term for word in query_words(query.text))
    asked = [_Asked(clause) for clause in query.required]
    return [_score(candidate, query, asked, wanted) for candidate in candidates]


def _score(candidate: Candidate, query: Query, asked: list[_Asked], wanted: str) -> float:
    body, score = _Side(candidate.body_terms), 0.0
    title = _Side(candidate.title_terms)
    for weight, side in ((IN_TITLE, title), (IN_BODY, body), (IN_HEADING, _Side(candidate.heading_terms))):
        if side.all:
            score += weight * sum(clause.answered_by(side) for clause in asked)
    score *= KIND_WEIGHT[candidate.kind] / (1 + len(body) / LONG)
    if wanted and title.present == f" {wanted} ":
        score += EXACT_TITLE * KIND_WEIGHT[candidate.kind]
    return score + _asked_number(candidate, query, body)


def _asked_number(candidate: Candidate, query: Query, body: _Side) -> float:
    """Who asks for a number or a year wants figures: that year's first."""
    if candidate.kind is not HitKind.FIGURE or not query.numbers:
        return 0.0
    if candidate.year in query.years:
        return ASKED_YEAR
    if body.has_number(query.numbers):
        return ASKED_YEAR / 2
    return ASKED_YEAR / 4 if body.leads_to(query.numbers) else 0.0


class _Side:
    """A title or a body: its terms in order, and with those behind the break, each between two spaces.

    Hundreds are looked at for each search, so terms are looked up in the text, and counted only when they are there.
    """

    __slots__ = ("all", "present")

    def __init__(self, stored: str) -> None:
        in_order, _, others = stored.partition(BREAK)
        self.present = f" {in_order.strip()} " if in_order else ""
        self.all = f"{self.present}{others.strip()} " if others else self.present

    def __len__(self) -> int:
        return max(self.present.count(" ") - 1, 0)

    def has_number(self, numbers: tuple[str, ...]) -> bool:
        """Whether one of the numbers stands in the text itself."""
        return any(f" {number} " in self.present for number in numbers)

    def leads_to(self, numbers: tuple[str, ...]) -> bool:
        """Whether one of the numbers stands there or behind the break."""
        return any(f" {number} " in self.all for number in numbers)


class _Asked:
    """A clause made ready to be looked up in many texts."""

    __slots__ = ("itself", "phrase", "single", "together")

    def __init__(self, clause: Clause) -> None:
        ways = clause.ways if isinstance(clause, AnyWord) else ()
        self.phrase = 0 if isinstance(clause, AnyWord) else len(clause.terms)
        self.itself = (
            f" {ways[0][0]} " if ways else "" if isinstance(clause, AnyWord) else f" {' '.join(clause.terms)} "
        )
        self.single = frozenset(way[0] for way in ways if len(way) == 1)
        self.together = [frozenset(way) for way in ways if len(way) > 1]

    def answered_by(self, side: _Side) -> float:
        """How well: 1 by the word itself, less by a part, more when a phrase stands there."""
        there = bool(self.itself) and self.itself in side.present
        if self.phrase:
            return float(self.phrase) if there else 0.0
        if there:
            return 1.0 + 0.1 * min(side.present.split().count(self.itself[1:-1]) - 1, 3)
        terms = side.all.split()
        found = not self.single.isdisjoint(terms) or any(way.issubset(terms) for way in self.together)
        return AS_PART if found else 0.0
