"""Text of strangers, made harmless for each place it is written to.

Every page is hostile until shown otherwise: characters that cannot be seen are shown as marks, and what a reader's
program would run (formulas, markup, terminal commands) is turned into plain text.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# Line breaks and tabs are layout and handled where they matter; everything else that is invisible gets a mark.
_HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # controls
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u3164\uffa0"  # soft hyphen, fillers, Arabic letter mark
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\ufffb\ufffe\uffff"  # zero width, bidi, not characters
    "\ud800-\udfff\U000e0000-\U000e0fff]"  # lone surrogates, tags
    "|(?<![^\x00-\x7f\u2e80-\u9fff\uff00-\uffef])[\u200c\u200d]"  # joiners where no script joins
)
_SPACES = re.compile(r"\s+")
_FORMULA = tuple("=+-@\t\r\n＝＋－＠")  # noqa: RUF100 - what spreadsheet programs take for a formula
_MARKDOWN = re.compile(
    r"[\\`*_{}\[\]<>|&~$^]|(?<=\bwww)\.|:(?=//)|^[#+\-=]|(?<=^\d)[.)]|(?<=^\d\d)[.)]|(?<=^\d{3})[.)]", re.IGNORECASE
)
_ELLIPSIS = "…"


def visible(text: str) -> str:
    """``text`` with every character that cannot be seen written as ``[U+202E]``; line breaks and tabs stay."""
    return _HIDDEN.sub(lambda match: f"[U+{ord(match[0]):04X}]", text)


def run(text: str) -> str:
    """:func:`visible`, for a piece of a line: runs of white space become one space, at the ends too."""
    return _SPACES.sub(" ", visible(text))


def line(text: str) -> str:
    """:func:`visible`, on one line: runs of white space become one space, none at the ends."""
    return run(text).strip()


def width(text: str) -> int:
    """Columns of a terminal that ``text`` takes: wide characters two, combining ones none."""
    return sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def terminal_cell(value: object, *, columns: int = 60) -> str:
    """``value`` as one line without control characters, cut to ``columns`` (the cut is shown by an ellipsis)."""
    text = line("" if value is None else str(value))
    if width(text) <= columns:
        return text
    taken, used = [], 0
    for character in text:
        used += _columns(character)
        if used > columns - 1:
            break
        taken.append(character)
    return "".join(taken) + _ELLIPSIS


def spreadsheet_cell(value: object) -> object:
    """A string that no spreadsheet program runs: formula starts get an apostrophe. Numbers stay numbers."""
    if not isinstance(value, str):
        return value
    text = visible(value)
    return f"'{text}" if text.lstrip(" \u3000\xa0").startswith(_FORMULA) else text


def markdown(text: str) -> str:
    """One line of Markdown that shows ``text`` and nothing else."""
    return _MARKDOWN.sub(lambda match: "\\" + match[0], line(text))


def web_address(url: str) -> str | None:
    """``url`` if a reader may follow it (http or https with a host), else ``None``."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return None
    return url if usable and not _HIDDEN.search(url) and not _SPACES.search(url) else None


def host_shown(host: str) -> str:
    """``host`` as read, with its ASCII form beside it if it has another script (look-alike names show)."""
    shown = line(host)
    try:
        if host.isascii() and "xn--" in host:
            return f"{line(host.encode('ascii').decode('idna'))} ({shown})"
        return shown if host.isascii() else f"{shown} ({line(host.encode('idna').decode('ascii'))})"
    except UnicodeError:
        return shown
