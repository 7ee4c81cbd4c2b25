"""Which of the words and characters that a page lacks against its twins a filter struck out, and no editor.

A filter strikes out a word or a character wherever it stands, whatever is left; an editor leaves sentences that hold.
So what breaks a word or a phrase, or is gone from several places at once, is proof by itself; and once a filter is
proven to have gone over a page, whatever else the page lacks throughout was struck out as well.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass

from counterspin.model import Document, Swap
from counterspin.text.corpus import Corpus, Loss
from counterspin.text.heads import carries_sense, is_missed
from counterspin.text.memo import same
from counterspin.text.normal import fold, is_han
from counterspin.text.outline import is_heading
from counterspin.text.tags import tagged
from counterspin.text.words import frequency

Pair = tuple[str, str]
MAX_REST = 0.7  # uses of a half as a word against those of the whole word, from which the half may stand alone
MAX_EDITED = 0.1  # the same in a page that was shortened by hand
LEAST_TIMES = 2  # places that a word must be gone from where one does not tell enough
_NUMERALS = "一二三四五六七八九十百千万半几两数"
RARE = 1000  # uses that a word of the dictionary is taken to have at least
_USUAL = 5000  # uses in the dictionary's corpus from which a little word is a writer's choice
# What a noun, adjective or adverb that is cut short remains: 药物 may become 药, but 地方 never 地. Of verbs, whose
# halves the dictionary tags by their other uses (使用, 用), nothing can be told.
_SHORT_FOR = {"n": "ntz", "a": "az", "d": "dvaz"}  # z: of no class in the dictionary
# Verbs that a sentence can spare.
_MODALS = frozenset(("应该", "应当", "能够", "可以", "可能", "必须", "需要", "愿意", "进行", "觉得", "认为"))


@same(4)
def struck(document: Document, corpus: Corpus) -> tuple[Loss, ...]:
    """What a filter struck out of the page, in order: words (without ``rest``) and characters inside words."""
    lacks = corpus.losses.get(document.url, ())
    if not lacks:
        return ()
    body = body_of(document)
    swaps, cuts = _swaps(corpus.swaps)
    times = Counter(lack.struck for lack in lacks)
    words = Counter(one for one, _ in {(lack.struck, _beside(lack)) for lack in lacks})
    page = _Page(document, lacks, body, swaps, cuts, times, words)
    sure = {lack for lack in lacks if page.is_sure(lack)}
    filtered = any(page.is_proof(lack) for lack in sure)
    return tuple(lack for lack in lacks if lack in sure or (filtered and page.is_likely(lack)))


def body_of(document: Document) -> str:
    """The passages that a keyword filter went over, in normal form: it may spare headings."""
    return "\n".join(fold(passage.text) for passage in document.passages if not is_heading(passage))


@dataclass(frozen=True, slots=True)
class _Page:
    """What one page lacks (``lacks``), its text without headings, and the words that the crawl shows swapped."""

    document: Document
    lacks: tuple[Loss, ...]
    body: str
    swaps: Container[Pair]
    cuts: tuple[Pair, ...]  # those of them that make a word shorter by a character
    times: Counter[str]  # places that a whole word, or a character of it, is gone from
    words: Counter[str]  # different words that a character is gone from

    def is_sure(self, lack: Loss) -> bool:
        """Whether no editor would leave it out so."""
        if lack.rest:
            broken = is_broken(lack.word, lack.rest, edited=lack.edited)
            return not self._is_swap(lack) and (broken or self._is_gone(lack))
        return self._is_missed_word(lack)

    def is_proof(self, lack: Loss) -> bool:
        """Whether what is sure to be missing also tells that a filter went over the page."""
        return bool(lack.rest) or (not lack.edited and self.times[lack.word] >= LEAST_TIMES)

    def is_likely(self, lack: Loss) -> bool:
        """Whether a filter that is known to have gone over the page may have struck it out."""
        if lack.edited or lack.struck in self.body:
            return False
        if lack.rest:
            is_word = len(lack.rest) > 1 and frequency(lack.rest) > 0
            return not is_word and not self._is_swap(lack)
        return carries_sense(lack.word) if lack.word.isascii() else is_content(lack.word) or len(lack.word) == 1

    def _is_gone(self, lack: Loss) -> bool:
        """Whether several words have lost this character and the page has it nowhere."""
        return self.words[lack.struck] >= LEAST_TIMES and lack.struck not in self.body

    def _is_swap(self, lack: Loss) -> bool:
        """十分钟 and 十分: the dictionary puts 分 for 分钟; 清楚 and 清: it puts 弄清 for 弄清楚."""
        word, rest = lack.word, lack.rest
        return (
            (word, rest) in self.swaps
            or any(
                (word[:at] == rest[:at] and (word[at:], rest[at:]) in self.swaps)
                or (word[-at:] == rest[-at:] and (word[:-at], rest[:-at]) in self.swaps)
                for at in range(1, len(rest))
            )
            or any(word in whole != word and whole.replace(word, rest, 1) == short for whole, short in self.cuts)
        )

    def _is_missed_word(self, lack: Loss) -> bool:
        """Whether it is a word that carries sense: filters strike out these, editors little ones.

        In a page that was shortened by hand, and of single characters, one place is not enough. No dictionary tells
        what an English word is, so one that is gone from a single place must be one that its phrase hangs on.
        """
        word, often = lack.word, self.times[lack.word] >= LEAST_TIMES
        if word.isascii():
            return carries_sense(word) if often else not lack.edited and is_missed(word, *self._around(lack))
        if len(word) == 1:
            return often and is_han(word)
        return (often or not lack.edited) and is_content(word)

    def _around(self, lack: Loss) -> tuple[str, str]:
        passage = next(one for one in self.document.passages if one.start <= lack.start <= one.end)
        at = lack.start - passage.start
        return passage.text[:at], passage.text[at:]


@same(2)
def _swaps(known: tuple[Swap, ...]) -> tuple[frozenset[Pair], tuple[Pair, ...]]:
    """The swaps of the crawl, each both ways; those of them that make a word shorter by a character."""
    pairs = {(swap.source, swap.target) for swap in known}
    pairs |= {(target, source) for source, target in pairs}
    return frozenset(pairs), tuple(sorted((one, other) for one, other in pairs if len(one) == len(other) + 1))


def is_broken(word: str, rest: str, *, edited: bool = False) -> bool:
    """Whether what is left of a word stands alone less often than the word stands whole, or as something else."""
    if len(rest) > 1:
        return not frequency(rest) and word[0] not in _NUMERALS
    if not edited and _is_other_class(word, rest):
        return True
    alone = frequency(rest) / max(frequency(word), RARE)
    return not stands_alone(rest, word) and alone <= (MAX_EDITED if edited else MAX_REST)


def _is_other_class(word: str, half: str) -> bool:
    own = tagged(half)[0].tag[0]
    return own not in _SHORT_FOR.get(tagged(word)[0].tag[0], own)


def stands_alone(half: str, whole: str) -> bool:
    """Whether the half is a usual little word (但, 可, 须) or of the same class (易), so that a writer may choose it.

    Not so a noun: 手 is a usual one, and yet not short for 手段.
    """
    own = tagged(half)[0].tag[0]
    return frequency(half) >= _USUAL and (own in "cdpvuz" or own == tagged(whole)[0].tag[0] != "n")


def is_spared(word: str, rest: str) -> bool:
    """Whether only a writer leaves out ``word``, or all of it but ``rest``: a modal, an adverb, 但 for 但是."""
    if word.isascii():
        return not carries_sense(word)
    if rest:
        return frequency(rest) >= _USUAL and tagged(rest)[0].tag[0] in "cdp" and not _is_other_class(word, rest)
    return word in _MODALS or (len(word) > 1 and len(tagged(word)) == 1 and tagged(word)[0].tag[0] in "dc")


def _beside(lack: Loss) -> str:
    """The characters on both sides of the lost one in its word: 十分钟 and 几分钟 lost one word's."""
    at = lack.word.find(lack.struck)
    return lack.word[max(0, at - 1) : at] + "." + lack.word[at + 1 : at + 2]


def is_content(word: str) -> bool:
    """Whether it is a noun or verb of the dictionary: what filters strike out, and what is seldom optional."""
    parts = tagged(word)
    return len(parts) == 1 and len(word) > 1 and word not in _MODALS and parts[0].tag[0] in "nv" and frequency(word) > 0
