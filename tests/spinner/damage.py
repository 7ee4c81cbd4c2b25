"""Pages damaged as keyword filters damage them, and how many of the places are found.

A filter strikes out words (silently, leaving a space, or under stars) or single characters, everywhere or at most
places, in plain copies and in rewrites. Beside them stand abridged copies by an honest hand, in which nothing is
damaged: an editor drops words that a sentence can spare, clauses and sentences, and cuts words short.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from counterspin.engine.local import run
from counterspin.model import Document, Flag
from counterspin.settings import Settings
from counterspin.text.example import document_of

from .measure import Topics
from .spinner import Dictionary, spin

_CHINESE = (
    "银行 电话 合同 公司 客服 医院 医生 药物 手机 照片 密码 价格 费用 押金 贷款 利息 保险 牙齿 方法 孩子 身体 中介 "
    "骗子 快递员 平台 老师 宝宝 肌肉 冰箱 箱子 存款 基金 车辆 证件 发票 医保 养老金 空调 水温 茶叶 猫粮 疫苗 油漆 "
    "房东 租客 信用卡 账单 发动机 轮胎 刹车 机票 酒店 行李 成绩 题目 报名 维修 退货 评价 急救 心跳 睡眠"
)
_ENGLISH = (
    "bank phone doctor water money price company contract card loan password insurance hospital drug child soil plants "
    "employer salary seller parcel muscles dentist teeth boxes savings account bedroom medicine engine tyres luggage "
    "passport paint landlord deposit lender interest insurer garage hotel wall pain sugar"
)
STRUCK: Mapping[str, tuple[str, ...]] = {"zh": tuple(_CHINESE.split()), "en": tuple(_ENGLISH.split())}
CHARACTERS = "段施许盖延左康郁汤甘衡史惠陶常高方时安平金程于严费向应关项况检须避效费松温钱"
_SPARED_CHINESE = "其实 一般 非常 最好 一定 往往 通常 常常 首先 然后 大约 可以 应该"
_SPARED_ENGLISH = "really very usually always often simply also then quite just"
SPARED: Mapping[str, tuple[str, ...]] = {
    "zh": tuple(_SPARED_CHINESE.split()),
    "en": tuple(_SPARED_ENGLISH.split()),
}
# Words cut short by an honest hand.
_TIGHT = (
    "应当应 应该应 应该该 必须须 必须必 可以可 能够能 如果如 但是但 已经已 时候时 因为因 虽然虽 没有没 或者或 "
    "并且并 以及及 以后后 之后后 以前前 之前前 需要需 容易易 选择选 购买买 使用用 帮助帮 房屋房 药物药 学习学 "
    "阅读读 检查查 查看看 打开开 清洗洗 费用费 价格价 避免免 否则则 比较较 尽量尽 严重重 更换换 家里家 车辆车 "
    "衣服衣 里面里 外面外 寻找找"
)
TIGHT = tuple((one[:2], one[2:]) for one in _TIGHT.split())
TOLERANCE = 4  # characters between a place and what a flag points at
Place = tuple[int, str]


@dataclass(frozen=True)
class Holes:
    """Places by kind: how many were made and found; flags of damage: how many and how many of them right."""

    made: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    flags: int = 0
    right: int = 0
    wrong: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        return self.right / self.flags if self.flags else 1.0

    @property
    def recall(self) -> float:
        return self.found.total() / max(1, self.made.total())


@dataclass(frozen=True)
class Damaged:
    """A page and where words were struck out of it: offset in its text and the kind of the damage."""

    page: Document
    places: tuple[Place, ...]


def holes(
    language: str,
    dictionary: Dictionary,
    *,
    rate: float,
    seed: int,
    topics: Mapping[str, Topics],
    with_source: bool = True,
) -> Holes:
    """Make a crawl of sources, damaged copies and rewrites, and honest abridgements; analyse it and compare.

    Without sources the damaged pages stand beside rewrites by another hand alone, each of one source.
    """
    random = Random(seed)
    made: list[Damaged] = []
    others: list[Document] = []
    for number, (topic, passages) in enumerate(topics[language].items()):
        text = "\n".join(passages)
        if with_source or number % 2:
            others.append(_page(text, f"http://source{number}.test/{seed}.html", topic))
        for copy, (kind, copy_rate) in enumerate(_kinds(language, rate, random)):
            spun = spin_lines(text, dictionary, language, copy_rate, random)
            url = f"http://farm{random.randrange(10**6)}.test/{number}-{copy}.html"
            made.append(_damaged(spun, kind, language, url, topic, random))
        others.append(_page(_abridged(text, language, random), f"http://editor{number}.test/{seed}.html", topic))
    pages = others + [one.page for one in made]
    random.shuffle(pages)
    return _compared(made, others, run(pages, Settings()).flags)


def spin_lines(text: str, dictionary: Dictionary, language: str, rate: float, random: Random) -> str:
    """The text with words put for words, line by line."""
    if not rate:
        return text
    return "\n".join(
        spin(line, dictionary, rate=rate, random=random, spaced=language == "en").text for line in text.split("\n")
    )


def _kinds(language: str, rate: float, random: Random) -> Iterator[tuple[str, float]]:
    yield "silent", 0.0
    yield "silent", rate
    yield random.choice(("space", "mask")), random.choice((0.0, rate))
    if language == "zh":
        yield "character", 0.0
        yield "character", rate


def _page(text: str, url: str, topic: str) -> Document:
    return document_of(f"@title: {topic}\n{text}", url=url)


def _damaged(  # noqa: PLR0917 - what the page is made of
    text: str, kind: str, language: str, url: str, topic: str, random: Random
) -> Damaged:
    if kind == "character":
        present = [char for char in CHARACTERS if 0 < text.count(char) <= 4]
        pattern = "|".join(random.sample(present, min(3, len(present)))) or "$^"
    else:
        present = [word for word in STRUCK[language] if word in text.lower()]
        chosen = random.sample(present, min(2, len(present)))
        pattern = "|".join(rf"\b{word}\b" if language == "en" else word for word in chosen) or "$^"
    put = {"silent": "", "character": "", "space": " ", "mask": "***"}[kind]
    pieces: list[str] = []
    places: list[Place] = []
    size = at = 0
    for match in list(re.finditer(pattern, text, re.IGNORECASE)):
        before = text[at : match.start()]
        if language == "en" and not put and before.endswith(" "):
            before = before[:-1]  # what is left of two spaces
        size += len(before)
        places.append((size, kind))
        pieces += (before, put)
        size += len(put)
        at = match.end()
    return Damaged(_page("".join(pieces) + text[at:], url, topic), tuple(places))


def _abridged(text: str, language: str, random: Random) -> str:
    """The text as an honest hand shortens it."""
    for word in random.sample(SPARED[language], 5):
        text = re.sub(rf" \b{word}\b" if language == "en" else word, "", text)
    for word, short in random.sample(TIGHT, len(TIGHT) // 4):
        text = text.replace(word, short)
    lines = []
    for line in text.split("\n"):
        parts = re.split(r"(?<=[。.]) ?", line)
        del parts[random.randrange(len(parts))]
        clauses = re.split(r"(?<=[，,])", "".join(part + (" " if language == "en" else "") for part in parts))
        if len(clauses) > 4:
            del clauses[random.randrange(1, len(clauses) - 1)]
        lines.append("".join(clauses).strip())
    return "\n".join(line for line in lines if line)


def _compared(made: list[Damaged], others: list[Document], flags: Sequence[Flag]) -> Holes:
    damage = [flag for flag in flags if flag.category == "damaged"]
    places = {one.page.url: one.places for one in made}
    texts = {page.url: page.text for page in (*others, *(one.page for one in made))}
    right = [flag for flag in damage if any(_points_at(flag, at) for at, _ in places.get(flag.url, ()))]
    wrong = [flag for flag in damage if flag not in right]
    counts, found, missed = Counter[str](), Counter[str](), []
    for url, held in places.items():
        for at, kind in held:
            counts[kind] += 1
            if any(flag.url == url and _points_at(flag, at) for flag in damage):
                found[kind] += 1
            else:
                missed.append(f"{kind} {url} {texts[url][max(0, at - 20) : at]}▢{texts[url][at : at + 20]}")
    said = tuple(f"{flag.rule} {flag.url} {flag.reason}" for flag in wrong)
    return Holes(counts, found, len(damage), len(right), said, tuple(missed))


def _points_at(flag: Flag, place: int) -> bool:
    spots = [
        (one.start, one.end)
        for one in flag.evidence
        if one.role == "subject" and one.url == flag.url and one.start is not None and one.end is not None
    ]
    short = [(start, end) for start, end in spots if end - start <= 40] or [(flag.start or 0, flag.end or 0)]
    return any(start - TOLERANCE <= place <= end + TOLERANCE for start, end in short)
