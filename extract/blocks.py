"""One walk over the tree: the text blocks in reading order, the nodes around them and the links in them.

A node covers a contiguous run of blocks (``first`` to ``last``), so any sum over a node is a difference of two prefix
sums. Nothing is cut here: hidden text and navigation are blocks as well, judged later.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from lxml import etree

from counterspin.errors import RefusedPageError
from extract.parse import parse
from extract.styles import said_by

# fmt: off
_SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "canvas", "audio",
        "video", "map", "math", "title", "select", "option", "optgroup", "button", "figcaption", "textarea",
        "input", "datalist", "progress", "meter", "applet", "noframes", "noembed",
    }
)
_FIELDS = frozenset({"input", "textarea"})
_WRITTEN_IN = frozenset({"", "text", "email", "tel", "search", "password", "number", "url"})  # types of such an input
_HOLDERS = frozenset({"noscript", "template", "noframes"})  # may hold all of a page that a script draws
_INLINE = frozenset(
    {
        "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font",
        "i", "ins", "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span",
        "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "img", "picture", "source", "o:p",
    }
)
# fmt: on
MIN_SHOWN = 200  # code points of a whole page; one with less may keep its text where browsers do not show it
MAX_HEAD = 300  # code points of a heading; one that holds more was never closed

HEADINGS = {f"h{level}": level for level in range(1, 7)}
_KINDS = {"li": "list_item", "dd": "list_item", "td": "table_cell", "th": "table_cell", "blockquote": "quote"}
_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffef"
_BREAK_IN_CJK = re.compile(rf"(?<=[{_CJK}])[ \t\r]*\n\s*(?=[{_CJK}])")
_WIDE_MARK = re.compile("[，。、；：！？…]")
_NARROW_MARK = re.compile(r"[,.;:!?](?:(?=\s|$|[\"'”’)])|(?<=[\u4e00-\u9fff].))")
_EMPTY_LINE = re.compile(r"\n[^\S\n]*\n")
_INDENT = re.compile(r"[ \t\r\n]*(?:\u3000|\u2003|\xa0\xa0)")
_CALL = re.compile(
    r"(?:返回\S{0,12}[,，]\s*查看更多|(?:点击)?查看(?:更多|全文|原文)|(?:点击)?阅读(?:全文|原文)|展开全文"
    r"|read more|continue reading)[\s>»…\.]*",
    re.IGNORECASE,
)
_EDIT = re.compile(
    r"\s*[\[［【]\s*(?:edit|编辑|編輯|編集|bearbeiten|modifier|editar|modifica)\b[^\]］】]{0,24}[\]］】]$",
    re.IGNORECASE,
)

_BOX, _INLINE_TEXT, _BREAK, _SKIP = range(4)  # what an element does to the text around it


@dataclass(slots=True)
class Anchor:
    """A link: the block that it stands in, its address as written and its text."""

    block: int
    href: str
    text: str


@dataclass(slots=True)
class Block:
    """A run of text between two block boundaries. ``node`` is the innermost node around it."""

    text: str
    kind: str
    level: int
    node: int
    link_chars: int
    anchors: int
    marks: int  # sentence marks
    emphasis: bool  # all of it in bold
    soft: bool  # begins at a line break inside its node, not at a node's border
    apart: bool = False  # an empty line or an indent stands before it


@dataclass(slots=True)
class Node:
    """A block-level element: its place in the tree and the blocks ``first`` <= i < ``last`` in it."""

    tag: str
    parent: int
    depth: int
    first: int
    label: str  # class and id as written
    element: Any
    last: int = 0
    hidden: bool = False
    table: int = -1  # the innermost table around it (or itself)
    headed: bool = False  # a table with header cells: data, not layout


@dataclass(slots=True)
class Layout:
    """All of a page's body: blocks, nodes and links in reading order."""

    blocks: list[Block] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    anchors: list[Anchor] = field(default_factory=list)
    stamps: dict[int, str] = field(default_factory=dict)  # by block: the date behind the words 3天前
    fields: list[int] = field(default_factory=list)  # the node around each field that a reader writes in
    buttons: list[int] = field(default_factory=list)  # the node around each button
    deepest: int = 0


def layout_of(root: Any) -> Layout:
    """The layout of the tree under ``root`` (``html`` or any element)."""
    body = root.find("body")
    walk = _Walk()
    walk.over(body if body is not None else root)
    if sum(len(block.text) for block in walk.layout.blocks) < MIN_SHOWN:
        walk = _outside(root, walk)
    _unhead(walk.layout)
    return walk.layout


def _outside(root: Any, walk: _Walk) -> _Walk:
    """The walk of a page that shows next to nothing: its text is outside the body, or for readers without scripts."""
    for holder in list(root.iter(*_HOLDERS)):
        text = holder.text or ""
        if "<" in text:  # the parser takes what stands in it as one piece of text
            holder.text = None
            with suppress(RefusedPageError):  # there is no element in it
                holder.append(parse(text).root)
    held = _Walk(_SKIPPED - _HOLDERS)
    held.over(root)
    chars = [sum(len(block.text) for block in one.layout.blocks) for one in (walk, held)]
    return held if chars[1] > max(MIN_SHOWN, 4 * chars[0]) or not chars[0] else walk


def _unhead(layout: Layout) -> None:
    """Make paragraphs of what stands in a heading that was never closed: one with more than :data:`MAX_HEAD` in it."""
    nodes, blocks = layout.nodes, layout.blocks
    for index, node in enumerate(nodes):
        if node.tag in HEADINGS and sum(len(block.text) for block in blocks[node.first : node.last]) > MAX_HEAD:
            for block in blocks[node.first : node.last]:
                if block.level and _heading_of(nodes, block.node) == index:
                    block.kind, block.level = "paragraph", 0


def _heading_of(nodes: list[Node], index: int) -> int:
    """The innermost heading element around the node at ``index``; -1 without one."""
    while index >= 0 and nodes[index].tag not in HEADINGS:
        index = nodes[index].parent
    return index


@cache
def _roles(skipped: frozenset[str]) -> dict[Any, int]:
    """What each element is in a walk that leaves out ``skipped``; an element that is not named here is a box."""
    inert = dict.fromkeys([*skipped, etree.Comment, etree.ProcessingInstruction, etree.Entity], _SKIP)
    return dict.fromkeys(_INLINE, _INLINE_TEXT) | {"br": _BREAK} | inert


def _marks(text: str) -> int:
    """The sentence marks in ``text``; an ASCII one counts before a blank or after a Chinese character."""
    narrow = len(_NARROW_MARK.findall(text))
    return narrow if text.isascii() else narrow + len(_WIDE_MARK.findall(text))


def _has_paragraphs(text: str) -> bool:
    """Whether empty lines part prose in ``text``: a style sheet shows them, or else the writer thought that it does."""
    text = text.strip()
    parts = _EMPTY_LINE.split(text) if "\n" in text else ()
    return len(parts) > 1 and all(_marks(part) or not any(map(str.isalpha, part)) for part in parts)


class _Walk:
    """State of one walk; explicit events, because pages nest deeper than Python recurses."""

    def __init__(self, skipped: frozenset[str] = _SKIPPED) -> None:
        self.layout = Layout()
        self._roles = _roles(skipped)
        self._parts: list[str] = []
        self._link_chars = 0
        self._anchors = 0
        self._link: tuple[str, int, int] | None = None  # href, index of its first part, blocks before it
        self._button: Any = None  # the one last opened
        self._bold = 0  # open elements that make their text bold
        self._bolds: list[bool] = []  # for each open element whether it does
        self._plain = 0
        self._soft = False
        self._gap = False  # an empty line stands before what comes next
        self._pre = -1  # the open element whose line breaks are shown
        self._stack: list[int] = []
        self._inline_nodes: list[bool] = []  # for each open inline element: whether it counts as a node

    def over(self, body: Any) -> None:
        roles = self._roles
        events = etree.iterwalk(body, events=("start", "end"))
        level = deepest = 0
        for event, element in events:
            tag = element.tag
            role = roles.get(tag, _BOX)
            if event == "start":
                level += 1
                deepest = max(deepest, level)
                if role == _BOX:
                    self._open_node(element, tag)
                elif role == _INLINE_TEXT:
                    self._open_inline(element, tag)
                elif not self._enters(element, tag, role):
                    events.skip_subtree()
                    continue
                if element.text:
                    self._add(element.text)
            else:
                level -= 1
                if role == _BOX:
                    self._close_node()
                elif role == _INLINE_TEXT or element is self._button:
                    self._close_inline(tag)
                tail = element.tail
                if tail and element is not body:
                    self._add(tail)
        self.layout.deepest = deepest

    def _add(self, text: str) -> None:
        if "\n" in text and (self._pre >= 0 or _has_paragraphs(text)):
            self._add_lines(text)
            return
        if text.isspace():
            if self._parts:
                self._parts.append(text)
            return
        self._parts.append(text)
        if not self._bold:
            self._plain += 1

    def _add_lines(self, text: str) -> None:
        """Text that keeps its line breaks, as in an old page or a letter."""
        for at, line in enumerate(text.split("\n")):
            if at:
                self._flush(soft=True)
            if line:
                self._add(line)

    def _open_inline(self, element: Any, tag: str) -> None:
        if tag == "a":
            self._link = (element.get("href") or "", len(self._parts), len(self.layout.blocks))
        stamp = element.get("datetime") or element.get("title")
        if stamp and stamp[:4].isdigit():
            self.layout.stamps.setdefault(len(self.layout.blocks), stamp)
        if tag == "time" and self._parts:
            self._parts.append(" ")
        hidden, bold = said_by(element.get("style"))
        bold = bold or tag in ("b", "strong")
        self._bolds.append(bold)
        self._bold += bold
        self._inline_nodes.append(hidden)
        if hidden:
            self._open_node(element, tag)

    def _close_inline(self, tag: str) -> None:
        if self._inline_nodes.pop():
            self._close_node()
        if tag == "a":
            self._end_link()
            self._link = None
        elif tag == "time" and self._parts:
            self._parts.append(" ")  # a name beside it is set off by style
        self._bold -= self._bolds.pop()

    def _enters(self, element: Any, tag: str, role: int) -> bool:
        """Break the line, or remember where a control stands.

        Of what is no text only a button in a heading is walked into: it unfolds what it heads.
        """
        if role == _BREAK:
            self._flush(soft=True)
            return True
        if not self._stack:
            return False
        node = self._stack[-1]
        if tag in _FIELDS and (tag == "textarea" or (element.get("type") or "").lower() in _WRITTEN_IN):
            self.layout.fields.append(node)
        elif tag == "button" and _heading_of(self.layout.nodes, node) >= 0:
            self._button = element
            self._open_inline(element, tag)
            return True
        elif tag == "button":
            self.layout.buttons.append(node)
        return False

    def _end_link(self) -> None:
        if self._link is None:
            return
        href, start, _ = self._link
        text = " ".join("".join(self._parts[start:]).split())
        if text and href.startswith("#") and not any(map(str.isalnum, text)):
            del self._parts[start:]  # ¶ or #: the address of a heading, no word of it
            return
        if start and _CALL.fullmatch(text):
            del self._parts[start:]  # behind a sentence; the link is followed, but nobody wrote it
            text = ""
        if not href.startswith("#") or _heading_of(self.layout.nodes, self._stack[-1] if self._stack else -1) < 0:
            self._link_chars += len(text)  # a heading that leads to itself is no link
            self._anchors += 1
        self.layout.anchors.append(Anchor(len(self.layout.blocks), href, text))

    def _open_node(self, element: Any, tag: str) -> None:
        if self._parts or self._link:
            self._flush()
        self._soft = False
        stack, nodes, get = self._stack, self.layout.nodes, element.get
        label = f"{get('class') or ''} {get('id') or ''}"
        hidden, bold = said_by(get("style"))
        if stack:
            parent = stack[-1]
            outer = nodes[parent]
            depth, table = outer.depth + 1, outer.table
        else:
            parent, depth, table = -1, 0, -1
        if tag == "table":
            table = len(nodes)
        elif tag == "pre" and element.find(".//code") is None and element.find(".//span") is None:
            self._pre = len(nodes)  # a letter; the lines of a program stay together
        elif tag == "th" and table >= 0:
            nodes[table].headed = True
        hidden = hidden or get("hidden") is not None
        self._bolds.append(bold)
        self._bold += bold
        stack.append(len(nodes))
        nodes.append(Node(tag, parent, depth, len(self.layout.blocks), label, element, 0, hidden, table))

    def _close_node(self) -> None:
        if self._parts or self._link:
            self._flush()
        self._soft = False
        self._bold -= self._bolds.pop()
        index = self._stack.pop()
        if index == self._pre:
            self._pre = -1
        node = self.layout.nodes[index]
        node.last = len(self.layout.blocks)

    def _flush(self, *, soft: bool = False) -> None:
        """End the block that is open, if it has text or a link."""
        if self._link is not None:
            self._end_link()
        text = ""
        if self._parts:
            raw = "".join(self._parts)
            text = " ".join(raw.split())
            if text:
                if "\n" in raw and not text.isascii():
                    text = " ".join(_BREAK_IN_CJK.sub("", raw).split())
                self._store(text, apart=self._gap or _INDENT.match(raw) is not None)
            self._parts.clear()
            self._link_chars = self._anchors = self._plain = 0
        if self._link is not None:
            self._link = (self._link[0], 0, 0)
        self._gap = soft and not text and self._soft
        self._soft = soft

    def _store(self, text: str, *, apart: bool) -> None:
        index = self._stack[-1] if self._stack else 0
        kind, level = self._kind(index)
        if level and self._anchors and text[-1] in "]］】":
            bare = _EDIT.sub("", text)
            if bare:
                self._link_chars -= min(self._link_chars, len(text) - len(bare))
                text = bare
        self.layout.blocks.append(
            Block(
                text, kind, level, index, min(self._link_chars, len(text)), self._anchors,
                _marks(text), self._plain == 0, self._soft, apart,
            )
        )  # fmt: skip

    def _kind(self, index: int) -> tuple[str, int]:
        """Kind and level from the three innermost nodes: ``<li><p>`` is a list item, ``<td><h2>`` a heading."""
        nodes, found = self.layout.nodes, "paragraph"
        for _ in range(3):
            if index < 0:
                break
            tag = nodes[index].tag
            if tag in HEADINGS:
                return "heading", HEADINGS[tag]
            if tag in _KINDS and found == "paragraph":
                found = _KINDS[tag]
            index = nodes[index].parent
        return found, 0
