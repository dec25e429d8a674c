"""A plan as a tree of elements, and the ways to rearrange it.

An outline is the elements in reading order, each with its depth (0 is the top). It is whole when the first has depth
0 and none is more than one deeper than the one before it; every function here takes a whole outline and returns one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Node:
    """An element's place: which one, how deep, and whether it takes a number."""

    id: str
    depth: int
    numbered: bool = True


Outline = tuple[Node, ...]


class Placement(StrEnum):
    """Where an element goes relative to another."""

    BEFORE = "before"
    AFTER = "after"
    UNDER = "under"


class OutlineError(ValueError):
    """A move that would not leave a tree.

    ``code`` is ``unknown`` | ``inside-itself`` | ``first`` | ``top`` | ``twice``.
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_whole(outline: Sequence[Node]) -> bool:
    """Whether the depths make a tree and no element stands twice."""
    depths = [-1, *(node.depth for node in outline)]
    return all(0 <= after <= before + 1 for before, after in pairwise(depths)) and len({n.id for n in outline}) == len(
        outline
    )


def branch(outline: Outline, id: str) -> Outline:
    """The element and everything under it."""
    start, end = _extent(outline, id)
    return outline[start:end]


def parents(outline: Outline) -> dict[str, str | None]:
    """For each element the one it stands under."""
    found: dict[str, str | None] = {}
    above: list[str] = []
    for node in outline:
        del above[node.depth :]
        found[node.id] = above[-1] if above else None
        above.append(node.id)
    return found


def move(outline: Outline, id: str, placement: Placement, target: str) -> Outline:
    """Put a branch before or after another element's branch, or last under that element."""
    start, end = _extent(outline, id)
    moved, rest = outline[start:end], outline[:start] + outline[end:]
    if any(node.id == target for node in moved):
        raise OutlineError("inside-itself")
    first, last = _extent(rest, target)
    depth = rest[first].depth + (placement is Placement.UNDER)
    place = first if placement is Placement.BEFORE else last
    return rest[:place] + _shifted(moved, depth - moved[0].depth) + rest[place:]


def step(outline: Outline, id: str, by: int) -> Outline:
    """Move a branch past the sibling above (``by`` -1) or below (+1); at the end of the row it stays."""
    siblings = [node.id for node in _siblings(outline, id)]
    place = siblings.index(id) + by
    if not 0 <= place < len(siblings):
        return outline
    return move(outline, id, Placement.BEFORE if by < 0 else Placement.AFTER, siblings[place])


def indent(outline: Outline, id: str) -> Outline:
    """Put a branch last under the sibling above it."""
    siblings = [node.id for node in _siblings(outline, id)]
    place = siblings.index(id)
    if not place:
        raise OutlineError("first")
    return move(outline, id, Placement.UNDER, siblings[place - 1])


def outdent(outline: Outline, id: str) -> Outline:
    """Put a branch right after the element it stood under; siblings below it stay where they were."""
    _extent(outline, id)
    above = parents(outline)[id]
    if above is None:
        raise OutlineError("top")
    return move(outline, id, Placement.AFTER, above)


def insert(outline: Outline, node: Node, placement: Placement, target: str) -> Outline:
    """Put a new element beside or under another."""
    if any(known.id == node.id for known in outline):
        raise OutlineError("twice")
    return move((*outline, replace(node, depth=0)), node.id, placement, target)


def remove(outline: Outline, id: str) -> Outline:
    """Take an element out; what stood under it moves up to its place, so that nothing else is lost."""
    start, end = _extent(outline, id)
    return outline[:start] + _shifted(outline[start + 1 : end], -1) + outline[end:]


def join(outline: Outline, kept: str, joined: str) -> Outline:
    """Join one element into another: what stood under ``joined`` comes last under ``kept``."""
    if any(node.id == kept for node in branch(outline, joined)):
        raise OutlineError("inside-itself")
    for child in [id for id, above in parents(outline).items() if above == joined]:
        outline = move(outline, child, Placement.UNDER, kept)
    return remove(outline, joined)


def numbers(outline: Outline) -> dict[str, str]:
    """«1», «1.2», «1.2.1» for the numbered elements; one without a number does not break the count below it."""
    found: dict[str, str] = {}
    for node, path in _paths(outline):
        if node.numbered:
            found[node.id] = ".".join(str(part) for part in path)
    return found


def _paths(outline: Outline) -> Iterator[tuple[Node, list[int]]]:
    """Each element with its number; under one without a number the count goes on from the level above."""
    counts: list[int] = []
    levels: list[int] = []
    for node in outline:
        del levels[node.depth :]
        length = levels[-1] if levels else 0
        if node.numbered:
            del counts[length + 1 :]
            counts.extend([0] * (length + 1 - len(counts)))
            counts[length] += 1
        levels.append(length + node.numbered)
        yield node, counts[: length + 1]


def _extent(outline: Outline, id: str) -> tuple[int, int]:
    start = next((place for place, node in enumerate(outline) if node.id == id), None)
    if start is None:
        raise OutlineError("unknown")
    depth = outline[start].depth
    below = range(start + 1, len(outline))
    return start, next((place for place in below if outline[place].depth <= depth), len(outline))


def _siblings(outline: Outline, id: str) -> list[Node]:
    above = parents(outline)
    _extent(outline, id)
    return [node for node in outline if above[node.id] == above[id]]


def _shifted(nodes: Outline, by: int) -> Outline:
    return tuple(replace(node, depth=node.depth + by) for node in nodes)
