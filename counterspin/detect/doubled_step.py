"""A numbered list tells one step twice: the headings name the same things, and the texts under them overlap.

Not doubled: parallel items whose headings differ in what they name (春季养护 / 夏季养护), items that are a word or two.

Source: the second seed page (1. 短信提醒和系统通知, 2. 系统提示及短信提醒); rule S4 of our notes on contradiction.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from counterspin.identity import new_flag
from counterspin.model import Document, Flag
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold, han_share
from counterspin.text.outline import Item, items, series, squeezed
from counterspin.text.quote import passage_at, quote, short
from counterspin.text.tags import tagged
from counterspin.wording import Wording

FLAGS = (
    (
        "1. 短信提醒和系统通知：用户逾期之后，系统会立即发送短信提醒，并且通知用户尽快还款。\n"
        "2. 系统提示及短信提醒：用户逾期的情况下，系统会发出提示，提醒用户尽快还款。\n"
        "3. 电话联系：客服会打电话。"
    ),
    (
        "1. Check and clean the water filter: take the filter out and rinse it under running water.\n"
        "2. Clean and check the water filter: the filter is taken out and rinsed under running water.\n"
        "3. Close the lid: press."
    ),
)
PASSES = (
    "1. 春季养护：春季气温回升，要逐渐增加浇水，注意通风。\n2. 夏季养护：夏季气温较高，要逐渐增加浇水，注意遮阴。",
    "1. 准备申请材料：带上身份证和照片。\n2. 提交申请材料：把材料交到窗口，领取回执。",
    "1. Fill the tank: pour in clean water.\n2. Empty the tank: pour out the dirty water.",
)

_CITATION = re.compile(r"《|出版社|\[[JMDC]\]|\bvol\.|\bpp\.|et al", re.IGNORECASE)
_LINKING = frozenset(
    [
        "和",
        "与",
        "及",
        "以及",
        "或",
        "的",
        "了",
        "对",
        "在",
        "于",
        "and",
        "or",
        "the",
        "a",
        "an",
        "of",
        "to",
        "for",
        "with",
        "your",
        "in",
        "on",
    ]
)

REASON = Wording(
    en="Items {first} “{one}” and {second} “{other}” of one list tell the same step twice.",
    zh="同一列表的第 {first} 项“{one}”和第 {second} 项“{other}”是同一个步骤，写了两遍。",
)


@dataclass(frozen=True, slots=True)
class DoubledStep:
    """``scan`` gives one flag for each pair of items that are one."""

    min_shared_words: float = 0.7  # share of the words of the shorter heading that the other has too, 0 to 1
    min_words: int = 2  # words that both headings share
    min_shared_body: float = 0.2  # share of the shorter text's pairs of characters (words) that the other has, 0 to 1
    min_same_body: float = 0.6  # the same share where the headings differ in a verb (检查设施, 查看设施), 0 to 1
    min_body: int = 10  # letters of each text
    max_head: int = 24  # Chinese characters (half-words) of a heading; longer ones are sentences
    name: str = field(default="doubled_step", init=False)
    category: str = field(default="padded", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """The doubled items of each numbered list."""
        for run in series(items(document)):
            if run[0].label.style.startswith("ordinal:条"):
                continue
            for first, second in combinations(run[:60], 2):
                if self._is_one(first, second):
                    yield self._flag(document, first, second)

    def _is_one(self, first: Item, second: Item) -> bool:
        if _CITATION.search(first.text) or max(map(_weight, (first.head, second.head))) > self.max_head:
            return False
        left, right = _content(first.head), _content(second.head)
        shared = set(left) & set(right)
        shorter, longer = sorted((len(set(left)), len(set(right))))
        if len(shared) < self.min_words or min(len(squeezed(first.body)), len(squeezed(second.body))) < self.min_body:
            return False
        if _is_parallel(left, right, shared):
            are_verbs = all(_is_verb(word) for word in {*left, *right} - shared)
            return are_verbs and _overlap(first.body, second.body) >= self.min_same_body
        if len(shared) < self.min_shared_words * max(shorter, longer - 1):
            return False
        return _overlap(first.body, second.body) >= self.min_shared_body * (1 if _reordered(left, right, shared) else 2)

    def _flag(self, document: Document, first: Item, second: Item) -> Flag:
        assert first.start is not None
        places = [(item.start, item.end) for item in (first, second)]
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage_at(document, first.start),
            score=0.8,
            reason=REASON(
                first=first.label.value,
                one=short(first.head),
                second=second.label.value,
                other=short(second.head),
            ),
            evidence=tuple(
                quote(document, start, end) for start, end in places if start is not None and end is not None
            ),
            severity=2,
            key=squeezed(first.head) + squeezed(second.head),
        )


DETECTOR = DoubledStep()


def _weight(head: str) -> int:
    return len(head) if han_share(head) > 0.3 else 2 * len(head.split())


def _content(head: str) -> tuple[str, ...]:
    if han_share(head) > 0.3:
        words = [word.text for word in tagged(fold(head))]
    else:
        words = re.findall(r"[\w'’]+", head.lower())
    return tuple(word for word in words if word not in _LINKING and re.search(r"\w", word))


def _is_parallel(left: tuple[str, ...], right: tuple[str, ...], shared: set[str]) -> bool:
    """Whether both headings are one frame with another word in its slot: 春季养护, 夏季养护."""
    return bool(set(left) - shared and set(right) - shared) and not _reordered(left, right, shared)


def _is_verb(word: str) -> bool:
    return any(piece.tag.startswith("v") for piece in tagged(word))


def _reordered(left: tuple[str, ...], right: tuple[str, ...], shared: set[str]) -> bool:
    return [word for word in left if word in shared] != [word for word in right if word in shared]


def _overlap(left: str, right: str) -> float:
    a, b = _pairs(left), _pairs(right)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _pairs(text: str) -> frozenset[str]:
    if han_share(text) > 0.3:
        letters = squeezed(text)
        return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))
    return frozenset(word for word in re.findall(r"[\w'’]+", text.lower()) if word not in _LINKING)
