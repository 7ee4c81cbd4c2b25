"""Claims gathered under questions: what is a conflict, what varies, what changed; voices, order, stability."""

from __future__ import annotations

import random

import pytest

from counterspin.claims.read import claims_of
from counterspin.claims.slots import gather
from counterspin.detect import SlotDetector, built_in, of_kind
from counterspin.model import Swap
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of

RULES = tuple(of_kind(built_in(), SlotDetector))


def slots(*texts: str, corpus: Corpus | None = None):
    facts = corpus or Corpus()
    documents = [document_of(text, url=f"http://{at}.test/") for at, text in enumerate(texts)]
    return gather((claim for document in documents for claim in claims_of(document, facts)), facts)


def flags(*texts: str):
    return [flag for slot in slots(*texts) for rule in RULES for flag in rule.judge(slot, ())]


BASE = {
    "zh": ("煮好的绿豆汤在冰箱里可以保存2天。", "晒过的被子不能用力拍打。", "晒被子会杀死螨虫。"),
    "en": (
        "Cooked lentils keep for 2 days in the fridge.",
        "You must not beat a sunned quilt.",
        "Sunning a quilt kills mites.",
    ),
}
FIRES = [
    ("煮好的绿豆汤在冰箱里可以保存2天。", "煮好的绿豆汤在冰箱里可以保存9天。"),
    ("晒过的被子不能用力拍打。", "晒过的被子可以用力拍打。"),
    ("晒过的被子不能用力拍打。", "晒过的被子必须用力拍打。"),
    ("晒被子会杀死螨虫。", "晒被子不会杀死螨虫。"),
    ("Cooked lentils keep for 2 days in the fridge.", "Cooked lentils keep for 9 days in the fridge."),
    ("You must not beat a sunned quilt.", "You may beat a sunned quilt."),
    ("You must not beat a sunned quilt.", "You must beat a sunned quilt."),
    ("Sunning a quilt kills mites.", "Sunning a quilt does not kill mites."),
]
RESTS = [
    ("煮好的绿豆汤在冰箱里可以保存2天。", "煮好的绿豆汤在冰箱里可以保存48小时。", "unit"),
    ("煮好的绿豆汤在冰箱里可以保存2天。", "煮好的綠豆湯在冰箱裡可以保存2天。", "script"),
    ("煮好的绿豆汤在冰箱里可以保存2天。", "煮好的绿豆汤在冰箱里能存放两天。", "synonyms"),
    ("煮好的绿豆汤在冰箱里可以保存2天。", "夏天煮好的绿豆汤在冰箱里可以保存1天。", "scope"),
    ("晒过的被子不能用力拍打。", "羽绒被子可以用力拍打,儿童除外。", "scope"),
    ("晒过的被子不能用力拍打。", "晒过的被子切勿用力拍打。", "synonyms"),
    ("晒被子可能会杀死螨虫。", "晒被子可能不会杀死螨虫。", "hedges"),
    ("晒被子会杀死螨虫。", "如果气温很低,晒被子不会杀死螨虫。", "condition"),
    ("晒被子会杀死螨虫。", "有人说晒被子不会杀死螨虫。", "reported"),
    ("有的螨虫会被杀死。", "有的螨虫不会被杀死。", "existential"),
    ("Cooked lentils keep for 2 days in the fridge.", "Cooked lentils keep for 48 hours in the fridge.", "unit"),
    ("Cooked lentils keep for 2 days in the fridge.", "Cooked lentils keep for 90 days in the freezer.", "scope"),
    (
        "Cooked lentils keep for 2 days in the fridge.",
        "In summer cooked lentils keep for 1 day in the fridge.",
        "scope",
    ),
    ("You must not beat a sunned quilt.", "Never beat a sunned quilt.", "synonyms"),
    ("Sunning a quilt might kill mites.", "Sunning a quilt might not kill mites.", "hedges"),
    ("Sunning a quilt kills mites.", "If it is cold, sunning a quilt does not kill mites.", "condition"),
    ("Sunning a quilt kills mites.", "Some people say sunning a quilt does not kill mites.", "reported"),
]


@pytest.mark.parametrize(("first", "second"), FIRES)
def test_a_changed_number_polarity_or_modality_fires(first, second):
    assert [len(flags(first, second)), len(flags(second, first))] == [1, 1]


@pytest.mark.parametrize(("first", "second", "why"), RESTS)
def test_a_rewritten_unit_script_synonym_scope_condition_or_hedge_rests(first, second, why):
    assert [flag.reason for flag in flags(first, second)] == [], why


def test_an_added_exception_lowers_the_severity():
    plain = flags("晒过的被子可以用力拍打。", "晒过的被子不能用力拍打。")[0]
    excepted = flags("晒过的被子可以用力拍打。", "晒过的被子不能用力拍打,除非是棉被。")[0]
    assert plain.severity > excepted.severity
    assert any("exception" in row.note for row in excepted.evidence)


def test_a_scope_of_one_side_makes_the_answer_vary():
    found = slots("幼犬每天喂4次狗粮。", "成犬每天喂2次狗粮。")
    assert [(slot.outcome, slot.suppressors) for slot in found] == [("varies", ("scope:age",))]


def test_a_rule_that_changed_is_told_apart():
    found = slots("2018年以前个税起征点是3500元。", "2019年以后个税起征点是5000元。")
    assert [slot.outcome for slot in found] == ["rule_changed"]


def test_copies_of_one_text_are_one_voice():
    copies = ["煮好的绿豆汤在冰箱里可以保存9天。"] * 40
    found = slots("煮好的绿豆汤在冰箱里可以保存2天。", *copies)
    assert [{1}] == [{answer.voices for answer in slot.answers} for slot in found]


def test_rewrites_by_learnt_swaps_are_one_voice():
    corpus = Corpus(swaps=(Swap("保存", "留存着", 9, 5, 3, 0.9), Swap("冰箱", "雪柜子", 9, 5, 3, 0.9)))
    rewrites = ["煮好的绿豆汤在冰箱里可以保存9天。", "煮好的绿豆汤在雪柜子里可以留存着9天。"]
    found = slots("煮好的绿豆汤在冰箱里可以保存2天。", *rewrites, corpus=corpus)
    assert [[answer.voices for answer in slot.answers] for slot in found] == [[1, 1]]


def test_one_question_is_one_item_with_all_its_answers():
    found = slots(*(f"煮好的绿豆汤在冰箱里可以保存{days}天。" for days in (1, 4, 15)))
    assert [len(slot.answers) for slot in found] == [3]


def test_one_measure_in_other_words_is_one_answer():
    (slot,) = slots(
        "镜盒每三个月更换一次。", "镜盒每半年更换一次。", "镜盒需要每三个月换一次。", "镜盒每3个月更换一次就行。"
    )
    assert [len(answer.claims) for answer in slot.answers] == [3, 1]


def test_a_price_list_is_no_conflict():
    lines = "\n".join(f"成人票价格为{price}元。" for price in (60, 80, 110, 160))
    assert flags(lines) == []


def test_two_sentences_that_are_alike_letter_by_letter_never_differ():
    text = "按修复费用赔,不按新品价格赔。"
    assert flags(text, text) == []


def test_slots_do_not_depend_on_the_order_of_claims():
    texts = [text for pair in FIRES for text in pair]
    claims = [
        c for at, text in enumerate(texts) for c in claims_of(document_of(text, url=f"http://{at}.test/"), Corpus())
    ]
    shuffled = random.Random(7).sample(claims, len(claims))
    assert gather(claims, Corpus()) == gather(shuffled, Corpus())


def test_a_conflict_keeps_its_id_when_the_page_around_it_changes():
    before = flags("煮好的绿豆汤在冰箱里可以保存2天。", "煮好的绿豆汤在冰箱里可以保存9天。")[0]
    after = flags("另外加了一段话。\n煮好的绿豆汤在冰箱里可以保存2天。", "煮好的绿豆汤在冰箱里可以保存9天。谢谢。")[0]
    assert before.id == after.id


def test_a_question_is_asked_in_the_words_of_the_page():
    slot = slots("煮好的绿豆汤在冰箱里可以保存2天。", "煮好的绿豆汤在冰箱里可以保存9天。")[0]
    assert "绿豆汤" in slot.question
    assert slot.question.endswith("多久?")


def test_no_reason_takes_a_side():
    words = ("wrong", "right", "false", "true", "correct", "incorrect", "lie", "错误", "正确")
    for flag in (flag for pair in FIRES for flag in flags(*pair)):
        assert not any(word in flag.reason.lower().split() for word in words)


@pytest.mark.parametrize("count", [300])
def test_a_hundred_variants_of_one_sentence_are_compared_in_bounded_time(count):
    texts = [f"煮好的绿豆汤第{at}种做法在冰箱里可以保存{1 + at % 9}天。" for at in range(count)]
    assert len(slots(*texts)) < count
