"""What the style attribute of an element says of its text."""

from __future__ import annotations

import re
from functools import lru_cache

_LONGEST = 200  # code points of a style attribute that is remembered

_HIDDEN = re.compile(
    r"display\s*:\s*none|(?:left|top|text-indent|margin-left)\s*:\s*-\d{3,}|font-size\s*:\s*0(?:px|pt|em|;|$)",
    re.IGNORECASE,
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)


def said_by(style: str | None) -> tuple[bool, bool]:
    """Whether a style attribute hides its element, and whether it makes its text bold; styles come again and again."""
    if not style:
        return False, False
    return _read(style) if len(style) <= _LONGEST else _read.__wrapped__(style)


@lru_cache(maxsize=4096)
def _read(style: str) -> tuple[bool, bool]:
    return bool(_HIDDEN.search(style)), bool(_BOLD.search(style))
