"""Recall and precision per category on two webs that we wrote, with their truth.

``demo`` is the web of ``counterspin demo``. ``second_web`` has other topics, another spinner's dictionary and another
censor; no rule was written with its pages in view, so it tells what the rules do on pages that nobody has seen.
The floors only rise.
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

import pytest

from counterspin.engine.local import run
from counterspin.settings import Settings
from crawler.simweb.demo import site
from crawler.simweb.truth import Result, load, score
from crawler.simweb.web import Request
from extract.page import extract

pytestmark = pytest.mark.gate
HERE = Path(__file__).resolve().parent
FOLDERS = {"demo": site.FOLDER, "second_web": HERE / "second_web"}
FLOORS = json.loads((HERE / "floors" / "simulated_webs.json").read_text(encoding="utf-8"))


def documents(folder: Path):
    """Every article and list page of the web, extracted."""
    web = site.demo_web(folder)
    for host in site.hosts(folder).values():
        for path in dict.fromkeys([*(page.path for page in host.pages), "/", *host.channels()]):
            reply = web.answer(Request("GET", host.name, path))
            yield extract(reply.body, url=host.url(path), content_type=reply.header("content-type"))


@cache
def result(name: str) -> Result:
    return score(run(documents(FOLDERS[name]), Settings()).flags, load(FOLDERS[name]))


@pytest.mark.parametrize(("name", "category"), [(name, category) for name in FLOORS for category in FLOORS[name]])
def test_recall_and_precision_do_not_fall(name, category):
    figures = next(item for item in result(name).scores if item.category == category)
    floor = FLOORS[name][category]
    told = f"{figures}\nmisses: {result(name).misses}\nfalse alarms: {result(name).alarms}"
    assert (figures.recall or 0.0) >= floor["recall"], told
    assert (figures.precision or 0.0) >= floor["precision"], told


def test_no_named_trap_of_the_demo_is_fallen_into():
    assert [(alarm.trap, alarm.flag.rule, alarm.flag.passage) for alarm in result("demo").alarms if alarm.trap] == []
