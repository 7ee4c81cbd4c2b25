"""Four sentences that say what was found, and where."""

from __future__ import annotations

from collections import Counter

from reports.intervals import Share
from reports.values import CategoryLine, Finding, Report
from reports.words import Words

MAX_FINDINGS = 4
_SITES_NAMED = 3
_SWAPS_NAMED = 3


def findings(report: Report, words: Words) -> tuple[Finding, ...]:
    """What was looked at, then the most telling of what was found; each links to its part of the report."""
    categories = {line.category: line for line in report.categories}
    found = [
        _looked_at(report, words),
        _where(report, words),
        _rewritten(report, categories["spun"], words),
        _contradictory(report, categories["contradictory"], words),
        _repaired(categories, words),
        _linked(report, categories["link_farm"], words),
    ]
    return tuple(finding for finding in found if finding is not None)[:MAX_FINDINGS]


def percent(part: Share) -> str:
    """A share as a whole percentage; small ones keep a digit, so that something is never shown as nothing."""
    if part.value is None:
        return "–"
    value = 100 * part.value
    return f"{value:.1f} %" if 0 < value < 1 or 99 < value < 100 else f"{value:.0f} %"


def interval(part: Share) -> str:
    """The bounds of a share, for example ``12–34 %``."""
    if part.low is None or part.high is None:
        return "–"
    return f"{100 * part.low:.0f}–{100 * part.high:.0f} %"


def _finding(name: str, text: str, anchor: str, **facts: object) -> Finding:
    return Finding(name, text, anchor, tuple((key, str(value)) for key, value in facts.items()))


def _looked_at(report: Report, words: Words) -> Finding:
    coverage = report.coverage
    key = "finding.looked_at" if coverage.flagged.count else "finding.nothing"
    text = words(
        key,
        pages=words.count("pages", coverage.documents),
        sites=words.count("sites", coverage.hosts),
        flagged=words.count("pages", coverage.flagged.count),
        share=percent(coverage.flagged),
    )
    return _finding("looked_at", text, "sites", pages=coverage.documents, flagged=coverage.flagged.count)


def _where(report: Report, words: Words) -> Finding | None:
    """The sites with most findings, as the table of sites has them; ``None`` where there is one site or none."""
    named = [site for site in report.sites if site.host and site.flagged.count][:_SITES_NAMED]
    if report.coverage.hosts < 2 or not named:
        return None
    sites = (words("finding.site", host=one.host, n=one.flagged.count, of=one.flagged.of) for one in named)
    text = words("finding.where", sites=words("finding.and").join(sites))
    return _finding("where", text, "sites", **{str(at): site.host for at, site in enumerate(named, start=1)})


def _rewritten(report: Report, line: CategoryLine, words: Words) -> Finding | None:
    if not line.flags:
        return None
    swaps = words("finding.and").join(f"{source}→{target}" for source, target in _swaps(report))
    text = words(
        "finding.spun" if swaps else "finding.spun_plain",
        pages=words.count("pages", line.pages.count),
        sites=words.count("sites", line.hosts),
        swaps=swaps,
    )
    return _finding("spun", text, "rewrites", pages=line.pages.count, sites=line.hosts)


def _swaps(report: Report) -> list[tuple[str, str]]:
    """The surest learnt swaps; where nothing could be learnt, those that most findings name."""
    learnt = [(swap.source, swap.target) for swap in report.swaps]
    named = Counter(swap for one in report.evidence for swap in set(one.swaps))
    return (learnt or sorted(named, key=lambda swap: (-named[swap], swap)))[:_SWAPS_NAMED]


def _contradictory(report: Report, line: CategoryLine, words: Words) -> Finding | None:
    open_questions = [q for q in report.questions if q.outcome == "conflict"]
    if not open_questions and not line.flags:
        return None
    within = sum(1 for q in open_questions if q.scope == "page")
    text = words(
        "finding.contradictory_within" if within else "finding.contradictory",
        questions=words.count("questions", len(open_questions) or line.flags),
        pages=words.count("pages", line.pages.count),
        within=words.count("questions", within),
    )
    return _finding("contradictory", text, "questions", questions=len(open_questions), within=within)


def _repaired(categories: dict[str, CategoryLine], words: Words) -> Finding | None:
    padded, damaged = categories["padded"], categories["damaged"]
    if not padded.flags and not damaged.flags:
        return None
    text = words(
        "finding.damaged",
        padded=words.count("passages", padded.flags),
        damaged=words.count("passages", damaged.flags),
    )
    return _finding("damaged", text, "passages", padded=padded.flags, damaged=damaged.flags)


def _linked(report: Report, line: CategoryLine, words: Words) -> Finding | None:
    if not line.flags:
        return None
    text = words("finding.linked", sites=words.count("sites", line.hosts), domains=f"{report.network.domains:,}")
    return _finding("linked", text, "network", sites=line.hosts, domains=report.network.domains)
