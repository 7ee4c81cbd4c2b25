"""A document's claims: sentence by sentence, clause by clause, with what they inherit from heading and title.

Source: claim schema of our contradiction study; clause roles and scope of negation of our own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from operator import attrgetter

from counterspin.claims.answers import OPENING, answer_in, question_in
from counterspin.claims.cells import BETWEEN, rows_of
from counterspin.claims.clauses import A_NOT_A, asks, is_question
from counterspin.claims.hearsay import rejects
from counterspin.claims.markers import markers_of
from counterspin.claims.parts import Frame, changed
from counterspin.claims.patterns import scope_of, title_scope
from counterspin.claims.quantities import quantities
from counterspin.claims.replies import is_open, restated, without_speaker
from counterspin.claims.statement import ADVISING, FRAGMENT, INHERITED, POINTING, sentence_claims
from counterspin.claims.tables import Lexicon, lexicon
from counterspin.claims.terms import terms_of
from counterspin.model import Claim, Document, Passage, Swap
from counterspin.text.corpus import Corpus
from counterspin.text.memo import same
from counterspin.text.normal import fold
from counterspin.text.outline import is_heading
from counterspin.text.sentences import sentences

MAX_CLAIMS = 5_000  # claims of one document; what is said after that is not compared
MIN_SWAP_SCORE = 0.6  # score of a learnt swap, 0 to 1, from which its two words count as one
_AGAIN = 2  # times that a page says what it is about, at least
SUBJECT = 3  # words of the subject of the sentence before that a pronoun stands for
ASKED = 6  # words of a question that a short answer takes
MAX_ASKED = 200  # code points at the end of a passage in which its last question stands
_HEADINGS = 3  # headings above a passage that lend it their words
_FIGURE, _FIGURES = re.compile(r"\d+"), 2  # numbers in a row of figures, at least
LABEL = 60  # code points up to which a sentence without an end is a label, a caption, a cell
# What is called a common problem is named, not claimed: 房东不退押金是一个常见的问题.
_ABLE = frozenset(("能", "can"))  # says what a thing can as well as what one may
_DONE = frozenset(("duration", "temperature"))  # measures of what is done; lists of things give prices and ages
_NAMED = {
    "zh": re.compile(
        r"[^,;。:]{2,30}(?:是|成了?|成为)(?:一[个种件类])?[很最]?(?:非常|比较|十分)?(?:常见|普遍|典型|头疼|棘手)的?"
        r"(?:问题|现象|情况|情形|纠纷|烦恼|事情?)"
    ),
    "en": re.compile(
        r"[^,;.:]{2,80} (?:is|are) (?:an? |one of the )?(?:very |most |fairly )?(?:common|frequent|typical|widespread)"
        r" (?:problem|issue|question|complaint|dispute|situation)s?\b"
    ),
}
_ANNOUNCES = {
    "zh": re.compile(
        r"\W*在?(?:本文|本篇|下文|这篇(?:文章|指南|教程))|\W*(?:下面|接下来|以下)[^,;。]{0,8}(?:介绍|讲|说|聊|谈|分享|看看|整理)"
    ),
    "en": re.compile(
        r"\W*(?:in )?(?:this|the following) (?:article|guide|post|blog|page|section)\b|\W*below,? (?:we|you)\b"
    ),
}
_ENDS = re.compile(r"[。.!！?？;；…][\"'”’」』）)\]】》]*\s*$")
_SAMPLE = 500  # code points by which a language is told
_HAN, _LATIN, _KANA = (
    re.compile(r"[\u4e00-\u9fff]"),
    re.compile(r"[a-z']+"),
    re.compile(r"[\u3040-\u30ff\uac00-\ud7af]"),
)
MIN_SMALL = 2  # different small words (articles, auxiliaries, prepositions) of an English text
MIN_SMALL_SHARE = 0.2  # share of small words, 0 to 1; English has about 0.45, German or Dutch share one or two with it
# Under 常见误区 stand the errors themselves; under a heading that states one (误区一:越早越好) stands what is right.
_REPORTED = re.compile(r"误区|谣言|myth|rumou?r", re.IGNORECASE)
_MYTH = re.compile(r"(?:误区|谣言|myth|rumou?r)[^:]{0,6}[::]\s*\S", re.IGNORECASE)


def claims_of(document: Document, corpus: Corpus) -> tuple[Claim, ...]:
    """The claims of ``document``, in order; none for a page that is neither Chinese nor English."""
    language = _language_of(document)
    if not language:
        return ()
    found: list[Claim] = []
    framed = list(_framed(document, lexicon(language), aliases_of(corpus)))
    following = [*(passage.text for _, passage in framed[1:]), ""][: len(framed)]
    for (frame, passage), after in zip(framed, following, strict=True):
        found.extend(_passage_claims(frame, passage, after))
        if len(found) >= MAX_CLAIMS:
            break
    found.extend(_answering(framed))
    return tuple(sorted(found, key=attrgetter("start"))[:MAX_CLAIMS])


def _language_of(document: Document) -> str:
    """``zh``, ``en``, or nothing. A text too short for the extractor to tell is read by its script and small words."""
    named = document.language.lower()
    if named != "und":
        return named[:2] if named[:2] in ("zh", "en") else ""
    text = fold(f"{document.title or ''} {document.text[:_SAMPLE]}")
    if len(_HAN.findall(text)) > len(_LATIN.findall(text)):
        return "" if _KANA.search(text) else "zh"
    words = _LATIN.findall(text)
    small = {word for word in words if lexicon("en").weight.get(word, 1.0) == 0.0 or word in lexicon("en").stance}
    share = sum(word in small for word in words) / len(words) if words else 0.0
    return "en" if len(small) >= MIN_SMALL and share >= MIN_SMALL_SHARE else ""


def aliases_of(corpus: Corpus) -> Mapping[str, str]:
    """The learnt swaps as ``target -> source``, so that a spun page is read like its original."""
    return _aliases(corpus.swaps)


@same(2)
def _aliases(swaps: tuple[Swap, ...]) -> Mapping[str, str]:
    sure = (swap for swap in swaps if swap.score >= MIN_SWAP_SCORE)
    return {fold(swap.target): fold(swap.source) for swap in sorted(sure, key=lambda swap: (swap.score, swap.source))}


def _framed(document: Document, words: Lexicon, aliases: Mapping[str, str]) -> Iterator[tuple[Frame, Passage]]:
    title = fold(document.title or "")
    base = Frame(document, words, aliases, _words(title, words, aliases), (), title_scope(title, words))
    above: list[tuple[int, str]] = []
    frame = replace(_under(base, []), question=question_in(title, words.language))
    before = ""
    for passage in rows_of(document, words.language):
        if passage.kind == "title":
            continue
        if passage.kind == "heading" or is_heading(passage):
            level = passage.level or 6
            above = [(other, text) for other, text in above if other < level] + [(level, fold(passage.text))]
            frame, before = _under(base, [text for _, text in above][-_HEADINGS:]), ""
            continue
        yield _replying(frame, before), passage
        frame, before = replace(frame, question="") if frame.question else frame, passage.text


def _under(base: Frame, headings: list[str]) -> Frame:
    text = "\n".join(headings)
    asked = next((heading for heading in reversed(headings) if asks(heading, base.words.language)), "")
    return replace(
        base,
        headings=_words(text, base.words, base.aliases),
        scope=(*base.scope, *scope_of(text, base.words)),
        asked=_words(asked, base.words, base.aliases),
        question=question_in(headings[-1], base.words.language) if headings else "",
        subject=_short(_words(headings[-1], base.words, base.aliases) if headings else ()) or _told(base),
        reported=bool(headings and _REPORTED.search(headings[-1]) and not _MYTH.search(headings[-1])),
    )


def _replying(frame: Frame, before: str) -> Frame:
    """The frame of a passage after one (``before``) that ends with a question, as interviews and lists of them do."""
    last = fold(before[-MAX_ASKED:]).rstrip()
    if frame.question or last[-1:] != "?":
        return frame
    asked = list(sentences(last))[-1]
    return _under_question(frame, without_speaker(last[asked.start : asked.end]))


def _under_question(frame: Frame, question: str) -> Frame:
    """The frame of what follows ``question`` (normal form): a short answer is about its words."""
    asked = _words(question, frame.words, frame.aliases)
    plain = question if "?" in question and is_open(question, frame.words.language) else ""  # 看看有没有… tells as well
    subject = _short(asked, ASKED if plain else INHERITED) or frame.subject
    return replace(frame, asked=asked, question=plain, subject=subject)


def _told(base: Frame) -> tuple[str, ...]:
    """The words of a short title that its page is about: each stands in its text again."""
    text = fold(base.document.text)
    return tuple(word for word in _short(base.title) if text.count(word) >= _AGAIN)


def _short(found: tuple[str, ...], most: int = INHERITED) -> tuple[str, ...]:
    """The words of a heading that names what its section is about; nothing of one that says more."""
    return found if len(found) <= most else ()


def _words(text: str, words: Lexicon, aliases: Mapping[str, str]) -> tuple[str, ...]:
    """The words of a title, heading or question, without what asks (能不能 would leave 不能)."""
    text = A_NOT_A.sub(" ", text) if words.language == "zh" else text
    return tuple(dict.fromkeys(term.word for term in terms_of(text, words, aliases)))


def _passage_claims(frame: Frame, passage: Passage, after: str) -> Iterator[Claim]:
    """The claims of a passage; ``after`` is the text of the next one, which may take back the last sentence."""
    language = frame.words.language
    read = _sentences(passage)
    following = [*(fold(text) for _, text in read[1:]), fold(after[:LABEL])][: len(read)]
    told: tuple[str, ...] = ()
    asked_at = -1  # where the question right before a sentence of the passage starts
    for (start, text), then in zip(read, following, strict=True):
        folded, quoted = without_speaker(fold(text.replace(BETWEEN, " "))), start
        if "://" in folded or _ANNOUNCES[language].match(folded):
            continue  # a reference, whose dates and titles are of what it points to; what a text says of itself
        if named := _NAMED[language].match(folded):
            folded = " " * named.end() + folded[named.end() :]
        if is_question(folded, language):
            label, answer = _label(folded, language)
            frame = _under_question(frame, label)
            if not answer:
                asked_at = start
                continue
            folded = restated(answer, label, language) or folded
        elif reply := restated(folded, frame.question, language):
            folded, quoted = reply, quoted if asked_at < 0 else asked_at  # 不可以 alone tells nobody what
        taken_back = not frame.reported and rejects(then, folded, language)
        inside = replace(frame, reported=True) if taken_back else frame
        if told and POINTING[language].match(folded):
            inside = replace(inside, told=told)
        whole = passage.text[quoted : start + len(text)]
        found = list(sentence_claims(_blank(frame, passage.start + quoted, whole), folded, inside))
        yield from found
        asked_at = -1
        frame = replace(frame, question="") if frame.question else frame
        told = _subject(found) or told


def _sentences(passage: Passage) -> list[tuple[int, str]]:
    """The sentences of a passage with where they start in it; a row of a table is one."""
    if passage.kind == "table_cell":
        return [(0, passage.text)]
    return [(span.start, passage.text[span.start : span.end]) for span in sentences(passage.text)]


def _answering(framed: Iterable[tuple[Frame, Passage]]) -> Iterator[Claim]:
    """The claims of the sentences that answer their title or heading, each read as its question with the answer."""
    for question, opening in _openings(framed):
        texts = [without_speaker(fold(text)) for _, _, text in opening]
        if found := answer_in(texts, question, opening[0][0].words):
            frame, start, text = opening[found[0]]
            for claim in sentence_claims(_blank(frame, start, text), found[1], frame):
                yield changed(claim, confidence=1.0)  # a pronoun stands for what the question names


def _openings(framed: Iterable[tuple[Frame, Passage]]) -> Iterator[tuple[str, list[tuple[Frame, int, str]]]]:
    """Each question of a title or heading with the first sentences under it, and where they start."""
    section: tuple[str, ...] = ()
    question, opening = "", list[tuple[Frame, int, str]]()
    for frame, passage in framed:
        if frame.question or frame.headings != section:
            if opening:
                yield question, opening
            section, question, opening = frame.headings, frame.question, []
        if question and len(opening) < OPENING:
            more = _sentences(passage)[: OPENING - len(opening)]
            opening += [(frame, passage.start + start, text) for start, text in more]
    if opening:
        yield question, opening


def _subject(found: list[Claim]) -> tuple[str, ...]:
    """What a sentence is about: the words before its first marker, else (in English) its first words."""
    stated = next((claim for claim in found if claim.slot_kind == "stance" and claim.attribution == "asserted"), None)
    if stated is None:
        return ()
    first = stated.terms[: max(1, min(SUBJECT, len(stated.terms) - 1))]  # in English the subject opens the sentence
    return tuple(stated.entity.split()[:SUBJECT]) or (first if stated.language == "en" else ())


def _label(text: str, language: str) -> tuple[str, str]:
    """A question and the answer after its colon (``提前退租是否退押金:一律不退。``), which may be empty."""
    label, _, answer = text.partition(":")
    if not answer.strip() or not asks(label, language) or is_question(answer, language):
        return text, ""
    return label, answer


def _is_fragment(text: str, words: Lexicon) -> bool:
    """A label, a caption, a cell, or an English row of figures without a word of grammar (2 INT, 4 passes)."""
    if len(text) <= LABEL and not _ENDS.search(text):
        return not _is_item(fold(text), words)
    if words.language != "en" or len(_FIGURE.findall(text)) < _FIGURES:
        return False
    found = _LATIN.findall(text.lower())
    return not any(words.weight.get(word, 1.0) == 0.0 or word in words.stance for word in found)


def _is_item(text: str, words: Lexicon) -> bool:
    """Whether a text without a stop (normal form) advises or measures what is done, as the items of a list do."""
    if any(
        marker.label in ADVISING and text[marker.start : marker.end] not in _ABLE for marker in markers_of(text, words)
    ):
        return True
    measured = {item.quantity.dimension for item in quantities(text, "zh")} if words.language == "zh" else frozenset()
    verbs = (term for term in terms_of(text, words, {}) if term.tag == "v" and term.heavy)
    return "frequency" in measured or (not measured.isdisjoint(_DONE) and any(verbs))


def _blank(frame: Frame, start: int, text: str) -> Claim:
    return Claim(
        url=frame.document.url,
        start=start,
        end=start + len(text),
        text=text,
        entity="",
        predicate="",
        polarity=0,
        modality="",
        language=frame.words.language,
        topic=frame.title or frame.headings,
        context=tuple(dict.fromkeys((*frame.title, *frame.headings, *frame.asked))),
        published=frame.document.published,
        confidence=FRAGMENT if BETWEEN not in text and _is_fragment(text, frame.words) else 1.0,
    )
