"""The words of a report in each of its languages, from ``languages/*.json``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

LANGUAGES = ("zh-CN", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language. ``words("key", n=3)`` fills in; a key without text gives its last part."""

    language: str
    texts: dict[str, str]

    def __call__(self, key: str, **facts: object) -> str:
        text = self.texts.get(key)
        if text is None:
            return key.rsplit(".", maxsplit=1)[-1].replace("_", " ")
        return text.format(**facts) if facts else text

    def count(self, what: str, number: int) -> str:
        """``number`` with its noun: 1 page, 2,000 pages."""
        form = "one" if number == 1 else "other"
        return self(f"count.{what}.{form}", n=f"{number:,}")


@lru_cache(maxsize=len(LANGUAGES))
def words(language: str) -> Words:
    """The words of ``language``, a member of :data:`LANGUAGES`."""
    text = (files("reports") / "languages" / f"{language}.json").read_text(encoding="utf-8")
    return Words(language, json.loads(text))
