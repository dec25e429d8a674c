"""SQLite's FTS5. Terms are quoted, so nothing a person types is read as query syntax."""

from __future__ import annotations

from grunnmur.knowledge.search import AnyWord, Phrase, Query
from grunnmur_web.store.search.engine import Engine

OWN = "{title_terms body_terms}"


def match(query: Query, in_titles: bool) -> tuple[str, list[str]]:
    """Rows of the index that answer the query."""
    return "grunnmur_searchindex MATCH %s", [_expression(query, in_titles)]


def _expression(query: Query, in_titles: bool) -> str:
    """The query in FTS5's language. At least one word must be the row's own, not only in the heading above it."""
    text = " AND ".join(_clause(clause) for clause in query.required)
    if in_titles:
        text = f"{{title_terms}} : ({text})"
    elif len(query.required) == 1:
        text = f"{OWN} : ({text})"
    else:
        text = f"({text}) AND {OWN} : ({' OR '.join(_clause(clause) for clause in query.required)})"
    for clause in query.excluded:
        text = f"({text}) NOT {_clause(clause)}"
    return text


def _clause(clause: AnyWord | Phrase) -> str:
    if isinstance(clause, Phrase):
        return _quoted(" ".join(clause.terms))
    ways = (" AND ".join(_quoted(term) for term in way) for way in clause.ways)
    return "(" + " OR ".join(f"({way})" for way in ways) + ")"


def _quoted(term: str) -> str:
    return '"' + term.replace('"', '""') + '"'


# CROSS JOIN keeps the index first: it is asked once, and only its rows are looked up.
ENGINE = Engine(
    source="grunnmur_searchindex",
    rows="grunnmur_searchindex CROSS JOIN grunnmur_searchentry e ON e.id = grunnmur_searchindex.rowid",
    id="grunnmur_searchindex.rowid",
    match=match,
)
