"""What a full-text engine has to offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grunnmur.knowledge.search import Query


@dataclass(frozen=True, slots=True)
class Engine:
    """SQL parts: where to look (``source``), the column with the number of a row, and what is low for good hits.

    ``match(query, in_titles)`` gives the condition and its parameters.
    """

    source: str
    id: str
    score: str
    match: Callable[[Query, bool], tuple[str, list[str]]]
