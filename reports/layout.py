"""Where the nodes of a small network are drawn."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_ROUNDS = 220  # the picture no longer changes visibly after about 150 rounds at 150 nodes
_GRAVITY = 2.5  # pull to the middle; keeps parts without a link between them on one page
_HEAT = 0.12  # first step, as a share of the picture's side; falls to nothing


def force_layout(nodes: int, edges: Sequence[tuple[int, int, float]]) -> tuple[tuple[float, float], ...]:
    """A place in 0..1 by 0..1 for each node; ``edges`` are (node, node, weight). The same input gives the same places.

    Nodes push each other away, edges pull; the start is a sunflower spiral instead of chance.
    Source: Fruchterman and Reingold 1991.
    """
    if nodes == 0:
        return ()
    turn = np.arange(nodes) * 2.399963  # the golden angle
    radius = np.sqrt((np.arange(nodes) + 0.5) / nodes) / 2
    places = np.stack([radius * np.cos(turn), radius * np.sin(turn)], axis=1)
    ideal = 0.8 / np.sqrt(nodes)
    for step in range(_ROUNDS):
        force = _push(places, ideal) + _pull(places, edges, ideal) - places * _GRAVITY
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        places = places + force / length * np.minimum(length, _HEAT * (1 - step / _ROUNDS))
    return _scaled(places)


def _push(places: np.ndarray, ideal: float) -> np.ndarray:
    apart = places[:, None, :] - places[None, :, :]
    square = np.maximum((apart**2).sum(axis=2), 1e-6)
    force: np.ndarray = (apart * (ideal**2 / square)[:, :, None]).sum(axis=1)
    return force


def _pull(places: np.ndarray, edges: Sequence[tuple[int, int, float]], ideal: float) -> np.ndarray:
    force = np.zeros_like(places)
    for source, target, weight in edges:
        if source != target:
            apart = places[target] - places[source]
            pull = apart * np.linalg.norm(apart) / ideal * min(1.0, weight)
            force[source] += pull
            force[target] -= pull
    return force


def _scaled(places: np.ndarray) -> tuple[tuple[float, float], ...]:
    low, high = places.min(axis=0), places.max(axis=0)
    span = np.where(high - low < 1e-9, 1.0, high - low)
    unit = (places - low) / span
    return tuple((round(float(x), 3), round(float(y), 3)) for x, y in unit)
