"""Pages of several sites that carry one text are one cluster."""

from __future__ import annotations

from counterspin.engine.local import run
from counterspin.settings import Settings
from counterspin.text.example import document_of
from tests.spinner.fresh import CHINESE

FIRST, SECOND = (passages for passages in list(CHINESE.values())[:2])
PAGE = "\n".join(FIRST[:3])


def clusters(*texts, hosts=None):
    names = hosts or [f"site{number}.test" for number in range(len(texts))]
    pages = [document_of(text, url=f"http://{name}/{at}.html") for at, (name, text) in enumerate(zip(names, texts))]  # noqa: B905
    return [
        {member.url.split("/")[2] for member in cluster.members}
        for cluster in run(pages, Settings()).clusters
        if cluster.kind == "copied"
    ]


def test_copies_on_several_sites_are_one_cluster_whatever_words_they_lost():
    lost = PAGE.replace("花盆", "")
    assert clusters(PAGE, PAGE, lost, "\n".join(SECOND)) == [{"site0.test", "site1.test", "site2.test"}]


def test_pages_that_share_one_passage_of_many_are_none():
    assert not clusters("\n".join(FIRST), "\n".join((FIRST[0], *SECOND)))


def test_versions_on_one_site_are_none():
    assert not clusters(PAGE, PAGE, hosts=["www.site.test", "m.site.test"])


def test_the_order_of_pages_makes_no_difference():
    texts = (PAGE, PAGE, "\n".join(SECOND), "\n".join(SECOND))
    hosts = ["a.test", "b.test", "c.test", "d.test"]
    assert clusters(*texts, hosts=hosts) == clusters(*texts[::-1], hosts=hosts[::-1])
