"""Unit vectors in groups, by k-means: a sensible number of them, and none that has swallowed the rest.

The number follows the cube root of the number of vectors, as in kouchou-ai. A group larger than its share is parted in
two until none is.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float32]
FEWEST: Final = 2
MOST: Final = 24
PER_CUBE_ROOT: Final = 1.8
LARGEST: Final = 1.9  # times the mean size
_STARTS: Final = 10
_FEWER_STARTS: Final = 2
_MANY: Final = 4000  # rows, from which so many starts take too long


def theme_count(rows: int) -> int:
    """A number of themes that a person can look through."""
    return min(max(round(PER_CUBE_ROOT * math.cbrt(rows)), FEWEST), MOST, max(rows, 1))


def cluster(vectors: Floats, weights: Sequence[float], seed: int = 0) -> list[list[int]]:
    """Rows in groups; each row in one group, the heaviest group first, rows in order.

    ``vectors`` has unit rows; ``weights`` says how many items a row stands for.
    """
    if not len(vectors):
        return []
    weight = np.asarray(weights, dtype=np.float64)
    count = theme_count(len(vectors))
    groups = _parted(vectors, weight, list(range(len(vectors))), count, seed)
    limit = LARGEST * weight.sum() / count
    while len(groups) < MOST:
        largest = max(groups, key=lambda group: weight[group].sum())
        if weight[largest].sum() <= limit:
            break
        halves = _parted(vectors, weight, largest, 2, seed)
        if len(halves) < 2:
            break
        groups = [group for group in groups if group is not largest] + halves
    return sorted(groups, key=lambda group: (-weight[group].sum(), group[0]))


def _parted(vectors: Floats, weight: NDArray[np.float64], rows: list[int], count: int, seed: int) -> list[list[int]]:
    from sklearn.cluster import KMeans

    own = vectors[rows]
    distinct = len(np.unique(own, axis=0))
    if distinct <= 1:
        return [rows]
    starts = _STARTS if len(rows) < _MANY else _FEWER_STARTS
    means: Any = KMeans(min(count, distinct), n_init=starts, max_iter=100, random_state=seed)
    labels = means.fit_predict(own, sample_weight=weight[rows])
    groups = [[row for row, own_label in zip(rows, labels, strict=True) if own_label == label] for label in set(labels)]
    return [group for group in groups if group]
