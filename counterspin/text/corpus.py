"""What the whole crawl shows: the knowledge that detectors judge a single page by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

from counterspin.model import Swap
from counterspin.text.grams import Grams, add, count_grams
from counterspin.text.normal import normal
from counterspin.text.operators import Operator

_BATCH = 1_000_000  # characters counted at once: bounds the memory of counting to about 100 MB


BACKOFF = 4.0  # virtual observations of the shorter history
ALPHABET = 8000  # characters that a text may use: the usual Chinese ones


@dataclass(frozen=True, slots=True)
class Loss:
    """At ``start`` (offset in the page's text) the page lacks ``word``, in normal form, but for ``rest`` of it.

    ``edited``: the page lacks longer pieces as well, so that a hand may have shortened it.
    """

    start: int
    word: str
    rest: str
    edited: bool = False

    @property
    def struck(self) -> str:
        """The character lost inside the word, or the whole word."""
        if not self.rest:
            return self.word
        return next((char for char in self.word if self.word.count(char) > self.rest.count(char)), "")


@dataclass(frozen=True, slots=True)
class Corpus:
    """Frozen, picklable facts folded over all documents. Empty for a page on its own.

    ``passages`` and ``characters`` count different passages (copies of one text count once); ``grams`` maps a
    character n-gram (1 to 3 characters of the normal form, punctuation included, see :mod:`counterspin.text.normal`)
    to its count in them; ``swaps`` is the learnt dictionary; ``operators`` are the keys that sites share;
    ``losses``, by URL, what pages lack where their twins have it.
    """

    passages: int = 0
    characters: int = 0
    grams: Mapping[str, int] = field(default_factory=dict)
    swaps: tuple[Swap, ...] = ()
    operators: tuple[Operator, ...] = ()
    losses: Mapping[str, tuple[Loss, ...]] = field(default_factory=dict)

    def count(self, gram: str) -> int:
        """How often ``gram`` (1 to 3 characters, normal form) was counted; 0 for a longer one."""
        return self.grams.get(gram, 0)

    def probability(self, gram: str) -> float:
        """Chance of the last character of ``gram`` after those before it, above 0 and below 1.

        Witten-Bell-like backing off from trigram to bigram to single character.
        """
        chance = (self.count(gram[-1:]) + 0.5) / (self.characters + 0.5 * ALPHABET)
        for size in (2, 3):
            if len(gram) < size:
                break
            history = self.count(gram[-size:-1])
            chance = (self.count(gram[-size:]) + BACKOFF * chance) / (history + BACKOFF)
        return chance

    def taught(
        self, swaps: Iterable[Swap], losses: Mapping[str, tuple[Loss, ...]], operators: Iterable[Operator]
    ) -> Corpus:
        """This corpus with what comparing its passages has taught; ``operators`` are added to those it has."""
        return replace(self, swaps=tuple(swaps), losses=losses, operators=(*self.operators, *operators))

    def with_swaps(self, swaps: Iterable[Swap]) -> Corpus:
        """This corpus with another dictionary."""
        return replace(self, swaps=tuple(swaps))


def build(texts: Iterable[str]) -> Corpus:
    """The corpus of these passages (as they stand, not in normal form). Order and copies make no difference."""
    seen: set[bytes] = set()
    tables: list[Grams] = []
    total = 0
    for batch in _batches(texts, seen):
        total += sum(map(len, batch))
        tables.append(count_grams(batch))
        # Tables of one size are added up at once: few are held, and each gram is added few times.
        while len(tables) > 1 and len(tables[-2]) < 2 * len(tables[-1]):
            tables.append(add((tables.pop(), tables.pop())))
    return Corpus(passages=len(seen), characters=total, grams=add(tables))


def _batches(texts: Iterable[str], seen: set[bytes]) -> Iterator[list[str]]:
    """The different normal forms, in lists of at most ``_BATCH`` characters (or of one form that is longer)."""
    batch: list[str] = []
    size = 0
    for text in texts:
        form = normal(text).text
        key = blake2b(form.encode("utf-8", "surrogatepass"), digest_size=8).digest()
        if not form or key in seen:
            continue
        seen.add(key)
        batch.append(form)
        size += len(form)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch
