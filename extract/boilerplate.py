"""Which blocks are not content, and why. Every rule is bounded by the share of the page's prose it may take.

Signals, strongest first: the page says so (hidden, nav, footer), links outweigh text, a short line announces a section
of links or comments, a class name. Class names alone never take more than :data:`MAX_LABEL_SHARE` of the prose.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from extract.blocks import HEADINGS, Block, Layout, Node
from extract.cards import mark_cards
from extract.container import main_run
from extract.controls import mark_forms, mark_polls, open_panels
from extract.replies import MIN_LEFT, TABLE_PARTS, families_of, mark_flat_replies, mark_replies
from extract.tables import rows
from extract.verdicts import Verdicts, afresh, value, verdicts_of

MAX_HIDDEN_SHARE = 0.3  # share of the prose that a hidden node may hold and still count as hidden, 0 to 1
MAX_ALL_HIDDEN = 0.6  # the same for all hidden nodes of a page together
MAX_LABEL_SHARE = 0.3  # the same for a node known by its class name alone
MAX_LABEL_RUN = 0.5  # share of the main text, as found without class names, that such a node may hold
LIGHT_SHARE = 0.04  # share of the prose up to which a class name is believed without looking for the main text
MAX_SECTION_SHARE = 0.4  # the same for a section under a head like 相关阅读
MAX_COMMENT_SHARE = 0.75  # the same for comments: under a short text they are most of the page
LINK_SHARE = 0.55  # share of a node's characters inside links above which it is a list of links, 0 to 1
MAX_LINK_PROSE = 60  # characters outside links that a list of links may have
MAX_SECTION = 200  # blocks that a head without a box of its own can announce
HEAD_CHARS = 32  # a longer block announces nothing
MIN_FARM_LINKS = 5  # links to other sites that make a list of links a link farm
MAX_LINE_SENTENCES = 2  # sentences of a line that can be boilerplate by its words
MAX_STATEMENT = 4  # blocks of a box that a disclaimer begins
MAX_STATEMENT_SHARE = 0.4  # share of the page's prose that it may hold, 0 to 1
MAX_OFFER = 5  # lines of a box that offers goods
MAX_OFFER_LINE = 60  # characters of one of them
NEAR_TITLE = 4  # blocks after the title within which its article begins
MAX_GATE = 80  # code points of a line that leads to a login
LINE_CHARS = 160  # a longer block is no line of its own, whatever it begins with

_DROPPED_TAGS = {"nav": "navigation", "footer": "footer", "aside": "navigation", "menu": "navigation", "dialog": "ad"}
# Class names that speak of spacing, of a width of screen or of a neighbour, and posts that carry their tags.
_UTILITY = re.compile(
    r"(?:[\w:-]*(?:margin|padding|m|p|mg|mb|pd|pad|border|align|valign|space|spacing|gap|sticky|to|v)[-_]*"
    r"bottom[\w-]*|[\w-]*(?:hidden|hide|show|visible|d)[-_](?:xxs|xs|sm|md|lg|xl|xxl|phone|mobile|tablet|desktop|small|"
    r"medium|large|print)(?:[-_][\w-]+)?|(?:has|no|not|with|without|is-not|js|tag|category)[-_][\w-]+|"
    r"[\w-]*(?:tabs?|accordion)[-_]*(?:content|panes?|panels?|body|container)[\w-]*)$",
    re.IGNORECASE,
)
_PRICE = re.compile(
    r"^(?:(?:价格|售价|特价|到手价|券后价?|price)[:：]?\s?)?(?:[¥￥$€£]\s?\d|\d[\d.,]*\s?(?:元起?|€|EUR|USD|RMB)$)",
    re.IGNORECASE,
)
_FOR_PROGRAMS = re.compile(r"[12]\d{3}-\d\d-\d\dT\d\d:\S+|https?://\S+")
_GATE = re.compile(r"(?:^|[/?=._-])(?:log-?in|log-?on|logging|sign-?in|sign-?up|register)(?:$|[/?&.#=])", re.IGNORECASE)
_AD = re.compile(
    r"[\[【(（]?(?:广告|推广|赞助商?|廣告|advertisement|sponsored|anzeige|werbung|publicité)[\])）】]?", re.IGNORECASE
)
_ON_PANELS = frozenset(
    {"navigation", "hidden", "disclaimer"}
)  # what names say of boxes that tabs open: tab, hide, tips
_HEAD_ENDS = " \t:：>»›+|·•【】[]「」《》<-—_*#."


Finder = Callable[[str], re.Match[str] | None]


@dataclass(frozen=True, slots=True)
class Rules:
    """The compiled rows of chrome.tsv, in order."""

    head: tuple[tuple[str, Finder], ...]
    line: tuple[tuple[str, Finder], ...]
    label: tuple[tuple[str, Finder], ...]


@cache
def rules() -> Rules:
    """The built-in rules."""

    def of(place: str) -> tuple[tuple[str, Finder], ...]:
        found = [(reason, re.compile(p, re.IGNORECASE)) for reason, at, p in rows("chrome.tsv") if at == place]
        return tuple((reason, p.match if p.pattern.startswith("^") else p.search) for reason, p in found)

    return Rules(of("head"), of("line"), of("label"))


def judge(layout: Layout, *, title_block: int = -1, replies: bool = False) -> Verdicts:
    """The reason for each block of the page that is no content. ``replies``: what readers wrote is content here."""
    panels = open_panels(layout)
    labelled = {i: r for i, r in _labelled(layout).items() if i not in panels or r not in _ON_PANELS}
    shares = verdicts_of(layout, replies=replies)
    families = families_of(layout)
    heavy = [index for index in labelled if shares.share(*_span(layout, index)) > LIGHT_SHARE]
    if heavy:
        bare = afresh(shares)
        _judge_build(layout, {}, title_block, bare, families)
        run = range(*main_run(layout, bare, title_block)[1:])
        labelled = {i: r for i, r in labelled.items() if i not in heavy or not _holds(layout.nodes[i], run, bare)}
    _judge_build(layout, labelled, title_block, shares, families)
    _judge_words(layout, title_block, shares)
    return shares


def _judge_build(
    layout: Layout, labelled: dict[int, str], title_block: int, verdicts: Verdicts, families: list[list[Node]]
) -> None:
    """Judge by how the page is built, and by class names for the nodes in ``labelled``."""
    hides = _hides_little(layout, verdicts)
    for index, node in enumerate(layout.nodes):
        size = node.last - node.first
        if size > 1 or (size and (node.hidden or index in labelled or node.tag in _DROPPED_TAGS)):
            data = node.table >= 0 and layout.nodes[node.table].headed
            _judge_node(node, labelled.get(index), verdicts, hides=hides, data=data)
    _mark_data(layout, verdicts)
    _mark_gates(layout, verdicts)
    _mark_other_articles(layout, verdicts, title_block)
    mark_cards(layout, verdicts, families)
    mark_replies(layout, verdicts, families, title_block)
    mark_flat_replies(layout, verdicts)


def _judge_words(layout: Layout, title_block: int, verdicts: Verdicts) -> None:
    """Judge what is left by what it says and by its controls."""
    _mark_offers(layout, verdicts)
    mark_forms(layout, verdicts, title_block)
    mark_polls(layout, verdicts)
    _mark_farms(layout, verdicts)
    for index, block in enumerate(layout.blocks):
        if len(block.text) <= LINE_CHARS and verdicts.reasons[index] is None:
            _judge_block(index, block, layout, verdicts)


def _labelled(layout: Layout) -> dict[int, str]:
    """The nodes whose class names give a reason against them."""
    known: dict[str, str | None] = {}  # most names of a page stand on many of its nodes
    found: dict[int, str] = {}
    for index, node in enumerate(layout.nodes):
        if node.depth and len(node.label) > 1:
            name = _name_of(node)
            if name not in known:
                known[name] = _label_reason(name.translate(_ONE_DIGIT))
            reason = known[name]
            if reason:
                found[index] = reason
    return found


def _name_of(node: Node) -> str:
    """The class and id of ``node``; of a heading only the class: its id is made of its words."""
    return node.element.get("class") or "" if node.tag in HEADINGS else node.label


def _span(layout: Layout, index: int) -> tuple[int, int]:
    return layout.nodes[index].first, layout.nodes[index].last


def _holds(node: Node, run: range, verdicts: Verdicts) -> bool:
    """Whether ``node`` holds most of the main text that is found without class names: then its name is misread."""
    first, last = max(node.first, run.start), min(node.last, run.stop)
    return last > first and verdicts.share(first, last) > MAX_LABEL_RUN * verdicts.share(run.start, run.stop)


def _hides_little(layout: Layout, verdicts: Verdicts) -> bool:
    """Whether enough text is left when all hidden nodes go; pages that a script unveils hide everything."""
    end, hidden = 0, 0.0
    for node in layout.nodes:
        if node.hidden and node.first >= end:
            hidden, end = hidden + verdicts.share(node.first, node.last), node.last
    return hidden <= MAX_ALL_HIDDEN


def _judge_node(node: Node, reason: str | None, verdicts: Verdicts, *, hides: bool, data: bool) -> None:
    """``reason``: what the node's class names say against it."""
    first, last = node.first, node.last
    if hides and node.hidden and verdicts.share(first, last) <= MAX_HIDDEN_SHARE:
        verdicts.drop(first, last, "hidden")
    tag = _DROPPED_TAGS.get(node.tag)
    if tag and (verdicts.share(first, last) <= MAX_LABEL_SHARE or _may_outweigh(tag, first, last, verdicts)):
        verdicts.drop(first, last, tag)
    if last - first > 1 and not data:
        chars, links = verdicts.chars[last] - verdicts.chars[first], verdicts.links[last] - verdicts.links[first]
        if links > LINK_SHARE * chars and chars - links < MAX_LINK_PROSE:
            verdicts.drop(first, last, "navigation")
    if reason:
        share = verdicts.share(first, last)
        light = share <= MAX_LABEL_SHARE or (reason != "navigation" and _may_outweigh(reason, first, last, verdicts))
        if light:
            verdicts.drop(first, last, reason)


def _may_outweigh(reason: str, first: int, last: int, verdicts: Verdicts) -> bool:
    """Whether comments or a footer may be most of the page: when prose is left before them."""
    return (
        reason in ("comment", "footer", "navigation")
        and last >= 0.6 * len(verdicts.reasons)
        and verdicts.prose_left()[first] >= MIN_LEFT
    )


def _mark_data(layout: Layout, verdicts: Verdicts) -> None:
    """What a page says again for programs, in a box that nobody sees: times and addresses stand there bare."""
    blocks, nodes = layout.blocks, layout.nodes
    bare = [
        i for i, b in enumerate(blocks) if b.text[:1] in "12h" and not b.link_chars and _FOR_PROGRAMS.fullmatch(b.text)
    ]
    for index, after in pairwise(bare):
        box = nodes[blocks[index].node]
        while box.last <= after and box.parent >= 0:
            box = nodes[box.parent]
        if verdicts.share(box.first, box.last) <= MAX_LABEL_RUN:
            verdicts.drop(box.first, box.last, "hidden")


def _mark_gates(layout: Layout, verdicts: Verdicts) -> None:
    """Short lines that lead to the site's own login: 您需要登录才可以回帖, sign in to leave a comment."""
    blocks, reasons = layout.blocks, verdicts.reasons
    for anchor in layout.anchors:
        at, href = anchor.block, anchor.href
        short = at < len(blocks) and reasons[at] is None and len(blocks[at].text) <= MAX_GATE
        if short and "//" not in href and _GATE.search(href):
            verdicts.drop(at, at + 1, "navigation")


def _mark_other_articles(layout: Layout, verdicts: Verdicts, title_block: int) -> None:
    """Further articles on the page of one: elements ``article`` with headings of their own after that of the title."""
    articles = [node for node in layout.nodes if node.tag == "article" and node.last > node.first]
    if len(articles) < 2 or title_block < 0 or verdicts.replies:
        return
    near = (node for node in articles if node.first <= title_block + NEAR_TITLE and node.last > title_block)
    own = next((node for node in near if verdicts.prose[node.last] - verdicts.prose[node.first] >= MIN_LEFT), None)
    for node in articles:
        if own and node.first >= own.last and any(0 < b.level < 4 for b in layout.blocks[node.first : node.first + 4]):
            verdicts.drop(node.first, node.last, "navigation")


def _mark_offers(layout: Layout, verdicts: Verdicts) -> None:
    """Goods for sale and advertisements amid the text: a box of a few short lines, one of them a price or 广告."""
    short = ((i, block.text) for i, block in enumerate(layout.blocks) if len(block.text) <= MAX_OFFER_LINE)
    signs = {i: bool(named) for i, text in short if (named := _AD.fullmatch(text)) or _PRICE.match(text)}
    if not signs:
        return
    for node in layout.nodes:
        if not 1 < node.last - node.first <= MAX_OFFER or node.tag in TABLE_PARTS:
            continue
        found = [signs[i] for i in range(node.first, node.last) if i in signs]
        inside = layout.blocks[node.first : node.last]
        if not found or any(len(block.text) > MAX_OFFER_LINE for block in inside):
            continue
        if any(found) or all(block.text[-1] not in "。！？.!?" for block in inside):
            verdicts.drop(node.first, node.last, "ad")


def _mark_farms(layout: Layout, verdicts: Verdicts) -> None:
    """Blocks of links with short anchors to other sites: the evidence of a link farm is not lost in a footer."""
    away = Counter(a.block for a in layout.anchors if a.href.startswith(("http://", "https://", "//")))
    outbound: dict[int, int] = {}
    for index, count in away.items():
        if index < len(layout.blocks):
            inner = layout.blocks[index].node
            holders = {inner, layout.nodes[inner].parent}
            if layout.nodes[inner].tag == "li":
                holders.add(layout.nodes[max(0, layout.nodes[inner].parent)].parent)
            for holder in holders:
                outbound[holder] = outbound.get(holder, 0) + count
    for index, count in outbound.items():
        node = layout.nodes[index]
        if index < 0 or count < MIN_FARM_LINKS:
            continue
        heads = (
            layout.blocks[i].text[:HEAD_CHARS].split(":")[0].split("：")[0].strip(_HEAD_ENDS)
            for i in range(max(0, node.first - 1), node.first + 1)
        )
        if any(reason == "link_farm" and finds(head) for head in heads for reason, finds in rules().head):
            verdicts.reasons[node.first : node.last] = ["link_farm"] * (node.last - node.first)


_ONE_DIGIT = str.maketrans("123456789", "000000000")  # post-101 and post-102 are one name
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


def _label_reason(label: str) -> str | None:
    """The first rule that speaks against one of the names in ``label``."""
    rank = min(map(_rank, label.split()), default=_NO_RULE)
    return rules().label[rank][0] if rank < _NO_RULE else None


_NO_RULE = 1_000_000


@lru_cache(maxsize=65_536)
def _rank(name: str) -> int:
    """Which rule speaks against a class or id, by its place in the table; names come again where labels do not."""
    parts = name if name.islower() else _HUMP.sub("-", name)
    rank = next((rank for rank, (_, finds) in enumerate(rules().label) if finds(parts)), _NO_RULE)
    return _NO_RULE if rank < _NO_RULE and _UTILITY.match(parts) else rank


def _judge_block(index: int, block: Block, layout: Layout, verdicts: Verdicts) -> None:
    head, line = _said_by(block.text)
    if head:
        _drop_section(index, head, layout, verdicts)
    elif line:
        verdicts.drop(index, _end_of_statement(index, layout, verdicts) if line == "disclaimer" else index + 1, line)


def _end_of_statement(index: int, layout: Layout, verdicts: Verdicts) -> int:
    """The end of the small box that a disclaimer at ``index`` begins: what stands in it says the same on."""
    node = layout.nodes[layout.blocks[index].node]
    while node.parent >= 0 and node.first == index and node.last == index + 1:
        node = layout.nodes[node.parent]
    small = node.first == index and node.last - index <= MAX_STATEMENT
    light = verdicts.share(index, node.last) <= MAX_STATEMENT_SHARE or verdicts.prose_left()[index] >= MIN_LEFT
    return node.last if small and light else index + 1


@lru_cache(maxsize=2048)
def _said_by(text: str) -> tuple[str | None, str | None]:
    """The reasons that a short line gives by its words, as the head of a section and as a line of its own.

    Menus and footers come again on each page of a site, and a page may be judged twice.
    """
    if len(text) <= HEAD_CHARS:
        bare = text.strip(_HEAD_ENDS)
        head = next((reason for reason, finds in rules().head if finds(bare)), None)
        if head:
            return head, None
    if text.count("。") > MAX_LINE_SENTENCES:
        return None, None
    return None, next((reason for reason, finds in rules().line if finds(text)), None)


def _list_after(index: int, box: Node, layout: Layout) -> int:
    """The end of the list that begins right after the head at ``index``; the block after the head without one."""
    node = layout.nodes[layout.blocks[index + 1].node] if index + 1 < box.last else box
    end = index + 1
    while node.parent >= 0 and node.first == index + 1 and node.last <= box.last:
        end = node.last if node.tag in ("ul", "ol", "dl") else end
        node = layout.nodes[node.parent]
    return end


def _drop_section(index: int, reason: str, layout: Layout, verdicts: Verdicts) -> None:
    """Drop the head at ``index`` and what it announces: its whole box, or the links that follow it."""
    box = layout.nodes[layout.blocks[index].node]
    while box.last == index + 1 and box.first == index and box.parent >= 0:
        box = layout.nodes[box.parent]
    own_box = box.first == index
    end = box.last
    limit = MAX_COMMENT_SHARE if reason == "comment" else MAX_SECTION_SHARE
    if not own_box and reason != "comment":
        end = index + 1
        while end < min(box.last, index + MAX_SECTION) and value(layout.blocks[end]) <= 12:
            end += 1
        linked = (i + 1 for i in range(end - 1, index, -1) if layout.blocks[i].link_chars)
        end = max(next(linked, end), _list_after(index, box, layout))  # up to the last link: what follows is text again
    if verdicts.share(index, end) <= limit:
        if reason == "comment":  # the foot of a comment is no foot of the page
            verdicts.reasons[index:end] = [None if one == "footer" else one for one in verdicts.reasons[index:end]]
        verdicts.drop(index, end, reason)
    else:
        verdicts.drop(index, index + 1, reason)
