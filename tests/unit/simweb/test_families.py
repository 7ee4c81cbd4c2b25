"""Every family by its spec, judged as a test of a crawler would judge: from replies and the access log."""

from __future__ import annotations

import gzip
import socket
import struct
import time
import zlib
from email.utils import parsedate_to_datetime

import brotli
import lxml.html
import pytest

from counterspin.errors import UsageError
from crawler.simweb import Running
from crawler.simweb.coding import CODINGS, coded
from crawler.simweb.families import build, change, encodings, families, load, robots, size, traps
from crawler.simweb.judge import (
    fetched,
    forbidden,
    gaps,
    hurried,
    refetched,
    repeated_bodies,
    shares,
    too_early,
)  # fmt: skip
from crawler.simweb.web import Hit, Request, text_reply

NAMES = [family.name for family in families()]


def ask(web, url, *, clock=0.0, now=0.0, visit=1, **headers):
    host, _, target = url.removeprefix("http://").partition("/")
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.answer(Request("GET", host, f"/{target}", named, clock=clock, now=now, visit=visit))


def links(reply):
    return [link[2] for link in lxml.html.fromstring(reply.body).iterlinks() if link[0].tag == "a"]


def hit(url, at, note="", status=200, sent=1):
    return Hit(at, 0.0, "GET", url.split("/")[2], url, "", None, None, status, sent, note)


def test_there_are_the_ten_families_and_the_demo():
    assert set(NAMES) == {
        "graph", "link_farms", "traps", "mirrors", "encodings", "robots", "load", "failures", "change", "size", "demo",
    }  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_family_answers_at_its_seeds_and_says_what_it_is(name):
    web = build(name)
    family = next(family for family in families() if family.name == name)
    assert web.seeds
    assert family.summary
    assert all(ask(web, seed, clock=1.0).status in {200, 429} for seed in web.seeds)


@pytest.mark.parametrize("name", [name for name in NAMES if name != "load"])
def test_a_family_is_the_same_for_the_same_seed(name):
    one, two = build(name, seed=7), build(name, seed=7)
    assert (one.seeds, one.facts) == (two.seeds, two.facts)
    urls = [*one.seeds, *sorted(one.facts)[:40]]
    assert [ask(one, url, clock=9e5) for url in urls] == [ask(two, url, clock=9e5) for url in urls]


@pytest.mark.parametrize("name", ["graph", "link_farms", "traps", "mirrors", "encodings", "change", "size"])
def test_another_seed_gives_another_web(name):
    one, two = build(name, seed=1), build(name, seed=2)
    urls = sorted(set(one.facts) & set(two.facts))[:40] or one.seeds
    assert one.seeds != two.seeds or [ask(one, url) for url in urls] != [ask(two, url) for url in urls]


def test_a_spec_sets_its_keys_and_families_add_up():
    web = build("traps:good=3,beside=1 + size:pages=2")
    assert sum(label == "good" for label in web.facts.values()) == 3 + len(traps.TRAPS)
    assert "size0.test" in web.hosts


@pytest.mark.parametrize(
    ("spec", "message"),
    [
        ("nope", "no family of webs is called 'nope'; there are change, demo"),
        ("traps:deep=3", "traps: 'deep=3' is no KEY=VALUE; the keys are good, beside"),
        ("traps:good", "traps: 'good' is no KEY=VALUE"),
        ("traps:good=many", "traps: good is 'many'; give a number like 100"),
        ("graph:preset=nope", "graph: there is no preset 'nope'"),
        ("demo:x=1", "the keys are none"),
    ],
)
def test_a_wrong_spec_is_told_in_one_line(spec, message):
    with pytest.raises(UsageError) as error:
        build(spec)
    assert message in str(error.value)


# graph, link_farms, mirrors


def test_the_graph_is_served_with_its_zones():
    web = build("graph:pages=600,hosts=20")
    reply = ask(web, web.seeds[0])
    assert web.facts[web.seeds[0]] == "relevant"
    assert {"nav", "article", "footer"} <= {element.tag for element in lxml.html.fromstring(reply.body).iter()}
    assert ask(web, links(reply)[0]).status == 200
    assert ask(web, f"http://{web.seeds[0].split('/')[2]}/nowhere/9.html").status == 404


def test_farms_link_to_one_another_to_expired_domains_and_to_what_no_reader_sees():
    web = build("link_farms")
    tree = lxml.html.fromstring(ask(web, web.seeds[0]).body)
    friends = tree.xpath("//div[@class='flink']//a/@href")
    hidden = tree.xpath("//div[contains(@style, 'none')]//a/@href")
    assert any("//farm" in url for url in friends)
    assert any("//old" in url for url in friends)
    assert len(hidden) == 20
    assert ask(web, hidden[0]).header("X-Simweb-Note") == "hidden"


def test_every_farm_is_reached_through_the_friends_of_the_first():
    web = build("link_farms")
    queue, known = [web.seeds[0]], set()
    while queue:
        host = queue.pop().split("/")[2]
        if host not in known and host.startswith("farm"):
            known.add(host)
            queue += [url for url in links(ask(web, f"http://{host}/")) if url.startswith("http://farm")]
    assert len(known) == 12


def test_a_mirror_has_the_same_bytes_and_a_swapped_copy_a_few_other_words():
    web = build("mirrors")
    first, mirror, spun = (
        ask(web, f"http://{name}/a/0.html").body.decode()
        for name in ("www.site0.mr.test", "copy0.mr.test", "spun0.mr.test")
    )
    assert first == mirror
    assert first != spun
    changed = sum(a != b for a, b in zip(first, spun, strict=False))
    assert 0 < changed < len(first)


# traps


@pytest.mark.parametrize("name", [name for name in traps.TRAPS if name != "redirects"])
def test_a_trap_never_ends(name):
    web = build("traps")
    url = traps.ENTRANCES.get(name, f"/{name}/")
    url = url if url.startswith("http") else f"http://{name}.traps.test{url}"
    seen = set()
    for _ in range(50):
        reply = ask(web, url)
        assert (reply.status, reply.header("X-Simweb-Note")) == (200, f"trap:{name}")
        seen.add(url)
        target = next(link for link in links(reply) if _absolute(url, link) not in seen)
        url = _absolute(url, target)
    assert len(seen) == 50


def _absolute(base, link):
    return lxml.html.urljoin(base, link)


def test_redirects_go_on_for_ever():
    web = build("traps")
    url = "http://redirects.traps.test/redirects/"
    for step in range(1, 30):
        url = _absolute(url, ask(web, url).header("Location"))
        assert url.endswith(f"step={step}")


def test_honest_pages_lie_beside_every_trap():
    web = build("traps")
    assert all(ask(web, url).header("X-Simweb-Note") is None for url, label in web.facts.items() if label == "good")


def test_shares_of_traps_are_read_from_the_log():
    log = [hit("http://a.test/", 0), hit("http://a.test/c", 1, "trap:calendar"), hit("http://a.test/robots.txt", 2)]
    assert shares(log) == {"calendar": 0.5}


# encodings


@pytest.mark.parametrize("name", encodings.CASES)
def test_a_page_read_with_its_true_encoding_has_its_text(name):
    web, case = build("encodings"), encodings.CASES[name]
    url = f"http://{encodings.HOST}/{name}.html"
    reply = ask(web, url, accept_encoding=", ".join(CODINGS))
    body = _uncoded(reply.body, reply.header("Content-Encoding") or "")
    text = body.removeprefix(case.bom).decode(case.codec)
    assert all(line in text for line in web.facts[url].split("\n"))


def _uncoded(body, coding):
    if coding == "zstd":
        return _stored_zstd(body)
    return {"gzip": gzip.decompress, "deflate": zlib.decompress, "br": brotli.decompress}.get(coding, bytes)(body)


def _stored_zstd(body):
    magic, descriptor, total = struct.unpack("<IBI", body[:9])
    assert (magic, descriptor) == (0xFD2FB528, 0xA0)
    at, out, last = 9, b"", 0
    while not last:
        block = int.from_bytes(body[at : at + 3], "little")
        last, kind, length = block & 1, block >> 1 & 3, block >> 3
        assert kind == 0
        out += body[at + 3 : at + 3 + length]
        at += 3 + length
    assert (at, len(out)) == (len(body), total)
    return out


@pytest.mark.parametrize("length", [0, 1, 65_536, 65_537, 200_000])
def test_stored_brotli_is_read_by_a_real_decoder(length):
    assert brotli.decompress(CODINGS["br"](b"x" * length)) == b"x" * length
    assert _stored_zstd(CODINGS["zstd"](b"x" * length)) == b"x" * length


def test_no_coding_is_used_that_the_client_does_not_take():
    reply = text_reply("x")
    assert coded(Request("GET", "a.test", "/", {"accept-encoding": "gzip"}), reply, "br") is reply


def test_the_cut_gzip_is_cut():
    reply = ask(build("encodings"), f"http://{encodings.HOST}{encodings.CUT}")
    with pytest.raises(EOFError):
        gzip.decompress(reply.body)


# robots


def _rules(web, name, **more):
    return ask(web, f"http://{name}.rb.test/robots.txt", **more)


@pytest.mark.parametrize(
    ("name", "status"),
    [("plain", 200), ("missing", 404), ("refused", 403), ("unavailable", 503), ("redirected", 301), ("circling", 301)],
)
def test_robots_txt_is_answered_in_every_way(name, status):
    assert _rules(build("robots"), name).status == status


def test_odd_robots_files_are_what_they_are_called():
    web = build("robots")
    assert _rules(web, "bom").body.startswith(b"\xef\xbb\xbf")
    assert 590_000 < len(_rules(web, "large").body) < 640_000
    assert b"Crawl-delay: 0.5" in _rules(web, "delay").body
    assert b"User-agent: counterspin" in _rules(web, "groups").body
    assert _rules(web, "silent").delivery.kind == "silent"


def test_a_page_behind_an_unavailable_robots_txt_is_forbidden():
    web = build("robots")
    assert ask(web, "http://unavailable.rb.test/a/0.html").header("X-Simweb-Note") == "forbidden:unavailable"
    assert ask(web, "http://missing.rb.test/private/0.html").header("X-Simweb-Note") is None
    assert ask(web, "http://wildcards.rb.test/doc/price.pdf").header("X-Simweb-Note") == "forbidden:wildcards"


def test_rules_that_change_after_a_day_forbid_from_then_on():
    web = build("robots")
    page = "http://changing.rb.test/a/0.html"
    assert (_rules(web, "changing").body, ask(web, page).header("X-Simweb-Note")) == (
        b"User-agent: *\nDisallow:\n",
        None,
    )
    assert b"Disallow: /\n" in _rules(web, "changing", clock=robots.DAY).body
    assert ask(web, page, clock=robots.DAY).header("X-Simweb-Note") == "forbidden:changing"


def test_facts_and_notes_agree_on_what_is_forbidden():
    web = build("robots")
    for url, label in web.facts.items():
        if label in {"allowed", "forbidden"}:
            noted = (ask(web, url).header("X-Simweb-Note") or "").startswith("forbidden:")
            assert noted == (label == "forbidden"), url


def test_forbidden_hits_and_hurried_hosts_are_read_from_the_log():
    log = [hit("http://a.test/1", 0.0), hit("http://a.test/2", 0.3, "forbidden:plain"), hit("http://b.test/", 0.0)]
    assert [item.url for item in forbidden(log)] == ["http://a.test/2"]
    assert gaps(log) == {"a.test": 0.3}
    assert hurried(log, {"http://a.test/robots.txt": "delay:0.5"}) == {"a.test": 0.3}
    assert hurried(log, {"http://a.test/robots.txt": "delay:0.2"}) == {}


# load


def test_a_bucket_empties_and_fills_again():
    web = build("load:burst=2,rate=1")
    url = "http://seconds.load.test/a/0.html"
    statuses = [ask(web, url, now=now).status for now in (1.0, 1.0, 1.0, 2.5)]
    assert statuses == [200, 200, 429, 200]


@pytest.mark.parametrize(("form", "status"), list(load.FORMS.items()))
def test_a_refusal_says_when_to_come_again_in_its_form(monkeypatch, form, status):
    monkeypatch.setattr(time, "time", lambda: 1_700_000_000.0)
    web = build("load:burst=1,rate=1,wait=3")
    url = f"http://{form}.load.test/a/0.html"
    ask(web, url, now=1.0)
    reply = ask(web, url, now=1.0)
    assert reply.status == status
    after = reply.header("Retry-After")
    if form == "absent":
        assert after is None
    elif form == "date":
        assert 2.0 < parsedate_to_datetime(after).timestamp() - 1_700_000_000.0 < 5.0
    else:
        assert after == "3"


def test_a_request_before_the_stated_time_is_read_from_the_log():
    log = [hit("http://a.test/1", 10.0, "wait:2", 429), hit("http://a.test/1", 11.0), hit("http://a.test/1", 12.1)]
    assert [item.time for item in too_early(log)] == [11.0]
    assert [item.time for item in too_early([hit("http://a.test/1", 10.0, "until:13", 429), *log[1:]])] == [11.0, 12.1]


# failures


def test_failing_hosts_fail_as_they_are_called():
    web = build("failures")
    kinds = {
        "reset": "reset",
        "drip": "drip",
        "endless": "endless",
        "longlength": "long_length",
        "badchunk": "bad_chunk",
    }
    for host, kind in kinds.items():
        assert ask(web, f"http://{host}.fail.test/a/0.html").delivery.kind == kind
        assert ask(web, f"http://{host}.fail.test/").delivery.kind == "whole"


def test_a_passing_error_passes_at_the_second_visit():
    web = build("failures")
    assert [ask(web, "http://flap.fail.test/a/0.html", visit=visit).status for visit in (1, 2, 3)] == [503, 200, 503]
    assert ask(web, "http://down.fail.test/a/0.html", visit=2).status == 500
    assert ask(web, "http://empty.fail.test/a/0.html").body == b""


def test_what_a_crawl_got_in_the_end_is_read_from_the_log():
    facts = {"http://a.test/1": "good", "http://a.test/2": "good", "http://a.test/3": "bad"}
    assert fetched([hit("http://a.test/1", 0.0), hit("http://a.test/2", 1.0, status=503)], facts, "good") == 0.5
    assert fetched([], {}, "good") == 1.0


# change


def test_a_page_changes_at_its_rate():
    days = 400
    changes = change.version(1, "/right/0.html", 10.0, days * change.DAY)
    assert 20 <= changes <= 65  # 40 on average, Poisson
    assert change.version(1, "/right/0.html", 10.0, 0.0) == 0
    assert change.changed_at(1, "/right/0.html", 10.0, days * change.DAY) <= days * change.DAY


def _second(way, *, number=1, clock=60 * change.DAY):
    """Status of a second visit that carries what the first one told, at the same clock or ``clock`` later."""
    web = build("change")
    url = f"http://{change.HOST}/{way}/{number}.html"
    first = ask(web, url)
    known = {"if_none_match": first.header("ETag"), "if_modified_since": first.header("Last-Modified")}
    return ask(web, url, clock=clock, visit=2, **{name: value for name, value in known.items() if value})


@pytest.mark.parametrize(
    ("way", "unchanged", "changed"),
    [
        ("right", 304, 200), ("weak", 304, 200), ("wrong", 304, 304), ("new", 200, 200), ("dated", 304, 200),
        ("silent", 200, 200), ("frame", 200, 200), ("still", 304, 304), ("deleted", 304, 404), ("gone", 304, 410),
        ("moved", 304, 301),
    ],
)  # fmt: skip
def test_a_server_tells_of_changes_in_its_way(way, unchanged, changed):
    told = {"deleted", "gone", "moved"}
    assert _second(way, clock=0.0).status == (200 if way in told else unchanged)
    assert _second(way).status == changed


def test_a_moved_page_names_its_new_place():
    reply = _second("moved")
    assert ask(build("change"), f"http://{change.HOST}{reply.header('Location')}").status == 200


def test_bodies_sent_again_are_read_from_the_log():
    url = "http://a.test/1"
    log = [
        hit(url, 0.0, "version:0"),
        hit(url, 1.0, "version:0", 304, 0),
        hit(url, 2.0, "version:1"),
        hit(url, 3.0, "version:0"),
    ]
    assert [item.time for item in repeated_bodies(log)] == [3.0]


def test_pages_asked_for_again_are_read_from_the_log():
    log = [hit("http://a.test/1", 0.0), hit("http://a.test/1", 1.0), hit("http://a.test/2", 2.0)]
    log += [
        hit("http://a.test/2", 3.0, status=304, sent=0),
        *(hit("http://a.test/robots.txt", at) for at in (4.0, 5.0)),
    ]
    assert refetched(log) == {"http://a.test/1": 1}


# size


def test_every_page_of_a_size_is_reached_from_the_first():
    web = build("size:pages=300,links=7,hosts=3,bytes=2000")
    queue, known = list(web.seeds), set(web.seeds)
    while queue:
        for url in links(ask(web, queue.pop())):
            if url not in known:
                known.add(url)
                queue.append(url)
    assert len(known) == 300


def test_a_page_has_about_the_bytes_asked_for():
    web = build("size:pages=10,bytes=27000")
    assert 20_000 < len(ask(web, "http://size0.test/p/0.html").body) < 34_000
    assert ask(web, "http://size0.test/p/10.html").status == 404


def test_a_million_pages_cost_nothing_until_they_are_asked_for():
    started = time.process_time()
    web = build("size:pages=1000000")
    assert ask(web, "http://size0.test/p/999999.html").status == 200
    assert time.process_time() - started < 0.5
    assert size.Spec().pages == 5000


# the fixture


def test_the_fixture_serves_a_family_and_its_log_tells_of_it(simweb, get):
    running = simweb("robots", seed=3)
    assert isinstance(running, Running)
    get(running, "http://plain.rb.test/private/0.html")
    get(running, "http://plain.rb.test/a/0.html")
    assert [item.url for item in forbidden(running.hits)] == ["http://plain.rb.test/private/0.html"]


def test_a_reset_in_the_log_says_that_the_host_answered(simweb):
    running = simweb("failures:silence=0.1")
    with socket.create_connection(("127.0.0.1", running.port), timeout=120) as client:
        client.sendall(b"GET http://silent.fail.test/a/0.html HTTP/1.1\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            client.recv(1)
    assert [(item.status, item.note) for item in running.hits] == [(0, "silent")]
