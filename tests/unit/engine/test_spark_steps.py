"""The steps that Spark maps agree with the local ones, without Spark."""

from collections import Counter

import numpy as np
import pytest

from counterspin.text import columns
from tests.spinner.measure import crawl_of
from tests.spinner.words import DEVELOPMENT

pa = pytest.importorskip("pyarrow")


@pytest.mark.parametrize("size", [10_000, 7])
@pytest.mark.parametrize("cap", [400, 3])
def test_votes_under_a_key_are_those_of_the_local_engine(cap, size, monkeypatch):
    from counterspin.engine import spark_steps
    from counterspin.engine.spark_steps import votes

    monkeypatch.setattr(spark_steps, "MOST_VOTES", 50)

    pages, _, _ = crawl_of("zh", DEVELOPMENT["zh"], rate=0.6, seed=1)
    codes = columns.codes_of_all([page.text for page in pages])
    numbers = np.arange(len(codes), dtype=np.int64)
    keys, sizes = columns.rare_keys(codes, columns.feature_counts(codes, columns.slots_for(len(codes))))
    expected, _ = columns.meet(keys, sizes, numbers, most=1000, cap=cap)
    taken = np.arange(keys.shape[1])[None, :] < sizes[:, None]
    rows = sorted({(int(k), int(t)) for k, t in zip(keys[taken], np.repeat(numbers, sizes), strict=True)})
    owned = Counter(text for _, text in rows)
    total = Counter()
    # a key may begin in one batch and end in another
    batches = [
        pa.RecordBatch.from_pydict(
            {
                "key": [key for key, _ in part],
                "text": [text for _, text in part],
                "page": [text for _, text in part],
                "owned": [owned[text] for _, text in part],
            }
        )
        for part in (rows[at : at + size] for at in range(0, len(rows), size))
    ]
    for part in votes(cap)(iter(batches)):
        total.update((row["low"], row["high"]) for row in part.to_pylist())
    found = sorted(pair for pair, shared in total.items() if shared >= 2 or owned[pair[1]] <= 3)
    assert [tuple(pair) for pair in expected.tolist()] == found


def test_the_rare_keys_of_a_text_are_given_once_with_their_number():
    from counterspin.engine.spark_steps import keys as rare

    codes = columns.codes_of_all(
        ["银行会提前与客户联系约定好时间再上门" * 3, "短", "银行会提前与客户联系约定好时间再上门"]
    )
    table = columns.feature_counts(codes, 1 << 20)
    batch = pa.RecordBatch.from_pydict({"text": [7, 8, 9], "page": [0, 0, 1], "code": codes})
    (found,) = rare(type("Shared", (), {"value": table}))(iter([batch]))
    rows = [(row["text"], row["key"], row["owned"]) for row in found.to_pylist()]
    held, sizes = columns.rare_keys(codes, table)
    for at, text in enumerate((7, 8, 9)):
        own = set(held[at, : sizes[at]].tolist())
        assert sorted(rows[i][1:] for i in range(len(rows)) if rows[i][0] == text) == sorted((k, len(own)) for k in own)
