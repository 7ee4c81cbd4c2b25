"""The report as one HTML file: no script, no request, strict content policy, at most so many bytes."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timezone
from functools import cache
from hashlib import sha256
from typing import Any
from urllib.parse import unquote

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from counterspin.store.figure_rows import Quote
from counterspin.urls import host_of
from reports.diff import Alignment, Piece
from reports.findings import interval, percent
from reports.safe import host_shown, line, visible, web_address
from reports.values import EvidenceLine, Mark, Network, Node, Report, Rewrite, RewriteMember, TrendPoint
from reports.words import Words, words

_PASSAGE = 420  # characters of a passage shown; the whole stands in the database
_DISPLAY = 130  # characters of the example on the first screen
_ADDRESS = 76  # characters of an address shown; the link holds all of it
_CONTEXT = 14  # characters of context on each side of a swap
_EXAMPLES = 3  # flags shown for each rule
_QUOTED = 6  # characters from which a further piece of evidence says something by itself
_ENOUGH = 4  # swapped words in one passage that make the point; a pair of texts with as many shows more
_NETWORK = (720, 480)  # the drawing of the network in its own units
_LETTER, _LINE = 6.4, 13  # width of a letter and height of a line in the same units, at the size of the labels
_CAPITAL = 8  # height of a capital letter there
_SHOWN_ELSEWHERE = frozenset({"contradictory"})
_GAP = "…"
# Which language a quoted text is in, as far as fonts and screen readers need it; the scripts that tell it.
_SCRIPTS = (
    ("ja", re.compile("[\u3041-\u30ff]")),
    ("ko", re.compile("[\uac00-\ud7a3]")),
    ("zh", re.compile("[\u3400-\u9fff]")),
    ("en", re.compile("[A-Za-z]")),
)


def render(report: Report) -> str:
    """``report`` as HTML. Every text is escaped, and invisible characters are shown, by the environment itself."""
    text = words(report.language)
    environment = _environment()
    style = environment.loader.get_source(environment, "report.css")[0] if environment.loader else ""
    digest = base64.b64encode(sha256(style.encode()).digest()).decode()
    return environment.get_template("report.html.j2").render(
        report=report,
        w=text,
        style=Markup(style),  # noqa: S704 - our own file, hashed into the content policy
        style_hash=Markup(digest),  # noqa: S704
        sections=_sections(report, text),
        examples=_examples(report.evidence),
        rule_flags={rule.rule: rule.flags for rule in report.review.rules},
        highlight=_highlight(report),
        host=lambda name: host_shown(name) if name else text("local_files"),
        has_trend=any(len(site.trend) > 1 for site in report.sites),
        outcome=_outcome_in(text),
        stance=lambda name: text.texts.get(f"stance.{name}", name),
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_finalized,
    )
    environment.globals.update(
        cut=_cut, day=_day, dict=dict, host_of=host_of, interval=interval, lang=_lang, labels=_labels,
        moment=_moment, names=_names, other_quotes=_other_quotes, percent=percent, short_url=_short_url,
        shorten=_shorten, start=_start, tail=_tail, web_address=web_address,
    )  # fmt: skip
    return environment


def _finalized(value: Any) -> Any:
    """What every expression of a template goes through: text of strangers loses what cannot be seen."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _sections(report: Report, text: Words) -> list[tuple[str, str, int | None]]:
    conflicts = sum(1 for question in report.questions if question.outcome == "conflict")
    numbers: dict[str, int | None] = {
        "summary": None,
        "changes": None,
        "sites": report.coverage.hosts,
        "rewrites": _total(report, "rewrites", len(report.rewrites)),
        "passages": None,
        "swaps": _total(report, "swaps", len(report.swaps)),
        "questions": conflicts,
        "network": None,
        "review": None,
        "method": None,
        "evidence": _total(report, "evidence", len(report.evidence)),
    }
    return [(name, text(f"section.{name}"), number) for name, number in numbers.items()]


def _total(report: Report, what: str, shown: int) -> int:
    return next((cut.total for cut in report.left_out if cut.what == what), shown)


def _examples(evidence: Sequence[EvidenceLine]) -> list[tuple[str, list[EvidenceLine]]]:
    """Some flags of each rule that judges single passages; rewrites and contradictions have their own parts."""
    found: dict[str, list[EvidenceLine]] = {}
    for one in evidence:
        if one.category not in _SHOWN_ELSEWHERE and one.rule not in ("rewrite", "near_copy"):
            lines = found.setdefault(one.rule, [])
            if len(lines) < _EXAMPLES:
                lines.append(one)
    order = ("spun", "damaged", "padded", "copied", "link_farm")
    return sorted(found.items(), key=lambda item: (order.index(item[1][0].category), item[0]))


@dataclass(frozen=True, slots=True)
class Highlight:
    """The example on the first screen: a pair, or a passage with its swapped words."""

    alignment: Alignment | None
    rewrite: Rewrite | None
    member: RewriteMember | None
    line: EvidenceLine | None


def _highlight(report: Report) -> Highlight | None:
    """The pair or the passage with most replaced words in little room; ``None`` if no word was replaced anywhere.

    Pairs between hosts come before pairs within one, because they show two texts that anybody can look up.
    """
    pairs = [(rewrite, member) for rewrite in report.rewrites if rewrite.kind == "spun" for member in rewrite.members]
    found: list[tuple[tuple[int, int, int], Highlight]] = []
    for rewrite, member in pairs:
        shown = _window(member.alignment)
        score = sum(piece.kind == "replaced" for piece in shown.pieces) if member.alignment.aligned else 0
        found.append(((min(score, _ENOUGH), 1 + (rewrite.hosts > 1), score), Highlight(shown, rewrite, member, None)))
    for one in report.evidence:
        score = sum(mark.role == "swap" for mark in one.marks) if one.category == "spun" else 0
        found.append(((min(score, _ENOUGH), 0, score), Highlight(None, None, None, one)))
    best = max(found, key=lambda item: item[0], default=None)
    return best[1] if best and best[0][0] else None


def _window(alignment: Alignment) -> Alignment:
    """The stretch of whole pieces with most replacements that fits on the first screen."""
    pieces = alignment.pieces
    sizes = [len(piece.left) + len(piece.right) * (piece.kind != "same") for piece in pieces]
    best, best_score = (0, 0), -1
    start = room = score = 0
    for end, piece in enumerate(pieces):
        room += sizes[end]
        score += piece.kind == "replaced"
        while room > _DISPLAY and start < end:
            room -= sizes[start]
            score -= pieces[start].kind == "replaced"
            start += 1
        if score > best_score:
            best, best_score = (start, end + 1), score
    chosen = list(pieces[best[0] : best[1]])
    if best[0]:
        before = _tail(pieces[best[0] - 1].left) if pieces[best[0] - 1].kind == "same" else _GAP
        chosen.insert(0, Piece("same", before, before))
    if best[1] < len(pieces):
        after = _start(pieces[best[1]].left) if pieces[best[1]].kind == "same" else _GAP
        chosen.append(Piece("same", after, after))
    return Alignment(alignment.aligned, alignment.common, tuple(_trimmed(chosen)))


def _trimmed(pieces: list[Piece]) -> Iterable[Piece]:
    """Long equal stretches in the middle are shortened, so that the changes stay in sight."""
    for piece in pieces:
        if piece.kind == "same" and len(piece.left) > _DISPLAY:
            text = piece.left[: _DISPLAY // 2] + _GAP + piece.left[-_DISPLAY // 2 :]
            yield Piece("same", text, text)
        else:
            yield piece


def _outcome_in(text: Words) -> Callable[[str], str]:
    def outcome(code: str) -> str:
        if code.startswith("extract:"):
            return text("outcome.extract", code=code.removeprefix("extract:"))
        key = f"outcome.{code}"
        return text(key) if key in text.texts else text("outcome.other", code=code)

    return outcome


def _lang(text: str) -> Markup:
    """The ``lang`` attribute of a quoted text: Chinese characters look different in other languages' fonts."""
    name = next((name for name, script in _SCRIPTS if script.search(text)), None)
    return Markup(f' lang="{name}"') if name else Markup("")  # noqa: S704 - one of four fixed names


def _cut(text: str, limit: int = _PASSAGE) -> str:
    return text if len(text) <= limit else text[:limit].rstrip() + _GAP


def _tail(text: str) -> str:
    text = line(text)
    return text if len(text) <= _CONTEXT else _GAP + text[-_CONTEXT:]


def _start(text: str) -> str:
    text = line(text)
    return text if len(text) <= _CONTEXT else text[:_CONTEXT] + _GAP


def _shorten(marks: Sequence[Mark]) -> list[Mark]:
    """The marks with plain stretches shortened; marked words are never cut."""
    long = sum(len(mark.text) for mark in marks) > _PASSAGE
    room = max(24, _PASSAGE // max(1, sum(not mark.role for mark in marks)))
    return [_shortened(mark, room) if long and not mark.role else mark for mark in marks]


def _shortened(mark: Mark, room: int) -> Mark:
    half = room // 2
    return mark if len(mark.text) <= room else Mark("", mark.text[:half] + _GAP + mark.text[-half:])


def _other_quotes(one: EvidenceLine) -> list[Quote]:
    """Up to two pieces of evidence that stand elsewhere than in the passage itself."""
    found = [
        quote
        for quote in one.evidence
        if quote.text not in one.passage and len(quote.text) >= _QUOTED and not quote.text.isspace()
    ]
    return found[: 2 if one.passage else 0]


def _short_url(url: str) -> str:
    shown = line(unquote(url).removeprefix("https://").removeprefix("http://"))
    return shown if len(shown) <= _ADDRESS else shown[: _ADDRESS - 20] + _GAP + shown[-18:]


def _time(value: str) -> datetime | None:
    try:
        return datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None


def _day(value: str | None) -> str:
    time = _time(value or "")
    return time.strftime("%Y-%m-%d") if time else line(value or "–")[:10]


def _moment(value: str | None) -> str:
    time = _time(value or "")
    if time is None:
        return line(value or "–")
    if time.tzinfo:
        time = time.astimezone(timezone.utc)
    return time.strftime("%Y-%m-%d %H:%M UTC") if time.tzinfo else time.strftime("%Y-%m-%d %H:%M")


def _labels(points: Sequence[TrendPoint], top: float) -> list[tuple[float, str, float]]:
    """Where the names of the lines stand at the right edge of the trend: beside their ends, pushed apart."""
    ends = sorted((180 - 170 * value / top, key, value) for key, value in points[-1].shares if value)
    out: list[tuple[float, str, float]] = []
    for y, key, value in ends:
        out.append((max(y + 4, out[-1][0] + 15 if out else 0.0), key, value))
    return out


def _names(net: Network) -> dict[str, float]:
    """The base lines of the names in the picture, by domain: above a node, else below it, where they run into nothing.

    Domains with most neighbours are named first; one whose name would run into something both ways gets none.
    """
    taken: list[tuple[float, float, float]] = []  # left, right, height of names
    dots = [(node.x * _NETWORK[0], node.y * _NETWORK[1]) for node in net.nodes]
    named: dict[str, float] = {}
    for node in sorted(net.nodes, key=lambda n: (-n.degree, n.domain)):
        left, right = _ends(node)
        reach = 6 + node.degree**0.5
        for height in (node.y * _NETWORK[1] - reach, node.y * _NETWORK[1] + reach + _CAPITAL):
            is_free = all(right < a or left > b or abs(height - at) > _LINE for a, b, at in taken)
            if is_free and not any(left < x < right and abs(height - 4 - y) < _LINE / 2 for x, y in dots):
                taken.append((left, right, height))
                named[node.domain] = height
                break
    return named


def _ends(node: Node) -> tuple[float, float]:
    """Left and right end of a node's name; near the edges it is set to one side, as in the picture."""
    name = f"{node.domain} [{node.group}]" if node.group else node.domain
    x, wide = node.x * _NETWORK[0], len(name) * _LETTER
    left = x if node.x < 0.12 else x - wide if node.x > 0.88 else x - wide / 2
    return left, left + wide
