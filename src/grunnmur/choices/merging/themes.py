"""Themes with suggested names: items that belong together by words, surroundings and the goals they serve."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from grunnmur.choices.merging.clusters import Floats, cluster
from grunnmur.choices.merging.likeness import Space
from grunnmur.choices.merging.model import Item, Theme
from grunnmur.choices.merging.names import Namer

DIMENSIONS: Final = 60
OF_PARENT: Final = 0.35
"""How much of an item's place comes from what it stands under."""


def find_themes(
    items: Sequence[Item], groups: Sequence[Sequence[str]], space: Space, seed: int = 0
) -> tuple[Theme, ...]:
    """Every item in one theme, those of a group together; ``space`` has the items' texts in the same order.

    The result does not depend on the order of the items.
    """
    place = {item.id: index for index, item in enumerate(items)}
    order = sorted(range(len(items)), key=lambda index: (items[index].text, items[index].type, items[index].context))
    vectors = _with_parents(items, place, _reduced(space, order, seed))
    ordered = sorted(groups, key=lambda group: min(items[place[one]].text for one in group))
    means = _unit(np.stack([vectors[[place[one] for one in group]].mean(axis=0) for group in ordered]))
    clusters = cluster(means, [len(group) for group in ordered], seed)
    members = [sorted((one for row in rows for one in ordered[row]), key=place.__getitem__) for rows in clusters]
    namer = Namer([[items[place[one]] for one in theme] for theme in members])
    return tuple(Theme(*namer.name(index), tuple(theme)) for index, theme in enumerate(members))


def _reduced(space: Space, order: Sequence[int], seed: int) -> Floats:
    """Unit rows of few dimensions, by a seeded singular value decomposition of rows in a fixed order."""
    from scipy import sparse
    from sklearn.decomposition import TruncatedSVD

    whole = sparse.hstack([space.written, sparse.csr_array(space.meant)]).tocsr()[order]
    dimensions = min(DIMENSIONS, min(whole.shape) - 1)
    if dimensions < 1:
        return np.ones((len(order), 1), dtype=np.float32)
    reduced = TruncatedSVD(dimensions, random_state=seed).fit_transform(whole)
    found = np.empty_like(reduced, dtype=np.float32)
    found[np.asarray(order)] = reduced
    return _unit(found)


def _with_parents(items: Sequence[Item], place: Mapping[str, int], own: Floats) -> Floats:
    """Each item drawn towards the one it stands under."""
    parents = [place.get(item.parent or "", index) for index, item in enumerate(items)]
    return _unit((1 - OF_PARENT) * own + OF_PARENT * own[parents])


def _unit(vectors: Floats) -> Floats:
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return (vectors / np.where(lengths > 0, lengths, 1)).astype(np.float32)
