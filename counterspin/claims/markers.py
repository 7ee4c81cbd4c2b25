"""Words of grammar in a clause: what denies, permits, forbids, hedges or frames it, as far as each stands as a word.

English tells words by their spaces. A Chinese marker (要, 能, 不) is one only where the segmenter cuts it out: 要 is
no marker in 重要, 能 none in 功能, 不 none in 不锈钢. Where the segmenter's dictionary swallows a marker together with
the word beside it (别忘了, 应补, 天|内能), the marker is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from counterspin.claims.tables import Lexicon
from counterspin.claims.terms import tagged
from counterspin.text.normal import HAN
from counterspin.text.words import frequency, is_word

RARE = 10  # times that the dictionary counts a word, below which it is an entry of its compilers, no everyday word
_NOT, _WHAT, _BEING, _LACKING = "不", "所", "有", "无"
_TWO = 2
_REACHED = 3  # characters of a verb with what it cannot reach: 洗不掉
_PHRASE = 3  # characters from which a form is a phrase: 放着不用 stands in the dictionary as well
_SHOWN = 4  # code points of a table word that may follow a marker
# Leave the dough uncovered: what is not done is told by the prefix of a participle.
_UNDONE = re.compile(
    r"\b(?:leave|leaves|left|leaving|keep|keeps|kept|store|stored|serve|stay|remain)\b[^.,;]{0,30}?"
    r"\b(?P<un>un)(?=[a-z]{3,}(?:ed|en)\b)(?!unless|until)"
)
# 吃不得, 碰不得: a verb with 不得 behind it forbids, but for what is said of feelings (舍不得, 恨不得).
_NEVER = re.compile(r"(?<=[\u4e00-\u9fff])(?<![要使了舍恨怪由巴顾算记免值见认晓懂也还])不得(?=了?\s*$)")
# 别忘了戴头盔, don't forget to: who must not leave it out has to do it.
_NOT_LEFT_OUT_EN = re.compile(
    r"\b(?:(?:do|does|should|must|may|can) ?)?(?:not|n['’]t|never)(?: ever)? (?:forget|neglect|fail|omit) to\b"
)
_NOT_LEFT_OUT = re.compile(r"(?:千万|切|请|可)?(?:别|不要|不能|不可|不得|不应该?|勿|莫)(?:忘记?了?)(?=[\u4e00-\u9fff])")
# 还得先铲掉, 得提前约: 得 before a verb is a duty, behind one it is none (洗得干净).
_OUGHT = re.compile(
    r"(?:(?<=[还就都也总只可要])|(?<![^\s,，]))得(?=[\u4e00-\u9fff])(?![到出以了知意罪体分票奖名手病很])"
)
# 孕妇禁用, 禁用于儿童: a ban and its verb in one word. Before an object (禁用插件) it is to switch off.
_BANNED = re.compile(r"禁(?=用(?:于|\s*$))")
_PHRASES = {
    "zh": (
        ("不得", _NEVER, "mustnot"),
        ("禁", _BANNED, "mustnot"),
        ("忘", _NOT_LEFT_OUT, "should"),
        ("得", _OUGHT, "must"),
    ),
    "en": ((" to", _NOT_LEFT_OUT_EN, "should"),),
}
_HAN_RUN = re.compile(f"[{HAN}]+")
_DENIALS = frozenset("不没未无")
_MEASURES = frozenset("到足满过及止")  # 住不满一年 bounds a measure
_RESULTS = frozenset("了起上下来去动完成住掉开出进")  # where a verb may not get
_COPULAS = frozenset("为是在由有以")
_NO_VERBS = frozenset("nrdpcumq")  # tags of single characters that are no verb, by first letter
_SAYS = ("v", "a")  # tags of words that say something of a subject


@dataclass(frozen=True, slots=True)
class Marker:
    """A word of grammar in a clause: ``kind`` is ``stance``, ``hedge`` or ``frame``."""

    start: int
    end: int
    kind: str
    label: str


def markers_of(text: str, words: Lexicon) -> tuple[Marker, ...]:
    """The words of grammar in ``text`` (normal form), longest first at each place, in order."""
    found = []
    for start, end in _places(text, words):
        form = re.sub(r"\s+", " ", text[start:end])
        for kind, table in (("stance", words.stance), ("frame", words.frame), ("hedge", words.hedge)):
            if form in table:
                found.append(Marker(start, end, kind, str(table[form])))
    for sign, phrase, label in _PHRASES[words.language]:
        # To look for a character costs a fiftieth of a search by pattern, and nearly no clause has any of these.
        for match in phrase.finditer(text) if sign in text else ():
            found = [one for one in found if one.end <= match.start() or match.end() <= one.start]
            found.append(Marker(*match.span(), "stance", label))
    if words.language == "en" and (undone := _UNDONE.search(text)):
        found.append(Marker(*undone.span("un"), "stance", "omit"))
    return tuple(sorted(found, key=lambda marker: marker.start))


def _places(text: str, words: Lexicon) -> Iterator[tuple[int, int]]:
    """Where a form of the tables stands as a word, or as several."""
    if words.language != "zh":
        yield from (match.span() for match in words.markers.finditer(text))
        return
    at = 0
    while match := words.markers.search(text, at):
        start = match.start()
        end = next((end for end in _ends(text, match, words) if _stands(text, start, end, words)), 0)
        if end:
            yield start, end
        at = end or start + 1


def _ends(text: str, match: re.Match[str], words: Lexicon) -> Iterator[int]:
    """The ends of the forms that begin where ``match`` does, the longest first."""
    yield match.end()
    for end in range(match.end() - 1, match.start(), -1):
        form = text[match.start() : end]
        if form in words.stance or form in words.frame or form in words.hedge:
            yield end


def _stands(text: str, start: int, end: int, words: Lexicon) -> bool:
    if end - start >= _PHRASE:
        return True  # too long to stand in a word by chance
    match = next(match for match in _runs(text) if match.start() <= start < match.end())
    if end > match.end():
        return True  # not all in Chinese characters
    return _stands_in(match.group(), start - match.start(), end - match.start(), words)


@lru_cache(maxsize=8)
def _runs(text: str) -> tuple[re.Match[str], ...]:
    return tuple(_HAN_RUN.finditer(text))


def _stands_in(run: str, first: int, last: int, words: Lexicon) -> bool:
    cut = _cut(run)
    begin, tag = cut[last - 1]
    close = next((at for at in range(last, len(cut)) if cut[at][0] == at), len(cut))
    if cut[first][0] != first:
        return last - first == 1 and _ends_word(run, cut, first, close)
    if close == last:
        if run[first:last] == _LACKING and _names_what(run[last:], words):
            return False
        return last - first > 1 or run[first - 1 : first] != _WHAT  # 所需: what is needed
    swallowed = run[last:close]
    if begin == first and last - first == 1:
        return _is_cut_anew(run, tag, first, close, words) or _has(run, tag, close) or _cannot(run, cut, first, close)
    says = tag[0] in _SAYS or frequency(run[begin:close]) < RARE
    return says and is_word(swallowed) and tagged(swallowed)[0][1][0] == "v"


@lru_cache(maxsize=4096)
def _cut(run: str) -> tuple[tuple[int, str], ...]:
    """For each character of a run of Chinese characters, where its word starts and the word's tag."""
    found: list[tuple[int, str]] = []
    for word, tag in tagged(run):
        found.extend([(len(found), tag)] * len(word))
    return tuple(found)


def _ends_word(run: str, cut: tuple[tuple[int, str], ...], first: int, close: int) -> bool:
    """Whether a character inside a word is a marker: 尚未 and 洗不掉 deny, 天|内能 may be cut 天内|能."""
    begin, tag = cut[first]
    if run[first] == _NOT and close - begin == _REACHED and first - begin == 1:
        return tag[0] in _SAYS
    if close - first > 1:
        return False
    if run[first] in _DENIALS:
        return tag[0] == "d"
    alone = begin > 0 and cut[begin - 1][0] == begin - 1 and first - begin == 1
    return alone and is_word(run[begin - 1 : first])


def _names_what(rest: str, words: Lexicon) -> bool:
    """Whether 无 names something by what it lacks, rather than saying so: 无理由退货, 无糖饮料放 …, but 无任何影响."""
    after = tagged(rest)[1:] if rest else ()
    return any(tag[0] == "v" for _, tag in after) and not any(word in words.stance for word, _ in after)


def _is_cut_anew(run: str, tag: str, first: int, close: int, words: Lexicon) -> bool:
    """Whether the character that begins a word is a marker nonetheless: 别忘了, 应为, 会|上征信 for 会上|征信."""
    rest = first + 1
    inner = run[first : first + _TWO]
    if close - first >= _REACHED and frequency(inner) >= RARE and inner not in words.stance:
        return False  # 无限|生长
    if frequency(run[first:close]) < RARE and tag[0] != "n":
        return tagged(run[rest:close])[0][1][0] in (_SAYS if run[first] not in _DENIALS else "v")
    if run[rest:close] in _COPULAS and tag[0] == "v" and run[close : close + 1] != "的":
        return True
    longest = min(len(run), rest + _SHOWN)
    return any(run[rest:end] in words.canonical for end in range(close + 1, longest + 1))


def _has(run: str, tag: str, close: int) -> bool:
    """Whether the word that ends at ``close`` says that something is there: 有用, 有毒; but 有毒的 names it."""
    word = run[close - _TWO : close]
    return word[0] == _BEING and tag in _SAYS and run[close : close + 1] not in ("的", "地")


def _cannot(run: str, cut: tuple[tuple[int, str], ...], first: int, close: int) -> bool:
    """Whether a verb stands right before what it cannot reach: 刹|不住, 联系|不上."""
    if first == 0 or run[first] != _NOT or close - first != _TWO or run[close : close + 1] == "的":
        return False
    before, tag = cut[first - 1]
    if first - before == 1:
        return tag[0] not in _NO_VERBS and run[first + 1] not in _MEASURES
    return tag[0] == "v" and run[first + 1] in _RESULTS
