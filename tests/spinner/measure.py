"""How well rewrites, their sources and the spinner's dictionary are found in texts that this folder makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from random import Random

from counterspin.engine.local import run
from counterspin.model import Analysis, Document
from counterspin.settings import Settings
from counterspin.text.example import document_of

from .spinner import Dictionary, spin
from .texts import CHINESE, ENGLISH, HEADINGS, REGIONAL, STATUTES

LONGEST = 2  # passages of one topic that make a base text
MIN_SWAPS = 2  # different words replaced from which a text counts as a rewrite; one alone is an edit
USED = 3  # uses of a rule from which it should be learnt


@dataclass(frozen=True)
class Figures:
    """What one run found. Each figure is a share, 0 to 1."""

    precision: float
    recall: float
    direction: float  # of the named sources, those that are right
    named: float  # clusters whose source is named at all
    dictionary_precision: float
    dictionary_recall: float
    rewrites: int

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


Topics = Mapping[str, tuple[str, ...]]
FIRST: Mapping[str, Topics] = {"zh": CHINESE, "en": ENGLISH}


def bases(language: str, topics: Mapping[str, Topics] = FIRST) -> Iterator[str]:
    """Independent texts of one language."""
    join = "" if language == "zh" else " "
    for passages in topics[language].values():
        for at in range(0, len(passages) - 1, LONGEST):
            yield join.join(passages[at : at + LONGEST])


def crawl_of(
    language: str,
    dictionary: Dictionary,
    *,
    rate: float,
    seed: int,
    copies: int = 3,
    topics: Mapping[str, Topics] = FIRST,
    at_once: bool = False,
) -> tuple[list[Document], dict[str, tuple[str, int]], Counter[tuple[str, str]]]:
    """Pages of bases and of their rewrites; of each rewrite its base and how many words changed; the rules used."""
    random = Random(seed)
    pages: list[Document] = []
    origin: dict[str, tuple[str, int]] = {}
    used: Counter[tuple[str, str]] = Counter()
    for number, text in enumerate(bases(language, topics)):
        base = f"http://site{random.randrange(10**6)}.test/{number}.html"
        pages.append(document_of(text, url=base))
        for copy in range(copies):
            spun = spin(text, dictionary, rate=rate, random=random, spaced=language == "en", at_once=at_once)
            if spun.text == text:
                continue
            url = f"http://farm{random.randrange(10**6)}.test/{number}-{copy}.html"
            pages.append(document_of(spun.text, url=url))
            origin[url] = (base, len(set(spun.swaps)))
            used.update(set(spun.swaps))
    random.shuffle(pages)
    return pages, origin, used


def measure(
    language: str,
    dictionary: Dictionary,
    *,
    rate: float,
    seed: int = 1,
    topics: Mapping[str, Topics] = FIRST,
    at_once: bool = False,
) -> Figures:
    """Make a crawl, analyse it, and hold the findings against what was made."""
    pages, origin, used = crawl_of(language, dictionary, rate=rate, seed=seed, topics=topics, at_once=at_once)
    analysis = run(pages, Settings())
    flags = [flag for flag in analysis.flags if flag.rule == "rewrite"]
    family = {page.url: origin.get(page.url, (page.url, 0))[0] for page in pages}
    right = sum(family[flag.url] == family[flag.counterpart.url] for flag in flags if flag.counterpart)
    wanted = {url for url, (_, swaps) in origin.items() if swaps >= MIN_SWAPS}
    flagged = {flag.url for flag in flags}
    learnt = {(swap.source, swap.target) for swap in analysis.swaps if swap.directed and swap.hits >= USED}
    known = {(swap.source, swap.target) for swap in analysis.swaps if swap.directed}
    direction, named = _direction(analysis, set(origin))
    often = {pair for pair, times in used.items() if times >= USED}
    return Figures(
        precision=right / max(1, len(flags)),
        recall=len(wanted & flagged) / max(1, len(wanted)),
        direction=direction,
        named=named,
        dictionary_precision=_share(sum(is_rule(pair, dictionary) for pair in learnt), len(learnt)),
        dictionary_recall=_share(len(often & known), len(often)),
        rewrites=len(wanted),
    )


def alone(
    language: str, dictionary: Dictionary, *, rate: float, seed: int, taught: Topics, judged: Topics
) -> tuple[float, float]:
    """Shares of pages that are flagged though the crawl has no text like theirs: of spun ones and of honest ones.

    The dictionary can be learnt from rewrites of the topics ``taught``; every second of the topics ``judged`` is spun.
    """
    random = Random(seed)
    spaced = language == "en"
    pages: list[Document] = []
    for number, passages in enumerate(taught.values()):
        text = "\n".join(passages)
        pages.append(document_of(text, url=f"http://site{number}.test/{seed}.html"))
        for copy in range(3):
            made = spin(text, dictionary, rate=rate, random=random, spaced=spaced).text
            pages.append(document_of(made, url=f"http://farm{number}-{copy}.test/{seed}.html"))
    spun, honest = [], []
    for number, passages in enumerate(judged.values()):
        url, text = f"http://alone{number}.test/{seed}.html", "\n".join(passages)
        if number % 2:
            honest.append(url)
        else:
            spun.append(url)
            text = spin(text, dictionary, rate=rate, random=random, spaced=spaced).text
        pages.append(document_of(text, url=url))
    flagged = {flag.url for flag in run(pages, Settings()).flags if flag.category == "spun"}
    return _share(len(flagged & set(spun)), len(spun)), _share(len(flagged & set(honest)), len(honest))


def _share(part: int, whole: int) -> float:
    """1.0 of nothing: where no rule was used often enough, none was missed."""
    return part / whole if whole else 1.0


def _direction(analysis: Analysis, copies: set[str]) -> tuple[float, float]:
    """Share of the clusters with a named source whose source is the base, and share of the clusters that name one."""
    named = [cluster for cluster in analysis.clusters if cluster.source is not None]
    right = sum(cluster.members[cluster.source or 0].url not in copies for cluster in named)
    return right / max(1, len(named)), len(named) / max(1, len(analysis.clusters))


def is_rule(pair: tuple[str, str], dictionary: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a learnt pair is a rule of the spinner."""
    return pair[1] in dictionary.get(pair[0], ())


def hard_negatives() -> Iterator[tuple[str, Document, Document]]:
    """Two pages that are alike for a reason of their own, and the reason."""
    for kind, pairs in (("statute", STATUTES), ("regional", REGIONAL)):
        for number, (left, right) in enumerate(pairs):
            yield kind, *_two(left, right, f"{kind}{number}")
    for number, (left, right) in enumerate(HEADINGS):
        yield "template", *_two(f"# {left}", f"# {right}", f"heading{number}")
    for number, text in enumerate(bases("zh")):
        yield "copy", *_two(text, text.replace("，", ", "), f"copy{number}")
        yield "syndicated", *_two(text, f"@source: left-credit{number}.test\n{text}", f"credit{number}")
    for number, (left, right) in enumerate(combinations(bases("en"), 2)):
        yield "", *_two(left, right, f"topic{number}")
    for topic, passages in CHINESE.items():
        for number, (left, right) in enumerate(combinations(passages, 2)):
            yield "", *_two(left, right, f"{len(topic)}{number}")


def _two(left: str, right: str, name: str) -> tuple[Document, Document]:
    return (
        document_of(left, url=f"http://left-{name}.test/a.html"),
        document_of(right, url=f"http://right-{name}.test/b.html"),
    )
