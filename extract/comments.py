"""Comments under a page: who, in which role, when, what. Told apart by repeated structure, else by dated lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass

from counterspin.model import Comment
from extract.blocks import Block, Layout, Node
from extract.dates import FoundDate, find_date, normal_date
from extract.facts import is_profile, name_in
from extract.pagetype import is_sign
from extract.remarks import remark_in
from extract.replies import LABELLED, is_body

MAX_NAME = 24  # code points of the name of one who comments
_FOLD = "[]()–—−-+▲▼ "  # what folds a comment away, before the name
MAX_HEADER = 60  # code points of a line that names who commented and when
_ROLE = re.compile(
    r"(?:[-—|·\s(（\[【]|^|(?=\S*(?:律师|医生|医师|顾问|专家|讲师|老师)))((?:实习|执业|主任|专业|资深|主办|合伙人|认证)?(?:律师|医生|医师|主任医师|顾问|专家|讲师|老师|会员|版主|管理员|楼主|编辑|用户|网友|小编|moderator|admin|author))[)）\]】]?$",
    re.IGNORECASE,
)
_RANK = re.compile(
    r"[\u4e00-\u9fff]{0,4}(?:律师|医生|医师|专家|会员|版主|楼主|管理员|用户|网友|达人|新手|元老)|moderator|admin|member",
    re.IGNORECASE,
)
_SAYS = re.compile(
    r"\s*(?:说道?(?=\s*[:：]?$)|发表于|发布于|评论(?:道|于)|评论(?=\s*[:：]?$)|回复|只看该?作者|»|(?:says|wrote|said)\b)\s*[:：]?"
)
_BY_AT_END = re.compile(r"(?:^|[\s,])(?:by|von|par|por|di|door|av)\s+([^,，。]{2,24})$")
_BEFORE_NAME = re.compile(
    r"^(?:[^\W\d]{1,12}\s?[:：]|(?:posted|written|asked|answered|by|von|par|de|por|door)\b:?(?:\s+by\b)?)\s*",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"(?:last )?(?:edited|modified|updated)\b|.*(?:编辑|編輯|修改)$|(?:zuletzt|dernière|última)\b", re.IGNORECASE
)
_RANK_AFTER = re.compile(
    r"(?:副?主任|主治|住院|执业|实习|资深|金牌)?(?:律师|医师|医生|药师|护士|营养师|咨询师|教师|老师|版主|管理员)"
)
_NOISE = re.compile(
    r"^(?:[\[\]()–—−+▲▼.·|-]+|回复|赞|踩|顶|举报|支持|反对|引用|分享|收起|展开|查看更多|加载更多|点赞|有用|[\d\s()（）]+|#?\d+[楼#]?|沙发|板凳|地板|reply|like|share|report|permalink|删除|编辑|\d+条?回复|评论|发表评论|登录|提交|发布|全部评论|最新评论|热门评论)$",
    re.IGNORECASE,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Said:
    """What the page says of a block besides its text, by the block's identity."""

    leads: dict[int, str]  # the link that it begins with: a name, whatever is glued to it
    people: dict[int, str]  # the same where the link leads to the page of a person
    stamps: dict[int, str]  # the date (ISO 8601) behind its words 3天前
    fetched_at: str | None
    since: str | None  # when the page was published


def comments_of(
    layout: Layout,
    reasons: list[str | None],
    fetched_at: str | None,
    apart: Collection[int] = (),
    *,
    since: str | None = None,
) -> tuple[Comment, ...]:
    """The comments in the blocks that were judged to be comments, in reading order; ``apart`` are no part of them.

    ``since``: when the page was published (ISO 8601), from which days without a year are counted.
    """
    found: list[Comment] = []
    sections = _sections(reasons)
    if not sections:
        return ()
    said, without = _said_of(layout, fetched_at, since), {id(layout.blocks[index]) for index in apart}
    for first, last in sections:
        for unit in _units(layout, first, last):
            own = _unedited([block for block in unit if id(block) not in without])
            comment = remark_in(own[0], fetched_at) if len(own) == 1 else _signed_below(own, said)
            comment = comment or _comment(own, said)
            if comment:
                found.append(comment)
    return tuple(found)


def opening_of(layout: Layout, opening: tuple[int, int], fetched_at: str | None) -> Comment | None:
    """The post that the others reply to, read as they are: who wrote it, and when."""
    return _comment(_unedited(layout.blocks[slice(*opening)]), _said_of(layout, fetched_at))


def _said_of(layout: Layout, fetched_at: str | None, since: str | None = None) -> _Said:
    leads: dict[int, str] = {}
    people: dict[int, str] = {}
    blocks = layout.blocks
    for anchor in layout.anchors:
        block = blocks[anchor.block] if anchor.block < len(blocks) else None
        named = 1 < len(anchor.text) <= MAX_NAME and any(map(str.isalnum, anchor.text))
        if block and named and _BEFORE_NAME.sub("", block.text.lstrip(_FOLD)).startswith(anchor.text):
            leads.setdefault(id(block), anchor.text)
            if is_profile(anchor.href):
                people.setdefault(id(block), anchor.text)
    dates = {id(blocks[i]): normal_date(stamp) for i, stamp in layout.stamps.items() if i < len(blocks)}
    return _Said(leads, people, {block: iso for block, iso in dates.items() if iso}, fetched_at, since)


def _sections(reasons: list[str | None]) -> list[tuple[int, int]]:
    sections: list[tuple[int, int]] = []
    for index, reason in enumerate(reasons):
        if reason != "comment":
            continue
        if sections and sections[-1][1] == index:
            sections[-1] = (sections[-1][0], index + 1)
        else:
            sections.append((index, index + 1))
    return sections


def _units(layout: Layout, first: int, last: int) -> list[list[Block]]:
    """The blocks of each comment: repeated sibling nodes, or runs that begin with a dated line."""
    inside = [
        (i, n) for i, n in enumerate(layout.nodes) if n.first >= first and n.last <= last and n.last > n.first
    ]  # fmt: skip
    families: Counter[tuple[int, str, str]] = Counter()
    weight: Counter[tuple[int, str, str]] = Counter()
    for _, node in inside:
        family = (node.parent, node.tag, node.label.split(" ")[0])
        families[family] += 1
        weight[family] += sum(b.marks > 0 for b in layout.blocks[node.first : node.last])
    repeated = [f for f, count in families.items() if count > 1 and weight[f] >= count / 2]
    if repeated:
        widest = max(repeated, key=lambda f: (weight[f] >= families[f], weight[f], -layout.nodes[f[0]].depth))
        return _with_nested(layout, [node for _, node in inside], widest)
    return _runs(layout.blocks[first:last])


def _with_nested(layout: Layout, inside: list[Node], family: tuple[int, str, str]) -> list[list[Block]]:
    """The blocks of each comment of a family, and of the answers to it that stand within it and are built as it is."""
    _, tag, name = family
    outer = [n for n in inside if (n.parent, n.tag, n.label.split(" ")[0]) == family]
    starts = [node.first for node in outer]
    alike = {(node.first, node.last) for node in outer}
    for node in inside if name else ():
        if (node.tag, node.label.split(" ")[0]) == (tag, name):
            at = bisect_right(starts, node.first) - 1
            if at >= 0 and outer[at].first < node.first and node.last <= outer[at].last:
                alike.add((node.first, node.last))
    ordered = sorted(alike)
    ends = [*(first for first, _ in ordered[1:]), len(layout.blocks)]
    return [layout.blocks[first : min(last, end)] for (first, last), end in zip(ordered, ends, strict=True)]


def _runs(blocks: list[Block]) -> list[list[Block]]:
    runs: list[list[Block]] = []
    before: Block | None = None
    for block in blocks:
        date = find_date(block.text) if len(block.text) <= MAX_HEADER else None
        if date:
            runs.append([block])
            if (
                before
                and len(before.text) <= MAX_NAME
                and not before.marks
                and not _around(block.text, date).strip("于於")
            ):
                runs[-1].insert(0, before)  # the name stands in a line of its own over the date
                if len(runs) > 1:
                    runs[-2].remove(before)
        elif runs:
            runs[-1].append(block)
        before = block
    return runs


def _comment(blocks: list[Block], said: _Said) -> Comment | None:
    header: list[str] = []
    body: list[Block] = []
    published: str | None = None
    rank: str | None = None
    leads = said.leads
    for block in blocks:
        dated = _dated(block, said)
        nearer = published and block.kind != "quote" and not any(map(is_body, body))
        if dated and (published is None or (nearer and len(dated[0]) >= len(published))):
            published, rest = dated  # of the days over a post the most exact one, and the one next to it
            rest = leads.get(id(block), rest)  # a name ends where its link does
            if rest.strip("于於") and (not body or (not header and len(rest) <= MAX_NAME and name_in(rest))):
                header.append(rest)
        elif (
            dated
            or _is_noise(block.text)
            or (body and _is_links(block))
            or not (header or any(map(str.isalnum, block.text)))
        ):
            continue
        elif header and not body and _RANK.fullmatch(block.text):
            rank = block.text
        elif not header and (published or not body) and not block.marks and id(block) in leads:
            header.append(leads[id(block)])
            behind = _RANK_AFTER.match(block.text[len(header[0]) :].strip(" -—|·"))
            rank = behind[0] if behind else rank
        elif (
            not header
            and not body
            and not 0 < block.level < 4
            and len(block.text) <= 24
            and not re.search(r"[。！？!?]$", block.text)
        ):
            header.append(block.text)
        else:
            body.append(block)
    if not body and len(header) > 1:
        return Comment(*_who(header[0]), published, "\n".join(header[1:]))
    text = "\n".join(_said(body))
    if not text:
        return None
    linked = bool(header) and header[0] in leads.values()
    person = next((said.people[id(block)] for block in blocks if not linked and id(block) in said.people), None)
    author, role = _who(person or (header[0] if header else ""), linked=linked or person is not None)
    return Comment(author, role or rank, published, text)


def _is_links(block: Block) -> bool:
    """Whether a short line is a row of links: 举报 | 1楼 | 回复."""
    return (
        block.anchors > 1
        and len(block.text) <= MAX_HEADER
        and 2 * block.link_chars >= len(block.text) - 3 * block.anchors
    )


def _is_noise(text: str) -> bool:
    """Whether a line is a button, a count, or a sign over replies: 最佳答案."""
    return _NOISE.match(text) is not None or is_sign(text)


def _signed_below(blocks: list[Block], said: _Said) -> Comment | None:
    """The comment in one block of text over a line that says who and when; None where there is anything else."""
    blocks = [block for block in blocks if not _is_noise(block.text)]
    dated = _dated(blocks[1], said) if len(blocks) == 2 and not _dated(blocks[0], said) else None
    if not dated:
        return None
    author, role = _who(said.leads.get(id(blocks[1]), dated[1]))
    return Comment(author, role, dated[0], blocks[0].text) if author and name_in(author) else None


def _dated(block: Block, said: _Said) -> tuple[str, str] | None:
    """The day that a short line says (ISO 8601), and what else stands in it."""
    if len(block.text) > MAX_HEADER:
        return None
    date, stamp = find_date(block.text, said.fetched_at, said.since), said.stamps.get(id(block))
    if date and len(_around(block.text, date)) > MAX_NAME and not find_date(block.text):
        date = None  # a sentence that says 3-4 or 3月5日
    if date:
        return stamp or date.iso, _around(block.text, date)
    return (stamp, said.leads.get(id(block), "")) if stamp else None


def _said(body: list[Block]) -> list[str]:
    """What was written: without the short lines over it, where prose follows them."""
    if any(block.kind != "quote" for block in body):
        body = [block for block in body if block.kind != "quote"]  # the words of another
    start = next((i for i, block in enumerate(body) if is_body(block)), 0)
    return [
        block.text for i, block in enumerate(body) if i >= start or (block.marks and not LABELLED.match(block.text))
    ]


def _unedited(blocks: list[Block]) -> list[Block]:
    """``blocks`` without the lines that say when a post was edited."""
    dates = ((block, find_date(block.text) if len(block.text) <= MAX_HEADER else None) for block in blocks)
    return [block for block, date in dates if not (date and _EDITED.match(_around(block.text, date)))]


def _around(text: str, date: FoundDate) -> str:
    return (text[: date.start] + " " + text[date.end :]).strip(" |·-—:：>»/[]()（）#　,，")


def _who(header: str, *, linked: bool = False) -> tuple[str | None, str | None]:
    """``家建本-实习律师`` is 家建本 in the role 实习律师. A header that is ``linked`` is nothing but a name."""
    if not linked:
        named = _BY_AT_END.search(header)
        header = named[1] if named else header
        before = _SAYS.split(header, maxsplit=1)[0].strip(" :：-—|»")
        header = before or _SAYS.sub(" ", header).strip(" :：-—|»")
    role = _ROLE.search(header)
    if role and role.start() > 0:
        return header[: role.start()].strip(" -—|·(（[【") or None, role[1]
    return header or None, None
