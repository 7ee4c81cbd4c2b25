"""What a page shows of its spinner itself."""

import pytest

from counterspin.claims.proof import DRAWN_ODDS, proof_of
from counterspin.model import Swap
from counterspin.text.boundary import boundary_swaps
from counterspin.text.corpus import Corpus
from counterspin.text.drawn import spun_odds, writers_shares
from counterspin.text.example import document_of

PAIRS = (("行为", "表现"), ("使用", "采用"), ("用户", "使用者"), ("用户", "客户"))


@pytest.mark.parametrize(
    ("text", "restored"),
    [
        ("逾期之后银表现了追回款项", "银行为了"),
        ("倘采使用者暂时无法偿还", "倘使用户暂"),
        ("促采客户尽快还款", "促使用户"),
    ],
)
def test_a_swap_across_a_word_border_is_undone(text, restored):
    assert [hit.restored for hit in boundary_swaps(text, PAIRS)] == [restored]


@pytest.mark.parametrize(
    "text", ["应使用者要求更新", "良好的表现", "有利使用者", "可以采用的办法", "对客户的表现进行评价"]
)
def test_a_word_in_its_place_is_no_boundary_swap(text):
    assert boundary_swaps(text, PAIRS) == ()


def test_rare_wording_alone_proves_nothing():
    page = document_of("依照规定，使用者理应准时履行义务，倘若存在疑问，须要留意自身处境，采纳相应办法。")
    assert not proof_of(page, Corpus()).holds


def test_learnt_swaps_prove_a_page_where_their_originals_hardly_stand():
    originals = ("用户", "问题", "按时", "根据", "采取", "了解", "重要", "注意")
    targets = ("使用者", "疑惑", "准时", "依照", "采纳", "熟悉", "要紧", "留意")
    swaps = tuple(Swap(*pair, 5, 5, 3, 0.9) for pair in zip(originals, targets, strict=True))
    spun = document_of("使用者应准时还款，有疑惑应依照规定采纳要紧的办法，熟悉流程并且留意时间。")
    honest = document_of("用户应按时还款，有问题应根据规定采取重要的办法，了解流程并且注意时间，使用者也要准时。")
    corpus = Corpus(swaps=swaps)
    assert (proof_of(spun, corpus).holds, proof_of(honest, corpus).holds) == (True, False)


@pytest.mark.parametrize(
    ("used", "originals", "expected"),
    [
        ({("用户", "利用者"): 2, ("问题", "疑惑"): 1, ("注意", "留意"): 2, ("如果", "倘使"): 2}, {}, True),
        ({("用户", "利用者"): 2, ("问题", "疑惑"): 1}, {"注意": 3, "如果": 3, "时候": 3, "可以": 3}, False),
        ({("手机", "电话"): 3}, {"手机": 3}, False),
        ({}, {"注意": 1}, False),
    ],
)
def test_words_are_drawn_by_a_spinner_when_usual_ones_are_missing(used, originals, expected):
    odds = spun_odds(used, originals, writers_shares(used))
    assert (odds > DRAWN_ODDS) is expected


def test_more_places_of_a_rare_replacement_never_lower_the_odds():
    shares = writers_shares((("用户", "利用者"),))
    odds = [spun_odds({("用户", "利用者"): times}, {"注意": 2}, shares) for times in range(1, 6)]
    assert odds == sorted(odds)


def test_a_comment_that_kept_the_original_shows_the_swaps():
    page = document_of(
        "银行工作人员会提前与客户联系，预约好上门的时间，请保持电话畅通。\n"
        "> 张三 | 律师 | 2025-01-01: 银行工作人员会提前与用户联系，约定好上门的时间，请保持电话畅通。"
    )
    shown = [(i.left, i.right) for parallel in proof_of(page, Corpus()).parallels for i in parallel.swaps]
    assert shown == [("用户", "客户"), ("约定", "预约")]


def test_a_heading_or_comment_that_says_the_opposite_proves_no_spinner():
    heading = document_of("@title: 饭前增加运动有利于消化的理由\n# 饭后减少运动有利于消化的理由\n减少剧烈的运动。")
    comment = document_of(
        "喝完牛奶以后可以马上吃水果，吃药之前也可以先喝一点。\n> 喝完牛奶以后不宜马上吃水果，吃药之前也可以先喝一点。"
    )
    assert [proof_of(page, Corpus()).points for page in (heading, comment)] == [0.0, 0.0]
