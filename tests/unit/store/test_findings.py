"""What an analysis found beside flags: the latest run's, and nothing of an earlier one."""

from __future__ import annotations

from counterspin.model import Network, Reuse
from counterspin.store import findings
from counterspin.store.flags import Places
from tests.unit.store.conftest import URL, Site

OTHER = "http://other.test/b.html"
TEXT = "泡绿茶的水温不宜太高，八十度左右比较合适。"


def test_a_likeness_leaves_by_its_named_exit_and_can_be_seen(site: Site) -> None:
    site.put(TEXT)
    site.put(TEXT, url=OTHER)
    reuse = Reuse("statute", URL, 0, len(TEXT), TEXT, OTHER, 0, len(TEXT), TEXT, 0.9)
    for run in (site.analyse(), site.analyse()):
        assert findings.put_reuses(site.store, [reuse], run=run, places=Places(site.store)) == 1
    rows = [tuple(row) for row in site.store.rows("SELECT reason,url,other_url,similarity FROM q23_named_exits")]
    assert rows == [("statute", URL, OTHER, 0.9)]


def test_a_network_is_kept_with_its_sites_and_shared_replacements(site: Site) -> None:
    network = Network(("a.test", "b.test"), (URL,), (("如果", "倘若"),), (("dictionary", 1),))
    for run in (site.analyse(), site.analyse()):
        findings.put_networks(site.store, [network], run=run)
    rows = [tuple(row)[1:4] for row in site.store.rows("SELECT * FROM q24_spinner_networks")]
    assert rows == [(2, 1, '["a.test", "b.test"]')]
