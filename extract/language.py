"""Language of a text: the script decides where it can, seeded langdetect elsewhere, ``und`` when unsure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

MIN_LETTERS = 50  # letters below which langdetect guesses: it calls 借呗 Korean with probability 1.0
MIN_PROBABILITY = 0.80  # below it the answer is "und", 0 to 1
_SAMPLE = 1000  # code points the script is read from
_DETECTED = 800  # code points langdetect is given: its time grows with them, its answer changes no more
_HAN_SHARE = 0.3  # share of Han among the letters from which a text is read as Chinese (or Japanese), 0 to 1
_KANA_SHARE = 0.1  # share of kana among Han and kana that makes it Japanese; brand names give Chinese text a few

_URL = re.compile(r"https?://\S+|www\.\S+")
_MAIL = re.compile(r"\S{1,64}@\S+")  # a part before the at sign has 64 characters at most
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa]")
_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff]")
_WORD = re.compile(r"[^\W\d_]+")
# Function words of English that are no words of the other languages in Latin script. English prose has 25 to 40 % of
# them, prose in other languages under 3 %, lists of products under 10 %.
_ENGLISH = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "is",
        "that",
        "for",
        "it",
        "with",
        "as",
        "are",
        "be",
        "this",
        "by",
        "have",
        "not",
        "you",
        "they",
        "which",
        "their",
        "from",
        "been",
        "there",
        "would",
    ]
)
_ENGLISH_SHARE = 0.15  # share of the words from which a text is read as English, 0 to 1
# Everyday characters that one script writes and the other does not.
_SIMPLIFIED = frozenset(
    "这们国来说时个为会对过还发经进实应开关问题点现业产务员电话费单债欠钱银账号额帮办书写语读认让设试该详讲谢护报请诉讼处罚规则见观视觉华东车轮转运连选适边达远运动态势积极营销购买卖质量资贷款财贵赔偿风险随难题项须顺顾预领颜"
)
_TRADITIONAL = frozenset(
    "這們國來說時個為會對過還發經進實應開關問題點現業產務員電話費單債錢銀賬號額幫辦書寫語讀認讓設試該詳講謝護報請訴訟處罰規則見觀視覺華東車輪轉運連選適邊達遠動態勢積極營銷購買賣質量資貸財貴賠償風險隨難項須順顧預領顏麼"
)

_ONLY_SIMPLIFIED, _ONLY_TRADITIONAL = _SIMPLIFIED - _TRADITIONAL, _TRADITIONAL - _SIMPLIFIED


@dataclass(frozen=True, slots=True)
class Language:
    """A code (``zh-Hans``, ``zh-Hant``, ``zh``, ``en``, ``und`` …), its probability (0 to 1) and what decided."""

    code: str
    probability: float
    method: str


def language_of(text: str) -> Language:
    """The language of ``text``; the same answer on every call."""
    sample = text[: 2 * _SAMPLE]
    sample = _URL.sub(" ", sample if "@" not in sample else _MAIL.sub(" ", sample))[:_SAMPLE]
    letters, han = sum(map(str.isalpha, sample)), len(_HAN.findall(sample))
    if not letters:
        return Language("und", 0.0, "none")
    kana, hangul = len(_KANA.findall(sample)), len(_HANGUL.findall(sample))
    if kana > _KANA_SHARE * (han + kana) and kana + han > _HAN_SHARE * letters:
        return Language("ja", 0.99, "script")
    if hangul > _HAN_SHARE * letters:
        return Language("ko", 0.99, "script")
    if han > _HAN_SHARE * letters:
        return Language(_chinese(sample), 0.99, "script")
    if _english_share(sample) >= _ENGLISH_SHARE:
        return Language("en", 0.99, "function_words")
    return _detected(sample, letters)


def _english_share(sample: str) -> float:
    """Share of the words that only English uses to tie sentences together, 0 to 1; 0 under ten words."""
    words = _WORD.findall(sample.lower())
    return sum(map(_ENGLISH.__contains__, words)) / len(words) if len(words) >= 10 else 0.0


def _chinese(sample: str) -> str:
    """``zh-Hans`` or ``zh-Hant`` from the characters only one of them has; ``zh`` when they tie."""
    simplified, traditional = (
        sum(map(script.__contains__, sample)) for script in (_ONLY_SIMPLIFIED, _ONLY_TRADITIONAL)
    )
    if simplified == traditional:
        return "zh"
    return "zh-Hans" if simplified > traditional else "zh-Hant"


def _detected(sample: str, letters: int) -> Language:
    if letters < MIN_LETTERS:
        return Language("und", 0.0, "too_short")
    detector = _factory().create()
    detector.append(" ".join(sample.split())[:_DETECTED])
    found = detector.get_probabilities()
    if not found or found[0].prob < MIN_PROBABILITY:
        return Language("und", round(found[0].prob, 2) if found else 0.0, "langdetect")
    code = {"zh-cn": "zh-Hans", "zh-tw": "zh-Hant"}.get(found[0].lang, found[0].lang)
    return Language(code, round(found[0].prob, 2), "langdetect")


@cache
def _factory() -> Any:
    """The profiles, read once (about a second) and seeded, so that every run gives the same answer."""
    from langdetect import DetectorFactory, detector_factory  # noqa: PLC0415 - Chinese pages never need it

    DetectorFactory.seed = 0
    detector_factory.init_factory()
    return detector_factory._factory  # noqa: SLF001 - the only way to the factory that detect() itself uses


def warm_up() -> None:
    """Read the language profiles now, not within the first page's time."""
    _factory()
