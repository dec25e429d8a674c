"""What an item of a plan is called: the plan's own number where it has one, else its place, counted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from grunnmur.choices.merging.model import Item
from grunnmur.knowledge.model import ElementType

NUMBER = re.compile(r"\d+(?:\.\d+)*")
LONGEST = 20


def numbers(items: Iterable[Item]) -> dict[str, str]:
    """«3» for the third goal of a plan and «3.2» for the second subgoal under it; ``items`` in text order."""
    found: dict[str, str] = {}
    counts: Counter[tuple[str, str, str]] = Counter()
    for item in items:
        above = found.get(item.parent or "", "") if item.type == ElementType.SUBGOAL else ""
        key = (item.plan, item.type, item.parent or "" if above else "")
        counts[key] += 1
        own = NUMBER.search(item.label or "")
        counted = f"{above}.{counts[key]}" if above else str(counts[key])
        found[item.id] = (own[0] if own else counted)[:LONGEST]
    return found
