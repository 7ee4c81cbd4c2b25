"""A character was lost inside a word: 采取措防止 for 采取措施防止, 法律手 for 法律手段.

A filter that strikes out single characters (most of them surnames) leaves half words and disturbs no punctuation. Three
proofs: other pages of the crawl go on with a character that makes the half word whole (法律手 goes on with 段);
the half word hardly ever stands alone (措, 历) and one word alone can have been meant; or the page's twin has the
word whole, and the half hardly stands alone or several words have lost the same character (时间, 小时, 及时).

Not a loss: names, classical and clipped wording (幼有所育), suffixes (辨认度, 文明观), single-character words.

Source: 45 per cent of the pages of one network lose characters so: 手段, 措施, 实施, 许多, 涵盖, 延期 (our study of 301
pages, finding 5).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage
from counterspin.text.corpus import Corpus
from counterspin.text.gaps import gaps
from counterspin.text.halves import Whole, whole_of
from counterspin.text.normal import fold, han_share, is_han
from counterspin.text.outline import is_heading
from counterspin.text.quote import quote, short
from counterspin.text.struck import RARE, stands_alone, struck
from counterspin.text.tags import Tagged, tagged
from counterspin.text.words import frequency
from counterspin.wording import Wording

FLAGS = (
    "商家应当采取措防止漏水，并且及时通知住户。",
    (
        "住户可以通过法律手维护自己的权益。",
        "@url: http://b.test/1\n租客可以通过法律手段维护自己的权益，不要私了。",
        "@url: http://c.test/1\n业主也可以通过法律手段维护自己的权益，或者调解。",
        "@url: http://d.test/1\n顾客可以通过法律手段维护自己的权益，保存证据。",
    ),
)
PASSES = (
    "商家应当采取措施防止漏水，并且及时通知住户。",
    "作者王措和李历在文中谈到图书展，也谈到幼有所育、学有所教。",
    "住户可以用手维护阀门，法律手续以后再办。",
    "辨认度高，感受度好，文明观和生态观并重。",
)


REASON = Wording(
    en="“{half}” in “{text}” has lost a character of “{whole}”: {why}.",
    zh="“{text}”里的“{half}”应是“{whole}”，少了一个字：{why}。",
)
_SELDOM_ALONE = Wording(en="“{half}” hardly ever stands alone", zh="“{half}”几乎从不单独使用")
_ELSEWHERE = Wording(en="other pages have “{whole}” here", zh="别的网页此处是“{whole}”")
_HALF_OF = Wording(en="half of “{whole}”: {why}", zh="“{whole}”的一半：{why}")
_LIKELY = Wording(en="likely: {whole}", zh="应为：{whole}")


@dataclass(frozen=True, slots=True)
class Loss:
    """A half word at ``start`` of the passage, the whole word that was meant, and why."""

    start: int
    half: str
    whole: str
    why: str
    sure: float


@dataclass(frozen=True, slots=True)
class LostCharacter:
    """``scan`` gives one flag for each half word."""

    max_alone: float = 0.04  # uses of the half as a word against its uses in words of two characters, 0 to 1
    max_uses: int = 2500  # of the half as a word in the dictionary's corpus; a more usual one is a word of its own
    min_dominance: float = 0.5  # share of one word in those uses, 0 to 1: which word was meant
    support: int = 1  # times that other pages must have the whole word in this place
    max_half: float = 6.0  # uses of the half as a word against those of the whole word, above which it may stand alone
    name: str = field(default="lost_character", init=False)
    category: str = field(default="damaged", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """The half words of the page, in order."""
        if document.language[:2] != "zh" or han_share(document.text) < 0.3:
            return
        passages = [passage for passage in document.passages if passage.kind != "table_cell"]
        found = {(number, loss.start): loss for number, loss in self._alone(passages)}
        found |= {(number, loss.start): loss for number, loss in self._by_others(passages, corpus)}
        found |= {(number, loss.start): loss for number, loss in self._by_twin(document, passages, corpus)}
        for (number, _), loss in sorted(found.items()):
            yield self._flag(document, passages[number], loss)

    def _alone(self, passages: list[Passage]) -> Iterator[tuple[int, Loss]]:
        """Half words that hardly ever stand alone, between whole words."""
        for number, passage in enumerate(passages):
            if is_heading(passage):
                continue
            text = fold(passage.text)
            words = tagged(text)
            for i, word in enumerate(words):
                if len(word.text) > 1 or word.tag == "x" or frequency(word.text) > self.max_uses:
                    continue
                if _is_solid(words, i - 1) and _ends_or_is_solid(words, i + 1):
                    whole = whole_of(word.text)
                    is_torn = whole and text.startswith(whole.word[1:], word.end + 1)  # 技、术: a mark, nothing lost
                    if whole and not is_torn and self._is_bound(word.text, whole):
                        why = _SELDOM_ALONE(half=word.text)
                        yield number, Loss(word.start, word.text, whole.word, why, 0.7)

    def _is_bound(self, half: str, whole: Whole) -> bool:
        """Whether the half opens one word far more often than it stands alone. The second halves make suffixes."""
        is_dominant = whole.uses >= self.min_dominance * whole.total
        return is_dominant and frequency(half) < self.max_alone * whole.total

    def _by_others(self, passages: list[Passage], corpus: Corpus) -> Iterator[tuple[int, Loss]]:
        """Half words that other pages have whole in the same place."""
        present = set("".join(fold(passage.text) for passage in passages))
        for gap in gaps([passage.text for passage in passages], corpus.grams, support=self.support):
            # a filter strikes out every place of a character: one that the page has elsewhere was never struck out
            if len(gap.word) != 1 or gap.word in present or is_heading(passages[gap.text]):
                continue
            text = fold(passages[gap.text].text)
            for word in tagged(text):
                before, after = word.end == gap.at, word.start == gap.at
                if len(word.text) != 1 or not (before or after) or not is_han(word.text):
                    continue
                whole = word.text + gap.word if before else gap.word + word.text
                if (
                    frequency(whole)
                    and not _is_complement(word, whole)
                    and not stands_alone(word.text, whole)
                    and frequency(word.text) <= self.max_half * max(frequency(whole), RARE)
                ):
                    why = _ELSEWHERE(whole=whole)
                    yield gap.text, Loss(word.start, word.text, whole, why, 0.8)
                    break

    def _by_twin(self, document: Document, passages: list[Passage], corpus: Corpus) -> Iterator[tuple[int, Loss]]:
        """Half words that the twin of this page has whole."""
        for lack in struck(document, corpus):
            for number, passage in enumerate(passages):
                if lack.rest and passage.start <= lack.start <= passage.end and not is_heading(passage):
                    why = _ELSEWHERE(whole=lack.word)
                    start = min(lack.start - passage.start, len(passage.text) - 1)
                    yield number, Loss(start, lack.rest, lack.word, why, 0.8)
                    break

    def _flag(self, document: Document, passage: Passage, loss: Loss) -> Flag:
        start = max(0, loss.start - 6)
        end = min(len(passage.text), loss.start + 7)
        spot = quote(
            document,
            passage.start + loss.start,
            passage.start + loss.start + 1,
            note=_HALF_OF(whole=loss.whole, why=loss.why),
        )
        around = quote(
            document, passage.start + start, passage.start + end, role="rule", note=_LIKELY(whole=loss.whole)
        )
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=loss.sure,
            reason=REASON(half=loss.half, text=short(passage.text[start:end]), whole=loss.whole, why=loss.why),
            evidence=(spot, around),
            severity=3 if loss.sure >= 0.8 else 2,
            key=f"{loss.whole}:{passage.text[start:end]}",
        )


DETECTOR = LostCharacter()


def _is_complement(half: Tagged, whole: str) -> bool:
    """看, and 看到: a verb that goes without its complement."""
    return whole.startswith(half.text) and half.tag[0] == "v" and tagged(whole)[0].tag[0] == "v"


def _is_solid(words: tuple[Tagged, ...], at: int) -> bool:
    return 0 <= at < len(words) and len(words[at].text) > 1 and is_han(words[at].text[0])


def _ends_or_is_solid(words: tuple[Tagged, ...], at: int) -> bool:
    return at < len(words) and (_is_solid(words, at) or not is_han(words[at].text[0]))
