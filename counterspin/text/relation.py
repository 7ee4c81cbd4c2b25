"""How two passages stand to one another: a rewrite, a copy, or alike for a reason of its own.

A rewrite has many short stretches replaced word for word in kept order. What looks like one and is none has a name:
``copy`` (nothing replaced), ``syndicated`` (a copy that names its source), ``version`` (of one page), ``statute``
(law or notice, quoted or running parallel), ``regional`` (converted for another region), ``template`` (one frame,
other things in its slots), ``edited`` (by hand), ``set_phrase`` (short and said by many). ``unlike`` is the rest.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from counterspin.model import Passage
from counterspin.text.align import Island, islands, similarity
from counterspin.text.moved import Range, moved
from counterspin.text.normal import is_han
from counterspin.text.numbers import is_number_word, says_one_number
from counterspin.text.regional import is_regional
from counterspin.text.script import SIMPLIFIED, TRADITIONAL
from counterspin.text.sites import Home, are_apart, may_be_versions
from counterspin.text.tokens import Tokens, is_chinese, tokens_of

EXITS = ("copy", "syndicated", "version", "statute", "regional", "template", "edited", "set_phrase")
MIN_SIMILARITY = 0.36  # share of equal tokens of a rewrite, 0 to 1; unrelated texts of one topic stay below 0.25
MIN_PLAIN_SIMILARITY = 0.45  # the same of a rewrite that does not consist of many short replacements alone
MIN_DENSE = 8  # different swaps of one that does
MAX_DENSE_LONG_SHARE = 0.15  # share of its tokens in stretches too long for a swap, 0 to 1
MIN_SHORT_SIMILARITY = 0.7  # the same for a text of fewer than SHORT tokens, 0 to 1
MIN_WHOLE = 0.9  # share of the longer text's tokens in clauses that stand in the other in another order, 0 to 1
MIN_COPY = 0.85  # share of equal tokens of a copy with words put in or left out
SHORT = 45  # tokens; a shorter text that no other page pair supports must be nearer
WORD_WEIGHT = 2  # what a word of a spaced script counts in the lengths below and above: about two characters
MIN_DENSITY = 0.005  # different swaps for each token that two pages share, from which their passages count together
MIN_SINGLE = 30  # tokens of a text in which one learnt swap is enough
MIN_LENGTH_RATIO = 0.6  # shorter to longer text, in tokens
LONG_ISLAND = 5  # tokens; a longer stretch was written anew, not swapped
MAX_LONG_SHARE = 0.25  # share of the tokens in such stretches
MIN_SWAPS = 2  # different words replaced in a rewrite
MAX_FIGURES = 0.34  # share of swaps that are of figures; parallel texts differ in these, spinners leave them
MIN_REGIONAL = 0.5  # share of swaps that a conversion for another region explains, 0 to 1
MIN_EDITED = 0.7  # share of equal tokens of a text that an editor reworded and gives credit for, 0 to 1
MOST_SIMPLIFIED = 0.3  # share of simplified ones among the characters that the two scripts write differently, 0 to 1
MIN_TRADITIONAL = 0.05  # share of characters that the mainland does not use in a text of traditional script, 0 to 1
MOST_CONVERTED = 0.06  # swaps for each token up to which an unproven pair in two scripts is a conversion, 0 to 1
# Log-odds (see ``counterspin.text.facts``) from which two pages state other facts in one frame: 3 of 700 pairs of pages
# in which own spinners replaced words reached it, and 44 of the 46 pairs of own templates.
OTHER_FACTS = 2.0
# Log-odds (see ``counterspin.text.edited``) from which an editor made one page of the other: 1 of 250 pairs of own
# spinners reached it, and 32 of 42 pairs of honest pages.
EDITED = 1.0
TAUGHT = 2.0  # log-odds that each swap that other page pairs show takes from these
NO_DICTIONARY = 0.0  # log-odds of both kinds together; those of own spinners stay below -1.3
LEARNT = 3  # other page pairs that must show a swap for it to count as a spinner's

_STATUTE = re.compile(
    r"第[一二三四五六七八九十百千零〇\d]+(?:条|款|章|节)|《[^》]{2,40}(?:法|条例|规定|办法|通知|解释|规则|细则|标准|公约|守则|决定|公告|规程)[^》]{0,12}》"
    r"|(?i:\b(?:section|article|regulation|rule)\s+\d|\bpursuant to\b|\bact\s+(?:of\s+)?(?:19|20)\d\d)"
)
_DIGIT = re.compile(r"\d")
_NUMERAL = re.compile(
    r"^第?[一二三四五六七八九十百千万亿零〇两几]+(?:$|[天日个月年周元块次条款万亿倍成分点小时钟岁千米里度级人])"
)
_SIMPLIFIED = frozenset(SIMPLIFIED).difference(TRADITIONAL)
_QUOTE = re.compile(r"^[\s]*[“\"「『《].{8,}[”\"」』》][。.]?[\s]*$", re.DOTALL)


@lru_cache(maxsize=16_384)
def _is_traditional(char: str) -> bool:
    """Whether a Chinese character is foreign to the mainland's basic set (GB 2312)."""
    if not is_han(char):
        return False
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _traditional(text: str) -> int:
    """How many characters are traditional: of most texts none, and then all of them stand in the basic set."""
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return sum(map(_is_traditional, text))
    return 0


@dataclass(frozen=True, slots=True)
class Side:
    """One of two passages that are compared, with what its page says of it."""

    url: str
    home: Home
    passage: Passage
    offset: int  # where ``text`` begins in the document
    text: str
    credits: tuple[str, ...] = ()  # names of sites, in lower case, that the page gives as its source
    official: bool = False
    published: str = ""

    @property
    def site(self) -> str:
        """The registered domain."""
        return self.home.site

    @property
    def tokens(self) -> Tokens:
        """The tokens of the text."""
        return tokens_at_hand(self.text)

    @property
    def traditional(self) -> bool:
        """Whether a good part of the characters is traditional."""
        return _traditional(self.text) >= MIN_TRADITIONAL * len(self.text)

    @property
    def mixed(self) -> bool:
        """Whether traditional and simplified characters stand side by side, as no conversion leaves them."""
        traditional, simplified = _traditional(self.text), sum(map(_SIMPLIFIED.__contains__, self.text))
        return simplified > MOST_SIMPLIFIED * (traditional + simplified)

    @property
    def end(self) -> int:
        """Where the text ends in the document."""
        return self.offset + len(self.text)

    @property
    def kind(self) -> str:
        """The kind of the passage."""
        return self.passage.kind


@lru_cache(maxsize=8192)
def tokens_at_hand(text: str) -> Tokens:
    """The tokens of ``text``, kept for a while: a text is compared with several others."""
    return tokens_of(text)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two related passages. ``known`` says that ``source`` is the source; else the two were put in order of URL.

    ``reasons`` tell why it is, ``texts`` how many different texts the cluster holds.
    """

    source: Side
    copy: Side
    relation: Relation
    kind: str
    known: bool
    reasons: tuple[str, ...] = ()
    texts: int = 2
    proven: frozenset[tuple[str, str]] = frozenset()  # swaps that other pages show as well
    company: int = 0  # different swaps between other passages of the two pages
    more: tuple[Side, ...] = ()  # further passages of the copy's page that stand on the source's page, the longest
    others: int = 0  # how many there are of them


@dataclass(frozen=True, slots=True)
class Relation:
    """The measured difference of two passages. ``similarity`` is the share of equal tokens, 0 to 1.

    ``swaps`` are the short stretches put for one another, figures left out; ``pairs`` their different (left, right)
    words, in order. ``stretches`` (in tokens of both) are what matches in texts whose clauses stand in another order or
    between others: there nothing else counts.
    """

    similarity: float
    islands: tuple[Island, ...]
    tokens: int
    ratio: float
    stretches: tuple[tuple[Range, Range], ...] = ()
    swaps: tuple[Island, ...] = field(init=False, repr=False, compare=False)
    pairs: tuple[tuple[str, str], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        swaps = tuple(i for i in self.islands if i.kind == "swap" and i.size <= LONG_ISLAND and not is_figure(i))
        object.__setattr__(self, "swaps", swaps)
        object.__setattr__(self, "pairs", tuple(dict.fromkeys((i.left, i.right) for i in swaps)))

    @property
    def moved(self) -> bool:
        """Whether only clauses match, in whatever order."""
        return bool(self.stretches)

    @property
    def long_share(self) -> float:
        """Share of the tokens in stretches that are too long for a swap."""
        return sum(i.size for i in self.islands if _is_rewritten(i)) / max(1, self.tokens)

    @property
    def figure_share(self) -> float:
        """Share of the swaps that are of figures, those left out that say one number in figures and in words."""
        swaps = [i for i in self.islands if i.kind == "swap" and not says_one_number(i.left, i.right)]
        return sum(map(is_figure, swaps)) / len(swaps) if swaps else 0.0


def relate(left: Tokens, right: Tokens) -> Relation:
    """Measure the difference of two texts, in whatever order of their clauses where they are unlike as they stand.

    So too where one is the other in another order, all of it.
    """
    short, long = sorted((len(left.code), len(right.code)))
    plain = Relation(similarity(left.code, right.code), islands(left, right), long, short / long if long else 1.0)
    unlike = is_unlike(plain)
    if (unlike or any(island.size > LONG_ISLAND for island in plain.islands)) and (found := moved(left, right)):
        again = Relation(found.equal, found.islands, found.tokens, found.ratio, found.stretches)
        whole = found.tokens * found.ratio >= MIN_WHOLE * long and found.equal > plain.similarity
        return again if unlike or whole else plain
    return plain


def _is_rewritten(island: Island) -> bool:
    """Whether a stretch was written anew: long on both sides, or very long on one (a phrase may stand for a word)."""
    short = min(island.left_last - island.left_first, island.right_last - island.right_first)
    return island.size > LONG_ISLAND and (not 0 < short <= LONG_ISLAND // 2 or island.size > 2 * LONG_ISLAND)


def is_figure(island: Island) -> bool:
    """Whether a digit stands on either side, or a Chinese numeral on both (十分 and 千万 alone are no numbers)."""
    if _DIGIT.search(island.left) or _DIGIT.search(island.right):
        return True
    if is_number_word(island.left) and is_number_word(island.right):
        return True
    return bool(_NUMERAL.search(island.left) and _NUMERAL.search(island.right))


def is_loss(pair: tuple[str, str]) -> bool:
    """Whether one of two Chinese words is the other with characters left out (措施, 措): damage, no replacement."""
    short, long = sorted(pair, key=len)
    rest = iter(long)
    return len(short) < len(long) and not long.isascii() and all(char in rest for char in short)


def is_unlike(relation: Relation) -> bool:
    """Whether two texts are unlike whatever else is known of them."""
    if relation.similarity < MIN_SIMILARITY or relation.ratio < MIN_LENGTH_RATIO:
        return True
    dense = len(relation.pairs) >= MIN_DENSE and relation.long_share <= MAX_DENSE_LONG_SHARE
    return (relation.similarity < MIN_PLAIN_SIMILARITY and not dense) or relation.long_share > MAX_LONG_SHARE


def verdict(
    left: Side,
    right: Side,
    relation: Relation,
    support: Callable[[str, str], int],
    company: frozenset[tuple[str, str]] = frozenset(),
    *,
    facts: float = 0.0,
    edited: float = 0.0,
) -> str:
    """``rewrite``, one of ``EXITS``, or ``unlike``.

    ``support`` tells how many page pairs besides this one show a swap, in either direction; ``company`` are the swaps
    between other passages of the same two pages, where they are dense enough to count together with these; ``facts``
    are the log-odds that the two pages state other facts in the same words, ``edited`` those that an editor made one
    of the other.
    """
    if is_unlike(relation):
        return "unlike"
    pairs = relation.pairs
    supported = [pair for pair in pairs if support(*pair) >= LEARNT]
    if relation.moved and relation.figure_share:
        return "unlike"  # a clause that says another figure is another clause
    size = relation.tokens * (1 if is_chinese(left.tokens.code) else WORD_WEIGHT)
    short = size < SHORT and len(supported) < MIN_SWAPS
    if short and relation.similarity < MIN_SHORT_SIMILARITY:
        return "unlike"
    if not pairs and relation.figure_share == 0.0:
        copied = relation.similarity >= MIN_COPY and (not relation.moved or size >= SHORT)
        return kind_of_copy(left, right) if copied else "unlike"
    together = frozenset(pairs) | company if pairs else frozenset()
    proven = len(supported) >= MIN_SWAPS and 2 * len(supported) >= len(pairs)
    reason = _reason(left, right, relation, tuple(sorted(together)), proven=proven, facts=facts)
    if reason:
        return reason
    together = frozenset(pair for pair in together if not is_loss(pair))
    if len(together) >= MIN_SWAPS or (supported and size >= MIN_SINGLE):
        by_hand = edited - TAUGHT * len(supported)
        return "edited" if by_hand >= EDITED or by_hand + facts >= NO_DICTIONARY else "rewrite"
    if relation.moved:
        return "unlike"
    return kind_of_copy(left, right) if relation.similarity >= MIN_COPY and size >= MIN_SINGLE else "template"


def _reason(
    left: Side,
    right: Side,
    relation: Relation,
    pairs: Sequence[tuple[str, str]],
    *,
    proven: bool,
    facts: float,
) -> str:
    """The exit that explains the likeness, or nothing. What many page pairs support is a spinner's all the same."""
    if _is_conversion(left, right, relation, pairs, proven=proven):
        return "regional"
    if not proven and _is_statute(left) and _is_statute(right):
        return "statute"
    if _credited(left, right) and relation.similarity >= MIN_EDITED and not proven:
        return "syndicated"
    filled = facts >= OTHER_FACTS or relation.figure_share > MAX_FIGURES
    if not proven and (filled or _is_heading_pair(left, right, pairs)):
        return "template"
    if not proven and relation.similarity >= MIN_COPY and may_be_versions(left.home, right.home, len(pairs)):
        return "version"
    return ""


def kind_of_copy(left: Side, right: Side) -> str:
    """The exit of two texts that are equal, or as good as: ``copy`` or a reason for one."""
    if not are_apart(left.home, right.home):
        return "version"
    if _is_statute(left) and _is_statute(right):
        return "statute"
    return "syndicated" if _credited(left, right) else "copy"


def _is_conversion(
    left: Side, right: Side, relation: Relation, pairs: Sequence[tuple[str, str]], *, proven: bool
) -> bool:
    """Whether the pair is one text for two regions: by known words, or a few unproven ones beside another script."""
    known = sum(is_regional(*pair) for pair in pairs)
    if left.traditional != right.traditional and not (left if left.traditional else right).mixed:
        words = [pair for pair in relation.pairs if not _is_respelled(pair)]
        few = len(words) <= MOST_CONVERTED * relation.tokens
        return known >= MIN_REGIONAL * len(pairs) or (few and not proven)
    if pairs and not known:
        return False
    return bool(pairs) and known >= MIN_REGIONAL * len(pairs) and known >= min(2, len(pairs))


def _is_respelled(pair: tuple[str, str]) -> bool:
    """Whether two words differ in characters of the other script alone (藻类, 藻類)."""
    left, right = pair
    return len(left) == len(right) and all(
        ours == theirs or _is_traditional(ours) or _is_traditional(theirs)
        for ours, theirs in zip(left, right, strict=True)
    )


def _is_statute(side: Side) -> bool:
    return side.official or bool(_STATUTE.search(side.text)) or bool(_QUOTE.match(side.text))


def _credited(left: Side, right: Side) -> bool:
    return _gives_credit(left, right) or _gives_credit(right, left)


def _gives_credit(copy: Side, origin: Side) -> bool:
    """Whether the page of ``copy`` names the site of ``origin`` as its source, by its address or by its own name."""
    return any(
        name in origin.home.names or origin.site.split(".")[0] in name or name in origin.site for name in copy.credits
    )


def _is_heading_pair(left: Side, right: Side, pairs: Sequence[tuple[str, str]]) -> bool:
    headings = {"heading", "title"}
    return left.kind in headings and right.kind in headings and len(pairs) < MIN_SWAPS
