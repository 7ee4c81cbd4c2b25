"""What holds for every detector: its name and version, its docstring, its thresholds, its examples."""

from __future__ import annotations

import re
from dataclasses import fields, is_dataclass
from importlib import import_module
from pickle import dumps, loads

import pytest

from counterspin.detect import FIXED, DocumentDetector, PairDetector, SlotDetector, built_in, of_kind
from counterspin.model import CATEGORIES
from counterspin.text.example import document_of

ALL = built_in()
ON_PAGES = tuple(of_kind(ALL, DocumentDetector))


def module_of(detector):
    return import_module(f"counterspin.detect.{detector.name}")


def name_of(detector) -> str:
    return detector.name


@pytest.mark.parametrize("detector", ALL, ids=name_of)
def test_a_detector_is_named_after_its_file_and_has_a_category_and_a_version(detector):
    assert detector.name == module_of(detector).__name__.rpartition(".")[2]
    assert detector.category in CATEGORIES
    assert detector.version >= 1


@pytest.mark.parametrize("detector", ALL, ids=name_of)
def test_a_detector_is_of_exactly_one_kind(detector):
    assert sum(isinstance(detector, kind) for kind in (DocumentDetector, PairDetector, SlotDetector)) == 1


@pytest.mark.parametrize("detector", ALL, ids=name_of)
def test_a_detector_says_what_it_finds_and_where_the_knowledge_is_from(detector):
    text = module_of(detector).__doc__ or ""
    assert len(text.splitlines()[0]) > 20
    assert re.search(r"^Sources?:", text, re.MULTILINE)


@pytest.mark.parametrize("detector", ALL, ids=name_of)
def test_a_detector_is_a_frozen_value_whose_thresholds_are_plain_fields(detector):
    assert is_dataclass(detector)
    assert type(detector).__dataclass_params__.frozen
    for field in fields(detector):
        if field.name not in FIXED:
            assert isinstance(getattr(detector, field.name), (int, float, str, tuple)), field.name


@pytest.mark.parametrize("detector", ALL, ids=name_of)
def test_a_detector_travels_to_another_process_unchanged(detector):
    assert loads(dumps(detector)) == detector


@pytest.mark.parametrize("detector", ALL, ids=name_of)
def test_a_detector_carries_examples_of_both_kinds(detector):
    assert module_of(detector).FLAGS
    assert module_of(detector).PASSES


@pytest.mark.parametrize("detector", ON_PAGES, ids=name_of)
def test_the_flagged_examples_are_flagged(detector, scan):
    missed = [example for example in module_of(detector).FLAGS if not scan(detector, example)]
    assert missed == []


@pytest.mark.parametrize("detector", ON_PAGES, ids=name_of)
def test_the_passing_examples_pass(detector, scan):
    alarms = [flag.reason for example in module_of(detector).PASSES for flag in scan(detector, example)]
    assert alarms == []


@pytest.mark.parametrize("detector", ON_PAGES, ids=name_of)
def test_flags_say_their_rule_and_quote_what_stands_on_the_page(detector, scan):
    for example in module_of(detector).FLAGS:
        document = document_of(example if isinstance(example, str) else example[0], url="http://example0.test/a.html")
        for flag in scan(detector, example):
            assert (flag.rule, flag.category) == (detector.name, detector.category)
            assert 0 <= flag.score <= 1
            assert 1 <= flag.severity <= 4
            assert flag.start is None or document.text[flag.start : flag.end] == flag.passage
            assert flag.evidence
            assert [e for e in flag.evidence if e.start is not None and document.text[e.start : e.end] != e.text] == []


@pytest.mark.parametrize("detector", ON_PAGES, ids=name_of)
def test_a_reason_is_one_plain_sentence(detector, scan):
    for example in module_of(detector).FLAGS:
        for flag in scan(detector, example):
            assert "\n" not in flag.reason
            assert 20 < len(flag.reason) <= 400
            assert flag.reason.strip() == flag.reason


@pytest.mark.parametrize("detector", ON_PAGES, ids=name_of)
def test_two_scans_give_the_same_flags(detector, scan):
    for example in module_of(detector).FLAGS:
        assert scan(detector, example) == scan(detector, example)


HARD_INPUT = {
    "empty": "",
    "one character": "的",
    "one mark": "、",
    "spaces": " \u3000 ",
    "lone surrogates": "通过\ud800 、短信\udfff联系。",
    "mixed scripts": "通过 、SMSやメール、عبر البريد или письмом。",
    "only numbers": "1.\n2.\n4.\n三、\n五、\n",
    "unclosed brackets": "《（「【“通过 、（（（（",
    "a long line": "通过 、短信，" * 3000,
    "many equal lines": "请联系客服办理退款手续，并保留好相关的凭证。\n" * 1500,
}


@pytest.mark.parametrize("detector", ON_PAGES, ids=name_of)
@pytest.mark.parametrize("text", HARD_INPUT.values(), ids=HARD_INPUT)
def test_odd_input_neither_crashes_nor_yields_false_offsets(detector, scan, text):
    for flag in scan(detector, text):
        assert flag.start is None or 0 <= flag.start <= flag.end
