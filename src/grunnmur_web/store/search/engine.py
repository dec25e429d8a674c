"""What a full-text engine has to offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grunnmur.knowledge.search import Query


@dataclass(frozen=True, slots=True)
class Engine:
    """SQL parts: the index (``source``), the index with its rows as ``e``, and the column with a row's number.

    ``match(query, in_titles)`` gives the condition and its parameters.
    """

    source: str
    rows: str
    id: str
    match: Callable[[Query, bool], tuple[str, list[str]]]
