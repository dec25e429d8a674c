"""Ask the index: how many answers there are and of what kind, and the best of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from grunnmur.knowledge.search import AnyWord, Candidate, HitKind, Query, nearest_words, parse, rank
from grunnmur_web.models import Document, Plan, SearchEntry, SearchWord
from grunnmur_web.permissions import Visitor, sees_suggestions, visible_documents, visible_plans
from grunnmur_web.store.search import postgres, sqlite
from grunnmur_web.store.search.engine import Engine

ENGINES = {"sqlite": sqlite.ENGINE, "postgresql": postgres.ENGINE}
REACHABLE = 200  # the best hits, put in order and shown; a person narrows the search rather than read on
MEASURED = 3_000  # hits whose score is worked out; above this, those with the words in the title and the first ones
WORDS_PER_PREFIX = 200
SUGGESTIONS = 3
PUBLIC = " AND (e.published OR e.kind = 'plan')"
SHOWN = (
    "kind", "start", "end", "page", "title", "body", "plan__slug", "plan__name", "plan__period_from",
    "plan__period_to", "document__title", "document__kind", "document__status", "document__date", "finding__type",
    "finding__page", "finding__number", "finding__unit", "finding__approx", "finding__period", "finding__org",
    "finding__state",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """What a search is narrowed to; empty means everything. ``unit``, ``zone`` and ``plan`` are slugs."""

    kind: HitKind | None = None
    document: int | None = None
    document_kind: str = ""
    unit: str = ""
    zone: str = ""
    plan: str = ""
    year: int | None = None

    @property
    def narrows_documents(self) -> bool:
        """Whether only some documents are asked, which leaves out what belongs to none."""
        return bool(self.document_kind or self.unit or self.zone or self.plan)


@dataclass(frozen=True, slots=True)
class SearchResults:
    """Counts of all hits, and the entries from ``offset`` on.

    ``kinds`` counts as if no kind was chosen, ``documents`` as if no document was, so that one sees what the other
    choices would give. ``other_queries`` are queries with known words that do have hits.
    """

    query: Query
    total: int = 0
    kinds: dict[HitKind, int] = field(default_factory=dict)
    documents: dict[int, int] = field(default_factory=dict)
    entries: tuple[SearchEntry, ...] = ()
    other_queries: tuple[str, ...] = ()

    @property
    def reachable(self) -> int:
        """How many of the hits can be shown."""
        return min(self.total, REACHABLE)


def search(
    text: str, user: Visitor, filters: SearchFilters | None = None, *, offset: int = 0, limit: int = 20
) -> SearchResults:
    """What ``user`` may see that answers ``text``, best first."""
    query = with_prefixes(parse(text))
    if query.is_empty:
        return SearchResults(query)
    asked = _Asked(query, user, filters or SearchFilters())
    results = _counted(asked)
    if results.total == 0:
        return replace(results, other_queries=tuple(_other_queries(asked)))
    ids = _best_ids(asked, results.total)[offset : offset + limit]
    return replace(results, entries=_entries(ids))


def findings_matching(text: str) -> RawSQL:
    """The findings whose row answers ``text``, whoever may see them; for ``pk__in`` on those a visitor may see."""
    query, engine = with_prefixes(parse(text)), _engine()
    if query.is_empty:
        return RawSQL("SELECT NULL WHERE 1 = 0", [])
    sql = f"SELECT e.finding_id FROM {engine.source} WHERE {engine.match} AND e.finding_id IS NOT NULL"  # noqa: S608
    return RawSQL(sql, [engine.expression(query, False)])  # noqa: S611


def with_prefixes(query: Query) -> Query:
    """The query with «plass*» as the known words that begin so."""
    beginnings = {}
    for prefix in query.prefixes:
        words = SearchWord.objects.filter(word__startswith=prefix).order_by("word").values_list("word", flat=True)
        beginnings[prefix] = list(words[:WORDS_PER_PREFIX])
    return query.expanded(beginnings) if beginnings else query


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query by someone, within filters."""

    query: Query
    user: Visitor
    filters: SearchFilters

    def where(self) -> tuple[str, list[Any]]:
        """The rows that this person may see, within the filters, as SQL about ``e``."""
        parts = [_sql("e.document_id", self._documents())]
        if not sees_suggestions(self.user):
            parts[0] = (f"{parts[0][0]} AND e.published", parts[0][1])
        if not self.filters.narrows_documents:
            plans, parameters = _sql("e.plan_id", visible_plans(self.user))
            parts[0] = (f"({parts[0][0]} OR (e.kind = 'plan' AND {plans}))", [*parts[0][1], *parameters])
        for column in ("kind", "year", "document"):
            value = getattr(self.filters, column)
            if value is not None:
                parts.append((f"e.{column}{'_id' if column == 'document' else ''} = %s", [value]))
        return " AND ".join(sql for sql, _ in parts), [value for _, values in parts for value in values]

    def documents(self) -> frozenset[int]:
        """The documents within the filters that this person may see."""
        return frozenset(self._documents().order_by().values_list("pk", flat=True))

    def plans(self) -> frozenset[int]:
        """The plans likewise; none when only some documents are asked."""
        if self.filters.narrows_documents:
            return frozenset()
        return frozenset(visible_plans(self.user).order_by().values_list("pk", flat=True))

    def _documents(self) -> QuerySet[Document]:
        filters = self.filters
        chosen = {"kind": filters.document_kind, "unit__slug": filters.unit, "zones__slug": filters.zone}
        chosen["plan__slug"] = filters.plan
        return visible_documents(self.user).filter(**{name: value for name, value in chosen.items() if value})


def _sql(column: str, chosen: QuerySet[Document] | QuerySet[Plan]) -> tuple[str, list[Any]]:
    sql, parameters = chosen.order_by().values("pk").query.sql_with_params()
    return f"{column} IN ({sql})", list(parameters)


def _engine() -> Engine:
    return ENGINES[connection.vendor]


def _counted(asked: _Asked) -> SearchResults:
    """All counts from one question, asked without the choice of kind and document."""
    kinds: Counter[HitKind] = Counter()
    documents: Counter[int] = Counter()
    total, chosen = 0, asked.filters
    for kind, document, count in _counts(asked):
        right_document = chosen.document in (None, document)
        right_kind = chosen.kind in (None, kind)
        kinds[HitKind(kind)] += count * right_document
        if document is not None:
            documents[document] += count * right_kind
        total += count * right_document * right_kind
    return SearchResults(asked.query, total, dict(+kinds), dict(+documents))


def _counts(asked: _Asked) -> Iterator[tuple[str, int | None, int]]:
    """Hits by kind and document. Rows are counted as they come, and documents looked at once each, not once a row."""
    engine, year = _engine(), asked.filters.year
    # A plan stands in the place of a document, below zero: fewer columns to sort by make the question cheaper.
    sql = (
        f"SELECT COALESCE(e.document_id, -e.plan_id), e.kind, COUNT(*) FROM {engine.source}"  # noqa: S608
        f" WHERE {engine.match}{'' if sees_suggestions(asked.user) else PUBLIC}"
        f"{'' if year is None else ' AND e.year = %s'} GROUP BY 1, 2"
    )
    rows = _rows(sql, [engine.expression(asked.query, False), *([] if year is None else [year])])
    if not rows:
        return
    documents, plans = asked.documents(), asked.plans()
    for owner, kind, count in rows:
        if owner > 0 and owner in documents:
            yield kind, owner, count
        elif owner < 0 and -owner in plans:
            yield kind, None, count


def _best_ids(asked: _Asked, total: int) -> list[int]:
    """The hits that can be reached, in the core's order."""
    ids = _candidate_ids(asked, in_titles=False)
    if total > MEASURED:
        ids = [*dict.fromkeys([*_candidate_ids(asked, in_titles=True), *ids])]
    columns = ("id", "kind", "title_terms", "body_terms", "year", "heading_terms")
    entries = SearchEntry.objects.filter(pk__in=ids).values_list(*columns)
    candidates = (Candidate(id, HitKind(kind), *terms) for id, kind, *terms in entries)
    return rank(candidates, asked.query)[:REACHABLE]


def _candidate_ids(asked: _Asked, *, in_titles: bool) -> list[int]:
    engine = _engine()
    where, parameters = asked.where()
    expression = engine.expression(asked.query, in_titles)
    sql = (
        f"SELECT id FROM (SELECT e.id AS id, {engine.score} AS score FROM {engine.source}"  # noqa: S608
        f" WHERE {engine.match} AND {where} ORDER BY {engine.in_order} LIMIT {MEASURED}) AS measured"
        f" ORDER BY score, id LIMIT {REACHABLE}"
    )
    scores = [expression] * engine.score_parameters
    return [row[0] for row in _rows(sql, [*scores, expression, *parameters])]


def _entries(ids: Sequence[int]) -> tuple[SearchEntry, ...]:
    """The rows to show with what they show, without the texts of whole documents."""
    found = SearchEntry.objects.select_related("document", "finding", "plan").only(*SHOWN).in_bulk(ids)
    return tuple(found[id] for id in ids if id in found)


def _other_queries(asked: _Asked) -> Iterable[str]:
    """The query with words near those typed, when that gives hits that this person may see."""
    words = [clause for clause in asked.query.required if isinstance(clause, AnyWord) and not clause.word[0].isdigit()]
    vocabulary = list(SearchWord.objects.values_list("word", flat=True)) if words else []
    for clause in words:
        for near in nearest_words(clause.word, vocabulary, at_most=SUGGESTIONS):
            other = re.sub(re.escape(clause.word), near, asked.query.text, flags=re.IGNORECASE)
            if other != asked.query.text and _has_hits(replace(asked, query=with_prefixes(parse(other)))):
                yield other


def _has_hits(asked: _Asked) -> bool:
    engine = _engine()
    where, parameters = asked.where()
    sql = f"SELECT 1 FROM {engine.source} WHERE {engine.match} AND {where} LIMIT 1"  # noqa: S608
    return bool(_rows(sql, [engine.expression(asked.query, False), *parameters]))


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
