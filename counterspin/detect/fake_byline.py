"""The author's name is a mask: a bank that signs an article about others, "lawyers" who share a minute and a text.

Judged on one page: an institution as author (a bank, hospital, court, ministry, school) that the article never names,
that is not the site, and whose line carries a time to the second, as a machine writes it; or three and more comments by
people with a profession, all on the day of the article.

Not a mask: an institution's own site, press releases that name their sender, a source line (来源), a person's name.

Source: nine bank bylines with second-exact times on one host, 15 per cent of that farm and no other page; four comments
by lawyers of one day on the second seed page (our study of 301 pages, sections 4 and 6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from counterspin.identity import new_flag
from counterspin.model import Document, Flag
from counterspin.text.corpus import Corpus
from counterspin.text.outline import squeezed
from counterspin.text.quote import beside
from counterspin.wording import Wording

FLAGS = (
    "@byline: 建设银行\n@published: 2024-01-31T16:45:12\n支付软件的客服会提前联系用户，约定上门的时间。",
    (
        "@byline: 某某\n@published: 2025-01-12T15:45:29\n浇水要见干见湿。\n> 甲|律师|2025-01-12: 见干见湿。\n"
        "> 乙|实习律师|2025-01-12: 少量多次。\n> 丙|律师|2025-01-12: 注意通风。"
    ),
)
PASSES = (
    "@byline: 建设银行\n@published: 2024-01-31T16:45:12\n建设银行的客服会提前联系用户，约定办理的时间。",
    "@byline: 王小明\n@published: 2024-01-31T16:45:12\n支付软件的客服会提前联系用户。",
    "@byline: 建设银行\n@published: 2024-01-31\n支付软件的客服会提前联系用户。",
    "@published: 2025-01-12T15:45:29\n浇水要见干见湿。\n> 甲|网友|2025-01-12: 见干见湿。",
)

_INSTITUTION = re.compile(
    r"(?:银行|信用社|保险|证券|基金|医院|法院|检察院|公安局|派出所|税务局|工商局|律师协会|大学|学院|研究院|卫健委|银监会|支付宝|微信)"
    r"(?:总行|分行|支行|官方|客服|中心|公司|集团)?$"
)
_EXACT = re.compile(r"T\d\d:\d\d:(?!00)\d\d")
_PROFESSION = re.compile(
    r"律师|医师|医生|主任|专家|教授|药师|营养师|顾问|lawyer|attorney|doctor|expert|professor", re.IGNORECASE
)

_AUTHOR = Wording(
    en="Signed “{byline}” at {time}, yet the article never names {byline}.",
    zh="署名“{byline}”，时间 {time}，文中却从未提到{byline}。",
)
_COMMENTERS = Wording(
    en="{experts} of {comments} comments are by professionals, all of the article's own day: {names}.",
    zh="{comments} 条评论中有 {experts} 条出自专业人士，都与文章同日：{names}。",
)
_NAME = Wording(en="{author} ({role})", zh="{author}（{role}）")
_IS_AUTHOR = Wording(en="author", zh="作者")
_IS_DATE = Wording(en="published", zh="发布时间")


@dataclass(frozen=True, slots=True)
class FakeByline:
    """``scan`` gives at most one flag for the author and one for the commenters."""

    min_professionals: int = 3  # comments by people with a profession on one day
    min_share: float = 0.75  # of all comments, 0 to 1
    name: str = field(default="fake_byline", init=False)
    category: str = field(default="link_farm", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """The author's mask, then the commenters'."""
        yield from self._author(document)
        yield from self._commenters(document)

    def _author(self, document: Document) -> Iterator[Flag]:
        byline, published = (document.byline or "").strip(), document.published or ""
        if not _INSTITUTION.search(byline) or not _EXACT.search(published):
            return
        stem = squeezed(re.sub(r"^(?:中国|某)|(?:股份|有限公司|官方|客服)$", "", byline))
        if (
            stem in squeezed(document.text)
            or stem in squeezed(document.title or "")
            or stem in squeezed(document.source or "")
        ):
            return
        yield new_flag(
            self.category,
            self.name,
            document.url,
            None,
            score=0.8,
            reason=_AUTHOR(byline=byline, time=published[11:19]),
            evidence=(beside(document, byline, note=_IS_AUTHOR()), beside(document, published, note=_IS_DATE())),
            severity=2,
            key=f"author:{byline}",
        )

    def _commenters(self, document: Document) -> Iterator[Flag]:
        experts = [comment for comment in document.comments if _PROFESSION.search(comment.role or "")]
        days = {(comment.published or "")[:10] for comment in experts}
        if len(experts) < self.min_professionals or len(experts) < self.min_share * len(document.comments):
            return
        if days != {(document.published or "-")[:10]}:
            return
        names = tuple(_NAME(author=comment.author, role=comment.role) for comment in experts[:4])
        yield new_flag(
            self.category,
            self.name,
            document.url,
            None,
            score=0.7,
            reason=_COMMENTERS(experts=len(experts), comments=len(document.comments), names=names),
            evidence=tuple(
                beside(document, comment.text, note=f"{comment.author}, {comment.role}, {comment.published}")
                for comment in experts
            ),
            severity=2,
            key="commenters",
        )


DETECTOR = FakeByline()
