"""What changed in a plan from one version to the next, element by element."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from grunnmur.sources.documents.revision import word_changes


class ElementChangeKind(StrEnum):
    """What happened to an element."""

    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    MOVED = "moved"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class VersionedElement:
    """An element as one version of a plan has it. ``facts`` are its other fields, ready to compare and show."""

    id: str
    number: str
    level: str
    text: str
    parent: str | None = None
    facts: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ElementChange:
    """One change. ``runs`` are (same|added|removed, words) of a new wording; ``facts`` the fields that differ."""

    kind: ElementChangeKind
    old: VersionedElement | None
    new: VersionedElement | None
    runs: tuple[tuple[str, str], ...] = ()
    facts: tuple[str, ...] = ()


def changes(old: Sequence[VersionedElement], new: Sequence[VersionedElement]) -> tuple[ElementChange, ...]:
    """All changes in the new version's order, removed elements last. One element may be both reworded and moved."""
    before = {element.id: element for element in old}
    after = {element.id for element in new}
    found: list[ElementChange] = []
    for element in new:
        found += _of(before.get(element.id), element)
    found += [ElementChange(ElementChangeKind.REMOVED, element, None) for element in old if element.id not in after]
    return tuple(found)


def _of(old: VersionedElement | None, new: VersionedElement) -> list[ElementChange]:
    if old is None:
        return [ElementChange(ElementChangeKind.ADDED, None, new)]
    found = []
    if old.text != new.text:
        runs = tuple((kind.value, words) for kind, words in word_changes(old.text, new.text))
        found.append(ElementChange(ElementChangeKind.REWORDED, old, new, runs))
    if old.parent != new.parent:
        found.append(ElementChange(ElementChangeKind.MOVED, old, new))
    facts = _differing(old, new)
    if facts:
        found.append(ElementChange(ElementChangeKind.OTHER, old, new, facts=facts))
    return found


def _differing(old: VersionedElement, new: VersionedElement) -> tuple[str, ...]:
    before, after = dict(old.facts or {}), dict(new.facts or {})
    before["level"], after["level"] = old.level, new.level
    return tuple(sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name)))
