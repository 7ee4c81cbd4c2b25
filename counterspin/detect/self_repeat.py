"""One page says one sentence twice, as it stands or with a filler word changed.

Padding: the sentence comes back word for word or with an adverb, a conjunction or a set phrase more or less
(可以更好地了解 / 可以更准确地了解). Sentences that differ in a number, a negation or what they speak of are not
repeats but parallel statements.

Not padding: statutes and numbered articles, short set phrases, quotations, tables, refrains of verse.

Source: one sentence three times on the first seed page; duplicate lines on 7 of 38 network pages, 4 of 62 farm
pages and 1 of 32 good ones (our study of 301 pages).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from rapidfuzz.distance import Indel
from rapidfuzz.process import cdist

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Span
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold, han_share
from counterspin.text.outline import is_heading, label_of, squeezed
from counterspin.text.quote import passage_at, prose, quote, sentence_spans, short
from counterspin.text.tags import tagged
from counterspin.wording import Wording

FLAGS = (
    (
        "多浇水可以更好地了解植物的需水习性和承受能力，从而制定合适的计划。\n光照也很重要。\n"
        "多浇水可以更准确地了解植物的需水习性和承受能力，制定合适的计划。"
    ),
    "租客可以要求房东在看房过程中尽量保护个人隐私。\n押金要写进合同。\n租客也可以要求房东在看房过程中尽量保护个人隐私。",
    (
        "Regular cleaning helps the filter work better and keeps the air in your home fresh.\nBuy a brush.\n"
        "Regular cleaning also helps the filter work better and keeps the air in your home fresh."
    ),
)
PASSES = (
    "甲方应当在合同签订之后的七日之内支付全部的定金。\n乙方应当在合同签订之后的七日之内交付全部的钥匙。",
    "三岁以下的儿童每次服用半片并且多喝温开水。\n六岁以下的儿童每次服用一片并且多喝温开水。",
    "请咨询当地部门。\n先预约。\n请咨询当地部门。",
    "申请人应当在规定的期限之内提交书面的申请材料。\n申请人不应当在规定的期限之后提交书面的申请材料。",
    (
        "Adults may take two tablets every six hours with a full glass of water.\n"
        "Children may take one tablet every six hours with a full glass of water."
    ),
)

_FILLERS = ("d", "ad", "an", "c", "u", "p", "y", "x", "z", "e", "o", "ul", "uj", "uv", "f")  # parts of speech
_ENGLISH_FILLERS = frozenset(
    [
        "also",
        "too",
        "very",
        "really",
        "quite",
        "just",
        "even",
        "still",
        "often",
        "usually",
        "generally",
        "thus",
        "hence",
        "so",
        "and",
        "but",
        "then",
        "therefore",
        "however",
        "more",
        "most",
        "much",
        "better",
        "best",
        "well",
        "easily",
        "quickly",
        "always",
        "simply",
        "actually",
        "basically",
        "of",
        "course",
        "in",
        "fact",
        "the",
        "a",
        "an",
        "this",
        "that",
        "these",
        "those",
        "your",
        "their",
        "can",
        "will",
        "may",
    ]
)
_CHANGES = re.compile(
    r"\d|[不没无未非否别勿莫半一二两三四五六七八九十百千万]|\b(?:no|not|never|none|without|un\w+|n't|one|two|three|four|five|six)\b",
    re.IGNORECASE,
)
_MODALS = frozenset(("应当", "应该", "应", "可以", "可", "能", "能够", "会", "要", "必须", "需要", "需"))
_LONG_ENOUGH = 8  # words of a sentence of which one late word may be another
_ENDS = re.compile(r"[。.!！?？…]\s*$")
_CAPTION = re.compile(r"(?:摄|供图|图源[^。]*|资料图)\s*[)）]?\s*$|(?:photo|image|credit)s?\s*(?::|by)", re.IGNORECASE)
_BRACKETS = re.compile(r"[(（][^()（）]{0,12}[)）]")
_QUESTION = 40  # code points of a question that stands as a block
_ASKS = re.compile(r"[?？]\s*$|^\s*(?:问|Q)\s*\d*[:：.]")
_QUOTED_LINE = re.compile(r"^\s*[“\"「『>《]")

REASON = Wording(
    en="“{sentence}” stands {count} times on this page, {how}.",
    zh="“{sentence}”在本页出现 {count} 次，{how}。",
)
_EXACTLY = Wording(en="word for word", zh="一字不差")
_FILLED = Wording(en="with filler words changed", zh="只换了虚词")


@dataclass(frozen=True, slots=True)
class Piece:
    """A sentence (number ``sentence``) or its tail from a comma on; ``is_line``: alone in its block, or a note."""

    span: Span
    letters: str
    sentence: int
    is_whole: bool
    is_line: bool


@dataclass(frozen=True, slots=True)
class SelfRepeat:
    """``scan`` gives one flag for each sentence that comes back, with all places."""

    min_chinese: int = 14  # letters of a Chinese sentence
    min_latin: int = 30  # letters of a sentence in another script
    min_likeness: float = 0.8  # Indel similarity of the letters, 0 to 1
    min_exact: int = (
        3  # places of a sentence as it stands; two are padding only in two sections (else a caption or lead)
    )
    min_exact_letters: int = 24  # letters of a sentence that stands twice as it stands; a shorter one may be a refrain
    max_pieces: int = 500  # sentences and their tails compared in a page; of a longer page the first ones
    name: str = field(default="self_repeat", init=False)
    category: str = field(default="padded", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """The sentences that come back, by their first place."""
        is_faq = _is_faq(document)
        for group in self._groups(document, self._pieces(document)):
            is_same = len({piece.letters for piece in group}) == 1
            if is_same and (is_faq or any(piece.is_line for piece in group) or _speaks(document, group[0])):
                continue
            is_long = len(group[0].letters) >= self.min_exact_letters
            if not is_same or len(group) >= self.min_exact or (is_long and _in_two_sections(document, group)):
                yield self._flag(document, [piece.span for piece in group], group[0].letters, is_same)

    def _pieces(self, document: Document) -> list[Piece]:
        found: list[Piece] = []
        for passage in prose(document):
            label = label_of(passage.text)
            if (
                (label and label.style.startswith("ordinal:"))
                or passage.kind == "quote"
                or _CAPTION.search(passage.text)
            ):
                continue
            spans = list(sentence_spans(passage))
            for span in spans:
                number = len(found)
                for part in (span, *_tails(document.text, span)):
                    text = document.text[part.start : part.end]
                    if self._is_long(text) and not _QUOTED_LINE.match(text):
                        found.append(
                            Piece(
                                part,
                                squeezed(_BRACKETS.sub("", text)),
                                number,
                                part == span,
                                len(spans) == 1 or not _ENDS.search(text),
                            )
                        )
        return found[: self.max_pieces]

    def _is_long(self, text: str) -> bool:
        return len(squeezed(text)) >= (self.min_chinese if han_share(text) > 0.3 else self.min_latin)

    def _groups(self, document: Document, pieces: list[Piece]) -> list[list[Piece]]:
        """Pieces that say the same, none inside another."""
        if len(pieces) < 2:
            return []
        texts = [piece.letters for piece in pieces]
        scores = cdist(texts, texts, scorer=Indel.normalized_similarity, score_cutoff=self.min_likeness)
        groups: dict[int, list[Piece]] = {}
        root = list(range(len(pieces)))
        for i, j in sorted(zip(*(map(int, axis) for axis in scores.nonzero()), strict=True)):
            left, right = pieces[i], pieces[j]
            if i >= j or root[j] != j or left.sentence == right.sentence:
                continue
            texts_of = (document.text[piece.span.start : piece.span.end] for piece in (left, right))
            if _says_the_same(*texts_of, adjoin=right.sentence - left.sentence < 4 and _adjoin(document, left, right)):
                root[j] = root[i]
        for i, piece in enumerate(pieces):
            groups.setdefault(root[i], []).append(piece)
        return _disjoint([group for group in groups.values() if len({p.sentence for p in group if p.is_whole}) > 1])

    def _flag(self, document: Document, spans: list[Span], letters: str, same: bool) -> Flag:
        first = spans[0]
        how = _EXACTLY() if same else _FILLED()
        sentence = document.text[first.start : first.end]
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage_at(document, first.start),
            score=min(1.0, 0.6 + 0.1 * len(spans) + 0.1 * same),
            reason=REASON(sentence=short(sentence), count=len(spans), how=how),
            evidence=tuple(quote(document, span.start, span.end) for span in spans),
            severity=2 if len(spans) > 2 or not same else 1,
            key=letters,
        )


DETECTOR = SelfRepeat()


def _says_the_same(left: str, right: str, *, adjoin: bool) -> bool:
    """Whether two like sentences differ in fillers only; sentences that ``adjoin`` also in one late word."""
    if squeezed(left) == squeezed(right):
        return True
    a, b = _words(left), _words(right)
    gone, come = [], []
    for step in Indel.opcodes([word for word, _ in a], [word for word, _ in b]):
        if step.tag == "delete":
            gone += a[step.src_start : step.src_end]
        elif step.tag == "insert":
            come += b[step.dest_start : step.dest_end]
    moved = [word for word in gone if word in come and (_is_filler(*word) or word[0] in _MODALS)]
    changed = [word for word in [*gone, *come] if word not in moved]
    if any(_CHANGES.search(word) for word, _ in changed):
        return False
    solid = [[word for word in side if word in changed and not _is_filler(*word)] for side in (gone, come)]
    # words on one side only are an addition; words on both sides put one thing for another
    if solid[0] and solid[1]:
        is_late = min(a.index(solid[0][0]), b.index(solid[1][0])) * 2 > min(len(a), len(b))
        return adjoin and is_late and len(solid[0]) == len(solid[1]) == 1 and min(len(a), len(b)) >= _LONG_ENOUGH
    return sum(len(word) for word, _ in solid[0] + solid[1]) <= 0.3 * min(len(left), len(right))


def _adjoin(document: Document, left: Piece, right: Piece) -> bool:
    return not document.text[left.span.end : right.span.start].strip()


def _tails(text: str, span: Span) -> list[Span]:
    """What follows each of the first two commas of a sentence."""
    cuts = [span.start + match.end() for match in re.finditer(r"[,，]\s*", text[span.start : span.end])]
    return [Span(cut, span.end) for cut in cuts[:2] if cut < span.end]


def _is_faq(document: Document) -> bool:
    """Whether the page answers questions one by one: each answer has to stand on its own, so they share sentences."""
    heads = [passage.text for passage in document.passages if is_heading(passage) or len(passage.text) < _QUESTION]
    asking = sum(bool(_ASKS.search(head)) for head in heads)
    return document.page_type in ("qa", "thread") or (asking > 1 and asking * 2 >= len(heads))


def _speaks(document: Document, piece: Piece) -> bool:
    """Whether the sentence is part of somebody's speech."""
    return bool(re.search(r"[”」』\"]", document.text[piece.span.start : piece.span.end]))


def _in_two_sections(document: Document, group: list[Piece]) -> bool:
    """Whether a heading stands between the places."""
    first, last = group[0].span.start, group[-1].span.start
    return any(is_heading(passage) and first < passage.start < last for passage in document.passages)


def _disjoint(groups: list[list[Piece]]) -> list[list[Piece]]:
    """Groups of whole sentences first; a piece of a sentence that an earlier group holds is left out."""
    taken: set[int] = set()
    kept = []
    for group in sorted(groups, key=lambda g: (-sum(len(piece.letters) for piece in g), g[0].span.start)):
        one_each = {piece.sentence: piece for piece in reversed(group) if piece.sentence not in taken}
        if len(one_each) > 1:
            taken |= set(one_each)
            kept.append(sorted(one_each.values(), key=lambda piece: piece.span.start))
    return sorted(kept, key=lambda group: group[0].span.start)


def _words(text: str) -> list[tuple[str, str]]:
    if han_share(text) > 0.3:
        return [(word.text, word.tag) for word in tagged(fold(text)) if not word.text.isspace()]
    return [(word, "") for word in re.findall(r"[\w'’]+", text.lower())]


def _is_filler(word: str, tag: str) -> bool:
    return tag in _FILLERS if tag else word in _ENGLISH_FILLERS
