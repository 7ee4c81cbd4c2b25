"""Whether two hosts of one registered domain are one site: portals rent out sub-domains, and farms live on them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from counterspin.model import Document
from counterspin.text.operators import operator_keys
from counterspin.text.outline import squeezed
from counterspin.urls import domain_of, host_of

FEW_SWAPS = 4  # different words that an editor may have changed in a version of a page
# Hosts that show the same pages for another device, network or language.
_SAME = re.compile(r"^(?:www\d?|m|mobile|wap|3g|amp|touch|h5|mip|en|zh|cn|tw|hk|old|new|archive)\.")


@dataclass(frozen=True, slots=True)
class Home:
    """Where a page lives. ``site`` is the registered domain, ``host`` the host without what names a device or language.

    ``licences``, ``templates`` and ``names`` are what the page shows of its operator, layout and site.
    """

    site: str
    host: str = ""
    path: str = ""
    title: str = ""
    licences: frozenset[str] = frozenset()
    templates: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


def home_of(page: Document) -> Home:
    """The home of a page, by its URL and its marks."""
    host = host_of(page.url)
    keys = operator_keys(page)
    site = domain_of(host) or page.url  # a file whose address nobody knows is on no site with others
    bare = host
    while bare != site and _SAME.match(bare):
        bare = _SAME.sub("", bare, count=1)
    return Home(
        site,
        bare,
        page.url.split("://", 1)[-1].partition("/")[2],
        squeezed(page.title or ""),
        frozenset(key for kind, key in keys if kind == "licence"),
        frozenset(key for kind, key in keys if kind == "template"),
        frozenset(mark.partition(":")[2].lower() for mark in page.marks if mark.startswith("site_name:")),
    )


def are_apart(left: Home, right: Home) -> bool:
    """Whether they are different sites: other domains, or hosts of one domain with licences, or names and layouts,
    that differ.
    """
    if left.site != right.site:
        return True
    if left.host == right.host:
        return False
    return _differ(left.licences, right.licences) or (
        _differ(left.templates, right.templates) and _differ(left.names, right.names)
    )


def may_be_versions(left: Home, right: Home, swaps: int) -> bool:
    """Whether two texts alike, with so many words put for others on both pages, may be versions of one page.

    Pages of two hosts that share nothing but the domain are none, unless they are called alike and hardly differ.
    """
    if are_apart(left, right):
        return False
    if left.host == right.host:
        return True
    if (left.path and left.path == right.path) or left.templates & right.templates or left.names & right.names:
        return True
    told = bool(left.title) and bool(right.title)
    return swaps < FEW_SWAPS if told and left.title == right.title else not told


def _differ(left: frozenset[str], right: frozenset[str]) -> bool:
    return bool(left) and bool(right) and not left & right
