"""Block lists name only what people confirmed, and nothing that a list's reader would take for something else."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from counterspin.store import listing
from reports import blocklists

AT = "2026-11-22T09:00:00Z"
ANY = st.text(st.characters(), max_size=30) | st.text(st.sampled_from("a.-*|^$#/\n\r \u202e中:@%?=&[]"), max_size=30)


def row(host, url, category="spun", at=AT):
    return (host, host, url, category, "rewrite", "f" * 24, "ann", at)


def rows(host, count):
    return [row(host, f"http://{host}/{n}.html") for n in range(count)]


def test_a_host_is_listed_from_enough_confirmed_pages_on():
    found = blocklists.collect(rows("farm.test", 3), [], {"farm.test": 6})
    assert [(e.host, e.path) for e in found.entries] == [("farm.test", "")]
    assert found.entries[0].reason == "spun: confirmed on 3 of 6 pages, 2026-11-22"


def test_some_pages_of_a_large_host_do_not_list_the_host():
    found = blocklists.collect(rows("forum.test", 3), [], {"forum.test": 500})
    assert [entry.path for entry in found.entries] == ["/0.html", "/1.html", "/2.html"]


def test_a_site_that_reviewers_cleared_is_never_listed():
    cleared = [("farm.test", "farm.test", "false_positive", "bob", AT, "")]
    assert blocklists.collect(rows("farm.test", 9), cleared, {"farm.test": 9}).entries == ()


def test_a_site_that_reviewers_confirmed_is_listed_as_a_whole():
    confirmed = [("farm.test", "farm.test", "confirmed", "bob", AT, "a farm")]
    found = blocklists.collect([], confirmed, {})
    assert found.entries[0].reason == "site confirmed by review 2026-11-22"


def test_contradictory_answers_are_no_reason_to_block():
    assert blocklists.collect([row("a.test", "http://a.test/", "contradictory")] * 5, [], {"a.test": 1}).entries == ()


def test_each_program_gets_its_own_syntax():
    found = blocklists.collect(
        [*rows("farm.test", 3), row("big.test", "http://big.test/a/1.html?x=1")], [], {"farm.test": 3, "big.test": 99}
    )
    assert "*://*.farm.test/*" in blocklists.ublacklist(found).splitlines()
    assert "*://big.test/a/1.html?x=1" in blocklists.ublacklist(found).splitlines()
    assert "0.0.0.0 farm.test" in blocklists.hosts(found).splitlines()
    assert "big.test" not in blocklists.hosts(found)
    assert "||farm.test^$document" in blocklists.adblock(found).splitlines()
    assert "||big.test/a/1.html?x=1|$document" in blocklists.adblock(found).splitlines()
    rules = blocklists.content_farm_terminator(found).splitlines()
    assert "farm.test spun: confirmed on 3 of 3 pages, 2026-11-22" in rules
    regex = next(rule for rule in rules if rule.startswith("/")).split(" ", 1)[0][1:-1].replace(r"\/", "/")
    assert re.search(regex, "https://big.test/a/1.html?x=1")
    assert not re.search(regex, "https://bigxtest/a/1.html?x=1")


@given(ANY, ANY, ANY)
def test_no_name_can_smuggle_in_a_rule(host, path, at):
    url = f"http://{host}/{path}"
    found = blocklists.collect([row(host, url, at=at)], [(host, host, "confirmed", "x", at, path)], {})
    for render in blocklists.FORMATS.values():
        for line in render(found).splitlines():
            assert line.isascii()
            assert line.isprintable()
    for line in blocklists.ublacklist(found).splitlines():
        assert line.startswith("# ") or re.fullmatch(r"\*://(\*\.)?[a-z0-9.-]+/[^\s*]*\*?", line)
    for line in blocklists.hosts(found).splitlines():
        assert line.startswith("# ") or re.fullmatch(r"0\.0\.0\.0 [a-z0-9.-]+", line)


def test_what_cannot_be_named_is_counted():
    found = blocklists.collect([row("farm.test", "http://farm.test/*/x|y")], [], {"farm.test": 50})
    assert (found.entries, found.left_out) == ((), 1)
    assert "1 left out" in blocklists.ublacklist(found)


def test_nothing_is_listed_before_people_confirmed_it(store):
    connection = store.connection
    found = blocklists.collect(
        listing.confirmed(connection), listing.site_verdicts(connection), listing.site_pages(connection)
    )
    assert found.entries == ()


def test_confirmed_verdicts_reach_the_list(judged):
    connection = judged.connection
    found = blocklists.collect(
        listing.confirmed(connection), listing.site_verdicts(connection), listing.site_pages(connection), min_pages=2
    )
    assert [(entry.host, entry.path) for entry in found.entries] == [("farm.test", "")]
