"""Who must do or pay it, by voice, verb or noun of duty; and who or what alone will do."""

from __future__ import annotations

import pytest

from counterspin.api import analyse, document_from_text

RIVALS = (
    ("小区电梯的维护费由物业公司承担。", "小区电梯的维护费要业主自己出。"),
    ("过户的契税由买方缴纳。", "契税应该由卖方来交。"),
    ("退货的运费由商家承担。", "退货的运费不由商家承担,买家自己付。"),
    ("The seller pays the survey fee in the end.", "The survey fee is paid by the buyer."),
    ("Return postage is at the customer's expense.", "The shop pays for the return postage."),
    ("The tenant has to clean the gutters.", "The landlord has to clean the gutters."),
    ("The council is responsible for fixing the pavement.", "It is the householder who must fix the pavement."),
)
NONE = (
    ("退货的运费由买家承担。", "换货的运费由商家承担。"),
    ("医药费由肇事方承担,误工费由保险公司承担。", "误工费由保险公司赔。"),
    ("The employer pays the training levy.", "The employee pays the exam fee."),
    ("The filter must be cleaned every month by hand.", "The cover must be cleaned every month by hand."),
)


def contradictions(*texts: str) -> list[str]:
    documents = [document_from_text(text, url=f"http://{at}.test/x", title="") for at, text in enumerate(texts)]
    return [flag.rule for flag in analyse(documents) if flag.category == "contradictory"]


@pytest.mark.parametrize("texts", RIVALS, ids=lambda texts: texts[0])
def test_two_parties_for_one_duty_are_a_conflict(texts):
    assert contradictions(*texts) == ["actor"]


@pytest.mark.parametrize("texts", NONE, ids=lambda texts: texts[0])
def test_two_duties_are_none(texts):
    assert contradictions(*texts) == []


EXCLUSIVE = (
    ("Only pine wood can be used for the smoker.", "You can use oak wood in the smoker too."),
    ("Only members can book the court by the pond.", "Guests can book the court by the pond too."),
)
OF_TWO_KINDS = (
    ("只有成年人才能报名。", "报名可以在网上办。"),
    ("Only members can book the court by the pond.", "You can book the court by the pond online."),
)


@pytest.mark.parametrize("texts", EXCLUSIVE, ids=lambda texts: texts[0])
def test_only_one_and_also_another_are_a_conflict(texts):
    assert contradictions(*texts) == ["exclusivity"]


@pytest.mark.parametrize("texts", OF_TWO_KINDS, ids=lambda texts: texts[0])
def test_only_who_and_also_how_are_none(texts):
    assert contradictions(*texts) == []
