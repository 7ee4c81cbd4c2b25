"""Flags as SARIF 2.1.0, for viewers and gates that read results of static analysis."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from counterspin.store.listing import Listing
from reports.as_json import dumped
from reports.masks import Clean
from reports.safe import visible, web_address
from reports.values import RuleLine
from reports.words import Words

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {1: "note", 2: "note", 3: "warning", 4: "error"}
# SARIF has no "returned"; a flag that comes back is new against the run before.
_BASELINE = {"new": "new", "returned": "new", "unchanged": "unchanged", "updated": "updated"}
_SUPPRESSED = {"false_positive": "accepted", "not_actionable": "accepted", "unsure": "underReview"}
_TEXT = 1000  # characters of a passage in a snippet


def write(
    stream: TextIO,
    listing: Listing,
    rules: Iterable[RuleLine],
    *,
    words: Words,
    version: str,
    clean: Clean,
) -> int:
    """Write every flag of ``listing`` (the list ``flags``) as a SARIF log; returns their number."""
    catalogue = list(rules)
    place = {rule.rule: number for number, rule in enumerate(catalogue)}
    driver = {
        "name": "counterspin",
        "semanticVersion": version,
        "rules": [_rule(rule, words) for rule in catalogue],
    }
    stream.write(f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{"tool": {{"driver": {dumped(driver)}}},\n')
    stream.write('"columnKind": "unicodeCodePoints", "results": [')
    count = 0
    for values in _named(listing):
        stream.write(("," if count else "") + "\n" + dumped(_result(values, place, clean)))
        count += 1
    stream.write("\n]}]}\n")
    return count


def _named(listing: Listing) -> Iterator[dict[str, Any]]:
    return (dict(zip(listing.columns, row, strict=True)) for row in listing.rows)


def _rule(rule: RuleLine, words: Words) -> dict[str, Any]:
    return {
        "id": rule.rule,
        "name": rule.rule,
        "shortDescription": {"text": words(f"rule.{rule.rule}")},
        "fullDescription": {"text": words(f"about.{rule.rule}")},
        "properties": {"category": rule.category, "version": rule.version, "thresholds": dict(rule.thresholds)},
    }


def _result(flag: dict[str, Any], place: dict[str, int], clean: Clean) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": flag["rule"],
        "level": _LEVELS.get(flag["severity"], "warning"),
        "message": {"text": visible(clean(flag["reason"], flag["rule"]))},
        "locations": [_location(flag["url"], flag["start"], flag["end"], clean(flag["passage"] or "", flag["rule"]))],
        "partialFingerprints": {"counterspinTrack/v1": flag["id"]},
        "baselineState": _BASELINE.get(flag["machine_state"], "unchanged"),
        "rank": round(100 * flag["score"], 1),
        "properties": {"category": flag["category"], "state": flag["state"], "swaps": json.loads(flag["swaps"])},
    }
    if flag["rule"] in place:
        result["ruleIndex"] = place[flag["rule"]]
    if flag["counterpart_url"]:
        text = clean(flag["counterpart"] or "", flag["rule"])
        result["relatedLocations"] = [_location(flag["counterpart_url"], None, None, text)]
    if flag["state"] in _SUPPRESSED:
        by = f"{flag['state']} by {flag['reviewer'] or 'a reviewer'} at {flag['reviewed_at'] or 'an unknown time'}"
        result["suppressions"] = [{"kind": "external", "status": _SUPPRESSED[flag["state"]], "justification": by}]
    return result


def _location(url: str, start: int | None, end: int | None, text: str) -> dict[str, Any]:
    """An address that is no web address is given as text in a message: ``uri`` must be a valid reference."""
    physical: dict[str, Any] = {}
    region: dict[str, Any] = {"snippet": {"text": visible(text[:_TEXT])}}
    if start is not None and end is not None:
        region |= {"charOffset": start, "charLength": max(0, end - start)}
    if (address := web_address(url)) is not None and address.isascii():
        physical = {"artifactLocation": {"uri": address}, "region": region}
        return {"physicalLocation": physical}
    return {"message": {"text": visible(url)}, "logicalLocations": [{"fullyQualifiedName": visible(url)}]}
