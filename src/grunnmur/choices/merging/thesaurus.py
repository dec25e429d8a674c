"""Words that Norwegian plans use for one another: a short general thesaurus, in ``thesaurus.txt``.

It says what words mean, not which goals belong together; how it was made is told in docs/methods/sammenstilling.md.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

Group = tuple[str, ...]
SYNONYMS: Final = "[synonyms]"  # a goal keeps its aim when one takes the other's place
FIELDS: Final = "[fields]"  # words of the same field: what a goal is about, not what it wants


@cache
def groups(section: str) -> tuple[Group, ...]:
    """The groups of a section in order; phrases have ``_`` between their words."""
    return _sections()[section]


@cache
def _sections() -> dict[str, tuple[Group, ...]]:
    written = (files(__package__) / "thesaurus.txt").read_text("utf-8")
    found: dict[str, list[Group]] = {}
    for line in written.splitlines():
        if line.startswith("["):
            current = found.setdefault(line.strip(), [])
        elif line and not line.startswith("#"):
            current.append(tuple(line.split()))
    return {section: tuple(lines) for section, lines in found.items()}
