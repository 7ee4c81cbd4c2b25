"""One operator runs several sites that pose as independent: they share a licence number or a tracker.

A group is reported once for each of its pages, with the other sites. It says who stands behind a page, not that the
page is bad: its severity rises with the number of sites.

A page template that both use is told along with it and proves nothing alone: a public theme has many users.

Not a group: sub-domains of one site, hosting platforms and trackers that very many sites share.

Source: 13 sites of one network with 16 host names (our study of 301 pages, finding 1); the licence number of a Chinese
site (ICP备) is the operator's and has to stand on every page.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from counterspin.identity import new_flag
from counterspin.model import Document, Flag
from counterspin.text.corpus import Corpus
from counterspin.text.operators import Operator, operator_keys, site_of
from counterspin.text.quote import beside
from counterspin.wording import Wording

FLAGS = (
    (
        "@url: http://www.one.test/a.html\n@mark: licence:粤ICP备2021009096号-1\n浇水要见干见湿。",
        "@url: http://two.test/b.html\n@mark: licence:粤ICP备2021009096号-7\n换盆要在春天。",
    ),
)
PASSES = (
    (
        "@url: http://one.test/a.html\n@mark: template:e05c8e8ca3a7f13a\n浇水要见干见湿。",
        "@url: http://two.test/b.html\n@mark: template:e05c8e8ca3a7f13a\n换盆要在春天。",
    ),
    (
        "@url: http://www.one.test/a.html\n@mark: licence:粤ICP备2021009096号-1\n浇水要见干见湿。",
        "@url: http://m.one.test/b.html\n@mark: licence:粤ICP备2021009096号-1\n换盆要在春天。",
    ),
    (
        "@url: http://one.test/a.html\n@mark: licence:粤ICP备2021009096号\n浇水要见干见湿。",
        "@url: http://two.test/b.html\n@mark: licence:粤ICP备2021009097号\n换盆要在春天。",
    ),
)

_NAMES = {
    "licence": Wording(en="licence number", zh="备案号"),
    "tracker": Wording(en="tracker", zh="统计代码"),
    "template": Wording(en="page template", zh="网页模板"),
    "dictionary": Wording(en="spinner's dictionary", zh="洗稿词典"),
}

REASON = Wording(en="This site shares the {kind} {key} with {sites}.", zh="本站与 {sites} 共用{kind} {key}。")
_MORE = Wording(en="{sites} and {count} more", zh="{sites} 等另外 {count} 个网站")
_TEMPLATE_TOO = Wording(en="{kind}; a page template is shared, too", zh="{kind}；网页模板也相同")


@dataclass(frozen=True, slots=True)
class OperatorGroup:
    """``scan`` gives one flag for each key that the page shares with other sites."""

    min_sites: int = 2  # registered domains that share the key
    max_sites: int = 200  # more share a hosting platform, not an operator
    max_shown: int = 20  # addresses that the flag carries
    name: str = field(default="operator_group", init=False)
    category: str = field(default="link_farm", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, corpus: Corpus, /) -> Iterator[Flag]:
        """The groups that the page belongs to."""
        if not corpus.operators:
            return
        mine = set(operator_keys(document))
        mine |= {
            (held.kind, held.key)
            for held in corpus.operators
            if held.kind == "dictionary" and document.url in held.urls
        }
        for operator in corpus.operators:
            is_group = self.min_sites <= len(operator.sites) <= self.max_sites
            if is_group and operator.kind != "template" and (operator.kind, operator.key) in mine:
                yield self._flag(
                    document, operator, [held for held in corpus.operators if (held.kind, held.key) in mine]
                )

    def _flag(self, document: Document, operator: Operator, groups: list[Operator]) -> Flag:
        others = [site for site in operator.sites if site != site_of(document.url)]
        shown = ", ".join(others[:3])
        sites = _MORE(sites=shown, count=len(others) - 3) if len(others) > 3 else shown
        own = beside(document, operator.key, note=_NAMES[operator.kind]())
        urls = [url for url in operator.urls if site_of(url) in others][: self.max_shown]
        if any(same.kind == "template" and set(others) & set(same.sites) for same in groups):
            own = replace(own, note=_TEMPLATE_TOO(kind=own.note))
        return new_flag(
            self.category,
            self.name,
            document.url,
            None,
            score=0.9 if operator.kind == "licence" else 0.6,
            reason=REASON(kind=_NAMES[operator.kind](), key=operator.key, sites=sites),
            evidence=(own, *(beside(document, url, role="link", note=site_of(url)) for url in urls)),
            severity=2 if len(others) > 2 else 1,
            key=f"{operator.kind}:{operator.key}",
        )


DETECTOR = OperatorGroup()
