"""Compiled code gives the numbers of its plain twin."""

from collections import Counter
from random import Random

import numpy as np
import pytest
from numba import njit

from counterspin.engine import near
from counterspin.text import columns, kernels, keys
from counterspin.text.kernels import compiled, sign
from counterspin.text.tokens import MASK, MIX, tokens_of
from tests.spinner.spinner import spin
from tests.spinner.texts import CHINESE, ENGLISH
from tests.spinner.words import DEVELOPMENT

TEXTS = [
    *(text for passages in (*CHINESE.values(), *ENGLISH.values()) for text in passages),
    "", "a", "银", "Don't stop 3.5% Ünïcode 你好🙂世界 ｶﾞ", "x" * 5000, "\ud800银行",
]  # fmt: skip


def shingle_hashes(code):
    """The mixed hashes of the five-token shingles of a text, in plain Python."""
    pieces = [code[at : at + 5] for at in range(len(code) - 4)] or [code]
    for piece in pieces:
        rolled = 0
        for char in piece:
            rolled = (rolled * MIX + ord(char) + 1) & MASK
        mixed = rolled ^ (rolled >> 32)
        yield (mixed * 0xD6E8FEB86659FD93) & MASK


def plain_bins(code, bins):
    """One-permutation minimum of each bin, with rotation, in plain Python."""
    least = [0xFFFFFFFF] * bins
    for mixed in shingle_hashes(code):
        place = ((mixed >> 32) * bins) >> 32
        least[place] = min(least[place], mixed & 0xFFFFFFFE)
    found = []
    for place in range(bins):
        step = 0
        while least[(place + step) % bins] == 0xFFFFFFFF:
            step += 1
        found.append((least[(place + step) % bins] + step * 0x9E3779B1) & 0xFFFFFFFF)
    return found


def plain_bands(code, bands, rows):
    full = plain_bins(code, bands * rows)
    found = []
    for band in range(bands):
        mixed = ((band + 1) * MIX) & MASK
        for row in range(rows):
            mixed = ((mixed ^ full[band * rows + row]) * 0x100000001B3) & MASK
            mixed ^= mixed >> 29
        found.append((((mixed * 0xD6E8FEB86659FD93) & MASK) >> 32) | 1)
    return found


def test_tokens_are_those_of_the_plain_tokeniser():
    tokens, bounds = columns.tokens_of_all(TEXTS)
    found = [tokens[bounds[at] : bounds[at + 1]].tolist() for at in range(len(TEXTS))]
    assert found == [[ord(char) for char in tokens_of(text).code] for text in TEXTS]


def test_band_keys_are_those_of_the_plain_signature():
    codes = [tokens_of(text).code for text in TEXTS[:12]]
    tokens, bounds = columns.tokens_of_all(TEXTS[:12])
    assert sign(tokens, bounds, 32, 4).tolist() == [plain_bands(code, 32, 4) for code in codes]


def test_resemblance_is_the_index_of_jaccard():
    codes = [set(shingle_hashes(tokens_of(text).code)) for text in TEXTS[:10]]
    pairs = np.array([(i, j) for i in range(10) for j in range(i + 1, 10)] + [(3, 3)], dtype=np.uint32)
    expected = [len(codes[i] & codes[j]) / len(codes[i] | codes[j]) for i, j in pairs.tolist()]
    assert columns.exact_resemblance(TEXTS[:10], pairs).tolist() == pytest.approx(expected)


def test_tokens_in_common_are_those_of_bags():
    codes = [tokens_of(text).code for text in TEXTS]
    pairs = np.array([(i, j) for i in range(len(codes)) for j in range(0, i, 7)], dtype=np.uint32)
    expected = [sum((Counter(codes[i]) & Counter(codes[j])).values()) for i, j in pairs.tolist()]
    assert columns.common_tokens(codes, pairs).tolist() == expected
    assert near.few_in_common(codes, pairs).tolist() == expected


@pytest.mark.parametrize("cap", [400, 3])
def test_candidates_are_those_of_plain_python(monkeypatch, cap):
    random = Random(1)
    texts = [*TEXTS[:40], *(spin(text, DEVELOPMENT["zh"], rate=0.7, random=random).text for text in TEXTS[:32] * 3)]
    codes = columns.codes_of_all(texts)
    pages = list(range(len(codes)))
    plain = columns.candidates(codes, pages, most=5, cap=cap)
    monkeypatch.setattr(columns, "FEW_CHARS", 0)
    compiled = columns.candidates(codes, pages, most=5, cap=cap)
    assert (plain[0].tolist(), plain[1]) == (compiled[0].tolist(), compiled[1])


def test_batches_make_no_difference(monkeypatch):
    whole = columns.band_keys(TEXTS)
    monkeypatch.setattr(columns, "BATCH_CHARS", 300)
    assert whole.tolist() == columns.band_keys(TEXTS).tolist()


def test_near_copies_are_found_and_others_are_not():
    texts = [TEXTS[0] + TEXTS[1], TEXTS[0] + TEXTS[1] + "谢谢", TEXTS[5] + TEXTS[6]]
    pairs, index, _ = columns.near_copies(texts, least=0.7, cap=400)
    assert pairs.tolist() == [[0, 1]]
    assert index[0] > 0.9


def test_a_feature_is_a_number_of_32_bits():
    assert all(0 <= one < 1 << 32 for one in keys.features("银行为了\U00012345"))


def total(numbers):
    found = 0
    for one in numbers:
        found += one
    return found


def test_compiled_code_runs_where_no_folder_can_keep_it(monkeypatch):
    def no_folder(*, cache=False, **options):
        if cache:
            raise RuntimeError("cannot cache function: no locator available")
        return njit(**options)

    monkeypatch.setattr(kernels, "njit", no_folder)
    assert compiled(total)(np.arange(5)) == 10


@pytest.mark.parametrize(
    ("method", "error"), [("save", OSError(28, "No space left on device")), ("load", OSError()), ("load", EOFError())]
)
def test_compiled_code_runs_where_the_kept_code_cannot_be_written_or_read(monkeypatch, method, error):
    def fails(*_):
        raise error

    monkeypatch.setattr(f"numba.core.caching.IndexDataCacheFile.{method}", fails)
    assert compiled(total)(np.arange(5)) == 10
