"""The HTML report: self-contained, without script, readable for people and screen readers, and harmless."""

from __future__ import annotations

import base64
import json
import re
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.html import _lang, _names, render
from reports.values import Network, Node
from reports.words import LANGUAGES, words

VOID = {"meta", "br"}


class Page(HTMLParser):
    """Elements with their attributes, text, and a check that every element is closed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def page(report):
    return Page(render(report))


def test_the_first_screen_shows_two_rival_answers_with_their_addresses(report):
    first_screen = render(report).split('id="changes"')[0]
    rivals = report.questions[0].answers[:2]
    assert all(answer.quotes[0].text in first_screen for answer in rivals)
    assert all(f'href="{answer.quotes[0].place.url}"' in first_screen for answer in rivals)


def test_pages_of_files_have_a_name_for_their_site(report):
    nameless = replace(report, sites=(replace(report.sites[0], host=""),))
    assert f"<bdi>{words(report.language)('local_files')}</bdi>" in render(nameless)


def test_every_element_is_closed(page):
    assert page.open == []


def test_nothing_runs_and_nothing_is_loaded(page):
    tags = {name for name, _ in page.elements}
    assert not tags & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
        "embed",
        "form",
        "input",
        "base",
        "video",
        "image",
        "use",
    }
    assert not any(name.startswith("on") or name in ("style", "src", "srcset") for _, a in page.elements for name in a)


def test_the_content_policy_allows_this_style_alone(report):
    text = render(report)
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    policy = next(a["content"] for a in Page(text).all("meta") if a.get("http-equiv"))
    assert f"style-src 'sha256-{digest}'" in policy
    assert "default-src 'none'" in policy
    assert "url(" not in style
    assert "@import" not in style


def test_links_lead_to_the_web_or_into_the_page(page):
    targets = {a["id"] for _, a in page.elements if a.get("id")}
    for link in page.all("a"):
        if link["href"].startswith("#"):
            assert link["href"][1:] in targets
        else:
            assert link["href"].startswith(("http://", "https://"))
            assert link["rel"] == "noopener noreferrer nofollow"


def test_screen_readers_find_their_way(page):
    assert page.all("html")[0]["lang"] == "en"
    assert len(page.all("caption")) == len(page.all("table"))
    assert all("scope" in a for a in page.all("th"))
    assert all(a.get("role") == "img" and a.get("aria-label") for a in page.all("svg"))
    levels = [int(name[1]) for name, _ in page.elements if re.fullmatch(r"h[1-6]", name)]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_quoted_chinese_is_marked_as_chinese_in_an_english_report(report):
    assert '<bdi lang="zh">' in render(report)
    assert [_lang(text) for text in ("押金", "押金 A4", "deposit", "しんぶん", "보증금", "123")] == [
        ' lang="zh"', ' lang="zh"', ' lang="en"', ' lang="ja"', ' lang="ko"', "",
    ]  # fmt: skip


def test_changes_are_told_in_words_too(report):
    text = re.sub(r"<[^>]+>", "", render(report))
    assert "[removed: ]用户[added: ]使用者" in text


def test_hostile_text_is_shown_and_not_obeyed(page):
    text = "".join(page.text)
    assert "<script>alert(1)</script>=cmd" in text
    assert "[U+202E]" in text
    assert "\u202e" not in text
    assert "\x07" not in text


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.text(st.characters(), min_size=1, max_size=30)
    | st.text(st.sampled_from("<>&\"'/= scriptonload`{}%-!\x00\u2028"), min_size=1, max_size=30)
)
def test_any_text_in_any_place_stays_text(report, text):
    line = replace(
        report.evidence[0], reason=text, passage=text, rule=text, flag=text, warc_file=text,
        place=replace(report.evidence[0].place, url=text, title=text, published=text, host=text),
    )  # fmt: skip
    question = replace(report.questions[0], question=text, kind=text, suppressors=(text,))
    hostile = replace(
        report, project=text, evidence=(line,), questions=(question,),
        sites=(replace(report.sites[0], host=text, licence=text),),
        swaps=(replace(report.swaps[0], source=text, target=text),),
        run=replace(report.run, message=text, status="partial"),
    )  # fmt: skip
    plain = Page(render(replace(hostile, project="p", evidence=(), questions=(), sites=(), swaps=())))
    found = Page(render(hostile))
    assert found.open == []
    known = {name for name, _ in plain.elements}
    assert {name for name, _ in found.elements} <= known | {
        "blockquote", "article", "dl", "dt", "dd", "details", "summary", "mark", "code", "bdi", "th", "td", "tr", "br",
        "table", "caption", "thead", "tbody", "h3", "div", "a", "svg", "rect", "path", "span", "p",
    }  # fmt: skip
    assert not any(name.startswith("on") for _, a in found.elements for name in a)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_every_text_with_the_same_blanks(language):
    texts, english = words(language).texts, words("en").texts
    assert set(texts) == set(english)
    for key, text in texts.items():
        assert set(re.findall(r"{(\w+)}", text)) <= set(re.findall(r"{(\w+)}", english[key])) | {"pages", "n", "run"}, (
            key
        )


def test_every_rule_has_a_name_and_an_explanation():
    from counterspin.detect import built_in

    missing = [
        d.name
        for d in built_in()
        if f"rule.{d.name}" not in words("en").texts or f"about.{d.name}" not in words("en").texts
    ]
    assert missing == []


def test_every_text_that_the_templates_ask_for_is_there():
    texts = words("en").texts
    for name in ("report.html.j2", "pieces.html.j2", "charts.html.j2"):
        source = (files("reports") / "templates" / name).read_text(encoding="utf-8")
        for key in re.findall(r"""\bw\(["']([a-z_.]+)["']\s*[,)]""", source):
            assert key in texts, key


def _luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one, two):
    high, low = sorted((_luminance(one), _luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1])
def test_every_text_colour_has_enough_contrast_in_light_and_dark(scheme):
    style = (files("reports") / "templates" / "report.css").read_text(encoding="utf-8")
    blocks = [
        dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", block))
        for block in re.findall(r":root \{(.*?)\}", style, re.DOTALL)
    ]
    colours = {**blocks[0], **blocks[scheme]}
    for name in (
        "ink",
        "quiet",
        "link",
        "known",
        "new",
        "other",
        "hole",
        "spun",
        "contradictory",
        "copied",
        "padded",
        "damaged",
        "link_farm",
    ):
        for ground in ("paper", "card"):
            assert _contrast(colours[name], colours[ground]) >= 4.5, (name, ground)
    for name in ("known", "new"):
        assert _contrast(colours[name], colours[f"{name}-bg"]) >= 4.5, name
    assert _contrast(colours["ink"], colours["other-bg"]) >= 4.5
    assert _contrast(colours["ink"], colours["mark"]) >= 4.5
    assert _contrast(colours["quiet"], colours["soft"]) >= 4.5


def test_the_chinese_report_is_chinese(report):
    text = render(replace(report, language="zh-CN"))
    assert '<html lang="zh-CN">' in text
    assert "互相矛盾的回答" in text
    assert json.dumps("Contradictory answers") not in text


def test_a_name_that_has_no_room_above_its_dot_stands_below_it():
    nodes = (
        Node("first.test", 0.5, 0.5, 3, 0, crawled=True),
        Node("second.test", 0.58, 0.5, 2, 0, crawled=True),
        Node("third.test", 0.54, 0.5, 1, 0, crawled=True),
    )
    named = _names(Network(nodes, (), (), 3, 0))
    assert named["first.test"] < 240 < named["second.test"]  # both dots stand at half of 480
    assert "third.test" not in named
