"""Pages that a browser or another program saved into files: which of them are pages, and where they came from."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path
from urllib.parse import quote, urljoin

from counterspin.urls import fetch_url

HEAD = 65_536  # bytes at the head of a page in which its address is looked for
PAGE_ENDINGS = (".html", ".htm", ".xhtml", ".shtml")
# What programs write into the pages that they save: browsers, SingleFile, HTTrack.
_SAVED_FROM = re.compile(rb"<!--\s*saved from url=\(\d+\)(\S+)\s*-->")
_SAVED_WITH = re.compile(rb"<!--\s*Page saved with SingleFile\s+url:\s*(\S+)")
_MIRRORED = re.compile(rb"<!--\s*Mirrored from (\S+) by HTTrack")
# What a page says of itself.
_TAG = re.compile(rb"<(?:link|meta)\b[^>]{0,2000}>", re.IGNORECASE)
_OWN = re.compile(rb"""\b(?:rel\s*=\s*["']?canonical|property\s*=\s*["']?og:url)\b""", re.IGNORECASE)
_VALUE = re.compile(rb"""\b(?:href|content)\s*=\s*["']?([^"'\s>]+)""", re.IGNORECASE)


class Addresses:
    """The addresses of the files of one import.

    ``knows`` says whether the project has a page at an address: what was imported under the address of its file stays
    there.
    """

    def __init__(self, base_url: str | None, knows: Callable[[str], bool]) -> None:
        self.base_url = base_url
        self.knows = knows
        self.claimed: set[str] = set()

    def of(self, root: Path, file: Path, body: bytes) -> str:
        """``base_url`` with the path below ``root``; else what the program that saved the page noted; else what the
        page says of itself, if no file before says the same; else the address of the file.
        """
        if self.base_url:
            base = self.base_url if self.base_url.endswith("/") else f"{self.base_url}/"
            return urljoin(base, quote(file.relative_to(root).as_posix()))
        noted = noted_address(body)
        if noted:
            return noted
        own, plain = own_address(body), file_address(file)
        if not own or own in self.claimed or self.knows(plain):
            return plain
        self.claimed.add(own)
        return own


def noted_address(body: bytes) -> str:
    """The address that the program which saved a page noted in it; empty where none is noted."""
    head = body[:HEAD]
    for form in (_SAVED_FROM, _SAVED_WITH):
        found = form.search(head)
        if found:
            return _web_address(found[1])
    mirrored = _MIRRORED.search(head)
    return _web_address(b"http://" + mirrored[1]) if mirrored else ""


def own_address(body: bytes) -> str:
    """The address that a page gives of itself, by a canonical link or ``og:url``; empty where it gives none."""
    for tag in _TAG.findall(body[:HEAD]):
        value = _VALUE.search(tag) if _OWN.search(tag) else None
        address = _web_address(value[1]) if value else ""
        if address:
            return address
    return ""


def file_address(file: Path) -> str:
    """The address of a file itself, one for all ways to write its path."""
    return Path(os.path.normpath(file.absolute())).as_uri()


def is_part(file: Path) -> bool:
    """Whether a file is only a part of a page: a frame in the folder that a browser puts beside the page it saves."""
    return any(_has_page(folder) for folder in file.parents if folder.name.endswith("_files"))


def _has_page(folder: Path) -> bool:
    name = folder.name.removesuffix("_files")
    return any(folder.with_name(name + ending).exists() for ending in PAGE_ENDINGS)


def _web_address(given: bytes) -> str:
    text = unescape(given.decode("utf-8", "replace"))
    return (fetch_url(text) or "") if text.lower().startswith(("http://", "https://")) else ""
