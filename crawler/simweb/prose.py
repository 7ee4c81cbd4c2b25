"""Made-up prose: sentences and titles on a topic, from a small vocabulary in Chinese and English.

It reads like nothing, but it has what a crawler looks at: words of a topic among words of everyday life.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

OWN_IN_TITLE = 0.75  # chance that a word of a title is one of the topic's
DRIFTING = 0.125  # share of pages half of whose sentences are on the neighbouring topic
MENTIONING = 0.06  # share of pages a quarter of whose sentences are on the topic that is sought


@cache
def words_of(language: str) -> Any:
    """The vocabulary of a language: general words, topics with their words, sentence and title patterns."""
    return json.loads((Path(__file__).parent / "vocabulary.json").read_text(encoding="utf-8"))[language]


def title_on(draws: random.Random, language: str, topic: str) -> str:
    """A title on a topic."""
    words = words_of(language)
    return _fill(draws, draws.choice(words["titles"]), words, topic, OWN_IN_TITLE)


def body_on(draws: random.Random, language: str, topic: str, *, sought: str = "") -> tuple[str, ...]:
    """Seven to sixteen sentences. Pages differ in their share of topic words; some drift, some mention ``sought``."""
    words = words_of(language)
    strength = draws.triangular(0.2, 0.85, 0.5)
    drift = words["topics"][topic]["near"] if draws.random() < DRIFTING else ""
    mentions = bool(sought) and draws.random() < MENTIONING
    sentences = []
    for _ in range(draws.randint(7, 16)):
        subject = drift if drift and draws.random() < 0.5 else topic
        subject = sought if mentions and draws.random() < 0.25 else subject
        sentences.append(_fill(draws, draws.choice(words["templates"]), words, subject, strength))
    return tuple(sentences)


def _fill(draws: random.Random, template: str, words: Mapping[str, Any], topic: str, strength: float) -> str:
    own, general = words["topics"][topic], words["general"]
    first, *parts = template.split("{")
    filled = first
    for part in parts:
        kind, _, rest = part.partition("}")
        filled += draws.choice((own if draws.random() < strength else general)[kind]) + rest
    return filled
