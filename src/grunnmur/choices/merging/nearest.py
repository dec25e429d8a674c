"""Which texts of a space are near one another, without comparing all of them at once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from grunnmur.choices.merging.likeness import Space

Floats = NDArray[np.float32]
AT_MOST: Final = 20  # neighbours kept for each text, and all that are as near as the last of them
BLOCK: Final = 512  # texts compared with all others at a time
EXACT: Final = 4_000  # texts; above this, candidates are found by a sketch of the sparse part
SKETCH: Final = 128  # dimensions (Johnson & Lindenstrauss 1984: lengths hold within about 1/sqrt(128))
_ROUNDING: Final = 1e-6


@dataclass(frozen=True, slots=True)
class Nearest:
    """The pairs of texts worth a closer look, ``first[i] < second[i]``, in order of place, each once."""

    first: NDArray[np.intp]
    second: NDArray[np.intp]


def find_nearest(space: Space) -> Nearest:
    """The nearest of each text, block by block, so that memory grows with the texts and not with their square."""
    rows = _sketched(space) if len(space.texts) > EXACT else _Exact(space)
    pairs = [np.zeros((0, 2), dtype=np.intp)]
    for start in range(0, len(space.texts), BLOCK):
        scores = rows.block(slice(start, start + BLOCK))
        scores[np.arange(len(scores)), start + np.arange(len(scores))] = -1
        row, column = np.nonzero(scores >= np.maximum(_bar(scores), _ROUNDING))
        pairs.append(np.sort(np.column_stack([row + start, column]), axis=1))
    every = np.unique(np.concatenate(pairs), axis=0)
    return Nearest(every[:, 0], every[:, 1])


def _bar(scores: Floats) -> Floats:
    """What a score must reach to be among the highest of its row; equals are all among them."""
    size = scores.shape[1]
    kept = min(AT_MOST, size)
    return np.partition(scores, size - kept, axis=1)[:, size - kept, None] - np.float32(_ROUNDING)


class _Exact:
    """Scores by the vectors as they are."""

    def __init__(self, space: Space) -> None:
        self.written, self.meant = space.written, space.meant

    def block(self, rows: slice) -> Floats:
        """Scores of some texts with all."""
        return np.asarray((self.written[rows] @ self.written.T).toarray() + self.meant[rows] @ self.meant.T)


class _Sketched:
    """Scores by dense vectors alone, in which the sparse part is projected at random (with a fixed seed)."""

    def __init__(self, vectors: Floats) -> None:
        self.vectors = vectors

    def block(self, rows: slice) -> Floats:
        """Scores of some texts with all."""
        return np.asarray(self.vectors[rows] @ self.vectors.T)


def _sketched(space: Space) -> _Sketched:
    directions = np.random.default_rng(0).standard_normal((space.written.shape[1], SKETCH), dtype=np.float32)
    return _Sketched(np.hstack([space.written @ (directions / np.float32(SKETCH**0.5)), space.meant]))


def neighbours(space: Space, at_least: float) -> Iterator[tuple[int, int, float]]:
    """Pairs of texts with a score of ``at_least`` or more, the first before the second, in order of place."""
    nearest = find_nearest(space)
    scores = space.scores(nearest.first, nearest.second)
    for row in np.flatnonzero(scores >= at_least):
        yield int(nearest.first[row]), int(nearest.second[row]), float(scores[row])
