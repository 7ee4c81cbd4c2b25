"""Which candidates are worth aligning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from rapidfuzz import process
from rapidfuzz.distance import Indel

from counterspin.text.columns import common_tokens
from counterspin.text.relation import MIN_LENGTH_RATIO, MIN_SIMILARITY

GATE_BATCH = 200_000  # pairs whose likeness is worked out at once
FEW_PAIRS = 2_000  # pairs up to which starting compiled code costs more than it saves
MOST_ALIGNED = 6  # nearest candidates of a passage that are aligned
# Share of the tokens of the shorter text that stand in the longer one, in any order, 0 to 1, from which clauses may
# have moved; texts of one language share half of them anyway.
MIN_WITHIN = 0.6


def likeness(codes: Sequence[str], pairs: Any) -> Any:
    """The likeness of each pair of texts, f32[m], 0 to 1; 0 for one too unlike to align.

    Texts that are alike only in whatever order are less alike than any others that are aligned.
    """
    lengths = np.fromiter(map(len, codes), dtype=np.int64, count=len(codes))
    found = np.zeros(len(pairs), dtype=np.float32)
    ours, theirs = lengths[pairs[:, 0]], lengths[pairs[:, 1]]
    able = np.flatnonzero(np.minimum(ours, theirs) >= MIN_LENGTH_RATIO * np.maximum(ours, theirs))
    for start in range(0, len(able), GATE_BATCH):
        batch = able[start : start + GATE_BATCH]
        left, right = [codes[at] for at in pairs[batch, 0]], [codes[at] for at in pairs[batch, 1]]
        found[batch] = process.cpdist(
            left, right, scorer=Indel.normalized_similarity, score_cutoff=MIN_SIMILARITY, workers=1
        )
    rest = np.flatnonzero(found == 0)
    found[rest] = MIN_SIMILARITY * _within(codes, pairs[rest], np.minimum(ours, theirs)[rest])
    return found


def _within(codes: Sequence[str], pairs: Any, short: Any) -> Any:
    """Share of the tokens of the shorter text that stand in the longer one as well, f32[m]; 0 for less than wanted."""
    found = np.zeros(len(pairs), dtype=np.float32)
    for start in range(0, len(pairs), GATE_BATCH):
        batch = pairs[start : start + GATE_BATCH]
        both = common_tokens(codes, batch) if len(batch) > FEW_PAIRS else few_in_common(codes, batch)
        found[start : start + GATE_BATCH] = both / np.maximum(short[start : start + GATE_BATCH], 1)
    return np.where(found >= MIN_WITHIN, found, 0.0)


def few_in_common(codes: Sequence[str], pairs: Any) -> Any:
    """The same as :func:`common_tokens` of a few pairs, without starting compiled code: texts in order of their tokens
    have them in common as a subsequence.
    """
    ordered = {text: "".join(sorted(codes[text])) for text in np.unique(pairs).tolist()}
    left, right = ([ordered[text] for text in side] for side in pairs.T.tolist())
    return process.cpdist(left, right, scorer=Indel.similarity, workers=1) / 2


def nearest(pairs: Any, alike: Any) -> Any:
    """The pairs worth aligning, sorted, as ``pairs``: alike at all, and among the nearest few of either text."""
    pairs, alike = pairs[alike > 0], alike[alike > 0]
    ranks = np.minimum(_ranks(pairs[:, 0], pairs[:, 1], alike), _ranks(pairs[:, 1], pairs[:, 0], alike))
    kept = pairs[ranks < MOST_ALIGNED]
    return kept[np.lexsort((kept[:, 1], kept[:, 0]))]


def _ranks(own: Any, other: Any, alike: Any) -> Any:
    """The place of each pair among those of its text ``own``, from 0: by likeness, then by the other text."""
    order = np.lexsort((other, -alike, own))
    ordered = own[order]
    fresh = np.concatenate(([True], ordered[1:] != ordered[:-1])) if len(order) else np.empty(0, dtype=bool)
    starts = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    found = np.empty(len(order), dtype=np.int64)
    found[order] = np.arange(len(order)) - starts
    return found
