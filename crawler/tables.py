"""Weights by gram id, and many bags of ids as one row of numbers with the places where each begins and ends. Pure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crawler.grams import SIZE

Weights = NDArray[np.float32]
Places = NDArray[np.int64]


def segments(bags: Sequence[bytes]) -> tuple[Places, Places]:
    """Where the numbers of 32 bits of each bag begin and end when all are joined."""
    sizes = np.array([len(bag) // 4 for bag in bags], np.int64)
    ends = np.cumsum(sizes)
    return ends - sizes, ends


def segment_sums(values: Weights, starts: Places, ends: Places) -> NDArray[np.float64]:
    """The sum of the values of each segment; 0 for an empty one."""
    edges = np.stack([starts, ends], axis=1).ravel()
    sums = np.add.reduceat(np.append(values, np.float32(0.0)), edges, dtype=np.float64)
    found: NDArray[np.float64] = np.where(ends > starts, sums[::2], 0.0)  # the others are of what lies between
    return found


def sparse(table: Weights) -> NDArray[np.float64]:
    """The entries of a table of ``SIZE`` that are not zero: a row of places and a row of values."""
    places = np.flatnonzero(table)
    return np.stack([places.astype(np.float64), table[places].astype(np.float64)])


def dense_of(rows: NDArray[np.float64]) -> Weights:
    """The table that :func:`sparse` was given."""
    table = np.zeros(SIZE, np.float32)
    table[rows[0].astype(np.int64)] = rows[1].astype(np.float32)
    return table
