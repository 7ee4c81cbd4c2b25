"""Characters that show nothing: a page is read without them, so that they hide no word from a search.

Source: the format characters and default ignorables of the Unicode character database, less those that are seen
(variation selectors, Arabic signs of number).
"""

from __future__ import annotations

import html
import re

# Controls, soft hyphens, zero-width and byte-order marks, marks of direction, tags, noncharacters. In UTF-8, because
# most pages have few of these first bytes, and to look for one byte costs next to nothing.
_CONTROLS = bytes([*range(9), 11, *range(14, 32), 127])
_UNSEEN = (
    (b"\xc2", re.compile(b"\xc2\xad")),  # U+00AD
    (b"\xe1", re.compile(b"\xe1\xa0\x8e")),  # U+180E
    # U+200B, U+200E, U+200F, U+2028 to U+202E, U+2060 to U+2064, U+2066 to U+206F
    (b"\xe2", re.compile(b"\xe2(?:\x80[\x8b\x8e\x8f\xa8-\xae]|\x81[\xa0-\xa4\xa6-\xaf])")),
    # U+FEFF, U+FDD0 to U+FDEF, U+FFF9 to U+FFFB, U+FFFE, U+FFFF
    (b"\xef", re.compile(b"\xef(?:\xbb\xbf|\xb7[\x90-\xaf]|\xbf[\xb9-\xbb\xbe\xbf])")),
    (b"\xf3", re.compile(b"\xf3\xa0[\x80\x81][\x80-\xbf]")),  # U+E0000 to U+E007F
)
_JOINERS = "\u200c\u200d"
# Joiners spell words between letters of scripts whose letters join (Persian, Hindi …), and make one emoji of many.
_JOINING = "\u0600-\u1aff\u2600-\u27bf\ufb50-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff"
_IDLE_JOINER = re.compile(f"(?<![{_JOINING}])[{_JOINERS}]+|[{_JOINERS}]+(?![{_JOINING}])")
_REFERENCE = re.compile(
    r"&(?:#0{0,9}(?:173|6158|820[3-7]|823[2-8]|828[89]|829\d|830[0-3]|65279)(?![0-9]);?"
    r"|#[xX]0{0,9}(?:[aA][dD]|180[eE]|200[b-fB-F]|202[89a-eA-E]|206[0-46-9a-fA-F]|[fF][eE][fF]{2})(?![0-9a-fA-F]);?"
    r"|(?:shy|ZeroWidthSpace|NoBreak|zwn?j|[lr]rm);)"
)


def without_unseen(text: str) -> bytes:
    """``text`` in UTF-8 without what shows nothing and without lone surrogates."""
    if any(joiner in text for joiner in _JOINERS):
        text = _IDLE_JOINER.sub("", text)
    found = text.encode("utf-8", "ignore").translate(None, _CONTROLS)
    for beginning, pattern in _UNSEEN:
        if beginning in found:
            found = pattern.sub(b"", found)
    return found


def spelt_out(page: str) -> str:
    """The HTML of a page with the references to unseen characters replaced by the characters."""
    return _REFERENCE.sub(lambda reference: html.unescape(reference[0]), page) if "&" in page else page
