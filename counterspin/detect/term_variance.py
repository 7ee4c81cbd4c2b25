"""One thing has several names in one page, drawn at random: 客户, 使用者, 利用者 for the same party.

A spinner has several replacements for a word and draws one each time. The names come from swaps that the crawl has
taught, from lines that the page says twice, and from a few usual families; the page must use at least three names of
one family, so that two near words of an honest page do not count.

Source: 26 farm pages; spun ones have 5.4 to 17.2 surplus names per 1,000 characters, unspun ones 0 to 2.5.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from counterspin.claims.proof import learnt_of, page_pairs, proof_of
from counterspin.identity import new_flag
from counterspin.model import Document, Evidence, Flag, Swap
from counterspin.text.corpus import Corpus
from counterspin.text.families import families
from counterspin.text.lookup import Pair
from counterspin.text.memo import same
from counterspin.text.normal import fold
from counterspin.text.words import find
from counterspin.wording import Wording

FLAGS = (
    (
        "倘使客户逾期,平台会提醒使用者。利用者理应按期还款,平台会联系客户。\n"
        "使用者若是有疑问,能够致电平台。利用者也许会收到短信,客户应留意。"
    ),
)
PASSES = ("客户逾期后,平台会提醒客户。客户应当按时还款,平台会联系客户。",)

REASON = Wording(
    en="One thing has {count} names in this page: {names}.",
    zh="同一事物在本页有 {count} 个名称：{names}。",
)
_TIMES = Wording(en="{count} times", zh="{count} 次")


@dataclass(frozen=True, slots=True)
class TermVariance:
    """``min_names`` of one family, each used; ``min_density`` surplus names per 1,000 characters over all families."""

    min_names: int = 3
    min_uses: int = 5
    min_density: float = 4.0
    name: str = "term_variance"
    category: str = "spun"
    version: int = 1

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """One flag for the page, on the passage with most of the names."""
        groups, terms = _groups(corpus.swaps, page_pairs(proof_of(document, corpus).parallels))
        places = _places(document.text, terms)
        used: dict[str, Counter[str]] = defaultdict(Counter)
        for word, *_ in places:
            used[groups[word]][word] += 1
        surplus = sum(len(names) - 1 for names in used.values())
        density = 1000.0 * surplus / max(1, len(document.text))
        for family, names in sorted(used.items()):
            enough = len(names) >= self.min_names and sum(names.values()) >= self.min_uses
            if enough and names.most_common(2)[1][1] > 1 and density >= self.min_density:
                yield self._flag(document, family, names, [p for p in places if groups[p[0]] == family], density)

    def _flag(
        self, document: Document, family: str, names: Counter[str], places: list[tuple[str, int, int]], density: float
    ) -> Flag:
        passage = max(
            document.passages,
            key=lambda p: (len({word for word, at, _ in places if p.start <= at < p.end}), -p.start),
        )
        shown = sorted(names, key=lambda word: (-names[word], word))
        firsts = {word: (start, end) for word, start, end in reversed(places)}
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=0.5 + 0.1 * len(names) + 0.01 * density,
            reason=REASON(count=len(names), names=tuple(shown)),
            evidence=tuple(
                Evidence(
                    "subject",
                    document.url,
                    *firsts[word],
                    document.text[slice(*firsts[word])],
                    _TIMES(count=names[word]),
                )
                for word in shown
            ),
            swaps=tuple((family, word) for word in shown if word != family),
            severity=2,
            key=family,
        )


def _groups(swaps: tuple[Swap, ...], own: tuple[Pair, ...]) -> tuple[Mapping[str, str], frozenset[str]]:
    """Word to the original of its family, and the words; the page's ``own`` pairs come after what was learnt."""
    groups, terms = _learnt_groups(swaps)
    if not own:
        return groups, terms
    found = _joined(groups, own)
    return found, terms.union(found)


@same(2)
def _learnt_groups(swaps: tuple[Swap, ...]) -> tuple[Mapping[str, str], frozenset[str]]:
    """The families of the list come first, then what was learnt.

    A word that stands in several families of the list says nothing about its referent and is left out.
    """
    uses = Counter(word for family in families() for word in set(family))
    listed = {word: family[0] for family in families() for word in family if uses[word] == 1 or word == family[0]}
    found = _joined(listed, learnt_of(swaps).pairs)
    return found, frozenset(found)


def _joined(groups: Mapping[str, str], pairs: Iterable[Pair]) -> dict[str, str]:
    found = dict(groups)
    for original, target in pairs:
        found.setdefault(target, found.setdefault(original, original))
    return found


def _places(text: str, terms: frozenset[str]) -> list[tuple[str, int, int]]:
    return [(word, start, end) for start, end, word in find(fold(text), terms)]


DETECTOR = TermVariance()
