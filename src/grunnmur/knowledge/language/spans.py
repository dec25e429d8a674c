"""Stretches of text as half-open intervals, and text with some of them blanked out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]

BLANK = "\x00"


def overlaps(span: Span, others: Iterable[Span]) -> bool:
    """Whether ``span`` shares a letter with any of ``others``."""
    return any(span[0] < end and start < span[1] for start, end in others)


def blank(text: str, spans: Iterable[Span]) -> str:
    """The text with ``spans`` replaced by NUL characters, so that offsets stay and no pattern runs across them."""
    parts, done = [], 0
    for start, end in sorted(spans):
        if end <= done:
            continue
        start = max(start, done)
        parts.append(text[done:start])
        parts.append(BLANK * (end - start))
        done = end
    parts.append(text[done:])
    return "".join(parts)


class Taken:
    """Spans claimed so far; answers quickly whether a new one would overlap."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []

    def claim(self, start: int, end: int) -> bool:
        """Claim ``start..end`` and say whether it was free."""
        place = bisect_right(self._starts, start)
        if place and self._ends[place - 1] > start:
            return False
        if place < len(self._starts) and self._starts[place] < end:
            return False
        self._starts.insert(place, start)
        self._ends.insert(place, end)
        return True
