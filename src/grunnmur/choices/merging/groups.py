"""Items that stand for the same, joined from pairs without letting a chain of likenesses run away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from grunnmur.choices.merging.model import Pair


def groups_of(ids: Sequence[str], pairs: Iterable[Pair]) -> list[list[str]]:
    """The ids in groups, in the order they come.

    The best pairs are joined first, and two groups become one only when more than half of all pairs across them are
    alike: «A is like B, B is like C» is not enough when C has nothing of A.
    """
    ordered = sorted(pairs, key=lambda pair: (-pair.score, pair.first, pair.second))
    group = {one: index for index, one in enumerate(ids)}
    members: dict[int, list[str]] = {index: [one] for index, one in enumerate(ids)}
    links: dict[int, Counter[int]] = {index: Counter() for index in members}
    for pair in ordered:
        first, second = group[pair.first], group[pair.second]
        if first == second:
            continue
        links[first][second] += 1
        links[second][first] += 1
    for pair in ordered:
        first, second = sorted((group[pair.first], group[pair.second]))
        if first != second and 2 * links[first][second] > len(members[first]) * len(members[second]):
            _join(first, second, group, members, links)
    place = {one: index for index, one in enumerate(ids)}
    return [sorted(found, key=place.__getitem__) for found in members.values()]


def _join(
    first: int, second: int, group: dict[str, int], members: dict[int, list[str]], links: dict[int, Counter[int]]
) -> None:
    """Let ``second`` go up in ``first``."""
    for one in members[second]:
        group[one] = first
    members[first] += members.pop(second)
    for other, count in links.pop(second).items():
        del links[other][second]
        if other != first:
            links[first][other] += count
            links[other][first] += count
