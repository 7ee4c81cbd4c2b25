"""Which links of a page go into the frontier, with what score, and which are refused with what code."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from counterspin.store.frontier import NewLink, Rise, Row
from counterspin.urls import authority_of, channel_of, url_key
from crawler.focus import RELEVANT, Focus
from crawler.found import link_features
from crawler.guard import Guard
from crawler.known import OTHERS, OWN, Known, hashes_of
from crawler.promise import Features, Promises
from crawler.reading import Reading
from crawler.sitemaps import Listed
from crawler.traps import Traps

Refused = tuple[NewLink, str, str]
LIST_ZONE = "list"  # marks a row whose body is a sitemap or feed
MAX_TUNNEL = 3  # irrelevant pages in a row that are walked through
HUB_LINKS = 3  # links with a promising anchor that make a page a hub: it leads on though it says nothing itself
HUB_ANCHOR = 0.5  # nearness of an anchor that promises


@dataclass(slots=True)
class Sieve:
    """Sorts the links of one run."""

    focus: Focus
    guard: Guard
    traps: Traps
    max_depth: int
    known: Known = field(default_factory=Known)

    def of_page(self, row: Row, reading: Reading, relevance: float) -> tuple[list[NewLink | Rise], list[Refused]]:
        """The links of a page: those that are new, and those known that promise more than they did."""
        links = reading.links
        promises = self.focus.promises(row.url, relevance, links)
        tunnel = self._tunnel(row, relevance, promises)
        is_known = self.focus.topic.is_known
        if tunnel > MAX_TUNNEL and is_known:
            return [], []
        if is_known:
            scores = self.focus.links.scores(promises)
        else:
            scores = np.array([_plain_score(row, zone) for zone in links.zones])
        ways = np.where(promises.kin > 0, OWN, OTHERS).astype(np.uint8)
        new, risen = self.known.news(np.frombuffer(links.hashes, np.int64), scores, ways)
        kept, refused = self._sorted(
            NewLink(
                links.urls[place], links.keys[place], links.authorities[place], links.prefixes[place],
                float(scores[place]), depth=row.depth + 1, tunnel=tunnel, via_id=row.id, anchor=links.anchors[place],
                zone=links.zones[place], features=features,
            )
            for place, features in zip(new, promises.to_bytes(new), strict=True)
        )  # fmt: skip
        rises = (Rise(links.keys[place], float(scores[place]), row.depth + 1, tunnel) for place in risen)
        return [*kept, *rises], refused

    def of_list(self, row: Row, listed: Listed, levels: int) -> tuple[list[NewLink], list[Refused]]:
        """The pages and further lists of a sitemap or feed."""
        origin = "feed" if listed.is_feed else "sitemap"
        pages = (self._listed(row, url, title, origin) for url, title in listed.pages)
        lists = (
            NewLink(
                url, url_key(url), authority_of(url), channel_of(url), row.score, row.rank, row.depth,
                tunnel=row.tunnel + 1, via_id=row.id, origin="sitemap", zone=LIST_ZONE,
            )
            for url in listed.lists
            if row.tunnel + 1 < levels
        )  # fmt: skip
        named = [*pages, *lists]
        scores = np.array([link.score for link in named])
        new, risen = self.known.news(
            hashes_of(link.url_key for link in named), scores, np.full(len(named), OTHERS, np.uint8)
        )
        return self._sorted(named[place] for place in (*new, *risen))

    def _listed(self, row: Row, url: str, title: str, origin: str) -> NewLink:
        ((anchor_ids, ids),) = link_features([(url, title)])
        near = float(self.focus.topic.anchor_nearness([anchor_ids])[0])
        kin = 2 if authority_of(url) == authority_of(row.url) else 0
        blob = Features(min(row.score, RELEVANT), near, "main", kin, np.frombuffer(ids, np.uint32)).to_bytes()
        return NewLink(
            url, url_key(url), authority_of(url), channel_of(url),
            float(self.focus.links.scores(Promises.from_bytes([blob]))[0]),
            depth=row.depth + 1, via_id=row.id, origin=origin, anchor=title, zone="main", features=blob,
        )  # fmt: skip

    def _tunnel(self, row: Row, relevance: float, promises: Promises) -> int:
        if relevance >= RELEVANT:
            return 0
        is_hub = int((promises.anchors >= HUB_ANCHOR).sum()) >= HUB_LINKS
        return row.tunnel if is_hub else row.tunnel + 1

    def _sorted(self, links: Iterable[NewLink]) -> tuple[list[NewLink], list[Refused]]:
        kept: list[NewLink] = []
        refused: list[Refused] = []
        for link in links:
            why = self._refusal(link)
            if why is None:
                kept.append(link)
            else:
                refused.append((link, *why))
        return kept, refused

    def _refusal(self, link: NewLink) -> tuple[str, str] | None:
        refusal = self.guard.refusal(link.url)
        if refusal is not None:
            return refusal.code, refusal.detail
        if link.depth > self.max_depth:
            return "too_deep", f"{link.depth} links from a seed"
        return self.traps.refusal(link.url)


def _plain_score(row: Row, zone: str) -> float:
    """Without a topic: near the seeds first, blocks of friend links and hidden links last."""
    return (0.3 if zone == "link_farm" else 1.0) / (2 + row.depth)
