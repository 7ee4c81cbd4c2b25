"""Passages keep their track under every edit that pages and extractors make."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pytest

from counterspin.store.tracking import follow
from counterspin.text.sentences import sentences
from crawler.simweb.demo.site import hosts

SEEDS = range(2)
LONG = 40  # characters of a passage that is followed
SWAPS = (
    ("可以", "能够"), ("建议", "推荐"), ("更换", "替换"), ("使用", "采用"), ("如果", "倘若"), ("需要", "须要"),
    ("时间", "时光"), ("方法", "办法"), ("问题", "疑问"), ("水质", "水的品质"), ("房东", "房主"), ("合同", "契约"),
    ("重要", "要紧"), ("影响", "作用"), ("选择", "挑选"), ("一般", "通常"), ("过滤", "滤除"), ("及时", "尽早"),
    ("押金", "保证金"), ("应该", "理应"),
)  # fmt: skip
Edit = Callable[[list[str], random.Random], list[tuple[str, int | None]]]


def pages() -> list[list[str]]:
    """Long passages of each demo page that has several."""
    found = []
    for host in hosts().values():
        for page in host.pages:
            texts = [part.text for part in page.parts if len(part.text) >= LONG]
            if len(texts) >= 4 and len(set(texts)) == len(texts):
                found.append(texts)
    return found


def kept(texts: list[str], change: Callable[[str], str]) -> list[tuple[str, int | None]]:
    return [(change(text), index) for index, text in enumerate(texts)]


def half_width(texts: list[str], _: random.Random) -> list[tuple[str, int | None]]:
    return kept(texts, lambda text: text.translate(str.maketrans("，。；：！？（）", ",.;:!?()")))


def dates(texts: list[str], chance: random.Random) -> list[tuple[str, int | None]]:
    return kept(texts, lambda text: f"{text}(更新于2026-0{chance.randint(1, 9)}-1{chance.randint(0, 9)})")


def adverts(texts: list[str], _: random.Random) -> list[tuple[str, int | None]]:
    new = [
        "【限时活动】本站联合多家商家推出新年优惠,名额有限,欢迎来电咨询!",
        "关注公众号,每天为您推送生活小妙招,转发还有好礼相送。",
    ]
    return [*((text, None) for text in new), *kept(texts, str)]


def one_character(texts: list[str], chance: random.Random) -> list[tuple[str, int | None]]:
    def change(text: str) -> str:
        at = chance.randrange(len(text))
        return f"{text[:at]}东西{text[at + 1 :]}"

    return kept(texts, change)


def ten_swaps(texts: list[str], chance: random.Random) -> list[tuple[str, int | None]]:
    chosen = chance.sample(SWAPS, 10)
    return kept(texts, lambda text: swapped(text, chosen))


def swapped(text: str, swaps: Sequence[tuple[str, str]]) -> str:
    for source, target in swaps:
        text = text.replace(source, target)
    return text


def shuffled_sentences(texts: list[str], chance: random.Random) -> list[tuple[str, int | None]]:
    def change(text: str) -> str:
        parts = [text[span.start : span.end] for span in sentences(text)]
        chance.shuffle(parts)
        return joined(parts)

    return kept(texts, change)


def joined(parts: Sequence[str]) -> str:
    """Texts put together as their script does it: English with a blank, Chinese without."""
    return (" " if parts and parts[0].isascii() else "").join(parts)


def shuffled_passages(texts: list[str], chance: random.Random) -> list[tuple[str, int | None]]:
    new = kept(texts, str)
    chance.shuffle(new)
    return new


SINGLE: dict[str, Edit] = {
    "half-width punctuation": half_width,
    "date stamps": dates,
    "two adverts on top": adverts,
    "one character replaced by a word": one_character,
    "ten swaps": ten_swaps,
    "sentences shuffled": shuffled_sentences,
    "passages shuffled": shuffled_passages,
}


def carried_and_wrong(texts: list[str], edited: list[tuple[str, int | None]]) -> tuple[int, int]:
    """How many old passages are followed to their edited form, and how many to another one."""
    origins = follow(texts, [text for text, _ in edited])
    right = wrong = 0
    for found, (_, index) in zip(origins, edited, strict=True):
        right += index is not None and index in found
        wrong += sum(other != index for other in found)
    return right, wrong


@pytest.mark.parametrize("name", SINGLE)
def test_a_single_kind_of_edit_loses_and_misplaces_no_passage(name):
    for seed in SEEDS:
        for texts in pages():
            edited = SINGLE[name](texts, random.Random(seed))
            assert (len(texts), 0) == carried_and_wrong(texts, edited)


def test_joined_passages_continue_both_old_ones():
    for texts in pages():
        pairs = [joined(texts[index : index + 2]) for index in range(0, len(texts), 2)]
        for index, found in enumerate(follow(texts, pairs)):
            assert set(found) == set(range(2 * index, min(2 * index + 2, len(texts))))


def test_each_part_of_a_split_passage_continues_the_old_one():
    for texts in pages():
        parts = [(text[span.start : span.end], index) for index, text in enumerate(texts) for span in sentences(text)]
        origins = follow(texts, [text for text, _ in parts])
        assert {index for index, found in enumerate(texts)} == {found[0] for found in origins if found}
        assert all(found in ((), (index,)) for found, (_, index) in zip(origins, parts, strict=True))


def test_nothing_is_carried_to_an_unrelated_page():
    old, new = (
        pages()[0],
        [
            "今天天气晴朗,适合带孩子去公园放风筝。记得带水和帽子。",
            "这家餐厅的招牌菜是清蒸鲈鱼,周末要提前订位,停车方便。",
        ],
    )
    assert follow(old, new) == ((), ())


def test_all_edits_at_once_carry_nineteen_of_twenty_and_misplace_none():
    right = wrong = total = 0
    for swaps in (5, 10, 20):
        for seed in SEEDS:
            for texts in pages():
                edited = everything(texts, random.Random(seed), swaps)
                origins = follow(texts, [text for text, _ in edited])
                total += len(texts)
                for found, (_, indices) in zip(origins, edited, strict=True):
                    right += len(set(found) & indices)
                    wrong += len(set(found) - indices)
    assert wrong == 0
    assert right / total >= 0.95


def everything(texts: list[str], chance: random.Random, swaps: int) -> list[tuple[str, set[int]]]:
    """Swaps, both shuffles, punctuation, adverts, and one in four passages joined to the one before."""
    chosen = chance.sample(SWAPS, min(swaps, len(SWAPS)))
    changed = [swapped(text, chosen) for text, _ in shuffled_sentences(texts, chance)]
    changed = [text for text, _ in half_width(changed, chance)]
    order = list(range(len(texts)))
    chance.shuffle(order)
    out: list[tuple[str, set[int]]] = [(text, set()) for text, _ in adverts([], chance)]
    for index in order:
        if len(out) > 2 and chance.random() < 0.25:
            out[-1] = (joined([out[-1][0], changed[index]]), out[-1][1] | {index})
        else:
            out.append((changed[index], {index}))
    return out


def test_equal_passages_follow_in_their_order():
    assert follow(
        ["欢迎光临本站。", "正文在这里。", "欢迎光临本站。"], ["欢迎光临本站!", "正文在这里。", "欢迎光临本站。"]
    ) == ((0,), (1,), (2,))


def test_a_page_with_too_many_sentences_is_still_followed_by_letters(monkeypatch):
    monkeypatch.setattr("counterspin.store.tracking.MAX_PAIRS", 1)
    assert follow(["甲乙丙丁戊己", "子丑寅卯辰巳"], ["甲乙丙丁戊己。", "完全不同的一句话", "子丑寅卯辰巳"]) == (
        (0,),
        (),
        (1,),
    )
