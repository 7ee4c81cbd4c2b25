"""What rules say: English for programs, the reader's language in reports, and nothing lost on the way."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib import import_module
from pickle import dumps, loads
from pkgutil import iter_modules
from string import Formatter

import pytest

import counterspin.claims
import counterspin.detect
import counterspin.text
from counterspin.detect import DocumentDetector, PairDetector, SlotDetector, built_in
from counterspin.engine.local import run
from counterspin.settings import Settings
from counterspin.text.example import document_of
from counterspin.wording import LANGUAGES, SEMICOLON, Said, Wording, counted, joined, restored, said_in, stored

LOST = Wording(en="no {what} in {places}", zh="{places}没有{what}")
HAND = Wording(en="hand", zh="手")


def modules():
    for package in (counterspin.detect, counterspin.claims, counterspin.text):
        for module in iter_modules(package.__path__):
            yield import_module(f"{package.__name__}.{module.name}")


def wordings():
    """Every wording of the rules and of what they stand on, also those inside tables."""
    for module in modules():
        for name, value in vars(module).items():
            found = [value]
            if isinstance(value, dict):
                found = list(value.values())
            elif isinstance(value, tuple):
                found = [part for item in value for part in (item if isinstance(item, tuple) else (item,))]
            yield from (
                pytest.param(each, id=f"{module.__name__.rpartition('.')[2]}.{name}.{at}")
                for at, each in enumerate(found)
                if isinstance(each, Wording)
            )


def values_of(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


def test_a_sentence_is_english_text_that_knows_its_other_wordings():
    said = LOST(what=HAND(), places=("a", "b"))
    assert said == "no hand in a, b"
    assert said_in(said, "zh-CN") == "a、b没有手"
    assert said_in(said, "en") == "no hand in a, b"
    assert said_in("plain text", "zh") == "plain text"


def test_values_are_put_in_as_they_are_even_with_braces_in_them():
    assert said_in(LOST(what="{what}", places=("{0}",)), "zh") == "{0}没有{what}"


def test_parts_are_joined_in_each_language():
    both = joined((HAND(), "x", HAND()), SEMICOLON)
    assert (str(both), said_in(both, "zh")) == ("hand; x; hand", "手；x；手")


def test_what_was_said_travels_to_another_process():
    said = loads(dumps(HAND()))
    assert isinstance(said, Said)
    assert said_in(said, "zh") == "手"


def test_what_was_said_is_kept_beside_its_english():
    assert stored(HAND()) == '{"zh": "手"}'
    assert said_in(restored("hand", stored(HAND())), "zh") == "手"
    assert stored("hand") == "{}"
    assert type(restored("hand", "{}")) is str


@pytest.mark.parametrize("wording", list(wordings()))
def test_every_wording_says_the_same_values_in_each_language(wording):
    templates = [getattr(wording, language) for language in LANGUAGES]
    assert all(template.strip(" ") for template in templates)
    if wording.en.strip(" ,;") != wording.en and not re.search(r"[a-z]{2}", wording.en):
        return  # a mark between parts
    assert values_of(templates[0]) == values_of(templates[1])
    assert not re.search(r"[\u4e00-\u9fff]{3}", wording.en.replace("在…中", ""))


@pytest.mark.parametrize("wording", list(wordings()))
def test_every_chinese_wording_is_chinese(wording):
    words = re.sub(r"\{[^}]*\}", "", wording.zh)
    assert not re.search(r"[A-Za-z]{2}", words)
    assert "," not in words
    assert re.search(r"[\u4e00-\u9fff（；，]", words) or wording.zh == "{sites}"


def first_flag(detector):
    """A flag of the rule, from the first of its examples that the whole analysis flags."""
    module = import_module(f"counterspin.detect.{detector.name}")
    for example in module.FLAGS:
        texts = (example,) if isinstance(example, str) else example
        documents = [document_of(text, url=f"http://example{at}.test/a.html") for at, text in enumerate(texts)]
        flags = [flag for flag in run(documents, Settings()).flags if flag.rule == detector.name]
        if flags:
            return flags[0]
    return None


@pytest.mark.parametrize("detector", built_in(), ids=lambda detector: detector.name)
def test_every_rule_gives_its_reason_in_the_readers_language(detector):
    assert isinstance(detector, (DocumentDetector, PairDetector, SlotDetector))
    module = import_module(f"counterspin.detect.{detector.name}")
    own = [value for value in vars(module).values() if isinstance(value, Wording)]
    assert own, "a rule keeps the wording of its reason in its own file"
    flag = first_flag(detector)
    if flag is None:
        pytest.skip("its examples need more of a crawl around them; the demo shows its flags")
    assert isinstance(flag.reason, Said)
    assert re.search(r"[\u4e00-\u9fff]", said_in(flag.reason, "zh"))
    assert said_in(flag.reason, "zh") != flag.reason
    assert all(isinstance(piece.note, Said) for piece in flag.evidence if re.search(r"[a-z]{4} [a-z]", piece.note))
    assert said_in(replace(flag, score=0.1).reason, "zh") == said_in(flag.reason, "zh")


@pytest.mark.parametrize(("number", "told"), [(0, "0 pages"), (1, "1 page"), (2, "2 pages"), (1200, "1,200 pages")])
def test_a_number_stands_with_its_noun(number, told):
    assert told == counted(number, "page")
