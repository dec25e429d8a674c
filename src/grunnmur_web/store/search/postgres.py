"""PostgreSQL's full text over the same terms. Terms are quoted, so nothing a person types is read as query syntax."""

from __future__ import annotations

from grunnmur.knowledge.search import AnyWord, Phrase, Query
from grunnmur_web.store.search.engine import Engine


def expression(query: Query, in_titles: bool) -> str:
    """The query as text that casts to ``tsquery``: A is titles, B bodies, C the headings above.

    At least one word must be the row's own, not only in the heading above it.
    """
    label = ":A" if in_titles else ":AB" if len(query.required) == 1 else ""
    parts = [_clause(clause, label) for clause in query.required]
    if not label:
        parts.append(f"({' | '.join(_clause(clause, ':AB') for clause in query.required)})")
    return " & ".join([*parts, *(f"!{_clause(clause, '')}" for clause in query.excluded)])


def _clause(clause: AnyWord | Phrase, label: str) -> str:
    if isinstance(clause, Phrase):
        return "(" + " <-> ".join(_quoted(term, label) for term in clause.terms) + ")"
    ways = (" & ".join(_quoted(term, label) for term in way) for way in clause.ways)
    return "(" + " | ".join(f"({way})" for way in ways) + ")"


def _quoted(term: str, label: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'" + label


ENGINE = Engine(
    source="grunnmur_searchentry e",
    match="e.terms @@ %s::tsquery",
    # 1: divided by the logarithm of the length, as bm25 also holds length against a row.
    score="-ts_rank_cd('{0, 0.1, 0.25, 1.0}', e.terms, %s::tsquery, 1)",
    score_parameters=1,
    in_order="e.id",
    expression=expression,
)
