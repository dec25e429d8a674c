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
from grunnmur_web.store.search.numbering import (
    Kind,
    Shelf,
    decided_sql,
    document_range,
    kind_sql,
    owner_sql,
    shelf_sql,
)

ENGINES = {"sqlite": sqlite.ENGINE, "postgresql": postgres.ENGINE}
REACHABLE = 200  # the best hits, put in order and shown; a person narrows the search rather than read on
MEASURED = 3_000  # hits that are looked at in search of the best
WORDS_PER_PREFIX = 200
SUGGESTIONS = 3
WHOLE = (Kind.DOCUMENT, Kind.PLAN)
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
    match, parameters = engine.match(query, False)
    found = f"SELECT {engine.id} FROM {engine.source} WHERE {match}"  # noqa: S608
    sql = f"SELECT finding_id FROM grunnmur_searchentry WHERE finding_id IS NOT NULL AND id IN ({found})"  # noqa: S608
    return RawSQL(sql, parameters)  # noqa: S611


def with_prefixes(query: Query) -> Query:
    """The query with «plass*» as the known words that begin so."""
    beginnings = {}
    for prefix in query.prefixes:
        words = SearchWord.objects.filter(word__startswith=prefix).order_by("word").values_list("word", flat=True)
        beginnings[prefix] = list(words[:WORDS_PER_PREFIX])
    return query.expanded(beginnings) if beginnings else query


@dataclass(frozen=True, slots=True)
class _Asked:
    """A query by someone, within filters; ``in_titles`` and ``kinds`` narrow it further."""

    query: Query
    user: Visitor
    filters: SearchFilters
    in_titles: bool = False
    kinds: tuple[Kind, ...] = ()

    def matching(self) -> tuple[str, list[Any]]:
        """The rows that answer, of the year asked for, and for most people only what is decided, as SQL."""
        engine = _engine()
        match, parameters = engine.match(self.query, self.in_titles)
        parts, values = [match], list[Any](parameters)
        if not sees_suggestions(self.user):
            parts.append(decided_sql(engine.id))
        if self.filters.year is not None:
            # The plus keeps SQLite from asking the index once for each row of the year.
            parts.append(f"+{engine.id} IN (SELECT id FROM grunnmur_searchentry WHERE year = %s)")  # noqa: S608
            values.append(self.filters.year)
        return " AND ".join(parts), values

    def within(self, seen: tuple[str, list[Any]]) -> tuple[str, list[Any]]:
        """Of those, the ones :meth:`seen` by this person that the other filters let through, as SQL."""
        id_column, filters = _engine().id, self.filters
        parts, values = [seen[0]], seen[1]
        if filters.kind is not None:
            parts.append(kind_sql(id_column, Kind(filters.kind)))
        if self.kinds:
            parts.append(f"({' OR '.join(kind_sql(id_column, kind) for kind in self.kinds)})")
        if filters.document is not None:
            parts.append(f"NOT {kind_sql(id_column, Kind.PLAN)} AND {id_column} BETWEEN %s AND %s")
            values = [*values, *document_range(filters.document)]
        return " AND ".join(parts), values

    def seen(self) -> tuple[str, list[Any]]:
        """The rows of the documents and plans that this person may see, as SQL."""
        is_plan = kind_sql(_engine().id, Kind.PLAN)
        documents, values = _owned_by(self._documents())
        if self.filters.narrows_documents:
            return f"NOT {is_plan} AND {documents}", values
        plans, more = _owned_by(visible_plans(self.user))
        return f"(NOT {is_plan} AND {documents} OR {is_plan} AND {plans})", [*values, *more]

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


def _owned_by(chosen: QuerySet[Document] | QuerySet[Plan]) -> tuple[str, list[Any]]:
    sql, parameters = chosen.order_by().values("pk").query.sql_with_params()
    return f"{owner_sql(_engine().id)} IN ({sql})", list(parameters)


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
        kinds[kind] += count * right_document
        if document is not None:
            documents[document] += count * right_kind
        total += count * right_document * right_kind
    return SearchResults(asked.query, total, dict(+kinds), dict(+documents))


def _counts(asked: _Asked) -> Iterator[tuple[HitKind, int | None, int]]:
    """Hits by kind and document, counted by the index alone; documents are looked at once each, not once a row."""
    engine, (where, parameters) = _engine(), asked.matching()
    sql = f"SELECT {shelf_sql(engine.id)}, COUNT(*) FROM {engine.source} WHERE {where} GROUP BY 1"  # noqa: S608
    rows = _rows(sql, parameters)
    if not rows:
        return
    documents, plans = asked.documents(), asked.plans()
    for number, count in rows:
        shelf = Shelf.of_number(number)
        if shelf.kind == Kind.PLAN:
            if shelf.owner in plans:
                yield HitKind.PLAN, None, count
        elif shelf.owner in documents:
            yield HitKind(shelf.kind), shelf.owner, count


def _best_ids(asked: _Asked, total: int) -> list[int]:
    """The hits that can be reached, in the core's order."""
    ids, seen = dict[int, None](), asked.seen()
    for narrower in (*(_narrower(asked) if total > REACHABLE else ()), asked):
        if len(ids) < REACHABLE:
            ids |= dict.fromkeys(_candidate_ids(narrower, seen))
    columns = ("id", "kind", "title_terms", "body_terms", "year", "heading_terms")
    entries = SearchEntry.objects.filter(pk__in=ids).values_list(*columns)
    candidates = (Candidate(id, HitKind(kind), *terms) for id, kind, *terms in entries)
    return rank(candidates, asked.query)[:REACHABLE]


def _narrower(asked: _Asked) -> Iterator[_Asked]:
    """Where the best of many hits are: titles, whole documents' before others', and the words themselves."""
    yield replace(asked, in_titles=True, kinds=WHOLE)
    if asked.query.numbers:
        yield replace(asked, kinds=(Kind.FIGURE,))
    yield replace(asked, in_titles=True)
    if asked.query.as_written != asked.query:
        yield replace(asked, query=asked.query.as_written)


def _candidate_ids(asked: _Asked, seen: tuple[str, list[Any]]) -> list[int]:
    """The shortest of the first hits: all have the words, and a short text says most about them."""
    engine, (match, parameters), (within, more) = _engine(), asked.matching(), asked.within(seen)
    sql = (
        f'SELECT id FROM (SELECT {engine.id} AS id, e."end" - e.start AS length FROM {engine.rows}'  # noqa: S608
        f" WHERE {match} AND {within} ORDER BY {engine.id} LIMIT {MEASURED}) AS measured"
        f" ORDER BY length, id LIMIT {REACHABLE}"
    )
    return [row[0] for row in _rows(sql, [*parameters, *more])]


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
    engine, (match, parameters), (within, more) = _engine(), asked.matching(), asked.within(asked.seen())
    sql = f"SELECT 1 FROM {engine.source} WHERE {match} AND {within} LIMIT 1"  # noqa: S608
    return bool(_rows(sql, [*parameters, *more]))


def _rows(sql: str, parameters: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return list(cursor.fetchall())
