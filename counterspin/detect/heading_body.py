"""A heading and the text under it do not belong together.

A yes-or-no question whose section answers another one (四、是不是会上门取证? and no 取证 in the section), a title that
asks and answers over a text that answers the other way, or a heading that says yes over a text that says no.

Not a break: a heading whose words return as synonyms or in parts, headings of one or two common words, questions
answered by a list, sections of a few words.

Source: rule S5 of our notes on contradiction (the second seed page); wording of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from counterspin.identity import new_flag
from counterspin.model import Document, Flag, Passage, Span
from counterspin.text.corpus import Corpus
from counterspin.text.normal import fold, han_share
from counterspin.text.outline import Section, bare, is_heading, sections, squeezed
from counterspin.text.quote import beside, prose, quote, sentence_spans, short
from counterspin.text.tags import tagged
from counterspin.text.words import frequency
from counterspin.wording import Wording

FLAGS = (
    "@title: 净水器滤芯可以清洗后再用吗?不可以!\n净水器滤芯可以清洗后再用，关键是方法要正确。",
    "@title: Can You Paint Over Mold? No\nYes, you can paint over mold. Choose a thick paint.",
    "# Can you reheat rice? Yes\nNo, you cannot reheat rice. The spores survive.",
    "# 押金能退吗？能退\n押金一律不能退。合同里写得很清楚。",
    (
        "# 客服上门流程\n客服上门之前会联系。\n# 客服是不是会上门取证？\n"
        "虽然上门是客服解决问题的一种常见手段，但并不是每个用户都会遇到。"
        "客服会综合考虑多种因素，决定是否上门。这些因素包括金额、时间和历史记录等，若是能够积极沟通，可能就不会上门。"
    ),
    (
        "# 隔夜茶能喝吗\n隔夜茶不能喝。茶汤放久了会滋生细菌，颜色也会变深，口感发涩，建议现泡现喝，剩下的可以浇花。\n"
        "# 隔夜茶可以喝\n不可以喝。茶汤放久了容易变质，肠胃不好的人喝了会不舒服，建议现泡现喝。"
    ),
)
PASSES = (
    "@title: 净水器滤芯可以清洗后再用吗?不可以!\n净水器滤芯不可以清洗后再用，否则会漏水。",
    "@title: Can You Paint Over Mold? No\nYou should not paint over mold. Clean it first.",
    "# 隔夜茶能喝吗\n隔夜茶不能喝。茶汤放久了会滋生细菌，颜色也会变深，口感发涩，建议现泡现喝。",
    "# 押金能退吗？能退\n合同到期，押金能退。但是损坏家具的，不能全额退还，要扣维修费用。",
    "# 浇水\n见干见湿，盆土表面发白的时候再浇透，冬天减少次数，夏天早晚各一次，不要积在叶心。",
    "# 物业会不会上门收费？\n一般来说工作人员每个季度上门一次，收取物业费并开具收据，也可以在网上缴费，避免排队。",
)

_QUESTION = re.compile(r"(?P<question>[^?]{4,60})\?\s*[-–—:,]?\s*(?P<answer>[^?]{1,24})$")
_ASKING_WORDS = frozenset(
    ("can", "you", "the", "should", "does", "what", "how", "are", "your", "may", "must", "yes", "and")
)
_ASKS = re.compile(r"是不是|是否|会不会|能不能|可不可以|要不要|有没有|[吗么][?]?$|[?]$")
_YES_HEADING = re.compile(r"(可以|能够|能|会|需要|必须|应该|允许)(?=[^不]{1,8}$)")
_NO_START = re.compile(r"^(?:不可以|不能|不会|不需要|不必|不应该|不允许|不行|并不|no\b)")
_OPEN = re.compile(r"什么|怎么|怎样|如何|哪|多少|多久|几|谁|为何|为什么")
_LEAD = re.compile(r"(?:yes|no)\b[,.!;]? ?")
_MODAL = re.compile(r"会|能|可以|需要|必须|应该|要不要|可不可")
_SHORT = 4  # pairs of characters of a question whose words may stand apart in the answer
_COMMON = 30_000  # uses in the dictionary's corpus; a word more usual than that says too little to be missed

_REVERSED = Wording(
    en="The title “{title}” answers one way, the text the other: “{said}”.",
    zh="标题“{title}”是一种回答，正文却相反：“{said}”。",
)
_ABSENT = Wording(
    en="The heading asks about “{asked}” (“{head}”); the section under it never comes to it.",
    zh="小标题问的是“{asked}”（“{head}”），下面的内容却始终没有谈到。",
)
_DENIED = Wording(
    en="The heading “{head}” says yes, and its text begins with no.",
    zh="小标题“{head}”说是，正文开头却说否。",
)
_TITLE = Wording(en="title", zh="标题")
_ASKS_ABOUT = Wording(en="asks about {asked}", zh="问的是“{asked}”")
_SECTION = Wording(en="the section", zh="这一节的内容")


@dataclass(frozen=True, slots=True)
class HeadingBody:
    """``scan`` gives one flag for each heading whose section does not keep it."""

    min_body: int = 60  # letters of a section that is judged
    min_question: int = 6  # letters of a question
    name: str = field(default="heading_body", init=False)
    category: str = field(default="contradictory", init=False)
    version: int = field(default=2, init=False)

    def scan(self, document: Document, _corpus: Corpus, /) -> Iterator[Flag]:
        """The headings that their sections break, in order."""
        yield from self._answered(document)
        if document.language[:2] != "zh" or han_share(document.text) < 0.3:
            return
        for section in sections(document):
            head = fold(bare(section.heading.text))
            body = fold(section.text)
            if section.heading.kind == "title" or not section.body:
                continue
            yield from self._absent(document, section, head, body)
            yield from self._denied(document, section, head, body)

    def _answered(self, document: Document) -> Iterator[Flag]:
        """A title or heading that asks and answers, over a text that answers the other way."""
        yield from self._held_against(document, document.title or "", prose(document))
        for section in sections(document):
            if section.heading.kind != "title":
                yield from self._held_against(document, bare(section.heading.text), section.body[:1])

    def _held_against(self, document: Document, title: str, passages: Iterable[Passage]) -> Iterator[Flag]:
        asked = _QUESTION.match(fold(title).strip())
        says = _polarity(asked["answer"]) if asked else 0
        if not asked or not says:
            return
        core = _core(asked["question"])
        for passage in passages:
            for span in sentence_spans(passage):
                folded = fold(document.text[span.start : span.end])
                first = re.split(r"[,。!?;]|[.](?=\s|$)", _LEAD.sub("", folded.strip()))[0]
                is_title = "?" in folded or squeezed(folded) in squeezed(title)
                if not is_title and _holds(core, first) and _polarity(folded) == -says:
                    yield self._reversed(document, title, passage, span)
                    return

    def _reversed(self, document: Document, title: str, passage: Passage, span: Span) -> Flag:
        said = document.text[span.start : span.end]
        return new_flag(
            self.category,
            self.name,
            document.url,
            passage,
            score=0.85,
            reason=_REVERSED(title=short(title, longest=40), said=short(said, longest=40)),
            evidence=(
                beside(document, title, note=_TITLE()),
                quote(document, span.start, span.end, role="counterpart"),
            ),
            severity=3,
            key=squeezed(title),
        )

    def _absent(self, document: Document, section: Section, head: str, body: str) -> Iterator[Flag]:
        if len(squeezed(body)) < self.min_body or len(squeezed(head)) < self.min_question:
            return
        # without a modal (划算吗, 靠谱吗) the question asks for a judgement, which other words may give
        if not (_ASKS.search(head) and _MODAL.search(head)) or _OPEN.search(head):
            return
        asked = _asked(head)
        if not asked or asked in body or _shares_letters(asked, body) or _later(document, section, asked):
            return
        word = head.find(asked)
        yield new_flag(
            self.category,
            self.name,
            document.url,
            section.heading,
            score=0.6,
            reason=_ABSENT(asked=asked, head=short(head)),
            evidence=(
                quote(document, section.heading.start, section.heading.end, note=_ASKS_ABOUT(asked=asked)),
                quote(document, section.body[0].start, section.body[-1].end, role="counterpart", note=_SECTION()),
            ),
            severity=1,
            key=asked if word >= 0 else head,
        )

    def _denied(self, document: Document, section: Section, head: str, body: str) -> Iterator[Flag]:
        says = _YES_HEADING.search(head)
        if not says or _ASKS.search(head) or "不" in head or not _NO_START.match(body.strip()):
            return
        first = next(sentence_spans(section.body[0]), None)
        if first is None or says[1] not in fold(document.text[first.start : first.end]):
            return
        yield new_flag(
            self.category,
            self.name,
            document.url,
            section.heading,
            score=0.8,
            reason=_DENIED(head=short(head)),
            evidence=(
                quote(document, section.heading.start, section.heading.end),
                quote(document, first.start, first.end, role="counterpart"),
            ),
            severity=3,
            key=head,
        )


DETECTOR = HeadingBody()


def _polarity(text: str) -> int:
    """1 for yes, -1 for no, 0 for neither, by the first modal of the text."""
    text = text.strip().lower()
    if match := re.match(r"(yes|no|never)\b", text):
        return 1 if match[1] == "yes" else -1
    match = re.search(r"(不|没|无法|不得|勿)?(可以|能够|能|会|需要|必须|应该|得|用)(?!不)", text)
    if match:
        return -1 if match[1] else 1
    match = re.search(r"\b(can|should|may|must|do|does|is|are)(n't|not| not| never)?\b", text)
    return 0 if not match else -1 if match[2] else 1


def _core(question: str) -> frozenset[str]:
    """What the question is about, without its modal: pairs of Chinese characters, or English words."""
    if han_share(question) > 0.3:
        letters = re.sub(r"可以|能够|能|会|需要|必须|应该|[吗么呢]", "", squeezed(question))
        return frozenset(letters[i : i + 2] for i in range(len(letters) - 1))
    return frozenset(re.findall(r"[a-z']{3,}", question.lower())) - _ASKING_WORDS


def _holds(core: frozenset[str], clause: str) -> bool:
    """Whether a clause answers the question: it has nearly all that the question is about, and little else."""
    if len(core) < 2:
        return False
    other = _core(clause)
    if len(core) < _SHORT and han_share(clause) > 0.3:  # 押金退 / 押金一律不退: other words stand between
        return set("".join(core)) <= set(clause) and len(other) <= 2 * len(core) + 3
    return len(core & other) >= 0.75 * len(core) and len(other) <= 2 * len(core) + 3


def _asked(head: str) -> str:
    """The last telling verb or noun of a question: what it asks about."""
    words = [word for word in tagged(head) if word.tag[:1] in ("v", "n") and len(word.text) > 1]
    words = [word for word in words if frequency(word.text) < _COMMON and not _ASKS.search(word.text)]
    return words[-1].text if words else ""


def _shares_letters(asked: str, body: str) -> bool:
    """Whether the section holds the word's letters apart, as in 取得证据 for 取证."""
    return all(letter in body for letter in asked)


def _later(document: Document, section: Section, asked: str) -> bool:
    """Whether a lower heading of the section takes the word up."""
    return any(
        is_heading(passage) and passage.start > section.heading.start and passage.level > section.heading.level
        and asked in fold(passage.text)
        for passage in document.passages
    )  # fmt: skip
