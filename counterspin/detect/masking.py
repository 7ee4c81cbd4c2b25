"""Words are masked with stars or boxes inside a sentence: 逾期后可以采取***联系.

A filter put signs in the place of words (方法, 电话, 网络) and the page was published as it came out.

Not masking: personal data kept secret (138****1234, 张**, 尾号***), stars of emphasis in pairs, ratings, footnotes,
rulers, code, arithmetic, blanks to fill in.

Source: *** for 方法, 电话 and 网络 on three hosts, ** for 客服 on a fourth (our study of 301 pages, section 4: 11 per
cent of two farm families, none of the good pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.gaps import filler
from counterspin.text.normal import HAN, fold, is_han
from counterspin.text.quote import quote, short
from counterspin.wording import Wording

FLAGS = (
    "逾期之后银行会通过***联系您。",
    "常见的□□有三种，可以在家里完成。",
    "You should call the *** before you pay the bill.",
    "如有疑问请拨打客服[email protected]咨询。",
)
PASSES = (
    "请拨打138****1234联系张**先生，卡号尾号为***5678。",
    "这是**重点**内容，请**务必**记住。",
    "本店评分★★★★☆，味道不错。",
    "* 本表数据截至三月。\n* * *\n***",
    "在□内打勾：□是 □否",
    "for i in range(3): print(2 ** 3) # power",
    "The test was approved by Dr. K*** and costs 5 * 3 = 15 euros.",
)

_MASK = re.compile(
    rf"(?P<left>^|[{HAN}a-z,。、;:(\s])(?P<mask>[*＊]{{2,8}}|[□■]{{2,8}}|[×]{{2,8}}|●{{2,8}})(?P<right>[{HAN}a-z,。、;:)\s])"
)
_MAIL = re.compile(r"\[e?ma?i?l[\s\xa0?&#;\w]{0,6}protected\]", re.IGNORECASE)
_PAIRED = re.compile(r"(\*{1,3})(?=[^\s*])([^*\n]{1,60}?)(?<=[^\s*])\1(?!\*)")
_NAME = re.compile(
    r"[王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文某]$"
)
_SECRET = re.compile(r"[号码账户密]\D{0,3}$|(?:姓名|当事人|被告|原告|先生|女士)\D{0,3}$")
_LATIN_PLACE = re.compile(r"\b(?:the|a|an|your|to|of|by|with|call|use|for|via)\s$", re.IGNORECASE)

REASON = Wording(
    en="“{mask}” stands in the place of a word in “{text}”{guess}.",
    zh="“{text}”里有一个词的位置只剩“{mask}”{guess}。",
)
_GUESS = Wording(en="; elsewhere the place is filled with “{word}”", zh="；别处此处是“{word}”")
_NOTE = Wording(en="masked word", zh="被遮去的词")


@dataclass(frozen=True, slots=True)
class Masking:
    """``scan`` gives one flag for each masked place."""

    min_side: int = 2  # letters on each side within the sentence; less is a ruler, a bullet or a name
    max_places: int = 12  # masked places of a page; with more the page is a form or a price list
    fill_support: int = 2  # passages of the crawl that must hold the likely word in this place
    name: str = field(default="masking", init=False)
    category: str = field(default="damaged", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """The masked places of the page, in order."""
        if not re.search(r"[*＊□■×●]{2}|protected\]", document.text):
            return
        passages = [passage for passage in document.passages if passage.kind != "table_cell"]
        places = [(passage, *place) for passage in passages for place in self._places(passage)]
        if places:  # a page that masks inside sentences masks their beginnings as well
            places = [(passage, *place) for passage in passages for place in self._places(passage, leading=True)]
        if len(places) <= self.max_places:
            for passage, start, end in places:
                yield self._flag(document, passage, start, end, corpus)

    def _places(self, passage: Passage, *, leading: bool = False) -> Iterator[tuple[int, int]]:
        text = fold(passage.text)
        emphasis = [match.span() for match in _PAIRED.finditer(text)]
        for match in _MASK.finditer(text):
            start, end = match.span("mask")
            before, after = text[:start], text[end:]
            if any(a <= start < b for a, b in emphasis) or "`" in text or _NAME.search(before.rstrip()):
                continue
            if _SECRET.search(before[-6:]) or not (
                self._is_inside(before, after) or (leading and self._is_leading(before, after))
            ):
                continue
            if match["left"].isascii() and match["right"].isascii() and not _LATIN_PLACE.search(before):
                continue
            yield start, end
        yield from (match.span() for match in _MAIL.finditer(text))

    def _is_inside(self, before: str, after: str) -> bool:
        left = re.sub(r"[\W_]+", "", re.split(r"[。!?\n]", before)[-1])
        right = re.sub(r"[\W_]+", "", re.split(r"[。!?\n]", after)[0])
        return len(left) >= self.min_side and (len(right) >= self.min_side or after[:1] in ",。、;")

    def _is_leading(self, before: str, after: str) -> bool:
        """Whether it begins a sentence, with a Chinese word right behind it."""
        return bool(after) and is_han(after[0]) and before.rstrip()[-1:] in ("", "。", "!", "?")

    def _flag(self, document: Document, passage: Passage, start: int, end: int, corpus: Corpus) -> Flag:
        mask = passage.text[start:end]
        word = filler(fold(passage.text[:start]), fold(passage.text[end:]), corpus.grams, self.fill_support)
        left, right = max(0, start - 8), min(len(passage.text), end + 8)
        guess = _GUESS(word=word) if word else ""
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=0.8,
            reason=REASON(mask=mask, text=short(passage.text[left:right]), guess=guess),
            evidence=(quote(document, passage.start + left, passage.start + right, note=_NOTE()),),
            severity=2,
            key=re.sub(r"\W+", "", passage.text[left:right]),
        )


DETECTOR = Masking()
