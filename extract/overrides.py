"""Per-site rules that a user writes where the general ones fail: ``extract.toml`` in the project folder.

::

    ["www.example.test"]
    body = "div.article, #text"       # CSS selectors or XPath (beginning with /); the first that matches
    prune = ["div.promo", "//div[@id='tail']"]
    date = "span.when"
    author = "span.who"
    title = "h1.big"
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from counterspin.errors import SettingsError
from counterspin.urls import host_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib  # type: ignore[import-not-found,unused-ignore]

FIELDS = ("body", "prune", "date", "author", "title")


@dataclass(frozen=True, slots=True)
class Site:
    """The rules for one host: XPath expressions, empty where the general rules hold."""

    body: str = ""
    prune: tuple[str, ...] = ()
    date: str = ""
    author: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Overrides:
    """Rules by host name; a rule for ``example.test`` also holds for its subdomains."""

    sites: Mapping[str, Site] = field(default_factory=dict)

    def of(self, url: str | None) -> Site | None:
        """The rules for the page at ``url``, the longest matching host first."""
        labels = host_of(url or "").split(".")
        for start in range(len(labels)):
            site = self.sites.get(".".join(labels[start:]))
            if site:
                return site
        return None


def read_overrides(path: Path) -> Overrides:
    """The rules in ``path``; none if there is no such file. Raises :class:`SettingsError` for a rule that is wrong."""
    if not path.is_file():
        return Overrides()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: no valid TOML: {error}") from None
    return Overrides({host.lower(): _site(path, host, table) for host, table in tables.items()})


def _site(path: Path, host: str, table: Any) -> Site:
    if not isinstance(table, dict):
        raise SettingsError(f'{path}: {host} is no table; write ["{host}"] and under it body = "..."')
    unknown = sorted(set(table) - set(FIELDS))
    if unknown:
        raise SettingsError(f"{path}: {host}.{unknown[0]} is unknown; known are {', '.join(FIELDS)}")
    prune = table.get("prune", [])
    values: dict[str, Any] = {
        "prune": tuple(xpath(path, host, "prune", one) for one in ([prune] if isinstance(prune, str) else prune))
    }
    values |= {name: xpath(path, host, name, table[name]) for name in FIELDS if name != "prune" and name in table}
    return Site(**values)


def xpath(path: Path, host: str, name: str, selector: Any) -> str:
    """``selector`` as XPath. Raises :class:`SettingsError` for what cannot be read."""
    if not isinstance(selector, str) or not selector.strip():
        raise SettingsError(
            f"{path}: {host}.{name} is {selector!r}; give a selector such as div.article or //div[@id='text']"
        )
    expression = (
        selector
        if selector.lstrip().startswith(("/", "("))
        else " | ".join(_from_css(one) for one in selector.split(","))
    )
    try:
        etree.XPath(expression)
    except etree.XPathSyntaxError as error:
        raise SettingsError(f"{path}: {host}.{name}: {selector!r} is no selector: {error}") from None
    return expression


_STEP = re.compile(r"(?P<tag>[A-Za-z][\w-]*|\*)?(?P<rest>(?:[.#][\w-]+)*)$")


def _from_css(selector: str) -> str:
    """The part of CSS that names tags, classes, ids and descendants; anything else needs XPath."""
    steps = []
    for word in selector.replace(">", " > ").split():
        match = _STEP.match(word)
        if word == ">":
            steps.append(">")
        elif match:
            tests = "".join(
                f"[@id='{name}']" if mark == "#" else f"[contains(concat(' ',normalize-space(@class),' '),' {name} ')]"
                for mark, name in re.findall(r"([.#])([\w-]+)", match["rest"])
            )
            steps.append((match["tag"] or "*") + tests)
        else:
            steps.append("[")  # makes the expression invalid, so that the caller's message names the selector
    return re.sub(r"//>//", "/", "//" + "//".join(steps))


def apply_site(root: Any, site: Site) -> Any:
    """``root`` without what the site prunes; its body only, if the site names one and the page has it."""
    for expression in site.prune:
        for element in root.xpath(expression):
            parent = element.getparent()
            if parent is not None:
                _remove(element, parent)
    found = root.xpath(site.body) if site.body else []
    return found[0] if found else root


def _remove(element: Any, parent: Any) -> None:
    """Take ``element`` out; the text after it stays."""
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
