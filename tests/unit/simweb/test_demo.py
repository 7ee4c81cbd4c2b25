"""The demo web: reachable, deterministic, valid enough for a browser, and truly labelled."""

from __future__ import annotations

from collections import deque
from urllib.parse import urljoin, urlsplit

import lxml.html
import pytest

from counterspin.errors import InputError
from crawler.simweb.demo.body import STYLES, body_html
from crawler.simweb.demo.site import demo_web, hosts
from crawler.simweb.demo.source import Part, read
from crawler.simweb.truth import FOLDER
from crawler.simweb.web import Request

CODECS = {"gb2312": "gb18030", "gbk": "gb18030"}
VOID = {"br", "hr", "img", "input", "link", "meta"}
PAGES = [(host.name, page.path) for host in hosts().values() for page in host.pages]


def _reply(host, path):
    return demo_web().answer(Request("GET", host, path))


def _tree(host, path):
    declared = hosts()[host].facts["declared"]
    return lxml.html.fromstring(_reply(host, path).body.decode(CODECS.get(declared, declared)))


def test_there_are_enough_hosts_and_pages_in_two_languages():
    languages = {host.facts["language"][:2] for host in hosts().values()}
    assert len(hosts()) >= 10
    assert len(PAGES) >= 60
    assert {"zh", "en"} <= languages


def test_every_host_has_its_own_markup_or_shares_a_template_with_few():
    templates = [host.facts["template"] for host in hosts().values()]
    assert len(set(templates)) >= 8


def test_every_page_is_reached_from_the_seeds_by_links():
    web = demo_web()
    queue, known = deque(web.seeds), set(web.seeds)
    while queue:
        url = queue.popleft()
        parts = urlsplit(url)
        if parts.netloc not in hosts() or _reply(parts.netloc, parts.path).status != 200:
            continue
        for link in _tree(parts.netloc, parts.path).iterlinks():
            target = urljoin(url, link[2])
            if link[0].tag == "a" and target.startswith("http") and target not in known:
                known.add(target)
                queue.append(target)
    assert {f"http://{host}{path}" for host, path in PAGES} <= known


@pytest.mark.parametrize(("host", "path"), PAGES)
def test_a_page_is_whole_html_with_its_title_and_every_block(host, path):
    page = next(page for page in hosts()[host].pages if page.path == path)
    tree = _tree(host, path)
    text = "".join(tree.text_content().split())
    assert page.title in tree.findtext(".//title")
    for part in page.parts:
        assert "".join(part.text.replace("|", "").split()) in text


@pytest.mark.parametrize(("host", "path"), PAGES)
def test_every_tag_that_is_opened_is_closed(host, path):
    text = _reply(host, path).body.decode("latin-1")
    for tag in {element.tag for element in _tree(host, path).iter() if isinstance(element.tag, str)} - VOID:
        opened = text.count(f"<{tag}>") + text.count(f"<{tag} ")
        assert opened == text.count(f"</{tag}>"), tag


def test_pages_declared_gb2312_hold_gbk_bytes():
    body = _reply("xinxi.yunchuan-gang.test", "/").body
    assert b"charset=gb2312" in body
    assert "云川信息港".encode("gbk") in body


def test_an_unchanged_page_costs_no_body():
    tag = _reply(*PAGES[0]).header("ETag")
    again = demo_web().answer(Request("GET", *PAGES[0], {"if-none-match": tag}))
    assert (again.status, again.body) == (304, b"")


def test_some_hosts_have_a_sitemap_a_feed_and_robots_rules():
    assert _reply("www.yinshui-kepu.test", "/sitemap.xml").body.count(b"<loc>") == 5
    assert _reply("www.yinshui-kepu.test", "/feed.xml").body.count(b"<item>") == 5
    assert b"Disallow: /nbgl/" in _reply("www.yunchuan-zhufang.test", "/robots.txt").body
    assert _reply("jingshuilab.test", "/sitemap.xml").status == 404


def test_an_expired_domain_answers_with_nothing_to_say():
    assert demo_web().answer(Request("GET", "qp.youlian.test", "/")).status == 200
    assert demo_web().answer(Request("GET", "qp.youlian.test", "/2")).status == 404


def test_every_page_has_a_truth_file_and_every_truth_file_a_page():
    named = {f"{host.name}/{page.name}" for host in hosts().values() for page in host.pages}
    files = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.json")}
    assert named == files


@pytest.mark.parametrize("style", STYLES)
def test_every_style_of_writing_keeps_the_words(style):
    parts = [Part("h2", "标题"), Part("p", "a < b"), Part("li", "一"), Part("row", "甲 | 乙 |"), Part("quote", "引")]
    html = body_html(parts, style)
    assert all(word in html for word in ("标题", "a &lt; b", "一", "甲", "引"))


def test_a_page_without_a_title_is_told(tmp_path):
    (tmp_path / "x.txt").write_text("path: /x\n\ntext", encoding="utf-8")
    with pytest.raises(InputError, match=r"x\.txt: a page of the demo needs a path and a title"):
        read(tmp_path / "x.txt")
