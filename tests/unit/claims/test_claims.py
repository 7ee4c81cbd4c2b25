"""What is read out of a sentence."""

from __future__ import annotations

import pytest

from counterspin.claims.read import aliases_of, claims_of
from counterspin.model import Swap
from counterspin.text.corpus import Corpus
from counterspin.text.example import document_of


def claims(text: str, **facts: object):
    return claims_of(document_of(text), Corpus(**facts))


def stance(text: str):
    return [(c.polarity, c.modality, c.predicate) for c in claims(text) if c.slot_kind == "stance"]


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("隔夜菜不能吃。", -1, "mustnot"),
        ("隔夜菜可以吃。", 1, "may"),
        ("退租不用提前通知。", -1, "noneed"),
        ("退租必须提前通知。", 1, "must"),
        ("逾期不得不还款。", 1, "must"),
        ("逾期会影响征信。", 1, "will"),
        ("逾期不会影响征信。", -1, "not"),
        ("不建议空腹喝咖啡。", -1, "shouldnot"),
        ("You must not park here.", -1, "mustnot"),
        ("You don't need to register the car.", -1, "noneed"),
        ("You should rinse the rice.", 1, "should"),
        ("Boiling does not remove fluoride.", -1, "not"),
    ],
)
def test_polarity_and_modality_are_read(text, polarity, modality):
    assert [(polarity, modality)] == [found[:2] for found in stance(text)]


@pytest.mark.parametrize(
    "text",
    [
        "隔夜菜能不能吃?",
        "隔夜菜可以吃吗",
        "逾期会不会坐牢",
        "Can dogs eat grapes?",
        "不是不能吃。",
        "逾期不一定会起诉。",
    ],
)
def test_questions_and_double_negation_have_no_polarity(text):
    assert stance(text) == []


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("社会保障机会均等。", "will"),
        ("会计应用软件。", "will"),
        ("不锈钢别墅。", "not"),
        ("这个技能适应性好。", "may"),
    ],
)
def test_characters_inside_words_are_no_markers(text, word):
    assert word not in {modality for _, modality, _ in stance(text)}


def test_avoiding_a_result_is_a_purpose_and_no_advice():
    assert ("shouldnot") not in {modality for _, modality, _ in stance("保留票据,避免产生纠纷。")}
    assert ("shouldnot") in {modality for _, modality, _ in stance("避免空腹喝咖啡。")}


def test_a_claim_quotes_its_sentence_word_for_word():
    document = document_of("前面一句。逾期3天会上征信,记录保存5年。")
    for claim in claims_of(document, Corpus()):
        assert claim.text == document.text[claim.start : claim.end]


def test_conditions_and_exceptions_go_with_the_claim():
    found = next(c for c in claims("如果逾期90天,银行会起诉,除非已经协商。") if c.slot_kind == "stance")
    assert "90天" in found.condition
    assert "除非" in found.exception
    assert [gate.low for gate in found.gates] == [90]


def test_a_rumour_is_reported_and_not_asserted():
    assert {"reported"} == {c.attribution for c in claims("网传逾期会坐牢。")}
    assert {"reported"} == {c.attribution for c in claims("# 误区一\n隔夜菜可以吃。")}


def test_a_short_answer_takes_its_subject_from_the_heading():
    found = next(c for c in claims("# RO膜\n每2年更换一次。") if c.slot_kind == "numeric")
    assert {"ro膜", "换"} <= set(found.terms)


def test_traditional_script_reads_like_simplified():
    assert [c.terms for c in claims("記錄保存5年。")] == [c.terms for c in claims("记录保存5年。")]


def test_learnt_swaps_bring_a_spun_text_back_to_its_words():
    swap = Swap("更换", "调换件", 9, 5, 3, 0.9)
    assert aliases_of(Corpus(swaps=(swap,))) == {"调换件": "更换"}
    assert aliases_of(Corpus(swaps=(Swap("更换", "调换件", 1, 1, 1, 0.1),))) == {}


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("维修费由房东承担。", "房东"),
        ("The landlord is responsible for repairs.", "landlord"),
        ("Repairs are paid by the tenant.", "tenant"),
        ("由于下雨,费用由租客自行承担。", "租客"),
    ],
)
def test_who_must_do_it_is_read(text, actor):
    assert actor in {claim.actor for claim in claims(text)}


def test_the_order_of_steps_is_read():
    assert "放油>放鱼" in {claim.order for claim in claims("煎鱼要先放油再放鱼。")}
    assert any(claim.order.endswith(">apply paint") for claim in claims("Apply primer before you apply paint."))


@pytest.mark.parametrize("language", ["fr", "ja", "ru", "und"])
def test_a_third_language_has_no_claims(language):
    assert claims_of(document_of(f"@language: {language}\nIl ne faut pas garder le riz 3 jours."), Corpus()) == ()


@pytest.mark.parametrize(
    "text",
    [
        "不能" * 50_000,
        "逾期3天会上征信," * 12_000,
        "“" * 5_000 + "隔夜菜不能吃",
        "《(【" * 3_000 + "保存5年",
        "9" * 100_000 + "天",
        "never " * 20_000,
        "1 to " * 20_000,
        "一" * 100_000,
        "\ud800隔夜菜不能吃。",
        "",
        " \n\n ",
    ],
)
def test_hostile_input_is_bounded(text):
    assert len(claims(text)) < 20_000
