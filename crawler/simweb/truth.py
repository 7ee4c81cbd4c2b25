"""What must and must not be flagged on the pages of the demo, and how well a set of flags answers to it.

The truth was written from the meaning of the pages. Files below ``demo/truth``: one a page, ``hosts.json`` for what
holds of a whole host, ``questions.json`` for questions that pages answer differently. An entry's ``texts`` are quoted
from the page; a flag touches one if either contains the other. ``must`` entries count for recall; a flag is right if
a ``must`` or ``may`` entry accepts it; every other flag counts against precision, whatever page it is on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from counterspin.model import CATEGORIES, Flag
from crawler.simweb.demo import site

FOLDER = site.FOLDER / "truth"
SHORTEST = 6  # characters that a flag's text needs to count as part of a quoted one: a lone word is in every page
_SAME = str.maketrans("，。；：！？（）", ",.;:!?()", " \t\n\r\u3000|")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to be flagged, or that may be. ``where`` is a page's URL or a host; no ``texts`` accepts any.

    ``every`` asks one flag to touch all texts; ``rules`` narrows to these rules, ``max_severity`` to mild flags.
    """

    where: str
    must: bool
    categories: tuple[str, ...]
    texts: tuple[str, ...]
    why: str
    rules: tuple[str, ...] = ()
    every: bool = False
    max_severity: int = 4


@dataclass(frozen=True, slots=True)
class Question:
    """A question that pages answer differently: ``answers`` maps each answer to the (URL, quotation) that give it."""

    text: str
    must: bool
    answers: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Truth:
    """All that is known of the demo's pages. ``forbidden`` are named traps: (URL, categories, text, why)."""

    entries: tuple[Entry, ...]
    questions: tuple[Question, ...]
    forbidden: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """Recall over what must be found and precision over the flags of one category; None where there are none."""

    category: str
    must: int
    found: int
    flags: int
    right: int

    @property
    def recall(self) -> float | None:
        return self.found / self.must if self.must else None

    @property
    def precision(self) -> float | None:
        return self.right / self.flags if self.flags else None


@dataclass(frozen=True, slots=True)
class Miss:
    """What no flag found."""

    category: str
    where: str
    texts: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Alarm:
    """A flag that the truth does not support; ``trap`` says which named trap it fell into, if any."""

    flag: Flag
    trap: str


@dataclass(frozen=True, slots=True)
class Result:
    """Per category figures, with every miss and every false alarm."""

    scores: tuple[Score, ...]
    misses: tuple[Miss, ...]
    alarms: tuple[Alarm, ...]

    def passes(self, *, least: float = 0.9) -> bool:
        """Whether recall and precision of every category reach ``least`` (0 to 1)."""
        values = [value for score in self.scores for value in (score.recall, score.precision)]
        return all(value is None or value >= least for value in values)

    def to_dict(self) -> dict[str, Any]:
        """The figures as plain values, for JSON."""
        return {
            score.category: {"must": score.must, "found": score.found, "flags": score.flags, "right": score.right}
            for score in self.scores
        }


def score(flags: Iterable[Flag], truth: Truth | None = None) -> Result:
    """Hold flags on pages of the demo against the truth. Pure; the order of flags does not matter."""
    truth = truth or load()
    listed = sorted(flags, key=lambda flag: (flag.url, flag.rule, flag.id))
    spots = [tuple(_spots(flag)) for flag in listed]
    entries = {
        entry: [_accepts(entry, flag, at) for flag, at in zip(listed, spots, strict=True)] for entry in truth.entries
    }
    questions = {
        item: [_rivals(item, flag, at) for flag, at in zip(listed, spots, strict=True)] for item in truth.questions
    }
    columns = [*entries.values(), *questions.values()]
    right = [any(column[index] for column in columns) for index in range(len(listed))]
    misses = tuple(_misses(entries, questions))
    alarms = tuple(
        Alarm(flag, _trap(truth, flag, at)) for flag, at, ok in zip(listed, spots, right, strict=True) if not ok
    )
    return Result(tuple(_scores(truth, misses, listed, right)), misses, alarms)


def _scores(truth: Truth, misses: tuple[Miss, ...], flags: list[Flag], right: list[bool]) -> Iterator[Score]:
    asked = [entry.categories[0] for entry in truth.entries if entry.must]
    asked += ["contradictory" for question in truth.questions if question.must]
    missed = [miss.category for miss in misses]
    for category in CATEGORIES:
        ours = [ok for flag, ok in zip(flags, right, strict=True) if flag.category == category]
        must = asked.count(category)
        yield Score(category, must, must - missed.count(category), len(ours), sum(ours))


def _misses(entries: Mapping[Entry, list[bool]], questions: Mapping[Question, list[bool]]) -> Iterator[Miss]:
    for entry, hits in entries.items():
        if entry.must and not any(hits):
            yield Miss(entry.categories[0], entry.where, entry.texts, entry.why)
    for question, hits in questions.items():
        if question.must and not any(hits):
            quotations = tuple(f"{url}: {text}" for answer in question.answers for url, text in answer[:1])
            yield Miss("contradictory", "", quotations, question.text)


def _spots(flag: Flag) -> Iterator[tuple[str, str]]:
    """Where a flag points: (page, squeezed text) of its passage, its counterpart and its evidence."""
    yield _page(flag.url), squeeze(flag.passage)
    if flag.counterpart:
        yield _page(flag.counterpart.url), squeeze(flag.counterpart.passage)
    for piece in flag.evidence:
        yield _page(piece.url), squeeze(piece.text)


def _accepts(entry: Entry, flag: Flag, spots: tuple[tuple[str, str], ...]) -> bool:
    on_host = "/" not in entry.where
    page = _page(flag.url)
    if flag.category not in entry.categories or flag.severity > entry.max_severity:
        return False
    if (entry.rules and flag.rule not in entry.rules) or (page.partition("/")[0] if on_host else page) != entry.where:
        return False
    touched = [any(touches(text, spot) for where, spot in spots if on_host or where == page) for text in entry.texts]
    return not touched or (all(touched) if entry.every else any(touched))


def _rivals(question: Question, flag: Flag, spots: tuple[tuple[str, str], ...]) -> bool:
    """Whether a flag sets two different answers against each other."""
    if flag.category != "contradictory":
        return False
    given = [
        any(where == page and touches(text, spot) for where, text in answer for page, spot in spots)
        for answer in question.answers
    ]
    return sum(given) >= 2


def _trap(truth: Truth, flag: Flag, spots: tuple[tuple[str, str], ...]) -> str:
    return next((entry.why for entry in truth.forbidden if _accepts(entry, flag, spots)), "")


def touches(quoted: str, spot: str) -> bool:
    """Whether a quotation of the truth and a (squeezed) text of a flag contain one another."""
    bare = squeeze(quoted)
    return bare in spot or (len(spot) >= SHORTEST and spot in bare)


@lru_cache(maxsize=4096)
def squeeze(text: str) -> str:
    """Text without white space and table bars, its full-width punctuation as ASCII: how texts are compared."""
    return text.translate(_SAME)


def _page(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.netloc}{parts.path or '/'}"


@cache
def load(folder: Path = site.FOLDER) -> Truth:
    """The truth of the demo, or of another folder laid out like it."""
    known = site.hosts(folder).values()
    pages = {f"{host.name}/{page.name}": f"{host.name}{page.path}" for host in known for page in host.pages}
    files = {where: _read(folder / "truth" / f"{name}.json") for name, where in pages.items()}
    files.update(_read(folder / "truth" / "hosts.json"))
    entries = [
        _entry(where, item, must=kind == "must")
        for where, file in files.items()
        for kind in ("must", "may")
        for item in file[kind]
    ]
    forbidden = [_entry(where, item, must=False) for where, file in files.items() for item in file.get("must_not", ())]
    questions = [_question(item, pages) for item in _read(folder / "truth" / "questions.json")]
    return Truth(tuple(entries), tuple(questions), tuple(forbidden))


def _read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _entry(where: str, item: Mapping[str, Any], *, must: bool) -> Entry:
    return Entry(
        where, must, (item["category"], *item.get("also", ())), tuple(item["texts"]),
        item["why"], tuple(item.get("rules", ())), item.get("all", False), item.get("max_severity", 4),
    )  # fmt: skip


def _question(item: Mapping[str, Any], pages: Mapping[str, str]) -> Question:
    answers = tuple(tuple((pages[spot["page"]], spot["text"]) for spot in answer["at"]) for answer in item["answers"])
    return Question(item["question"], item["must"], answers)
