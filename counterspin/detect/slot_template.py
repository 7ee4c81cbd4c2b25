"""Two sections of a page are one text with other words put into its slots.

Padding by template: the sections run sentence by sentence through one frame (…的一个重要原因是为了… / …的另一个原因是
为了…, then in both …可以直接与…), or three and more sections open with one clause. Words that the page's title or most
of its sentences hold are its subject and count for nothing. Paragraphs that are equal but for one name are found, too.

Not a template: statutes, lists of short parallel items, tables, steps with a verb and a place, questions and answers
whose frame is a set phrase.

Source: the first seed page (sections 二 and 七); parallel headings mislead (our study of 301 pages, section 4), so
only running text is judged.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import partial_ratio

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage, Span
from counterspin.text.corpus import Corpus
from counterspin.text.frames import frames
from counterspin.text.normal import han_share
from counterspin.text.outline import label_of, squeezed
from counterspin.text.quote import passage_at, prose, quote, sentence_spans, short
from counterspin.wording import Wording

FLAGS = (
    (
        "家住城东的朋友可以到城东服务大厅办理，城东的窗口周末也开放，带上身份证就行。\n"
        "家住城西的朋友可以到城西服务大厅办理，城西的窗口周末也开放，带上身份证就行。"
    ),
    (
        "In Bath, a locksmith will come within an hour, and our Bath team works at night and on every holiday.\n"
        "In York, a locksmith will come within an hour, and our York team works at night and on every holiday."
    ),
    (
        "# 松土\n为绿萝松土的一个重要原因是为了防止根部缺氧。在板结的土里，根会变黑。养花人可以直接用小铲把表土翻开。\n"
        "# 换盆\n为绿萝换盆的另一个原因是为了解决空间不足。在小小的盆里，根会打结。养花人可以直接用小铲把整株挖出。"
    ),
)
PASSES = (
    (
        "# 松土\n表土发硬的时候用小铲轻轻翻开，深度不超过两厘米。翻土之后浇一次透水。\n"
        "# 换盆\n根从盆底伸出来就该换盆了。新盆比旧盆大一圈，换好后放在阴凉处一周。"
    ),
    (
        "第一条 申请人应当向主管部门提出书面申请。主管部门应当自收到申请之日起十日内作出决定。\n"
        "第二条 申请人应当向主管部门提交身份证明。主管部门应当自收到证明之日起五日内作出答复。"
    ),
)


# What ties words together. A piece of frame holds one of them; a bare name or term is no frame.
_TIES = re.compile(r"[的是为了在与可以应会能要将被把并不而如及其对从于就也都还这那有让使和或]")
_DIGIT = re.compile(r"\d")

_ONE_SLOT = Wording(
    en="{count} paragraphs are one text with {words} put in turn.",
    zh="{count} 段是同一段文字，只轮流填入{words}。",
)
_MANY_SLOTS = Wording(
    en="Two sections fill the slots of one frame: “{frame}”.",
    zh="两节套用同一个框架：“{frame}”。",
)


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence: its place, its letters and the runs of letters in it that are not the page's subject."""

    span: Span
    letters: str
    grams: frozenset[str]


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage of running text with its sentences and the number of its letters."""

    passage: Passage
    lines: tuple[Line, ...]
    letters: int


@dataclass(frozen=True, slots=True)
class SlotTemplate:
    """``scan`` gives one flag for each pair of passages built on one frame."""

    min_run: int = 4  # letters of a piece of frame (Latin text: three times as many); shorter pieces are chance
    min_pieces: int = 2  # pieces of frame that two passages share at equal places
    min_frame: int = 12  # letters of all these pieces (Latin text: three times as many)
    min_share: float = 0.1  # of the shorter passage's letters, 0 to 1
    min_line_share: float = 0.27  # of the longer sentence, where one sentence alone has the frame, 0 to 1
    max_topic: int = 4  # sentences that may hold a run of letters; one that more hold is the page's subject
    max_likeness: int = 85  # per cent, of two sentences: more is a repeat (rule self_repeat), not a frame
    min_paragraph: int = 24  # letters of paragraphs that differ in one slot; shorter ones are a list
    min_likeness: float = 0.75  # Indel similarity of such paragraphs, 0 to 1
    max_units: int = 60  # passages of a page that are compared; of a longer page the first ones
    name: str = field(default="slot_template", init=False)
    category: str = field(default="padded", init=False)
    version: int = field(default=1, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """Paragraphs that differ in one slot, then pairs of passages that run through one frame."""
        alike = self._one_slot(document)
        yield from alike
        told = {evidence.start for flag in alike for evidence in flag.evidence}
        scale = 1 if han_share(document.text) > 0.3 else 3
        units = self._units(document, self.min_run * scale)
        for first, second in combinations(units, 2):
            pieces, places = self._frame(first, second, self.min_run * scale)
            letters = sum(map(len, pieces))
            if first.passage.start in told and second.passage.start in told:
                continue
            if len(pieces) < self.min_pieces or letters < self.min_frame * scale:
                continue
            if len(places) == 1 and letters < self.min_line_share * max(span.end - span.start for span in places[0]):
                continue
            if letters >= self.min_share * min(first.letters, second.letters):
                yield self._flag(document, first, places, pieces)

    def _one_slot(self, document: Document) -> list[Flag]:
        passages = [
            passage
            for passage in list(prose(document))[: self.max_units]
            if len(squeezed(passage.text)) >= self.min_paragraph and not _is_article(passage)
        ]
        found = []
        for frame in frames([passage.text for passage in passages], least=self.min_likeness):
            held = [passages[member] for member in frame.members]
            words = tuple(f"“{short(word)}”" for word in frame.fillers[:4])
            found.append(
                new_flag(
                    self.category,
                    self.name,
                    document.url,
                    held[0],
                    score=min(1.0, 0.6 + 0.1 * len(held)),
                    reason=_ONE_SLOT(count=len(held), words=words),
                    evidence=tuple(quote(document, passage.start, passage.end) for passage in held),
                    severity=2,
                    key=squeezed(held[0].text),
                )
            )
        return found

    def _units(self, document: Document, size: int) -> list[Unit]:
        passages = []
        for passage in prose(document):
            spans = tuple(sentence_spans(passage))
            if len(spans) > 1 and not _is_article(passage):
                passages.append((passage, [(span, squeezed(document.text[span.start : span.end])) for span in spans]))
        passages = passages[: self.max_units]
        counts = Counter(gram for _, lines in passages for _, letters in lines for gram in _shingles(letters, size))
        title = _shingles(squeezed(document.title or ""), size)
        topic = {gram for gram, count in counts.items() if count > self.max_topic} | title
        # a run that one sentence alone holds meets no other
        shared = {gram for gram, count in counts.items() if count > 1} - topic
        return [
            Unit(
                passage,
                tuple(Line(span, letters, _shingles(letters, size) & shared) for span, letters in lines),
                sum(len(letters) for _, letters in lines),
            )
            for passage, lines in passages
        ]

    def _frame(self, first: Unit, second: Unit, size: int) -> tuple[list[str], list[tuple[Span, Span]]]:
        """The pieces that sentences at equal places share, and those sentences."""
        pieces: list[str] = []
        places: list[tuple[Span, Span]] = []
        for left, right in zip(first.lines, second.lines, strict=False):
            both = left.grams & right.grams
            if not both or partial_ratio(left.letters, right.letters) > self.max_likeness:
                continue
            shared = [piece for piece in _common(left.letters, right.letters, both, size) if _ties(piece)]
            if shared:
                pieces += shared
                places.append((left.span, right.span))
        return pieces, places

    def _flag(self, document: Document, first: Unit, places: list[tuple[Span, Span]], pieces: list[str]) -> Flag:
        frame = " … ".join(pieces)
        evidence = tuple(quote(document, span.start, span.end) for pair in places for span in pair)
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage_at(document, first.passage.start),
            score=min(1.0, 0.4 + 0.02 * sum(map(len, pieces)) + 0.1 * len(places)),
            reason=_MANY_SLOTS(frame=short(frame, longest=60)),
            evidence=evidence,
            severity=1,
            key=squeezed(frame),
        )


DETECTOR = SlotTemplate()


def _is_article(passage: Passage) -> bool:
    """Whether the passage is an article of a statute: such run alike on purpose."""
    label = label_of(passage.text)
    return label is not None and label.style.startswith("ordinal:条")


def _shingles(letters: str, size: int) -> frozenset[str]:
    return frozenset(letters[i : i + size] for i in range(len(letters) - size + 1))


def _ties(piece: str) -> bool:
    return (piece.isascii() or bool(_TIES.search(piece))) and not _DIGIT.search(piece)


def _common(left: str, right: str, both: frozenset[str], size: int) -> list[str]:
    """The pieces that both have in order, as far as runs of ``both`` cover them."""
    found = []
    for step in Indel.opcodes(left, right):
        if step.tag == "equal" and step.src_end - step.src_start >= size:
            found += _covered(left[step.src_start : step.src_end], both, size)
    return found


def _covered(piece: str, both: frozenset[str], size: int) -> list[str]:
    """The parts of ``piece`` made of runs of ``both``."""
    hidden = [True] * len(piece)
    for i in range(len(piece) - size + 1):
        if piece[i : i + size] in both:
            hidden[i : i + size] = [False] * size
    kept = "".join("\0" if gone else letter for letter, gone in zip(piece, hidden, strict=True))
    return [part for part in kept.split("\0") if len(part) >= size]
