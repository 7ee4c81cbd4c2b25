"""Personal data, masked with dots of the same length so that offsets stay true.

Masked: mobile and landline numbers, e-mail addresses, Chinese identity numbers (checksum), bank cards (Luhn), and the
names of people who commented. Service numbers (95188, 400-...) are nobody's and stay.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Protocol

from counterspin.wording import said_in

DOT = "•"
RULES_ABOUT_PEOPLE = frozenset({"comment_echo", "fake_byline"})
# Only their findings name commenters. Elsewhere a nickname that is a word (kettle, 小鹿) would mask the word.
_GENERIC = ("匿名", "网友", "游客", "用户", "访客", "楼主", "anonymous", "guest", "user", "visitor")
_SHOWN = 3  # leading digits left: enough to tell a mobile number from a card, too few to call anybody
_DIGITS = "0-9０-９"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"  # GB 11643-1999
_MAYBE = re.compile(rf"[@＠]|(?:[{_DIGITS}][ .()（）－—\-]{{0,2}}){{7}}")  # no number of a person is shorter
_EDGE = rf"(?<![{_DIGITS}A-Za-z])", rf"(?![{_DIGITS}A-Za-z])"
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-＋]{1,64}[@＠](?=[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)+)")
_IDENTITY = re.compile(rf"{_EDGE[0]}[{_DIGITS}]{{17}}[{_DIGITS}XxＸｘ]{_EDGE[1]}")
_CARD = re.compile(rf"{_EDGE[0]}[{_DIGITS}](?:[ \-]?[{_DIGITS}]){{12,18}}{_EDGE[1]}")
_PHONES = (
    re.compile(rf"{_EDGE[0]}(?:(?:\+|＋|00)?86[ \-]?)?[1１][3-9３-９](?:[ \-]?[{_DIGITS}]){{9}}{_EDGE[1]}"),
    re.compile(rf"{_EDGE[0]}[(（]?[0０][{_DIGITS}]{{2,3}}[)）]?[ \-－—]?[{_DIGITS}]{{7,8}}{_EDGE[1]}"),
    re.compile(rf"(?<![{_DIGITS}A-Za-z])[+＋][1-9１-９](?:[ .()\-]?[{_DIGITS}]){{7,14}}{_EDGE[1]}"),
    re.compile(rf"{_EDGE[0]}[(]?(?![48]00)[2-9]\d{{2}}[)]?[ .\-]\d{{3}}[.\-]\d{{4}}{_EDGE[1]}"),  # North America
)
_ROLE = re.compile(r"[-—–_·|（(\[【\s].*$", re.DOTALL)


class Clean(Protocol):
    """What every text passes before it is shown: ``rule`` is the rule whose finding the text belongs to, if any."""

    def __call__(self, text: str, rule: str = "") -> str: ...


def cleaner(people: Iterable[str], *, masked: bool, language: str = "en") -> Clean:
    """Masks personal data, and the names of ``people`` where a rule is about them, unless told not to.

    What a rule said is put in ``language``.
    """
    names = [name for name in people if not name.lower().startswith(_GENERIC)]

    def clean(text: str, rule: str = "") -> str:
        text = said_in(text, language)
        if not masked:
            return text
        return mask(mask_names(text, names)) if rule in RULES_ABOUT_PEOPLE else mask(text)

    return clean


def mask(text: str) -> str:
    """``text`` with phone, identity and card numbers and e-mail addresses masked; the length does not change."""
    if not _MAYBE.search(text):  # most texts: six patterns are slower than one
        return text
    text = _EMAIL.sub(lambda match: DOT * (len(match[0]) - 1) + match[0][-1], text)
    text = _IDENTITY.sub(_if(_is_identity), text)
    text = _CARD.sub(_if(_is_card), text)
    for pattern in _PHONES:
        text = pattern.sub(_if(lambda _digits: True), text)
    return text


def _if(holds: Callable[[str], bool]) -> Callable[[re.Match[str]], str]:
    def replace(match: re.Match[str]) -> str:
        return _dotted(match[0]) if holds(_plain(match[0])) else match[0]

    return replace


def _plain(text: str) -> str:
    """The digits (and the check letter) of ``text``, full-width ones made ASCII."""
    digits = (str(int(c)) if c.isdecimal() else "X" if c in "XxＸｘ" else "" for c in text)
    return "".join(digits)


def _dotted(text: str) -> str:
    seen, out = 0, []
    for character in text:
        is_digit = character.isdecimal() or character in "XxＸｘ"
        out.append(DOT if is_digit and seen >= _SHOWN else character)
        seen += is_digit
    return "".join(out)


def _is_identity(digits: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(digits[:17], _WEIGHTS, strict=True))
    return digits[17] == _CHECKS[total % 11]


def _is_card(digits: str) -> bool:
    """Luhn's check; numbers of one repeated digit pass it by accident and are no cards."""
    doubled = (int(d) * 2 if place % 2 else int(d) for place, d in enumerate(reversed(digits)))
    return len(set(digits)) > 1 and sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def mask_name(name: str) -> str:
    """The name of a person with all but its first character dotted; what follows a separator (a role) stays."""
    tail = _ROLE.search(name)
    head = name[: tail.start()] if tail else name
    return head[:1] + DOT * (len(head) - 1) + (tail[0] if tail else "")


def mask_names(text: str, names: Iterable[str]) -> str:
    """``text`` with each of ``names`` (longest first) masked where it stands."""
    for name in sorted({n for n in names if len(n) > 1}, key=lambda n: (-len(n), n)):
        text = text.replace(name, mask_name(name))
    return text
