"""The page was turned from simplified into traditional characters by a machine, to look like another text.

Marks of such a turning: pinyin in brackets after characters that the target code page differs in (繳費(fèi)方式), and
characters that only a table without words would write (皇後, 麵對, 乾部, 頭發, 註意 beside mainland terms).

Not a turning: genuine Traditional Chinese, textbooks and dictionaries that give the reading of a word, names with
their romanisation, mixed quotations.

Source: family D of our study of 301 pages: all 13 pages have two or more such brackets, among all other pages one
(a regulator's notice in a hijacked shell); wrong characters after the one-to-many list of the simplification scheme.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.normal import HAN
from counterspin.text.quote import quote, short
from counterspin.text.script import TRADITIONAL
from counterspin.wording import Wording

FLAGS = (
    "繳費(fèi)之后請保留收據(jù)，逾期將產(chǎn)生滯納金。",
    "他在公司擔任乾部，麵對問題時總是先想後果，皇後大道上的理發店也是他開的。",
)
PASSES = (
    "繳費之後請保留收據，逾期將產生滯納金。",
    "饕餮(tāo tiè)是传说中的动物，魑魅(chī mèi)也是。",
    "小明(Xiaoming)住在北京(Beijing)，喜欢(like)看书。",
    "行(xíng)走的行，银行的行(háng)，一字两音。",
    "皇后大道上的理髮店面對著車站，幹部們在乾淨的桌旁。",
)

_TRADITIONAL = frozenset(TRADITIONAL)
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹḿ"
_BRACKET = re.compile(rf"([{HAN}])[(（]([a-z{_TONES}]{{1,6}})[)）](?=[{HAN}，。、；：！？,.;:!?]|$)", re.IGNORECASE)
_SYLLABLE = re.compile(rf"(?:[bpmfdtnlgkhjqxrzcsyw]|zh|ch|sh)?h?[aeiouv{_TONES}]{{1,3}}(?:ng|n|r)?$", re.IGNORECASE)
# Traditional words with a character of another simplified word in them: 后 is no 後 in 皇后.
_WRONG = [
    "皇後",
    "太後",
    "王後",
    "後妃",
    "麵對",
    "麵前",
    "方麵",
    "表麵",
    "見麵",
    "對麵",
    "麵積",
    "全麵",
    "乾部",
    "乾活",
    "骨乾",
    "若乾",
    "乾涉",
    "能乾",
    "頭發",
    "理發",
    "發型",
    "發絲",
    "白發",
    "幹淨",
    "餅幹",
    "幹燥",
    "葡萄幹",
    "隻有",
    "隻要",
    "隻是",
    "隻能",
    "公裡",
    "裡程",
    "鄰裡",
    "鬆樹",
    "鬆柏",
    "鞦天",
    "鞦季",
    "穀歌",
    "山穀",
    "製度",
    "限製",
    "控製",
    "製定",
    "機製",
    "體製",
    "強製",
    "製約",
    "復雜",
    "重復性",
    "復習題",
    "衝水",
    "衝洗",
    "颱灣",
    "颱階",
    "平颱",
    "舞颱",
    "麯折",
    "歌麯",
    "麯線",
    "閤作",
    "閤同",
    "適閤",
    "閤法",
    "結閤",
    "誌願",
    "註意",
    "關註",
    "專註",
    "鐘情",
    "癥狀",
    "係統",
    "傢庭",
    "大傢",
    "國傢",
    "專傢",
    "齣現",
    "齣來",
    "發齣",
    "輸齣",
    "為瞭",
    "到瞭",
    "瞭一",
    "彆人",
    "特彆",
    "區彆",
    "差彆",
    "沖突",
]
_WRONG_WORDS = re.compile("|".join(_WRONG))
_TAUGHT = re.compile(r"拼音|读音|讀音|读作|讀作|发音|發音|多音字|生字|组词|組詞|注音")

_READINGS = Wording(
    en="{count} characters carry their reading in brackets, as in “{first}”: "
    "the mark of a machine conversion between scripts.",
    zh="{count} 个字后面用括号注了读音，例如“{first}”：这是机器转换繁简留下的痕迹。",
)
_CHARACTERS = Wording(
    en="Traditional characters that no writer would choose: {words}.",
    zh="没有人会这样写的繁体字：{words}。",
)


@dataclass(frozen=True, slots=True)
class ScriptConversion:
    """``scan`` gives one flag for a page, with its places."""

    min_brackets: int = 2  # bracketed readings of single characters on a page
    min_wrong: int = 3  # different wrong words on a page; one or two are typing errors
    max_shown: int = 12  # places that the flag carries; more are counted
    name: str = field(default="script_conversion", init=False)
    category: str = field(default="spun", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """A flag for the readings in brackets, and one for the wrong characters."""
        if document.language[:2] == "ja" or _TAUGHT.search(document.text):
            return
        brackets = [
            (passage, match)
            for passage in document.passages
            for match in _BRACKET.finditer(passage.text)
            if _SYLLABLE.match(match[2])
        ]
        toned = sum(any(letter in _TONES for letter in match[2].lower()) for _, match in brackets)
        rare = all(len(match[2]) > 1 for _, match in brackets)
        turned = sum(match[1] in _TRADITIONAL for _, match in brackets)
        if (
            len(brackets) >= self.min_brackets
            and turned * 2 >= len(brackets)
            and (toned or rare)
            and _mid_word(brackets)
        ):
            reason = _READINGS(count=len(brackets), first=short(brackets[0][1].group()))
            yield self._flag(document, brackets, reason, "reading")
        wrong = [(passage, match) for passage in document.passages for match in _WRONG_WORDS.finditer(passage.text)]
        different = sorted({match.group() for _, match in wrong})
        if len(different) >= self.min_wrong:
            reason = _CHARACTERS(words=tuple(different[:4]))
            yield self._flag(document, wrong, reason, "characters")

    def _flag(self, document: Document, places: list[tuple[Passage, re.Match[str]]], reason: str, key: str) -> Flag:
        evidence = tuple(
            quote(document, passage.start + max(0, match.start() - 4), passage.start + match.end())
            for passage, match in places[: self.max_shown]
        )
        return new_flag(
            self.category,
            self.name,
            document.url,
            places[0][0],
            score=min(1.0, 0.7 + 0.05 * len(places)),
            reason=reason,
            evidence=evidence,
            severity=3,
            key=key,
        )


DETECTOR = ScriptConversion()


def _mid_word(brackets: list[tuple[Passage, re.Match[str]]]) -> bool:
    """Whether most brackets split a text that runs on, as no author would: 收據(jù)，逾期將產(chǎn)生."""
    running = sum(
        bool(re.match(rf"[{HAN}，。、；,]", passage.text[match.end() : match.end() + 1])) for passage, match in brackets
    )
    return running * 2 >= len(brackets)
