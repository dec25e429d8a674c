"""Sparse rows in few dimensions, by a seeded randomized singular value decomposition (Halko, Martinsson & Tropp 2011).

The subspace is the one that scikit-learn's finds from the same seed, but its basis is made orthogonal by way of the
small matrix of inner products, which costs a fraction of decomposing the tall one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
MORE: Final = 10  # dimensions looked for beyond those asked for
_NOTHING: Final = 1e-12  # of the largest squared length: a direction with less is rounding
_SMALL: Final = np.float32(1e-9)


@dataclass(frozen=True, slots=True)
class Reduced:
    """``rows`` are the matrix times its right singular vectors; the singular ``values``, the largest first."""

    rows: Floats
    values: Floats


def reduced(matrix: Any, dimensions: int, iterations: int, seed: int) -> Reduced:
    """The rows of a sparse matrix in ``dimensions``, fewer than its rows and its columns. Deterministic."""
    matrix = matrix.tocsr()
    wide = matrix.shape[0] < matrix.shape[1]
    tall, flat = (matrix.T.tocsr(), matrix) if wide else (matrix, matrix.T.tocsr())
    chance = np.random.RandomState(seed)
    found = chance.normal(size=(tall.shape[1], dimensions + MORE)).astype(np.float32)
    for _ in range(iterations):
        found = _orthogonal(flat @ (tall @ found))
    basis = _orthogonal(tall @ found)
    across = flat @ basis
    squares, own = np.linalg.eigh(_products(across))
    largest = np.argsort(-squares)[:dimensions]
    values = np.sqrt(np.maximum(squares[largest], 0)).astype(np.float32)
    directions = own[:, largest].astype(np.float32)
    placed = across @ directions
    return Reduced(placed if wide else tall @ (placed / np.maximum(values, _SMALL)), values)


def _orthogonal(columns: Floats) -> Floats:
    """Unit columns at right angles that span the same; zeros for what there is too little of."""
    squares, own = np.linalg.eigh(_products(columns))
    kept = squares > _NOTHING * max(squares[-1], _NOTHING)
    scale = np.where(kept, 1 / np.sqrt(np.where(kept, squares, 1)), 0)
    return columns @ (own * scale).astype(np.float32)


def _products(columns: Floats) -> NDArray[np.float64]:
    """Inner products of columns, in double precision since small differences are squared."""
    double = columns.astype(np.float64)
    return np.asarray(double.T @ double)
