"""Which goal an action or a target stands under: by the headings above it, or by the goal's number in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_LEADS: Final = frozenset({"goal", "choice", "area", "strategy"})


@dataclass(frozen=True, slots=True)
class Lead:
    """A goal, choice or area: its place, its number, and the headings that what belongs to it stands under."""

    place: int
    start: int
    label: str | None
    path: tuple[str, ...]


def leads_of(types: Sequence[str], starts: Sequence[int], labels: Sequence[str | None],
             paths: Sequence[tuple[str, ...]]) -> list[Lead]:  # fmt: skip
    """The items that others may stand under, in order."""
    rows = zip(types, starts, labels, paths, strict=True)
    return [Lead(place, start, label, path) for place, (type, start, label, path) in enumerate(rows) if type in _LEADS]


def lead_over(leads: Sequence[Lead], start: int, path: Sequence[str]) -> int | None:
    """The place of the lead that what begins at ``start`` under the headings ``path`` belongs to, if any."""
    return next(_candidates(leads, start, tuple(path)), None)


def _candidates(leads: Sequence[Lead], start: int, path: tuple[str, ...]) -> Iterator[int]:
    for lead in reversed(leads):
        if lead.start < start and len(lead.path) > 1 and path[: len(lead.path)] == lead.path:
            yield lead.place
    for heading in reversed(path):
        for lead in leads:
            if lead.label and re.search(rf"(?<!\w){re.escape(lead.label)}(?![\w.])", heading, re.IGNORECASE):
                yield lead.place
