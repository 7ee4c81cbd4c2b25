from __future__ import annotations

from collections import Counter

from crawler.answer import Tally
from crawler.metrics import write_metrics


def test_the_numbers_of_a_crawl_are_written_for_prometheus(tmp_path):
    tally = Tally(pages=7, captures=5, refused=Counter({"trap:calendar": 3}))
    text = write_metrics(tmp_path, tally, queued=2, seconds=1.5, ended=10.0).read_text()
    assert "counterspin_crawl_pages 7.0" in text
    assert 'counterspin_crawl_refused{code="trap:calendar"} 3.0' in text
    assert "counterspin_crawl_queued 2.0" in text
