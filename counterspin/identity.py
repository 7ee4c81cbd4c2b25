"""Fingerprints: what a finding is, never when, how strongly or how often it was found."""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from counterspin.urls import url_key

VERSION = 1
_NOISE = re.compile(r"[\W_\d]+")


def passage_key(text: str) -> str:
    """24 hex digits for the letters of a passage: equal for texts that differ in space, punctuation, digits or width."""
    letters = _NOISE.sub("", unicodedata.normalize("NFKC", text).lower())
    return blake2b((letters or text).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def fingerprint(category: str, rule: str, url: str, track: str, key: str = "") -> str:
    """24 hex digits: version, category, rule, page and passage (``track``, see :func:`passage_key`), and ``key``.

    The store hands in the key that the passage had when it was first seen, so that an edited passage keeps its flag.
    """
    whole = "\x1f".join((str(VERSION), category, rule, url_key(url) if "/" in url else url, track, key))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
