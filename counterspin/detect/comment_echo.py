"""Comments under a page repeat the page: the readers, or "lawyers", who wrote them are made up.

A comment is judged when most of it stands in the article too, word for word or with words swapped. Where the comment
keeps words that the article lost or swapped, it also shows the text the article was made from.

Not an echo: a comment that marks its quotation, a short remark, a quotation beside an opinion of the reader's own.

Source: four comments signed by lawyers on the second seed page; 12 of 38 pages of that network open with the
heading of such comments (our study of 301 pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from rapidfuzz.distance import Indel

from counterspin.identity import new_flag
from counterspin.model import Comment, Counterpart, Document, Evidence, Flag, Span
from counterspin.text.corpus import Corpus
from counterspin.text.normal import han_share
from counterspin.text.outline import squeezed
from counterspin.text.quote import beside, passage_at, quote, short
from counterspin.text.sentences import sentences
from counterspin.wording import Wording

FLAGS = (
    (
        "店员会提前与顾客联系，预约好上门的时间。\n维修之后要试机。\n"
        "> 王强|律师|2025-01-02: 店员会提前与用户联系，约定好上门的时间。"
    ),
    (
        "A technician will call before the visit and agree on a time that suits you.\n"
        "> Ann|expert|2025-01-02: A technician will ring before the visit and agree on a time that suits you."
    ),
)
PASSES = (
    "店员会提前与顾客联系，预约好上门的时间。\n> 李|网友|2025-01-02: 我约了三次都没有人来，客服电话一直占线。",
    "店员会提前与顾客联系，预约好上门的时间。\n> 李|网友|2025-01-02: “店员会提前与顾客联系”？我可从来没有接到过电话。",
    "店员会提前与顾客联系，预约好上门的时间。\n> 李|网友|2025-01-02: 写得好，收藏了。",
)

_BY_READERS = ("post", "answer", "quote")  # on a page of posts the comments are the text
_QUOTES = re.compile(r"[“”\"「」『』]|^>|引用|原文|回复|楼主|quote|wrote:", re.IGNORECASE)
_CLAUSES = re.compile(r"[,，;；:：]")

REASON = Wording(
    en="The comment signed {who}{role} repeats the article: “{text}”.",
    zh="署名{who}{role}的评论在重复正文：“{text}”。",
)
_READER = Wording(en="a reader", zh="某位读者")
_ROLE = Wording(en=" ({role})", zh="（{role}）")
_COMMENT = Wording(en="comment of {who}{role}", zh="{who}{role}的评论")
_IN_ARTICLE = Wording(en="stands in the article, likeness {likeness:.2f}", zh="见于正文，相似度 {likeness:.2f}")


@dataclass(frozen=True, slots=True)
class CommentEcho:
    """``scan`` gives one flag for each comment that echoes the article."""

    min_chinese: int = 9  # letters of a Chinese sentence or clause that is compared
    min_latin: int = 30  # letters in other scripts
    min_likeness: float = 0.62  # Indel similarity of a comment's sentence and the article's, 0 to 1
    min_share: float = 0.4  # share of the comment's letters that stand in the article, 0 to 1
    max_comments: int = 200  # comments of a page that are judged
    name: str = field(default="comment_echo", init=False)
    category: str = field(default="padded", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """The echoing comments, in order."""
        if not document.comments:
            return
        article = [
            Span(passage.start + piece.start, passage.start + piece.end)
            for passage in document.passages
            if passage.kind not in _BY_READERS
            for piece in self._pieces(passage.text)
        ]
        letters = [squeezed(document.text[span.start : span.end]) for span in article]
        for comment in document.comments[: self.max_comments]:
            if not _QUOTES.search(comment.text):
                yield from self._judge(document, comment, article, letters)

    def _judge(self, document: Document, comment: Comment, article: list[Span], letters: list[str]) -> Iterator[Flag]:
        found: list[tuple[str, Span, float]] = []
        for sentence in sentences(comment.text):
            for piece in (sentence, *_clauses(comment.text, sentence)):
                text = comment.text[piece.start : piece.end].strip()
                place, likeness = (
                    _likest(squeezed(text), letters, self.min_likeness) if self._is_long(text) else (0, 0.0)
                )
                if likeness:
                    found.append((text, article[place], likeness))
                if likeness and piece == sentence:
                    break
        covered = sum(len(squeezed(text)) for text, _, _ in found)
        if found and covered >= self.min_share * len(squeezed(comment.text)):
            yield self._flag(document, comment, found, covered / len(squeezed(comment.text)))

    def _pieces(self, text: str) -> list[Span]:
        """Sentences and their clauses that are long enough to compare."""
        pieces = [piece for sentence in sentences(text) for piece in (sentence, *_clauses(text, sentence))]
        return [piece for piece in pieces if self._is_long(text[piece.start : piece.end])]

    def _is_long(self, text: str) -> bool:
        return len(squeezed(text)) >= (self.min_chinese if han_share(text) > 0.3 else self.min_latin)

    def _flag(self, document: Document, comment: Comment, found: list[tuple[str, Span, float]], share: float) -> Flag:
        text, span, _ = max(found, key=lambda item: item[2] * len(item[0]))
        who = comment.author or _READER()
        role = _ROLE(role=comment.role) if comment.role else ""
        evidence: list[Evidence] = []
        for words, place, likeness in found:
            evidence.append(beside(document, words, note=_COMMENT(who=who, role=role)))
            note = _IN_ARTICLE(likeness=likeness)
            evidence.append(quote(document, place.start, place.end, role="counterpart", note=note))
        here = passage_at(document, span.start)
        return new_flag(
            self.category,
            self.name,
            document.url,
            here,
            score=min(1.0, 0.5 + 0.5 * share),
            reason=REASON(who=who, role=role, text=short(text)),
            evidence=tuple(evidence),
            severity=3 if comment.role else 2,
            counterpart=Counterpart(document.url, comment.text, None, None),
            key=squeezed(comment.text)[:80],
        )


DETECTOR = CommentEcho()


def _likest(text: str, letters: list[str], least: float) -> tuple[int, float]:
    best, place = 0.0, -1
    for at, other in enumerate(letters):
        likeness = Indel.normalized_similarity(text, other, score_cutoff=max(best, least))
        if likeness > best:
            best, place = likeness, at
    return place, best


def _clauses(text: str, sentence: Span) -> list[Span]:
    inner = text[sentence.start : sentence.end]
    cuts = [sentence.start, *(sentence.start + match.end() for match in _CLAUSES.finditer(inner)), sentence.end]
    if len(cuts) == 2:
        return []
    return [Span(a + len(text[a:b]) - len(text[a:b].lstrip()), b) for a, b in pairwise(cuts) if a < b]
