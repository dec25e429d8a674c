"""What words stand near: word vectors learnt from a handful of plans, in seconds and without a model from elsewhere.

Positive pointwise mutual information of words near one another in a sentence, reduced by singular values
(Levy, Goldberg & Dagan 2015: context distribution smoothed by 0.75, singular values by their square root). The groups
of the thesaurus count as sentences too, so that a word seen once still has a place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from grunnmur.choices.merging.singular import reduced

Floats = NDArray[np.float32]
DIMENSIONS: Final = 100
ITERATIONS: Final = 7
NEAR: Final = 6  # words to either side
SMOOTHING: Final = 0.75
GROUP_COUNTS: Final = 3.0  # a group of the thesaurus says as much as three sentences
RARE: Final = 1e-2  # smooth inverse frequency: a word this common counts half


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A unit vector and a weight for each root; a text is the weighed mean of its roots."""

    places: Mapping[str, int]
    vectors: Floats
    weights: Floats

    def of(self, texts: Sequence[Sequence[str]]) -> Floats:
        """One row for each text, given as its roots; zeros where no root is known."""
        counts = _counts(texts, self.places) @ sparse.diags_array(self.weights)
        return np.asarray(counts @ self.vectors, dtype=np.float32)


def learn(texts: Sequence[Sequence[str]], groups: Sequence[Sequence[str]] = ()) -> Surroundings:
    """Vectors for all roots of ``texts``; ``groups`` are words that belong together. Deterministic."""
    places = {root: place for place, root in enumerate(sorted({root for text in texts for root in text}))}
    if not places:
        return Surroundings(places, np.zeros((0, 1), dtype=np.float32), np.zeros(0, dtype=np.float32))
    columns, ends = _placed(texts, places)
    frequency = np.bincount(columns, minlength=len(places)).astype(np.float32)
    related = _counts(groups, places).sign()
    together = _near(columns, ends, len(places)) + related.T @ related * GROUP_COUNTS
    together = _with_diagonal(together, frequency)
    weights = RARE / (RARE + frequency / max(frequency.sum(), 1))
    return Surroundings(places, _reduced(_information(together)), weights.astype(np.float32))


def _placed(texts: Sequence[Sequence[str]], places: Mapping[str, int]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The places of all known roots in a row, and where each text ends in it (with 0 first)."""
    known = [[places[root] for root in text if root in places] for text in texts]
    ends = np.cumsum([0, *map(len, known)])
    return np.fromiter((place for text in known for place in text), dtype=np.int32, count=int(ends[-1])), ends


def _near(columns: NDArray[np.int32], ends: NDArray[np.int64], size: int) -> Any:
    """How often each two roots stand near one another, roots by roots, symmetric."""
    text_of = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
    total = sparse.csr_array((size, size), dtype=np.float32)
    for distance in range(1, NEAR + 1):
        same = text_of[:-distance] == text_of[distance:]
        first, second = columns[:-distance][same], columns[distance:][same]
        ones = np.ones(len(first), dtype=np.float32)
        total = total + sparse.csr_array((ones, (first, second)), shape=(size, size))
    return total + total.T


def _with_diagonal(matrix: Any, values: Floats) -> Any:
    """The matrix with other values on its diagonal: a word stands near itself as often as it occurs."""
    return matrix - sparse.diags_array(matrix.diagonal()) + sparse.diags_array(values)


def _counts(texts: Sequence[Sequence[str]], places: Mapping[str, int]) -> Any:
    """Texts by roots; roots that have no place are left out."""
    columns, ends = _placed(texts, places)
    values = np.ones(len(columns), dtype=np.float32)
    return sparse.csr_array((values, columns, ends), shape=(len(texts), len(places)))


def _information(together: Any) -> Any:
    """Positive pointwise mutual information of a symmetric matrix of counts."""
    found = together.tocoo()
    each = np.asarray(together.sum(axis=1)).ravel()
    context = each**SMOOTHING
    context /= context.sum()
    values = np.log(found.data / (each[found.row] * context[found.col]))
    kept = values > 0
    return sparse.csr_array((values[kept], (found.row[kept], found.col[kept])), shape=together.shape)


def _reduced(information: Any) -> Floats:
    size = information.shape[0]
    if size <= DIMENSIONS:
        return _unit(information.toarray())
    found = reduced(information.astype(np.float32), DIMENSIONS, ITERATIONS, seed=0)
    return _unit(found.rows / np.sqrt(found.values + 1e-9))


def _unit(rows: NDArray[Any]) -> Floats:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.where(lengths > 0, lengths, 1), dtype=np.float32)
