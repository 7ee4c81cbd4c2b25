"""The report as Markdown, for mail, wikis and comments on changes: the summary and the strongest of each part."""

from __future__ import annotations

from collections.abc import Iterable

from counterspin.store.figure_rows import Question, RivalAnswer
from reports.diff import Alignment
from reports.findings import interval, percent
from reports.intervals import Share
from reports.safe import markdown as escaped
from reports.safe import web_address
from reports.values import EvidenceLine, Report, Rewrite
from reports.words import Words, words

_SITES, _REWRITES, _SWAPS, _QUESTIONS, _EVIDENCE = 20, 8, 30, 12, 20
_TEXT = 300  # characters of a quoted text


def render(report: Report) -> str:
    """``report`` as Markdown. What stands in a page is escaped, so that it is read as text and never as markup."""
    w = words(report.language)
    parts = [
        _head(report, w),
        _changes(report, w),
        _sites(report, w),
        _rewrites(report, w),
        _swaps(report, w),
        _questions(report, w),
        _evidence(report, w),
        _method(report, w),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(head: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    names = list(head)
    lines = ["| " + " | ".join(escaped(name) for name in names) + " |", "|" + " --- |" * len(names)]
    return "\n".join(lines + ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows])


def _share(part: Share) -> str:
    if not part.count:
        return "–"
    return f"{part.count}/{part.of} = {escaped(percent(part))} ({escaped(interval(part))})"


def _head(report: Report, w: Words) -> str:
    lines = [
        f"# {escaped(report.project)}",
        "",
        f"{escaped(w('title'))} · {report.run.started_at[:10]} · {report.run.id}",
        "",
    ]
    lines += [f"- {escaped(finding.text)}" for finding in report.findings]
    if not report.review.decided.count and report.review.decided.of:
        lines += ["", f"*{escaped(w('unreviewed'))}*"]
    rows = [
        (escaped(w(f"category.{line.category}")), f"{line.flags:,}", _share(line.pages), f"{line.confirmed:,}")
        for line in report.categories
    ]
    table = _table((w("category"), w("flags"), w("pages_share"), w("state.confirmed")), rows)
    return "\n".join(lines) + "\n\n" + table


def _changes(report: Report, w: Words) -> str:
    if report.changes is None or not report.changes.counts:
        return ""
    rows = [
        (escaped(w(f"event.{event}")), escaped(w(f"cause.{cause}")), f"{number:,}")
        for event, cause, number in report.changes.counts
    ]
    return f"## {escaped(w('section.changes'))}\n\n" + _table((w("event"), w("cause"), w("flags")), rows)


def _sites(report: Report, w: Words) -> str:
    if not report.sites:
        return ""
    rows = [
        (_host(site.host, w), site.pages, _share(site.flagged), _share(site.spun), site.contradictions or "–")
        for site in report.sites[:_SITES]
    ]
    head = (w("site"), w("pages"), w("flagged"), w("category.spun"), w("category.contradictory"))
    return f"## {escaped(w('section.sites'))}\n\n" + _table(head, rows) + _cut(report, "sites", len(rows), w)


def _host(host: str, w: Words) -> str:
    return escaped(host or w("local_files"))


def _cut(report: Report, what: str, shown: int, w: Words) -> str:
    sizes = {"sites": report.sites, "rewrites": report.rewrites, "swaps": report.swaps, "evidence": report.evidence}
    total = next((cut.total for cut in report.left_out if cut.what == what), len(sizes.get(what, ())))
    return f"\n\n{escaped(w('cut', shown=f'{shown:,}', total=f'{total:,}'))}" if shown < total else ""


def _rewrites(report: Report, w: Words) -> str:
    if not report.rewrites:
        return ""
    shown = report.rewrites[:_REWRITES]
    parts = [_rewrite(rewrite, number, w) for number, rewrite in enumerate(shown, start=1)]
    return f"## {escaped(w('section.rewrites'))}\n\n" + "\n\n".join(parts) + _cut(report, "rewrites", len(shown), w)


def _rewrite(rewrite: Rewrite, number: int, w: Words) -> str:
    lines = [f"### {escaped(w('rewrite_title', number=number))}", ""]
    for member in rewrite.members[:1]:
        text = _diff(member.alignment) if member.alignment.aligned else escaped(member.text[:_TEXT])
        lines += [f"> {text}", "", f"{_link(rewrite.source.url)} → {_link(member.place.url)}"]
    return "\n".join(lines)


def _diff(alignment: Alignment) -> str:
    """Removed text as ``[-…-]``, added text as ``{+…+}``: marks that survive copying."""
    out, room = [], _TEXT
    for piece in alignment.pieces:
        if piece.kind == "same":
            out.append(escaped_inside(piece.left))
        else:
            out.append(rf"\[\-{escaped_inside(piece.left)}\-\]" if piece.left else "")
            out.append(rf"\{{\+{escaped_inside(piece.right)}\+\}}" if piece.right else "")
        room -= len(piece.left) + len(piece.right)
        if room < 0:
            return "".join(out) + "…"
    return "".join(out)


def escaped_inside(text: str) -> str:
    """Like :func:`safe.markdown`, keeping a space at either end."""
    return " " * text.startswith(" ") + escaped(text) + " " * (len(text) > 1 and text.endswith(" "))


def _link(url: str) -> str:
    address = web_address(url)
    if address is None or any(sign in address for sign in "<>"):
        return escaped(url)
    return f"[{escaped(address.split('//', maxsplit=1)[1])}](<{address.replace(chr(92), '%5C')}>)"


def _swaps(report: Report, w: Words) -> str:
    if not report.swaps:
        return ""
    rows = [
        (
            f"{escaped(s.source)} → {escaped(s.target)}",
            s.hits,
            s.pages,
            s.sites,
            escaped(w(f"state.{s.verdict}")) if s.verdict else "–",
        )
        for s in report.swaps[:_SWAPS]
    ]
    head = (w("swap"), w("hits"), w("pages"), w("sites"), w("verdict"))
    return f"## {escaped(w('section.swaps'))}\n\n" + _table(head, rows) + _cut(report, "swaps", len(rows), w)


def _questions(report: Report, w: Words) -> str:
    conflicts = [question for question in report.questions if question.outcome == "conflict"][:_QUESTIONS]
    if not conflicts:
        return ""
    asked = report.asked
    compared = w(
        "asked", conflict=asked.conflict, varies=asked.varies + asked.rule_changed, agreed=asked.agreed,
        uncompared=asked.uncompared, passages=asked.passages,
    )  # fmt: skip
    shown = [*(_question(question, w) for question in conflicts), escaped(compared)]
    return f"## {escaped(w('section.questions'))}\n\n" + "\n\n".join(shown)


def _question(question: Question, w: Words) -> str:
    lines = [f"### {escaped(question.question)}", "", escaped(w(f"scope.{question.scope}")), ""]
    return "\n".join(lines + [line for answer in question.answers for line in _answer(answer, w)])


def _answer(answer: RivalAnswer, w: Words) -> list[str]:
    given = answer.value or answer.stance
    said = escaped(w.texts.get(f"stance.{given}", given)) if given else "–"
    quotes = [f"  - {escaped(quote.text[:_TEXT])} — {_link(quote.place.url)}" for quote in answer.quotes[:2]]
    return [f"- **{said}** ({escaped(w.count('voices', answer.voices))})", *quotes]


def _evidence(report: Report, w: Words) -> str:
    if not report.evidence:
        return ""
    shown = report.evidence[:_EVIDENCE]
    head = (w("rule"), w("what"), w("address"), "id")
    return (
        f"## {escaped(w('section.evidence'))}\n\n"
        + _table(head, (_flag(line, w) for line in shown))
        + _cut(report, "evidence", len(shown), w)
    )


def _flag(line: EvidenceLine, w: Words) -> tuple[str, ...]:
    return escaped(w(f"rule.{line.rule}")), escaped(line.reason[:_TEXT]), _link(line.place.url), f"`{line.flag}`"


def _method(report: Report, w: Words) -> str:
    notes = [f"- {escaped(w(f'note.{name}'))}" for name in ("resembles", "shares", "interval", "source", "limits")]
    lead = escaped(w("method_lead", version=report.run.tool_version))
    return "\n".join([f"## {escaped(w('section.method'))}", "", lead, "", *notes])
