"""What a full-text engine has to offer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from grunnmur.knowledge.search import Query


@dataclass(frozen=True, slots=True)
class Engine:
    """SQL parts around the entries, which are always called ``e``.

    ``match`` takes one parameter, which ``expression(query, in_titles)`` makes; ``score`` is low for good hits and
    takes ``score_parameters`` copies of it; ``in_order`` is the cheapest way to say «by id».
    """

    source: str
    match: str
    score: str
    score_parameters: int
    in_order: str
    expression: Callable[[Query, bool], str]
