"""A spinner: blind replacement of strings from a dictionary, as the plug-ins of content farms do it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from random import Random

Dictionary = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Spun:
    """The text that came out, and which words were put for which."""

    text: str
    swaps: tuple[tuple[str, str], ...]


def spin(
    text: str, dictionary: Dictionary, *, rate: float, random: Random, spaced: bool = False, at_once: bool = False
) -> Spun:
    """Replace each occurrence of each original with chance ``rate`` by one of its replacements, drawn at random.

    Chinese is replaced word by word of the dictionary, over and over the same text, so that a later word meets what
    an earlier one left, also across a word border; or ``at_once``, the longest original at each place, so that a pair
    may go both ways. ``spaced`` text is replaced by whole words, capitals kept.
    """
    swaps: list[tuple[str, str]] = []

    def replaced(match: re.Match[str]) -> str:
        original = match.group().lower()
        if random.random() >= rate:
            return match.group()
        target = random.choice(dictionary[original])
        swaps.append((original, target))
        return target.capitalize() if match.group()[0].isupper() else target

    longest_first = "|".join(sorted(map(re.escape, dictionary), key=len, reverse=True))
    if spaced:
        return Spun(re.sub(rf"\b({longest_first})\b", replaced, text, flags=re.IGNORECASE), tuple(swaps))
    if at_once:
        return Spun(re.sub(longest_first, replaced, text), tuple(swaps))
    for original in dictionary:
        text = re.sub(re.escape(original), replaced, text)
    return Spun(text, tuple(swaps))
