"""Themes with suggested names: items that belong together by words, surroundings and the goals they serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from grunnmur.choices.merging.clusters import Floats, cluster
from grunnmur.choices.merging.likeness import Space
from grunnmur.choices.merging.model import Item, Pair, Theme
from grunnmur.choices.merging.names import Namer
from grunnmur.choices.merging.singular import reduced

DIMENSIONS: Final = 60
ITERATIONS: Final = 5
OF_FAMILY: Final = 0.5  # how much of an item's place comes from its goal and what else stands under it
OF_ALIKE: Final = 0.5  # and what an item of the same or nearly the same aim counts beside it


def find_themes(
    items: Sequence[Item], groups: Sequence[Sequence[str]], pairs: Sequence[Pair], space: Space, seed: int = 0
) -> tuple[Theme, ...]:
    """Every item in one theme, those of a group together; ``space`` has the items' texts in the same order.

    The result does not depend on the order of the items.
    """
    place = {item.id: index for index, item in enumerate(items)}
    order = sorted(range(len(items)), key=lambda index: (items[index].text, items[index].type, items[index].context))
    vectors = _with_family(items, place, _with_alike(pairs, place, _reduced(space, order, seed)))
    ordered = sorted(groups, key=lambda group: min(items[place[one]].text for one in group))
    means = _unit(np.stack([vectors[[place[one] for one in group]].mean(axis=0) for group in ordered]))
    clusters = cluster(means, [len(group) for group in ordered], seed)
    members = [sorted((one for row in rows for one in ordered[row]), key=place.__getitem__) for rows in clusters]
    namer = Namer([[items[place[one]] for one in theme] for theme in members])
    return tuple(Theme(*namer.name(index), tuple(theme)) for index, theme in enumerate(members))


def _reduced(space: Space, order: Sequence[int], seed: int) -> Floats:
    """Unit rows of few dimensions, by a seeded singular value decomposition of rows in a fixed order."""
    from scipy import sparse

    whole = sparse.hstack([space.written, sparse.csr_array(space.meant)]).tocsr()[order]
    dimensions = min(DIMENSIONS, min(whole.shape) - 1)
    if dimensions < 1:
        return np.ones((len(order), 1), dtype=np.float32)
    rows = reduced(whole.astype(np.float32), dimensions, ITERATIONS, seed).rows
    found = np.empty_like(rows)
    found[np.asarray(order)] = rows
    return _unit(found)


def _with_alike(pairs: Sequence[Pair], place: Mapping[str, int], own: Floats) -> Floats:
    """Each item drawn towards those it is alike."""
    drawn = own.copy()
    for pair in sorted(pairs, key=lambda pair: (place[pair.first], place[pair.second])):
        first, second = place[pair.first], place[pair.second]
        drawn[first] += OF_ALIKE * pair.score * own[second]
        drawn[second] += OF_ALIKE * pair.score * own[first]
    return _unit(drawn)


def _with_family(items: Sequence[Item], place: Mapping[str, int], own: Floats) -> Floats:
    """Each item drawn towards the mean of what stands under the same goal, the goal with it."""
    above = [place.get(item.parent or "", index) for index, item in enumerate(items)]
    leads = set(above)
    family = np.asarray([index if index in leads else above[index] for index in range(len(items))])
    sums = np.zeros_like(own)
    np.add.at(sums, family, own)
    sizes = np.bincount(family, minlength=len(items))[family][:, None]
    return _unit((1 - OF_FAMILY) * own + OF_FAMILY * sums[family] / sizes)


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
