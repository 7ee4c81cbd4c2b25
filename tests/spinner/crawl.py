"""Any number of pages to measure speed on: words drawn by frequency, some pages copied, some spun."""
# ruff: noqa: E501 - a table of characters

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

import numpy as np

from counterspin.model import Document, Passage

COMMON = "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车"
CHARACTERS = 1500  # of a page
PASSAGE = 125  # characters of a passage
WORDS = 40_000  # size of the vocabulary
SWAPS = 400  # rules of the spinner
Line = list[str]  # the words of a passage


@dataclass(frozen=True)
class Made:
    """A page, and the number of the page that it was made from, with the rules of the spinner that were used."""

    document: Document
    origin: int | None = None
    swaps: tuple[tuple[str, str], ...] = ()


def vocabulary(seed: int) -> tuple[list[str], np.ndarray]:
    """Words of one to three characters and the chance that one of the first so many is drawn (Zipf)."""
    random = Random(seed)
    words: dict[str, None] = dict.fromkeys(COMMON)
    while len(words) < WORDS:
        words["".join(random.choices(COMMON, k=random.choice((2, 2, 2, 3))))] = None
    chance = 1.0 / (np.arange(len(words)) + 20.0)
    heaped = (chance / chance.sum()).cumsum()
    return list(words), heaped / heaped[-1]


def crawl(count: int, *, seed: int = 1, copied: float = 0.1, spun: float = 0.1, rate: float = 0.3) -> Iterator[Made]:
    """``count`` pages of about 1,500 characters on as many sites as there are thousand."""
    words, heaped = vocabulary(seed)
    draw = np.random.default_rng(seed)
    rules = _rules(words, seed)
    made: list[str] = []
    for number in range(count):
        kind = draw.random()
        origin = int(draw.integers(len(made))) if made and kind < copied + spun else None
        if origin is None:
            body = [_passage(words, heaped, draw) for _ in range(CHARACTERS // PASSAGE)]
            swaps: tuple[tuple[str, str], ...] = ()
        elif kind < copied:
            body, swaps = _read(made[origin]), ()
            body[int(draw.integers(len(body)))] = _passage(words, heaped, draw)
        else:
            body, swaps = _spun(_read(made[origin]), rules, rate, draw)
        made.append("\n".join(map(" ".join, body)))
        yield Made(_document(number, body, count), origin, swaps)


def _read(kept: str) -> list[Line]:
    return [line.split(" ") for line in kept.split("\n")]


def _rules(words: list[str], seed: int) -> dict[str, tuple[str, str]]:
    random = Random(seed + 1)
    usual = [word for word in words[600:3000] if len(word) == 2]
    rare = [word for word in words[20_000:] if len(word) == 2]
    return {word: (random.choice(rare), random.choice(rare)) for word in random.sample(usual, SWAPS)}


def _passage(words: list[str], heaped: np.ndarray, draw: np.random.Generator) -> Line:
    return [words[at] for at in heaped.searchsorted(draw.random(PASSAGE // 2 + 8), side="right").tolist()]


def _spun(
    body: list[Line], rules: dict[str, tuple[str, str]], rate: float, draw: np.random.Generator
) -> tuple[list[Line], tuple[tuple[str, str], ...]]:
    found, used = [], []
    for line in body:
        written = []
        for word in line:
            if word in rules and draw.random() < rate:
                target = rules[word][int(draw.integers(2))]
                used.append((word, target))
                written.append(target)
            else:
                written.append(word)
        found.append(written)
    return found, tuple(used)


def _document(number: int, body: list[Line], count: int) -> Document:
    texts = ["".join(line[:20]) + "，" + "".join(line[20:45]) + "，" + "".join(line[45:]) + "。" for line in body]
    passages, start = [], 0
    for text in texts:
        passages.append(Passage("paragraph", 0, start, start + len(text), text))
        start += len(text) + 1
    url = f"http://site{number % max(2, count // 1000)}.test/{number}.html"
    return Document(url, "article", None, None, None, None, None, "zh", "utf-8", "\n".join(texts), tuple(passages))
