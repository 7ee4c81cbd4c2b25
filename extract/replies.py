"""Comments and replies known by their structure: repeated units, each with a short dated line and a text."""

from __future__ import annotations

import re
from itertools import groupby, pairwise

from extract.blocks import Block, Layout, Node
from extract.facts import is_profile
from extract.titles import bare
from extract.verdicts import Verdicts, value

MIN_REPLIES = 3  # siblings alike that make a list of comments; two where replies are the content
MIN_POSTS = 2  # posts alike under the title that make a thread
MIN_LEFT = 120  # characters of prose that must stand before comments, and be left when a footer goes
MIN_QUESTION = 20  # the same before the replies to a question or a post
NEAR_TITLE = 4  # blocks before the title, and after the first prose, in which the one who asked may be named
MAX_BOXES = 3  # boxes around a name that are compared
MIN_BODY = 16.0  # value of a block from which it is what somebody wrote
MAX_LINE = 40  # code points of a line over it
MAX_REFRAIN = 24  # code points of a line that comes again with each reply
MAX_DATED = 60  # code points of one that says a day
MAX_EARLIER = 20_000  # letters of the posts before, in which the words of a quote are looked for
MIN_COVERED = 0.8  # share of the blocks from the first to the last reply that lie in replies, 0 to 1
_CELLS = frozenset({"tbody", "thead", "td", "th"})
TABLE_PARTS = _CELLS | {"table", "tr"}
_DATED = re.compile(
    r"(?:19|20)\d\d\s?[-/.年]\s?\d|\b\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d|\d\s?(?:天|小时|分钟|个月|周|年)前|昨天|前天"
    r"|\d (?:day|hour|minute|week|month|year|decade)s? ago"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]* \d",
    re.IGNORECASE,
)
_FOR_PROGRAMS = re.compile(r"\d{4}-\d\d-\d\dT\d")  # a date that no page writes for people
_DAY_SIGN = re.compile(r"\d|[昨前]天")
_CITED = re.compile(r"^.{0,60}?(?:\b(?:wrote|said)|发表于.{8,20}|写道|说)\s*[:：]?\s*", re.IGNORECASE)
LABELLED = re.compile(r"[\u4e00-\u9fff]{2,6}\s?[:：]|[A-Z][^\W\d_]+(?: [^\W\d_]+)?:\s")  # 级别: 版主
_COUNTED = re.compile(r"[:：]\s?\d[\d.,]*\s?[kw万]?$", re.IGNORECASE)  # … 获赞数：5521
_NUMBER = re.compile(r"\d[\d.,]*")
_TIMED = re.compile(
    r"(?:(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}|\d{1,2}[-/月]\d{1,2}).{1,12}?\d{1,2}[:：]\d{2}|\d{1,2}/\d{1,2}/(?:19|20)\d\d.{1,6}\d{1,2}:\d{2}"
)


def families_of(layout: Layout) -> list[list[Node]]:
    """Siblings of one tag with two and more blocks each, in reading order; cells of a row are none."""
    families: dict[tuple[int, str], list[Node]] = {}
    for node in layout.nodes:
        if node.last - node.first > 1 and node.tag not in _CELLS:
            families.setdefault((node.parent, node.tag), []).append(node)
    return [family for family in families.values() if len(family) > 1]


def is_thread(layout: Layout, title_block: int) -> bool:
    """Whether posts alike begin right under (or with) the title, each by a person whose page is linked.

    They are alike in tag and first class name, wherever they stand: the first post may have a box of its own. Where
    a question stands before them, who asked is shown as they are.
    """
    if title_block < 0:
        return False
    people = {a.block for a in layout.anchors if len(a.text) <= MAX_LINE and is_profile(a.href)}
    named = _around(layout.nodes, [layout.blocks[i].node for i in people if i < len(layout.blocks)])
    alike: dict[tuple[str, str], list[Node]] = {}
    for node in (layout.nodes[index] for index in sorted(named)):
        if node.last - node.first > 1 and node.last > title_block and (name := node.label.partition(" ")[0]):
            alike.setdefault((node.tag, name), []).append(node)
    latest = _prose_begins(layout.blocks, title_block + 1)
    near = range(title_block - NEAR_TITLE, latest + NEAR_TITLE)
    return any(
        _are_posts(nodes, layout.blocks) and (nodes[0].first <= latest or _asked_alike(layout, nodes, people, near))
        for nodes in alike.values()
    )


def _around(nodes: list[Node], inner: list[int]) -> set[int]:
    """The nodes ``inner`` and all around them."""
    found: set[int] = set()
    for index in inner:
        at = index
        while at >= 0 and at not in found:
            found.add(at)
            at = nodes[at].parent
    return found


def _asked_alike(layout: Layout, nodes: list[Node], people: set[int], near: range) -> bool:
    """Whether the one who asked is shown as those who answer (``nodes``): a class name around each of their names.

    Under an article readers are shown in another way than its author.
    """
    first = nodes[0].first
    asked = {name for i in people if i in near and i < first for name in _names_around(layout, i, 0)}
    answered = (
        {name for i in people.intersection(range(one.first, one.last)) for name in _names_around(layout, i, one.depth)}
        for one in nodes
    )
    return bool(asked.intersection(*answered))


def _names_around(layout: Layout, index: int, depth: int) -> list[str]:
    """The class names of the innermost boxes around a block, within a node at ``depth``."""
    found, at = [], layout.blocks[index].node
    for _ in range(MAX_BOXES):
        if at < 0 or layout.nodes[at].depth <= depth:
            break
        found.append(layout.nodes[at].element.get("class") or "")
        at = layout.nodes[at].parent
    return [name for name in found if name]


def _prose_begins(blocks: list[Block], first: int) -> int:
    """The block from ``first`` on with which there is as much prose as a question has; their number if none."""
    prose = 0.0
    for index in range(first, len(blocks)):
        prose += max(0.0, value(blocks[index]))
        if prose >= MIN_QUESTION:
            return index
    return len(blocks)


def _are_apart(nodes: list[Node]) -> bool:
    return all(one.last <= other.first for one, other in pairwise(nodes))


def _are_posts(nodes: list[Node], blocks: list[Block]) -> bool:
    first = nodes[0]
    return (
        len(nodes) >= MIN_POSTS
        and _are_apart(nodes)
        and any(is_body(block) for block in blocks[first.first : first.last])
        and not any(block.level in (1, 2) for node in nodes[1:] for block in blocks[node.first : node.last])
        and all(_is_reply(blocks[node.first : node.last], late=True) for node in nodes)
    )


def mark_replies(layout: Layout, verdicts: Verdicts, families: list[list[Node]], title_block: int) -> None:
    """Comments without a telling name: siblings alike under the text, each with a short dated line and a text."""
    before, posts = verdicts.prose_left(), 0
    barred = _CELLS if verdicts.replies else TABLE_PARTS  # old forums put each post into a table of its own
    for family in families:
        if family[0].tag != "blockquote" and family[0].tag not in barred:
            for alike in _runs_of_replies(family, layout.blocks, late=verdicts.replies):
                posts = max(posts, _open_thread(alike, verdicts, before, title_block, posts))
                _mark_run(alike, verdicts, before)


def _runs_of_replies(family: list[Node], blocks: list[Block], *, late: bool) -> list[list[Node]]:
    """The runs of siblings that are built like replies. ``late``: their dates may stand at their ends."""
    groups = groupby(family, key=lambda node: _is_reply(blocks[node.first : node.last], late=late))
    return [list(group) for alike, group in groups if alike]


def _open_thread(family: list[Node], verdicts: Verdicts, before: list[float], title_block: int, posts: int) -> int:
    """How many posts ``family`` has. The first, if next to nothing stands between it and the title, opens the thread.

    Among nested families the one with the most posts counts, and of two alike the inner one.
    """
    first = family[0].first
    above = before[first] - before[max(0, min(title_block + 1, first))]
    if not verdicts.replies or len(family) < max(2, posts) or above >= MIN_QUESTION:
        return 0
    verdicts.opening = (first, family[0].last)
    return len(family)


def _mark_run(family: list[Node], verdicts: Verdicts, before: list[float]) -> None:
    least, left = (2, MIN_QUESTION) if verdicts.replies else (MIN_REPLIES, MIN_LEFT)
    opens = verdicts.opening == (family[0].first, family[0].last)
    if verdicts.replies and (opens or before[family[0].first] < MIN_QUESTION):
        family = family[1:]  # the first post of a thread is no reply
    if len(family) < least - opens or before[family[0].first] < left:
        return
    first, last = family[0].first, family[-1].last
    if sum(node.last - node.first for node in family) >= MIN_COVERED * (last - first):
        verdicts.drop(first, last, "comment")
        if verdicts.replies:
            verdicts.units += [(node.first, node.last) for node in family]


def mark_flat_replies(layout: Layout, verdicts: Verdicts) -> None:
    """Comments that share one node: lines with day and time, each over or under a text, from the third on."""
    before = verdicts.prose_left()
    lines: dict[int, list[int]] = {}
    for index, block in enumerate(layout.blocks):
        if len(block.text) <= MAX_DATED and verdicts.reasons[index] is None and _is_timed(block.text):
            node = layout.nodes[block.node]
            if node.table >= 0:
                continue
            alone = node.last - node.first == 1 and node.parent >= 0
            lines.setdefault(node.parent if alone else block.node, []).append(index)
    for parent, found in lines.items():
        if len(found) >= MIN_REPLIES and before[found[0]] >= MIN_LEFT and len(set(found)) > 2:
            verdicts.drop(found[0], layout.nodes[parent].last, "comment")


def _is_reply(blocks: list[Block], *, late: bool) -> bool:
    if not late and any(0 < block.level < 4 and block.link_chars for block in blocks[:3]):
        return False  # a linked heading: the post of a blog's front page
    prose = (block for block in blocks if block.marks and block.link_chars < 0.5 * len(block.text))
    if all(len(block.text) <= MAX_LINE and _is_dated(block.text) for block in prose):
        return False  # nothing but lines like: Asked 4 years, 2 months ago
    if any(len(block.text) <= MAX_DATED and _is_dated(block.text) for block in blocks[:4]):
        return True
    ends = (block.text for block in (*blocks[:4], *blocks[-5:]) if late and len(block.text) <= MAX_DATED)
    return any(_is_dated(text) or _is_timed(text) for text in ends)


def _is_dated(text: str) -> bool:
    """Whether a short line says a day; one look for a digit spares most lines the longer one."""
    return bool(_DAY_SIGN.search(text) and _DATED.search(text) and not _FOR_PROGRAMS.search(text))


def is_body(block: Block) -> bool:
    """Whether a block is what somebody wrote, and no line about who wrote it: 擅长：…, 级别: 版主."""
    short = len(block.text) <= MAX_LINE and block.text[-1] not in "。！？!?."
    about = short and (LABELLED.match(block.text) or _COUNTED.search(block.text) or _is_dated(block.text))
    return value(block) >= MIN_BODY and not about


def drop_headers(layout: Layout, verdicts: Verdicts) -> None:
    """Take the lines that stand over what somebody wrote out of the text: the name, the rank, how many posts."""
    for first, last in (*verdicts.units, *([verdicts.opening] if verdicts.opening else [])):
        body = next((i for i in range(first, last) if is_body(layout.blocks[i])), first)
        for index in range(first, body):
            block = layout.blocks[index]
            dated = _is_dated(block.text)
            plain = (dated or not block.marks or LABELLED.match(block.text)) and block.level not in (1, 2, 3)
            short = len(block.text) <= (MAX_DATED if dated else MAX_LINE)
            if plain and short and verdicts.reasons[index] is None:
                verdicts.drop(index, index + 1, "navigation")


def drop_refrains(layout: Layout, verdicts: Verdicts, run: range) -> None:
    """Take out the short lines that come again with each reply, but for their numbers: Lv 7, ナイス！12, Upvote."""
    alike: dict[str, list[int]] = {}
    for index in run:
        text = layout.blocks[index].text
        if len(text) <= MAX_REFRAIN and not layout.blocks[index].level and text[-1] not in "。！？!?.":
            alike.setdefault(_NUMBER.sub("0", text), []).append(index)
    for found in alike.values():
        for index in found if len(found) > 1 else ():
            verdicts.drop(index, index + 1, "navigation")


def drop_quotes(layout: Layout, verdicts: Verdicts) -> None:
    """Take the words of an earlier post out of those that quote it: they are on the page already."""
    units = sorted({*verdicts.units, *([verdicts.opening] if verdicts.opening else [])})
    earlier = ""
    for first, last in units:
        for index in range(first, last):
            block = layout.blocks[index]
            if block.kind == "quote" and verdicts.reasons[index] is None:
                words = bare(_CITED.sub("", block.text))
                if words in earlier:
                    verdicts.drop(index, index + 1, "navigation")
        said = "".join(bare(block.text) for block in layout.blocks[first:last] if block.kind != "quote")
        earlier = (earlier + said)[-MAX_EARLIER:]


def drop_signatures(layout: Layout, verdicts: Verdicts, run: range) -> None:
    """Take out what stands under the line ``--`` in the element of a post or letter. Source: RFC 3676, section 4.3."""
    for index in run:
        if layout.blocks[index].text == "--" and verdicts.reasons[index] is None:
            node = layout.blocks[index].node
            end = next((i for i in range(index, run.stop) if layout.blocks[i].node != node), run.stop)
            verdicts.drop(index, end, "navigation")


def _is_timed(text: str) -> bool:
    """Whether a short line says a day and a time of it."""
    return (":" in text or "：" in text) and bool(_TIMED.search(text)) and not _FOR_PROGRAMS.search(text)
