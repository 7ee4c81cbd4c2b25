"""The steps that Spark maps agree with the local ones, without Spark."""

import numpy as np
import pytest

from counterspin.text import columns
from tests.spinner.measure import crawl_of
from tests.spinner.words import DEVELOPMENT

pa = pytest.importorskip("pyarrow")


@pytest.mark.parametrize("cap", [400, 3])
def test_votes_under_a_key_are_those_of_the_local_engine(cap):
    from counterspin.engine.spark_steps import votes

    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=0.6, seed=1)
    codes = columns.codes_of_all([page.text for page in pages])
    numbers = np.arange(len(codes), dtype=np.int64)
    keys, sizes = columns.rare_keys(codes, columns.feature_counts(codes, columns.slots_for(len(codes))))
    expected, _ = columns.meet(keys, sizes, numbers, most=1000, cap=cap)
    taken = np.arange(keys.shape[1])[None, :] < sizes[:, None]
    rows = sorted({(int(k), int(t)) for k, t in zip(keys[taken], np.repeat(numbers, sizes), strict=True)})
    key, text = zip(*rows, strict=True)
    batch = pa.RecordBatch.from_pydict({"key": key, "text": text, "page": text})
    total = {}
    for part in votes(cap)(iter([batch])):
        for row in part.to_pylist():
            pair = row["low"], row["high"]
            total[pair] = total.get(pair, 0) + row["shared"]
    found = sorted(pair for pair, shared in total.items() if shared >= 2 or sizes[pair[1]] <= 3)
    assert [tuple(pair) for pair in expected.tolist()] == found
