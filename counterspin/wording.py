"""What a rule says, in each language of the reports: the wordings stand beside the rule, the values are filled in.

``REPLACED(old=…, new=…)`` is a plain English sentence to everyone who reads it as text; it also knows itself in the
other languages. The database keeps both, so that a report needs neither the rule nor its version to be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

LANGUAGES = ("en", "zh")


class Said(str):  # noqa: SLOT000 - a string with slots cannot be pickled with them
    """A sentence in English, equal to that string; each other language is an attribute, which takes least memory."""

    def __new__(cls, text: str, others: Mapping[str, str] | None = None) -> Said:  # noqa: PYI034 - Self needs 3.11
        """``text`` with its other wordings, by language."""
        said = super().__new__(cls, text)
        for language, told in (others or {}).items():
            setattr(said, language, told)
        return said

    @property
    def others(self) -> Mapping[str, str]:
        """The other wordings, by language."""
        return vars(self)


@dataclass(frozen=True, slots=True)
class Wording:
    """One sentence, or a part of one, with ``{names}`` for its values, in each of ``LANGUAGES``."""

    en: str
    zh: str

    def __call__(self, **values: object) -> Said:
        """The sentence with these values. A value that was said itself is put in its language, a tuple is a list."""
        return Said(self._filled("en", values), {"zh": self._filled("zh", values)})

    def _filled(self, language: str, values: Mapping[str, object]) -> str:
        template: str = getattr(self, language)
        return template.format(**{name: _shown(value, language) for name, value in values.items()})


def joined(parts: Iterable[str], mark: Wording) -> Said:
    """The parts in one line with ``mark`` between them."""
    told = tuple(parts)
    return Said(mark.en.join(told), {"zh": mark.zh.join(said_in(part, "zh") for part in told)})


def said_in(text: str, language: str) -> str:
    """``text`` in a language such as ``zh-CN``; as it is where it has no such wording."""
    return text.others.get(language[:2], str(text)) if isinstance(text, Said) else text


def stored(text: str) -> str:
    """The wordings beside the English one as JSON, to be kept beside it: ``{"zh": …}``."""
    return json.dumps(dict(text.others) if isinstance(text, Said) else {}, ensure_ascii=False)


def as_data(text: str) -> str | dict[str, str]:
    """``text`` for a JSON list of sentences: with its other wordings, ``{"en": …, "zh": …}``, if it has some."""
    return {"en": str(text), **text.others} if isinstance(text, Said) else text


def said_of(data: str | dict[str, str]) -> str:
    """The sentence that :func:`as_data` gave ``data`` for."""
    if isinstance(data, str):
        return data
    return Said(data["en"], {language: text for language, text in data.items() if language != "en"})


def restored(text: str, others: str) -> str:
    """``text`` with what :func:`stored` gave for it."""
    found = json.loads(others)
    return Said(text, found) if found else text


def counted(number: int, noun: str) -> str:
    """A number with its noun, in English: ``1 page``, ``1,200 pages``."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


SEMICOLON = Wording(en="; ", zh="；")
_COMMA = {"en": ", ", "zh": "、"}  # between the members of a list


def _shown(value: object, language: str) -> object:
    if isinstance(value, tuple):
        return _COMMA[language].join(str(_shown(item, language)) for item in value)
    return said_in(value, language) if isinstance(value, str) else value
