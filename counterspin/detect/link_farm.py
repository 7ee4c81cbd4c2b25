"""A block of links to other sites that readers have no use for: swapped or sold links under an article.

Marks: many foreign sites in one block, anchors that return for different addresses (逾期频道 three times), anchors that
are search words of a trade that the page's site has nothing to do with, and addresses of one pattern on many sites.

Not a farm: a site's own navigation, a few partners, links of a public body to its ministries, references in the text.

Source: the first seed page (23 links, 16 anchors); its footer names the network (our study, finding 1).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Link
from counterspin.text.corpus import Corpus
from counterspin.text.outline import squeezed
from counterspin.text.quote import beside
from counterspin.urls import host_of
from counterspin.wording import Wording

FLAGS = (
    (
        "浇水要见干见湿。\n[逾期频道](http://a.test/yq/)\n[法律栏目](http://b.test/yq/)\n[逾期频道](http://c.test/yq/)\n"
        "[综合资讯](http://d.test/yq/)\n[逾期频道](http://e.test/yq/)\n[律师网](http://f.test/)\n[法律栏目](http://g.test/yq/)\n"
        "[天气网](http://h.test/)\n[热线](http://i.test/)"
    ),
)
PASSES = (
    "浇水要见干见湿。\n[首页](http://example.test/)\n[新闻](http://example.test/n/)\n[视频](http://example.test/v/)",
    "浇水要见干见湿。\n[园林局](http://a.test/)\n[气象局](http://b.test/)\n[图书馆](http://c.test/)",
)

_ZONES = ("link_farm", "footer")
_USUAL = re.compile(
    r"(?:^|\.)(?:facebook|twitter|x|instagram|youtube|linkedin|pinterest|tiktok|reddit|weibo|qq|douyin|zhihu|bilibili|google|apple"
    r"|microsoft|wordpress|github|beian\.miit\.gov|beian|miit|12377|12321|cnzz|baidu|whatsapp|telegram|t\.me|flipboard|tumblr)\."
)
_SOLD = re.compile(
    r"casino|slots?\b|betting|poker|lotter|payday|viagra|cialis|slim|pills|replica|essay|escort|crypto|bitcoin|porn|\bloans?\b"
    r"|彩票|棋牌|博彩|赌|六合|时时彩|贷款口子|网贷|减肥|丰胸|壮阳|网赚|刷单|代写|办证|私服|小说下载|算命|星座运势|贷款",
    re.IGNORECASE,
)
_OFFICIAL = re.compile(r"\.gov(?:\.\w\w)?$|\.edu(?:\.\w\w)?$|\.mil(?:\.\w\w)?$|\.ac\.\w\w$")

REASON = Wording(
    en="{links} links lead to {sites} under {anchors} different words{repeated}.",
    zh="{links} 个链接指向{sites}，用了 {anchors} 种不同的文字{repeated}。",
)
_ONE_SITE = Wording(en="one other site", zh="另一个网站")
_MANY_SITES = Wording(en="{sites} other sites", zh="另外 {sites} 个网站")
_REPEATED = Wording(en=", “{anchor}” among them more than once", zh="，其中“{anchor}”不止一次")


@dataclass(frozen=True, slots=True)
class LinkFarm:
    """``scan`` gives one flag for a page."""

    min_sites: int = 20  # foreign hosts in link blocks, from which a block without repeats is a farm
    min_links: int = 8  # links that leave the site; some farms lead all through one redirecting host
    min_sold: int = 3  # links under the words of trades that buy links (games of chance, loans, pills)
    min_repeats: int = 2  # anchors that stand for more than one address
    max_official: float = 0.3  # share of links to public bodies and schools, 0 to 1; above it the block serves readers
    max_shown: int = 40  # links that the flag carries; more are counted
    name: str = field(default="link_farm", init=False)
    category: str = field(default="link_farm", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """The page's link blocks, if they are a farm."""
        links = self._foreign(document)
        if len(links) < min(self.min_links, self.min_sold):
            return
        sites = {_site(link.url) for link in links}
        official = sum(bool(_OFFICIAL.search(host_of(link.url))) for link in links)
        anchors = Counter(squeezed(link.anchor) for link in links)
        repeats = [anchor for anchor, count in anchors.items() if count > 1 and anchor]
        in_block = sum(link.zone == "link_farm" for link in links)
        sold = [link for link in links if _SOLD.search(link.anchor)]
        if official > self.max_official * len(links):
            return
        if (
            len(sold) < self.min_sold
            and len(repeats) < self.min_repeats
            and (len(sites) < self.min_sites or in_block < self.min_links)
        ):
            return
        if len(sold) < self.min_sold and len(links) < self.min_links:
            return
        yield self._flag(document, links, len(sites), len(anchors), repeats)

    def _foreign(self, document: Document) -> list[Link]:
        own = _site(document.url)
        seen: dict[str, Link] = {}
        for link in document.links:
            is_foreign = link.zone in _ZONES and _site(link.url) not in ("", own)
            if is_foreign and link.anchor.strip() and not _USUAL.search(host_of(link.url)):
                seen.setdefault(link.url, link)
        return list(seen.values())

    def _flag(self, document: Document, links: list[Link], sites: int, anchors: int, repeats: list[str]) -> Flag:
        twice = [link.anchor for link in links if squeezed(link.anchor) in repeats]
        told = _REPEATED(anchor=twice[0]) if twice else ""
        where = _ONE_SITE() if sites == 1 else _MANY_SITES(sites=sites)
        return new_flag(
            self.category,
            self.name,
            document.url,
            None,
            score=min(1.0, 0.5 + 0.02 * len(links) + 0.05 * len(repeats)),
            reason=REASON(links=len(links), sites=where, anchors=anchors, repeated=told),
            evidence=tuple(
                beside(document, link.anchor, role="link", note=link.url) for link in links[: self.max_shown]
            ),
            severity=2 if repeats else 1,
            key="links",
        )


DETECTOR = LinkFarm()


def _site(url: str) -> str:
    """The host without its first label when that is a common prefix; the link's site for counting."""
    host = host_of(url) if urlsplit(url).scheme in ("http", "https") else ""
    return re.sub(r"^(?:www|m|wap|mobile|3g)\.", "", host)
