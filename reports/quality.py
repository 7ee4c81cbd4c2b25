"""The quality report as a value: figures of the database in, a frozen :class:`Report` out. No input, no output.

Wording is neutral throughout: a passage resembles another, answers differ. Nothing here says which side is right.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from counterspin.store.figure_rows import (
    CategoryRow,
    ClusterRow,
    ContextRow,
    Figures,
    FlagRow,
    MemberRow,
    Place,
    Question,
    Quote,
    RivalAnswer,
    RuleRow,
    SiteRow,
    SwapRow,
    Voice,
)
from counterspin.urls import host_of
from reports import changes, masks
from reports.diff import KNOWN, NEW, align
from reports.findings import findings
from reports.intervals import share
from reports.links import network
from reports.marks import marked
from reports.masks import Clean
from reports.values import (
    SCHEMA,
    CategoryLine,
    Context,
    Coverage,
    EvidenceLine,
    LeftOut,
    Method,
    Report,
    Review,
    Rewrite,
    RewriteMember,
    RuleLine,
    RulePrecision,
    RunInfo,
    SiteCard,
    SwapLine,
)
from reports.words import words

_CATEGORY_ORDER = ("spun", "contradictory", "copied", "padded", "damaged", "link_farm")


def build(
    figures: Figures,
    *,
    project: str,
    made_at: str,
    language: str = "zh-CN",
    masked: bool = True,
    nodes: int = 150,
) -> Report:
    """The report of ``figures``. ``made_at`` is the clock, handed in; ``masked`` hides personal data in every text."""
    clean = masks.cleaner(figures.people, masked=masked, language=language)
    classes = _swap_classes(figures)
    pages = figures.coverage.documents
    report = Report(
        schema=SCHEMA,
        made_at=made_at,
        project=project,
        language=language,
        run=_run(figures),
        coverage=_coverage(figures),
        categories=_categories(figures.categories, pages),
        findings=(),
        changes=changes.changes(figures, clean),
        trend=changes.trend(figures.trend),
        sites=tuple(_site(row) for row in figures.sites),
        rewrites=tuple(_rewrite(row, classes, clean) for row in figures.clusters),
        swaps=tuple(_swap(row, figures.run.id, clean) for row in figures.swaps),
        questions=tuple(_question(row, clean) for row in figures.slots),
        asked=figures.asked,
        network=network(figures, nodes, clean),
        review=_review(figures),
        method=_method(figures),
        evidence=tuple(_evidence(row, clean) for row in figures.flags),
        left_out=(),
        masked=masked,
    )
    return _with(report, figures)


def _with(report: Report, figures: Figures) -> Report:
    return replace(report, left_out=_left_out(report, figures), findings=findings(report, words(report.language)))


def _swap_classes(figures: Figures) -> dict[tuple[str, str], str]:
    """Swaps that this run learnt are new unless a reviewer confirmed them; rejected ones are no swaps."""
    classes: dict[tuple[str, str], str] = {}
    for row in figures.swaps:
        if row.verdict != "false_positive":
            is_new = row.first_run == figures.run.id and figures.previous is not None and row.verdict != "confirmed"
            classes[row.source, row.target] = NEW if is_new else KNOWN
            if not row.directed:
                classes.setdefault((row.target, row.source), classes[row.source, row.target])
    return classes


def _run(figures: Figures) -> RunInfo:
    run = figures.run
    return RunInfo(run.id, run.started_at, run.ended_at, run.status, run.tool_version, run.settings_sha, run.message)


def _coverage(figures: Figures) -> Coverage:
    row = figures.coverage
    return Coverage(
        hosts=row.hosts,
        pages=row.pages,
        documents=row.documents,
        flagged=share(row.flagged, row.documents),
        passages=row.passages,
        outcomes=row.outcomes,
        first_fetch=row.first_fetch,
        last_fetch=row.last_fetch,
        languages=row.languages,
    )


def _categories(rows: tuple[CategoryRow, ...], pages: int) -> tuple[CategoryLine, ...]:
    known = {row.category: row for row in rows}
    return tuple(_category(known.get(name, CategoryRow(name, 0, 0, 0, 0, 0, 0)), pages) for name in _CATEGORY_ORDER)


def _category(row: CategoryRow, pages: int) -> CategoryLine:
    return CategoryLine(
        category=row.category,
        flags=row.flags,
        hosts=row.hosts,
        pages=share(row.pages, pages),
        reviewed=share(row.decided, row.flags),
        confirmed=row.confirmed,
        false_positive=row.false_positive,
    )


def _site(row: SiteRow) -> SiteCard:
    return SiteCard(
        host=row.host,
        pages=row.pages,
        flagged=share(row.flagged, row.pages),
        spun=share(row.spun, row.pages),
        padded=share(row.padded, row.pages),
        damaged=share(row.damaged, row.pages),
        contradictions=row.contradictions,
        copied=row.copied,
        boilerplate=share(row.chars_removed, row.chars_removed + row.chars_main),
        links_out=row.links_out,
        licence=row.licence,
        precision=share(row.confirmed, row.decided),
        trend=row.trend,
    )


def _rewrite(row: ClusterRow, classes: Mapping[tuple[str, str], str], clean: Clean) -> Rewrite:
    source = clean(row.source.text)
    return Rewrite(
        key=row.key,
        kind=row.kind,
        source=_place(row.source.place, clean),
        has_source=row.has_source,
        text=source,
        source_reasons=tuple(clean(reason) for reason in row.source_reasons),
        members=tuple(_member(source, member, classes, clean) for member in row.members),
        size=row.size,
        hosts=row.hosts,
    )


def _member(source: str, row: MemberRow, classes: Mapping[tuple[str, str], str], clean: Clean) -> RewriteMember:
    text = clean(row.text)
    return RewriteMember(
        place=_place(row.place, clean),
        text=text,
        alignment=align(source, text, classes),
        similarity=row.similarity,
        flag=row.flag,
        state=row.state,
    )


def _place(place: Place, clean: Clean) -> Place:
    return replace(place, title=clean(place.title)) if place.title else place


def _swap(row: SwapRow, run: int, clean: Clean) -> SwapLine:
    return SwapLine(
        source=clean(row.source),
        target=clean(row.target),
        directed=row.directed,
        hits=row.hits,
        pages=row.pages,
        sites=row.sites,
        score=row.score,
        is_new=row.first_run == run,
        verdict=row.verdict,
        contexts=tuple(_context(context, row, clean) for context in row.contexts),
    )


def _context(row: ContextRow, swap: SwapRow, clean: Clean) -> Context:
    """The sentence around the word that the swap left; the word it took, where that one stands instead."""
    text = clean(row.text)
    word = next((w for w in (swap.target, swap.source) if w and w in text), "")
    before, _, after = text.partition(word) if word else (text, "", "")
    return Context(before, word, after, host_of(row.url), row.url)


def _question(row: Question, clean: Clean) -> Question:
    return replace(row, question=clean(row.question), answers=tuple(_answer(answer, clean) for answer in row.answers))


def _answer(row: RivalAnswer, clean: Clean) -> RivalAnswer:
    quotes = tuple(_voice(voice, clean) for voice in row.quotes)
    return replace(row, stance=clean(row.stance), value=clean(row.value), quotes=quotes)


def _voice(row: Voice, clean: Clean) -> Voice:
    return replace(row, text=clean(row.text), place=_place(row.place, clean))


def _review(figures: Figures) -> Review:
    states = dict(figures.states)
    decided = sum(states.get(state, 0) for state in ("confirmed", "false_positive", "not_actionable"))
    equal = sum(votes for *_, one, two, votes in figures.votes if one == two)
    paired = sum(votes for *_, votes in figures.votes)
    return Review(
        decided=share(decided, sum(states.values())),
        states=figures.states,
        rules=tuple(_precision(row, figures) for row in figures.rules),
        reviewers=figures.reviewers,
        verdicts=figures.verdicts,
        agreement=share(equal, paired),
        kappa=_kappa(figures.votes),
    )


def _precision(row: RuleRow, figures: Figures) -> RulePrecision:
    votes = [v for v in figures.votes if v[:2] == (row.category, row.rule)]
    return RulePrecision(
        category=row.category,
        rule=row.rule,
        flags=row.flags,
        precision=share(row.confirmed, row.confirmed + row.false_positive),
        agreement=share(sum(v[4] for v in votes if v[2] == v[3]), sum(v[4] for v in votes)),
    )


def _kappa(votes: tuple[tuple[str, str, str, str, int], ...]) -> float | None:
    """Agreement of two reviewers beyond chance, -1 to 1; ``None`` where it is not defined. Source: Cohen 1960."""
    total = sum(v[4] for v in votes)
    if not total:
        return None
    observed = sum(v[4] for v in votes if v[2] == v[3]) / total
    first = sum(v[4] for v in votes if v[2] == "confirmed") / total
    second = sum(v[4] for v in votes if v[3] == "confirmed") / total
    chance = first * second + (1 - first) * (1 - second)
    return None if chance >= 1 else round((observed - chance) / (1 - chance), 3)


def _method(figures: Figures) -> Method:
    flags = {row.rule: row for row in figures.rules}
    ran = changes.thresholds(figures.run)
    rules = tuple(
        RuleLine(
            rule=rule,
            category=flags[rule].category if rule in flags else ran.get(rule, {}).get("category", ""),
            version=ran.get(rule, {}).get("version", "–"),
            thresholds=tuple(sorted((k, v) for k, v in ran.get(rule, {}).items() if k not in _NO_THRESHOLDS)),
            flags=flags[rule].flags if rule in flags else 0,
        )
        for rule in sorted(set(flags) | set(ran))
    )
    command = "counterspin analyse && counterspin report"
    return Method(rules, figures.run.settings_sha, command, tuple(sorted(figures.run.counts.items())))


_NO_THRESHOLDS = frozenset({"version", "name", "category"})


def _evidence(row: FlagRow, clean: Clean) -> EvidenceLine:
    return EvidenceLine(
        flag=row.fingerprint,
        category=row.category,
        rule=row.rule,
        score=row.score,
        severity=row.severity,
        state=row.state,
        machine_state=row.machine_state,
        reason=clean(row.reason, row.rule),
        passage=clean(row.passage, row.rule),
        marks=marked(row, clean),
        start=row.start,
        end=row.end,
        place=_place(row.place, clean),
        evidence=tuple(_quote(quote, row.rule, clean) for quote in row.evidence),
        swaps=tuple((clean(source), clean(target)) for source, target in row.swaps),
        sha256=row.sha256,
        warc_file=row.warc_file,
        warc_offset=row.warc_offset,
    )


def _quote(row: Quote, rule: str, clean: Clean) -> Quote:
    return replace(row, text=clean(row.text, rule), note=clean(row.note, rule))


def _left_out(report: Report, figures: Figures) -> tuple[LeftOut, ...]:
    drawn = len(report.network.nodes)
    shown = {
        "sites": len(report.sites),
        "rewrites": len(report.rewrites),
        "swaps": len(report.swaps),
        "questions": len(report.questions),
        "changes": len(report.changes.lines) if report.changes else 0,
        "evidence": len(report.evidence),
    }
    cut = [LeftOut(what, shown[what], total) for what, total in figures.totals.items() if shown[what] < total]
    return (*cut, LeftOut("domains", drawn, report.network.domains)) if drawn < report.network.domains else tuple(cut)
