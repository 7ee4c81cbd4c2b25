"""The HTML report in a real browser: silent, self-contained, accessible, and harmless with hostile text in it."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(__file__).parents[2] / "artefacts/axe/node_modules/axe-core/axe.min.js"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202egpj.exe"


@pytest.fixture(scope="session")
def report_file(tmp_path_factory):
    """A report with a bit of everything; its project is called by a hostile name."""
    from importlib.util import module_from_spec, spec_from_file_location

    from counterspin.store import Store, figures
    from reports.html import render
    from reports.quality import build

    place = Path(__file__).parents[1] / "unit" / "reports" / "conftest.py"
    spec = spec_from_file_location("report_sample", place)
    sample = module_from_spec(spec)
    spec.loader.exec_module(sample)
    folder = tmp_path_factory.mktemp("report")
    found = sample.sample_documents()
    with Store.open(folder / "counterspin.db") as store:
        sample.crawl(store, found)
        for rules in (sample.RULES, sample.NEW_RULES):
            sample.analyse(store, sample.sample_analysis(found), rules)
        report = build(
            figures.read(store.connection), project=HOSTILE, made_at="2026-11-22T08:00:00Z", language="zh-CN"
        )
    (folder / "index.html").write_text(render(report), encoding="utf-8")
    return folder / "index.html"


@pytest.fixture
def opened(chromium, report_file):
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.set_default_timeout(300_000)
    page.heard, page.asked = [], []
    page.on("console", lambda message: page.heard.append(message.text))
    page.on("pageerror", lambda error: page.heard.append(str(error)))
    page.on("dialog", lambda dialog: page.heard.append(dialog.message))
    page.on("request", lambda request: page.asked.append(request.url))
    page.goto(report_file.as_uri())
    yield page
    page.close()


def test_the_report_asks_for_nothing_and_says_nothing(opened, report_file):
    assert opened.asked == [report_file.as_uri()]
    assert opened.heard == []
    assert HOSTILE.split("\u202e", maxsplit=1)[0] in opened.inner_text("h1")


@pytest.mark.parametrize("width", [360, 500, 1280])
def test_no_page_is_wider_than_its_window(opened, width):
    opened.set_viewport_size({"width": width, "height": 900})
    assert opened.evaluate("document.documentElement.scrollWidth") <= width


def test_a_printed_report_shows_what_is_folded_away(opened):
    folded = opened.locator("details.evidence dl").first
    assert not folded.is_visible()
    opened.emulate_media(media="print")
    assert folded.is_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_serious_accessibility_finding(opened, scheme):
    if not AXE.is_file():
        pytest.skip("axe-core is not in artefacts/axe: accessibility was not checked")
    opened.emulate_media(color_scheme=scheme)
    opened.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    opened.evaluate(AXE.read_text(encoding="utf-8"))
    found = opened.evaluate("async () => (await axe.run(document)).violations")
    assert [f"{v['id']}: {[n['html'][:120] for n in v['nodes']][:3]}" for v in found] == []
