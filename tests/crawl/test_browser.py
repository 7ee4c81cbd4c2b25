"""Pages that scripts make, in Debian's Chromium: their text is read, and nothing is asked for but by our own rules."""

from __future__ import annotations

import asyncio
import os
import shutil
import socket
import threading
from contextlib import closing, suppress

import pytest

from counterspin.errors import UsageError
from counterspin.store import Store
from crawler.answer import Answer
from crawler.archive import read_capture
from crawler.browser import Browser, _own_browsers
from crawler.errands import Errands
from crawler.guard import Guard
from crawler.reading import Job, read
from crawler.replay import replay
from crawler.robots import parse
from crawler.simweb import serve
from crawler.simweb.pages import Table, page_reply
from crawler.simweb.web import Reply, Web

pytest.importorskip("playwright", reason="pages made by scripts need the extra `browser`")
if shutil.which("chromium") is None:
    pytest.skip("pages made by scripts need Debian's chromium", allow_module_level=True)

HTML = (("Content-Type", "text/html; charset=utf-8"),)
JSON = (("Content-Type", "application/json"),)
ADVICE = "租房前请核对房产证和业主身份，押金和租金要写进合同。" * 6
SHELL = "<!DOCTYPE html><html><head><title>页</title></head><body><div id=app></div><script>%s</script></body></html>"
FROM_DATA = "fetch('/api/text').then(a => a.json()).then(a => { document.getElementById('app').innerText = a.text })"
PAGE = "http://pages.test/a.html"


class Hosts:
    """Answers by URL; notes what was asked for."""

    def __init__(self, **answers):
        self.answers = {f"http://{name}": answer for name, answer in answers.items()}
        self.asked = []

    async def ask(self, url):
        self.asked.append(url)
        return self.answers.get(url, Answer(404, (), b"", 0.0))


def answers(**paths):
    hosts = Hosts()
    hosts.answers = {f"http://pages.test/{path.replace('__', '/')}": value for path, value in paths.items()}
    return hosts


def shown(script, hosts, *, rules=None, allowed=frozenset(), seconds=60.0, memory=1 << 30, body=None):
    """What a page with this script becomes."""

    async def show():
        errands = Errands(Guard(allowed), hosts.ask, lambda host: rules, 0.0, 1 << 20)
        sandbox = os.geteuid() != 0  # Chromium has none for root, as whom tests in containers run
        browser = Browser(shutil.which("chromium"), errands, "test/1", seconds, memory, 1 << 20, sandbox)
        try:
            raw = body if body is not None else (SHELL % script).encode()
            return await browser.show(PAGE, Answer(200, HTML, raw, 0.0))
        finally:
            await browser.close()

    return asyncio.run(show())


def text_of(page):
    return read(Job(PAGE, page.html, HTML, 1 << 20, 200))


def test_text_that_a_script_gets_is_on_the_page():
    hosts = answers(api__text=Answer(200, JSON, f'{{"text": "{ADVICE}"}}'.encode(), 0.0))
    page = shown(FROM_DATA, hosts)
    assert page.code == "rendered"
    assert ADVICE[:40] in page.html.decode()
    assert text_of(page).chars > 100
    assert hosts.asked == ["http://pages.test/robots.txt", "http://pages.test/api/text"]


def test_what_robots_forbids_is_not_asked_for_by_a_script_either():
    hosts = answers(api__text=Answer(200, JSON, b'{"text": "x"}', 0.0))
    page = shown(FROM_DATA, hosts, rules=parse("User-agent: *\nDisallow: /api/"))
    assert page.code == "rendered"
    assert hosts.asked == []


ESCAPES = """
const at = 'http://127.0.0.1:PORT/'
const tries = [
  () => fetch(at), () => { new Image().src = at }, () => navigator.sendBeacon(at, 'x'),
  () => { const one = new WebSocket('ws://127.0.0.1:PORT/') },
  () => { const one = new EventSource(at) },
  () => { const one = new Worker(URL.createObjectURL(new Blob([`fetch('${at}'); importScripts('${at}')`]))) },
  () => { const one = new RTCPeerConnection({iceServers: [{urls: 'turn:127.0.0.1:PORT?transport=tcp',
                      username: 'a', credential: 'b'}]}); one.createDataChannel('x');
          one.createOffer().then(offer => one.setLocalDescription(offer)) },
  () => window.open(at), () => navigator.serviceWorker.register('/sw.js'),
  () => { for (const rel of ['prefetch', 'preconnect', 'dns-prefetch', 'stylesheet', 'preload', 'modulepreload',
          'prerender', 'icon', 'manifest']) { const link = document.createElement('link'); link.rel = rel;
          link.href = at; link.as = 'script'; document.head.append(link) } },
  () => { for (const tag of ['iframe', 'embed', 'video', 'audio', 'script', 'object']) {
          const one = document.createElement(tag); one.src = one.data = at; document.body.append(one) } },
  () => { const frame = document.createElement('iframe'); document.body.append(frame);
          const inner = new frame.contentWindow.WebSocket('ws://127.0.0.1:PORT/') },
  () => { const frame = document.createElement('iframe'); document.body.append(frame);
          const one = new frame.contentWindow.RTCPeerConnection({iceServers: [
              {urls: 'turn:127.0.0.1:PORT?transport=tcp', username: 'a', credential: 'b'}]});
          one.createDataChannel('x'); one.createOffer().then(offer => one.setLocalDescription(offer)) },
  () => { const form = document.createElement('form'); form.action = at; form.method = 'post';
          document.body.append(form); form.submit() },
  () => { location.href = at },
]
for (const one of tries) try { one() } catch (error) {}
document.getElementById('app').innerText = 'still here'
"""


@pytest.fixture
def canary():
    """A port of this machine that nothing may connect to; yields its number and the connections that came."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        met = []

        def accept():
            with suppress(OSError):
                while True:
                    met.append(server.accept())

        threading.Thread(target=accept, daemon=True).start()
        yield server.getsockname()[1], met


def test_no_way_out_of_the_browser_leads_to_an_address_that_is_forbidden(canary):
    port, met = canary
    hosts = answers()
    page = shown(ESCAPES.replace("PORT", str(port)), hosts)
    assert b"still here" in page.html
    assert met == []
    assert not [url for url in hosts.asked if "127.0.0.1" in url]


@pytest.mark.slow
def test_a_page_that_never_ends_costs_its_time_only():
    page = shown("while (true) {}", answers(), seconds=8.0)
    assert (page.html, page.code) == (None, "browser_timeout")
    assert _own_browsers() == []


@pytest.mark.slow
def test_a_page_that_takes_all_memory_ends_its_browser():
    eater = "window.kept = []; for (;;) { const a = new Uint8Array(8 << 20); a.fill(7); kept.push(a) }"
    page = shown(eater, answers(), memory=600 << 20)
    assert (page.html, page.code) == (None, "browser_memory")
    assert _own_browsers() == []


def site_of_scripts():
    shell = Reply(200, (SHELL % FROM_DATA.replace("/api/text", "/api/text.json")).encode(), HTML)
    text = Reply(200, f'{{"text": "{ADVICE}"}}'.encode(), JSON)
    robots = Reply(200, b"User-agent: *\nDisallow: /private", (("Content-Type", "text/plain"),))
    secret = Reply(200, (SHELL % FROM_DATA.replace("/api/text", "/private/text.json")).encode(), HTML)
    links = [(f"/{name}.html", name) for name in ("app", "secret", "plain")]
    paths = {
        "/": page_reply("home", ("正文" * 90,), links), "/app.html": shell, "/secret.html": secret,
        "/plain.html": page_reply("plain", ("另文" * 90,), []), "/api/text.json": text, "/robots.txt": robots,
        "/private/text.json": text,
    }  # fmt: skip
    return Web({"shop.test": Table(paths)}, seeds=("http://shop.test/",))


def test_a_crawl_shows_pages_without_text_and_keeps_what_it_saw(crawls, tmp_path):
    with serve(site_of_scripts()) as running:
        outcome = crawls.run(
            running, focus=False, browser=True, browser_sandbox=os.geteuid() != 0, browser_seconds=120.0
        )
        asked = [hit.url.removeprefix("http://shop.test") for hit in running.hits]
    assert (outcome.tally.rendered, outcome.tally.scripted) == (1, 1)
    codes = dict(crawls.rows("SELECT url,code FROM frontier WHERE code IS NOT NULL"))
    assert codes == {"http://shop.test/app.html": "rendered", "http://shop.test/secret.html": "needs_browser"}
    assert "/private/text.json" not in asked
    assert asked.count("/app.html") == 1  # the browser is given what was fetched
    assert asked.count("/robots.txt") == 1
    ((file, offset),) = crawls.rows(
        "SELECT warc_file,warc_offset FROM capture JOIN page ON page.id=page_id WHERE page.url LIKE '%/app.html'"
    )
    kept = read_capture(crawls.folder / "warc", file, offset)
    assert ADVICE[:40] in kept.body.decode()
    with Store.open(tmp_path / "again.db") as store:
        tally = replay(store, crawls.settings("", focus=False), crawls.folder / "warc")
        again = [tuple(row) for row in store.rows("SELECT page_id,url,bytes,raw_sha256 FROM capture ORDER BY url")]
    assert tally.rendered == 1
    assert again == crawls.rows("SELECT page_id,url,bytes,raw_sha256 FROM capture ORDER BY url")


def test_a_browser_that_is_not_there_is_said_before_anything_is_fetched(crawls):
    with serve(site_of_scripts()) as running, pytest.raises(UsageError, match="no Chromium"):
        crawls.run(running, browser=True, browser_program="/nowhere/chromium")
    assert running.hits == ()
