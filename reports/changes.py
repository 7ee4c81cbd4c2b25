"""What changed between two analyses, and whether the web, our rules or our coverage changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from counterspin.store.figure_rows import ChangeCount, ChangeRow, Figures, RunRow, TrendRow
from reports.masks import Clean
from reports.values import Change, Changes, RuleChange, TrendPoint

CAUSES = ("content", "corpus", "coverage", "threshold", "rule", "unknown")
EVENTS = ("new", "returned", "updated", "absent")
_VERSION = "version"


def changes(figures: Figures, clean: Clean) -> Changes | None:
    """The difference to the earlier run with the cause of each change; ``None`` without an earlier run."""
    previous = figures.previous
    if previous is None:
        return None
    rules = rule_changes(previous, figures.run)
    versions = frozenset(change.rule for change in rules if change.what == _VERSION)
    changed = frozenset(change.rule for change in rules)
    counts: Counter[tuple[str, str]] = Counter()
    for count in figures.change_counts:
        counts[count.event, _cause(count, versions, changed)] += count.flags
    numbers = {row.run.id: row.numbers for row in figures.trend}
    return Changes(
        previous=previous.id,
        previous_at=previous.started_at,
        counts=tuple((event, cause, counts[event, cause]) for event, cause in _in_order(counts)),
        lines=tuple(_line(row, _cause(row, versions, changed), clean) for row in figures.changes),
        rules=rules,
        pages_before=int(numbers.get(previous.id, {}).get(("run", "", "documents"), 0)),
        pages_now=figures.coverage.documents,
        decided=figures.decided_since,
    )


def _in_order(counts: Counter[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(counts, key=lambda key: (EVENTS.index(key[0]), CAUSES.index(key[1])))


def _cause(change: ChangeRow | ChangeCount, versions: frozenset[str], changed: frozenset[str]) -> str:
    """One of :data:`CAUSES`. A page that is new in the collection is coverage, not a change of the web."""
    if change.is_new_page and change.event in ("new", "returned"):
        return "coverage"
    if change.cause in ("content", "corpus"):
        return change.cause
    if change.rule in versions:
        return "rule"
    if change.rule in changed:
        return "threshold"
    return "rule" if change.cause == "rules" else "unknown"


def _line(row: ChangeRow, cause: str, clean: Clean) -> Change:
    return Change(
        row.event, cause, row.fingerprint, row.category, row.rule, row.url, clean(row.reason, row.rule), row.state
    )


def rule_changes(before: RunRow, now: RunRow) -> tuple[RuleChange, ...]:
    """Versions and thresholds that differ, also rules that came or went."""
    old, new = thresholds(before), thresholds(now)
    if not old:  # a run that did not store its thresholds tells nothing
        return ()
    found = []
    for rule in sorted(set(old) | set(new)):
        left, right = old.get(rule, {}), new.get(rule, {})
        found += [
            RuleChange(rule, what, left.get(what, "–"), right.get(what, "–"))
            for what in sorted(set(left) | set(right))
            if left.get(what) != right.get(what)
        ]
    return tuple(found)


def thresholds(run: RunRow) -> dict[str, dict[str, str]]:
    """Rule to threshold to value as text; ``version`` is one of the thresholds."""
    return {
        rule: {str(name): _number(value) for name, value in _flat(values)}
        for rule, values in run.thresholds.items()
        if isinstance(values, Mapping)
    }


def _flat(values: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from _flat(value)
        elif isinstance(value, (int, float, str, bool)):
            yield name, value


def _number(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def trend(rows: tuple[TrendRow, ...]) -> tuple[TrendPoint, ...]:
    """The runs of a trend, oldest first; each says what changed since the one before."""
    points = []
    for place, row in enumerate(rows):
        before = rows[place - 1] if place else None
        shares = {
            key: value
            for (scope, key, metric), value in row.numbers.items()
            if metric == "flagged_page_pct" and scope == "category"
        }
        points.append(
            TrendPoint(
                run=row.run.id,
                at=row.run.ended_at or row.run.started_at,
                pages=_count(row, "documents"),
                flags=_count(row, "flags"),
                shares=tuple(sorted(shares.items())),
                changed=_changed(before, row) if before else (),
            )
        )
    return tuple(points)


def _count(row: TrendRow, metric: str) -> int:
    return int(row.numbers.get(("run", "", metric), 0))


def _changed(before: TrendRow, now: TrendRow) -> tuple[str, ...]:
    rules = rule_changes(before.run, now.run)
    facts = {
        "pages": _count(before, "documents") != _count(now, "documents"),
        "rules": any(change.what == _VERSION for change in rules),
        "thresholds": any(change.what != _VERSION for change in rules),
        "program": before.run.tool_version != now.run.tool_version,
    }
    return tuple(name for name, holds in facts.items() if holds)
