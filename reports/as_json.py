"""The report as JSON of the shape ``counterspin.report/1``; ``report.schema.json`` beside this file describes it."""

from __future__ import annotations

import json
import re
from typing import Any

from counterspin.api import to_dict
from reports.values import Report

_SURROGATE = re.compile("[\ud800-\udfff\u2028\u2029]")


def render(report: Report) -> str:
    """``report`` in a fixed order of keys and lists: two runs on the same database differ in times only."""
    return dumped(values(report), indent=1) + "\n"


def values(report: Report) -> dict[str, Any]:
    """``report`` as plain data; ``trend`` and ``facts`` pairs become objects."""
    plain: dict[str, Any] = to_dict(report)
    for finding, one in zip(plain["findings"], report.findings, strict=True):
        finding["facts"] = dict(one.facts)
    for point, two in zip(plain["trend"], report.trend, strict=True):
        point["shares"] = dict(two.shares)
    for name in ("outcomes", "languages"):
        plain["coverage"][name] = dict(getattr(report.coverage, name))
    plain["review"]["states"] = dict(report.review.states)
    plain["method"]["counts"] = dict(report.method.counts)
    for rule, line in zip(plain["method"]["rules"], report.method.rules, strict=True):
        rule["thresholds"] = dict(line.thresholds)
    if plain["changes"] is not None:
        plain["changes"]["counts"] = [
            {"event": event, "cause": cause, "flags": flags} for event, cause, flags in plain["changes"]["counts"]
        ]
    return plain


def dumped(value: Any, *, indent: int | None = None) -> str:
    """JSON that can always be written as UTF-8 and put on one line of a JSONL file."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
