"""PostgreSQL's full text over the same terms. Terms are quoted, so nothing a person types is read as query syntax."""

from __future__ import annotations

from grunnmur.knowledge.search import AnyWord, Phrase, Query
from grunnmur_web.store.search.engine import Engine


def match(query: Query, in_titles: bool) -> tuple[str, list[str]]:
    """Rows that answer the query. At least one word must be the row's own, not only in the heading above it."""
    required = [_clause(clause) for clause in query.required]
    own = _in("title_vector", " & ".join(required)) if in_titles else _in("own_vector", " | ".join(required))
    if not query.excluded and (in_titles or len(required) == 1):
        return own
    anywhere = _in("all_vector", " & ".join([*required, *(f"!{_clause(clause)}" for clause in query.excluded)]))
    return f"{own[0]} AND {anywhere[0]}", [*own[1], *anywhere[1]]


def _in(vector: str, expression: str) -> tuple[str, list[str]]:
    return f"e.{vector} @@ %s::tsquery", [expression]


def _clause(clause: AnyWord | Phrase) -> str:
    if isinstance(clause, Phrase):
        return "(" + " <-> ".join(map(_quoted, clause.terms)) + ")"
    ways = (" & ".join(map(_quoted, way)) for way in clause.ways)
    return "(" + " | ".join(f"({way})" for way in ways) + ")"


def _quoted(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


ENGINE = Engine(source="grunnmur_searchentry e", rows="grunnmur_searchentry e", id="e.id", match=match)
