"""The short lines around a title and after a text: 来源, 作者, 发布时间, (记者 某某), 工商银行 2024-01-31 16:45."""

from __future__ import annotations

import re
from collections.abc import Container

from extract.blocks import Block, Layout
from extract.dates import find_date
from extract.facts import Fact, Facts, is_person, is_profile, name_in, put
from extract.tables import rows
from extract.titles import Title, bare
from extract.verdicts import Verdicts

MAX_LINE = 160  # code points of a line that can hold a byline
MAX_LABEL = 12  # code points of a label with nothing after it
MAX_DATED = 80  # code points of a line whose unlabelled date is the page's
MAX_ASIDE = 60  # code points of a line between a title and its text that is no part of it,
LINKED_ASIDE = 0.3  # when links hold this share of it, 0 to 1
_BEFORE, _AFTER = 6, 8  # blocks before and after the title that are searched
_CLOSE = 3  # lines nearest to the title, where a name may stand alone
MAX_SIGNER = 24  # code points of the name of who signs
_FOOT = 12  # last blocks of a page, where rights are reserved
_TAIL = 6  # blocks after the text that are searched

_LABEL = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in rows("labels.tsv")), re.IGNORECASE)
_LABELLED = re.compile(
    rf"(?:^|[\s　|,，;；(（\[【〖/·“\"：:—-]|(?<=[\u4e00-\u9fff\d]))(?:{_LABEL.pattern})\s*[:：】\]]\s*", re.IGNORECASE
)  # fmt: skip
_BY = re.compile(r"^(?:by|von|par|por|di|door|av)[:\s]\s*(?P<name>[^\W\d_][^|•·»\d]{2,50})", re.IGNORECASE)
_MAILED = re.compile(  # the writer of a letter: a name and an address
    r"(?P<name>[\u4e00-\u9fff]{2,4}|[A-Z][\w'’.-]*(?:\s[A-Z][\w'’.-]*){1,3})"
    r"[\s<(]+[\w.+-]+(?:@| at )[\w-]+(?:\.[\w-]+)+[>)]?"
)
_BY_WORD = re.compile(r"^(?:by|von|par|por|di|door|av)\s", re.IGNORECASE)
_FULL_NAME = re.compile(r"[A-Z][\w'’-]+(?:\s[A-Z][\w'’.-]*){1,2}")
_BY_NAME = re.compile(rf"(?:By|Von|Par|Por|Di|Door|Av):?\s{_FULL_NAME.pattern}")
_AGO = re.compile(
    r"(?:\d{1,3}|an?) (?:second|minute|hour|day|week|month|year|decade)s? ago|\d{1,3}\s?(?:分钟|小时|天|周|个月|年)前",
    re.IGNORECASE,
)
_OWN_ADDRESS = re.compile(r"[^\s:：。，]{1,8}\s?[:：]\s?https?://\S+")  # 本文网址：…
_NO_NAME = "(?!通讯员|记者|实习|摄影|编辑|更新|发布|发表|修改)"  # behind a name and a blank
_NAMES = rf"[\u4e00-\u9fff·]{{2,4}}(?:[ 、，,]{{1,2}}{_NO_NAME}[\u4e00-\u9fff·]{{2,4}}(?!报道|摄|电)){{0,3}}"
_REPORTER = re.compile(
    rf"(?:(?:记者|通讯员|特约撰稿人?)\s*[:：/／]?|(?:作者|撰文|文)(?:[:：/／]|\s))\s*(?P<name>{_NAMES})(?=[\s/／)）】\]]|报道|摄|电|$)"
)
_SIGNED = re.compile(
    rf"[(（【]\s*[^()（）]{{0,16}}?(?:(?:记者|通讯员|作者|撰文|编辑)\s*[:：/]?|(?<![\u4e00-\u9fff])文\s*[:：/／|])\s*(?P<name>{_NAMES})[^()（）]{{0,10}}[)）】]\s*$"
)
_CREDIT = re.compile(
    r"(?:转载自|转自|摘自|摘编自|选自|原载于?)\s*[《“\"]?(?P<source>[^,，。；;《》“”\s:：]{2,30})[》”\"]?"
    r"(?:[,，\s]+(?:原文?)?作者(?P<author>[^,，。；;\s:：]{2,12}))?"
)
_POSTED = re.compile(
    r"由\s*[【\[]?(?P<name>[^\s，。【】\[\]]{1,20}?)[】\]]?\s*[于在]\s*(?P<date>(?:19|20)\d\d.{5,24}?)(?:在|发)"
)
_NAME_LINE = re.compile(r"[\u4e00-\u9fff·]{2,5}")
_OWNER = re.compile(
    r"(?:copyright|©|\(c\)|版权所有)[\s©\d(),.-]*(?:by\s+)?(?P<name>[\u4e00-\u9fff]{2,4})(?=[\s,.]|$)", re.IGNORECASE
)
_REPORTED = re.compile(
    r"\s*(?:[-—]\s*)?(?:报道|報導|报导|讯|訊|电|電|消息)"
)  # after the date: who reports, and no author
_OWN_LABEL = re.compile(r"[^:：]{1,8}[:：](?!\d)|.*[:：]$")
_PIECES = re.compile(r"\0|\s[|｜·•]\s|[|｜]|\s{2,}")  # what parts a line into who, when and where
_VERB = re.compile(
    r"\s*(?:发表|发布|发帖|提问|回答|写)于?(?=\s*\0)|(?:^|\s)(?:on|at|posted|published)(?=\s*\0)",
    re.IGNORECASE,
)
_ENGLISH_BYLINE = re.compile(
    r"(?:by|posted|published|answered|asked|replied|edited|commented|updated|last updated|last modified|written by"
    r"|author|on|date)\b[^.!?]*$|.{0,40}(?:min(?:ute)?s? read|\d\d? ?[ap]\.?m\.?)"
    r"|this (?:page|article|entry) (?:was|has been) (?:last )?(?:updated|modified|edited|revised)\b[^.!?]*\.?$",
    re.IGNORECASE,
)


def read_bylines(
    layout: Layout, title_block: int, run: range, facts: Facts, *, said: Container[int], fetched_at: str | None
) -> None:
    """Add to ``facts`` what the lines near the title and the ends of the main text (``run``) say.

    The blocks of replies (``said``) speak for those who replied, not for the page.
    """
    lines = _lines_near(layout, title_block, run, said)
    for line in lines:
        _read_line(line, facts, fetched_at)
        _read_credit(line, facts)
    _read_signature(layout, run, facts)
    _read_profile(layout, title_block, run, facts, said)
    opening = [layout.blocks[i].text for i in range(run.start, min(run.stop, run.start + _CLOSE)) if i not in said]
    for line in (*lines[:_CLOSE], *opening):
        for piece in _PIECES.split(line):
            if is_person(piece) or _signs_heading(piece, opening):
                put(facts, "author", piece, "line")
    _read_posted(layout, facts, fetched_at)
    for line in lines:
        _read_beside_date(line, facts, fetched_at)
    source = facts.get("source")
    if "author" not in facts and source and source.origin != "dateline" and is_person(source.value):
        put(facts, "author", source.value, "source")
    for line in () if "signed" in facts else lines:
        found = find_date(line, fetched_at) if "published" not in facts and len(line) <= 20 else None
        put(facts, "published", found.iso if found else None, "byline")
    put(facts, "author", facts["editor"].value if "editor" in facts else None, "editor")
    if "author" not in facts:
        _read_owner(layout, facts)
    if "author" not in facts:
        _read_mailto(layout, facts)


def _read_profile(layout: Layout, title_block: int, run: range, facts: Facts, said: Container[int]) -> None:
    """The one person whose own page is linked around the title."""
    start = title_block if title_block >= 0 else run.start
    near = range(start - _BEFORE, max(start + _CLOSE, min(run.start + 1, start + _AFTER)) + 1)
    people = (a for a in layout.anchors if a.block in near and a.block not in said and is_profile(a.href))
    names = {name for one in people if len(one.text) <= MAX_SIGNER and (name := name_in(one.text))}
    source = facts["source"].value if "source" in facts else None
    if len(names) == 1 and source not in names:
        put(facts, "author", names.pop(), "profile")


def _signs_heading(line: str, opening: list[str]) -> bool:
    """Whether a short line repeats the name that a heading begins with: 某某：我的学车经历, and 某某 under it."""
    return _NAME_LINE.fullmatch(line) is not None and any(one.startswith((f"{line}：", f"{line}:")) for one in opening)


def _read_owner(layout: Layout, facts: Facts) -> None:
    """Copyright © 某某 under a page: a person who holds the rights wrote it."""
    for block in layout.blocks[-_FOOT:]:
        owner = _OWNER.search(block.text) if len(block.text) <= MAX_LINE else None
        if owner and is_person(owner["name"]):
            put(facts, "author", owner["name"], "copyright")


def _read_mailto(layout: Layout, facts: Facts) -> None:
    """The one person to whom a page lets its readers write: <a href="mailto:…">Walter Pym</a>."""
    names = {a.text for a in layout.anchors if a.href.startswith("mailto:")}
    name = names.pop() if len(names) == 1 else ""
    if is_person(name) or _FULL_NAME.fullmatch(name):
        put(facts, "author", name, "mailto")


def _lines_near(layout: Layout, title_block: int, run: range, said: Container[int]) -> list[str]:
    """The short lines around the title, then around the text's beginning and end, nearest first.

    The linked entries of a list after the text speak of other texts.
    """
    start = title_block if title_block >= 0 else run.start
    places = [*range(start + 1, start + 1 + _AFTER), *range(start - 1, start - 1 - _BEFORE, -1)]
    places += [*range(run.start - 3, run.start + 4), *range(run.stop - 4, run.stop + _TAIL)]
    places = [i for i in dict.fromkeys(places) if 0 <= i < len(layout.blocks) and i not in said]
    kept = (i for i in places if i < run.stop or layout.blocks[i].kind != "list_item" or not layout.blocks[i].anchors)
    return [_with_value(layout, i) for i in kept if len(layout.blocks[i].text) <= MAX_LINE and not _is_value(layout, i)]


def _with_value(layout: Layout, index: int) -> str:
    """The line at ``index``; a label that stands alone takes the value from the next cell."""
    text = layout.blocks[index].text
    drawn = _drawn_pieces(layout, index)
    if len(drawn) > 1:
        label = len(drawn[0]) <= MAX_LABEL and _LABEL.fullmatch(drawn[0])
        return f"{drawn[0]}: {' '.join(drawn[1:])}" if label else "  ".join(drawn)
    return f"{text} {layout.blocks[index + 1].text}" if _is_value(layout, index + 1) else text


def _drawn_pieces(layout: Layout, index: int) -> list[str]:
    """The pieces of a line that stand in elements of their own, where style sets them apart; empty for any other."""
    block = layout.blocks[index]
    element = layout.nodes[block.node].element
    texts = (element.text, *(child.tail for child in element))
    if len(element) < 2 or any(text and not text.isspace() for text in texts):
        return []
    pieces = (" ".join("".join(child.itertext()).split()) for child in element if isinstance(child.tag, str))
    found = [piece for piece in pieces if piece]
    return found if "".join(found).replace(" ", "") == block.text.replace(" ", "") else []


def _is_value(layout: Layout, index: int) -> bool:
    """Whether the line at ``index`` is the value of a label that stands alone before it."""
    if not 0 < index < len(layout.blocks):
        return False
    label, value = layout.blocks[index - 1].text, layout.blocks[index].text
    return label[-1] in ":：" and len(label) <= MAX_LABEL and len(value) <= MAX_DATED and not _OWN_LABEL.match(value)


def _read_line(line: str, facts: Facts, fetched_at: str | None) -> None:
    matches = list(_LABELLED.finditer(line))
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else len(line)
        _labelled(match.lastgroup or "", line[match.end() : end], facts, fetched_at)
    signed = any(match.lastgroup == "signed" for match in matches)
    if "published" not in facts and len(line) <= MAX_DATED and not signed and not _QUOTES.search(line):
        found = find_date(line, fetched_at)
        if found and len(found.iso) >= 10:
            facts["published"] = Fact(found.iso, "byline")
    if not matches and len(line) <= 50 and not re.search(r"[。！？；]", line):
        named = _BY.search(line) or _REPORTER.search(line) or _MAILED.fullmatch(line)
        put(facts, "author", name_in(named["name"].replace("，", "、")) if named else None, "byline")


def _read_credit(line: str, facts: Facts) -> None:
    """转载自某某网，作者某某，有删节: a credit line without colons."""
    credit = _CREDIT.search(line)
    if credit:
        put(facts, "source", name_in(credit["source"]), "credit")
        put(facts, "author", name_in(credit["author"]) if credit["author"] else None, "credit")


def _labelled(name: str, value: str, facts: Facts, fetched_at: str | None) -> None:
    found = find_date(value, fetched_at)
    if name in ("published", "modified", "signed"):
        put(facts, name, found.iso if found else None, "byline")
    elif name in ("author", "source", "editor"):
        put(facts, name, name_in(value[: found.start] if found else value), "byline")


def _read_signature(layout: Layout, run: range, facts: Facts) -> None:
    """（记者 某某） at the end of one of the last paragraphs."""
    for index in range(run.stop - 1, max(run.start, run.stop - 4) - 1, -1):
        signed = _SIGNED.search(layout.blocks[index].text)
        if signed:
            put(facts, "author", name_in(signed["name"]), "signature")


def _read_posted(layout: Layout, facts: Facts, fetched_at: str | None) -> None:
    """本贴由某某于某日发表, as forums write."""
    if "author" in facts and "published" in facts:
        return
    for block in layout.blocks:
        posted = _POSTED.search(block.text) if "由" in block.text and len(block.text) <= MAX_LINE else None
        if posted:
            found = find_date(posted["date"], fetched_at)
            put(facts, "published", found.iso if found else None, "posted")
            put(facts, "author", name_in(posted["name"]), "posted")
            return


def _read_beside_date(line: str, facts: Facts, fetched_at: str | None) -> None:
    """What stands beside the date without a label, if short, is who published it."""
    found = find_date(line, fetched_at) if len(line) <= MAX_DATED and not _QUOTES.search(line) else None
    if not found or "author" in facts or "source" in facts:
        return
    if _REPORTED.match(line, found.end):
        put(facts, "source", name_in(line[: found.start]), "dateline")
        return
    rest = _VERB.sub("", line[: found.start] + "\0" + line[found.end :])
    label = _LABELLED.search(rest)
    before = rest[: label.start()] if label else rest
    edges = " |·-—:：>»/[]()（）,，　"
    sides = (side for side in _PIECES.split(before) if not side.rstrip().endswith((":", "：")))  # that is a label
    pieces = (side.strip(edges) for side in sides)
    piece = next((piece for piece in pieces if piece and not _WEEKDAY.fullmatch(piece)), "")
    piece = _BY_WORD.sub("", piece)
    if 1 < len(piece) <= 20 and not _LABEL.fullmatch(piece) and not re.search(r"[\d>»:：。，,]|时间|日期|首页", piece):
        put(facts, "author", name_in(piece), "beside_date")


def drop_bylines(layout: Layout, verdicts: Verdicts, run: range) -> None:
    """Take the lines that only say who, when and how often read out of the head and the tail of the main text."""
    blocks = layout.blocks
    kept = [i for i in run if verdicts.reasons[i] is None]
    signed = _signature(layout, kept)
    for index in kept if verdicts.replies else (*kept[:_AFTER], *kept[-_AFTER:]):
        if is_byline(blocks[index]) and index != signed:
            verdicts.drop(index, index + 1, "navigation")
            if not verdicts.replies and signed < 0 and find_date(blocks[index].text):
                _drop_rest(blocks, verdicts, [i for i in kept if i < index], [i for i in kept if i > index])


def drop_asides(layout: Layout, verdicts: Verdicts, title: Title) -> None:
    """Take out what stands between a title and its text: the site's own name and claim, where another meaning is."""
    name, blocks = bare(title.site or ""), layout.blocks
    for index in range(title.block + 1, min(len(blocks), title.block + 1 + _CLOSE)) if title.block >= 0 else ():
        block = blocks[index]
        if len(block.text) > MAX_ASIDE or block.level or block.kind != "paragraph":
            return
        named = len(name) > 1 and name in bare(block.text) and block.text[-1] not in "。！？!?."
        if named or block.link_chars >= LINKED_ASIDE * len(block.text):
            verdicts.drop(index, index + 1, "navigation")


def _drop_rest(blocks: list[Block], verdicts: Verdicts, before: list[int], after: list[int]) -> None:
    """Take out what little stands under the line that ends a text with its date."""
    said, left = (sum(blocks[i].marks for i in part) for part in (before, after))
    if len(after) < _CLOSE and said > _CLOSE * left and all(_is_aside(blocks[i]) for i in after):
        for index in after:
            verdicts.drop(index, index + 1, "navigation")


def _is_aside(block: Block) -> bool:
    """Whether a block is a short line, and no entry of a list or heading."""
    return len(block.text) <= MAX_DATED and block.kind == "paragraph"


def _signature(layout: Layout, kept: list[int]) -> int:
    """The bare date under the name that a notice or a letter ends with; -1 without one."""
    for index, after in zip(kept[-_CLOSE - 1 :], kept[-_CLOSE:], strict=False):
        name, line = layout.blocks[index], layout.blocks[after]
        found = find_date(line.text) if len(line.text) <= MAX_LABEL else None
        plain = len(name.text) <= MAX_SIGNER and not name.marks and not name.link_chars and not name.level
        beside = layout.nodes[name.node].parent == layout.nodes[line.node].parent
        if found and plain and beside and found.end - found.start == len(line.text) and after == index + 1:
            return after
    return -1


def _without_date(text: str) -> str:
    found = find_date(text)
    return (text[: found.start] + text[found.end :] if found else text).strip()


_WEEKDAY = re.compile(  # in the languages whose months are known
    r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|(?:星期|周|礼拜)[一二三四五六日天]"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bado|domingo|(?:lune|marte|mercole|giove|vener)d[iì]|sabato"
    r"|domenica|(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|(?:maan|dins|woens|donder|vrij|zater|zon)dag)\.?",
    re.IGNORECASE,
)
_QUOTES = re.compile(r"^[—–]|(?:\b(?:wrote|said|writes|says)|写道|说道?)\s*[:：]$")  # said of the words of another


def is_byline(block: Block) -> bool:
    """Whether a short block holds nothing but labels of metadata with their values, or a date and a name."""
    text = block.text
    if len(text) > 100 or block.level == 1 or _QUOTES.search(text):
        return False
    if len(text) <= 60 and _ENGLISH_BYLINE.match(text):
        return True
    if any(pattern.fullmatch(text) for pattern in (_BY_NAME, _OWN_ADDRESS, _AGO)):
        return True
    labels = list(_LABELLED.finditer(text))
    if labels and len(_without_date(text[: labels[0].start()])) <= 30:
        return len(text) <= 24 + 30 * len(labels) and not re.search(r"[。！？]", text)
    found = find_date(text)
    rest = (text[: found.start] + "\0" + text[found.end :]).strip(" ,，\0") if found else ""
    if found and not found.start and "T" in found.iso and len(rest) <= 24 and not re.search(r"[。！？]", rest):
        return True  # a line that begins with a day and a time
    return found is not None and len(rest) <= 24 and text[-1] not in ",，、" and not re.search(r"[。！？，,；]", rest)
