"""Flags as tasks for annotation tools: Label Studio, Argilla, doccano, one JSON object a line.

The flag's fingerprint travels in ``meta``, so that answers given there can be brought back as verdicts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, TextIO

from counterspin.store.listing import Listing
from reports.as_json import dumped
from reports.masks import Clean

# doccano and Argilla know our decisions by these names; Label Studio takes them as choices.
CHOICES = ("confirmed", "false_positive", "unsure", "not_actionable")


def tasks(listing: Listing, form: str, clean: Clean) -> Iterator[dict[str, Any]]:
    """A task for every flag of ``listing`` (the list ``flags``) in ``form``, one of :data:`FORMATS`."""
    make = FORMATS[form]
    for row in listing.rows:
        flag = dict(zip(listing.columns, row, strict=True))
        for name in ("passage", "reason", "counterpart", "title"):
            flag[name] = clean(flag[name] or "", flag["rule"])
        yield make(flag)


def write(stream: TextIO, found: Iterable[dict[str, Any]]) -> int:
    """One task a line; returns their number."""
    count = 0
    for task in found:
        stream.write(dumped(task) + "\n")
        count += 1
    return count


def _meta(flag: dict[str, Any]) -> dict[str, Any]:
    keys = ("id", "category", "rule", "score", "severity", "url", "start", "end", "state")
    return {key: flag[key] for key in keys}


def _label_studio(flag: dict[str, Any]) -> dict[str, Any]:
    task: dict[str, Any] = {
        "data": {
            "text": flag["passage"],
            "counterpart": flag["counterpart"],
            "reason": flag["reason"],
            "title": flag["title"],
            "meta": _meta(flag),
        }
    }
    if flag["state"] in CHOICES:
        choice = {"from_name": "verdict", "to_name": "text", "type": "choices", "value": {"choices": [flag["state"]]}}
        task["annotations"] = [{"result": [choice]}]
    else:
        label = {
            "from_name": "category",
            "to_name": "text",
            "type": "choices",
            "value": {"choices": [flag["category"]]},
        }
        task["predictions"] = [{"score": flag["score"], "model_version": flag["rule"], "result": [label]}]
    return task


def _argilla(flag: dict[str, Any]) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": flag["id"],
        "fields": {"text": flag["passage"], "counterpart": flag["counterpart"], "reason": flag["reason"]},
        "metadata": {key: value for key, value in _meta(flag).items() if value is not None},
        "suggestions": [{"question_name": "category", "value": flag["category"], "score": flag["score"]}],
    }
    if flag["state"] in CHOICES:
        answer = {"verdict": {"value": flag["state"]}}
        record["responses"] = [{"values": answer, "status": "submitted"}]
    return record


def _doccano(flag: dict[str, Any]) -> dict[str, Any]:
    label = [flag["state"]] if flag["state"] in CHOICES else []
    return {"text": flag["passage"], "label": label, **{f"flag_{k}": v for k, v in _meta(flag).items()},
            "reason": flag["reason"], "counterpart": flag["counterpart"]}  # fmt: skip


FORMATS: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "label-studio": _label_studio,
    "argilla": _argilla,
    "doccano": _doccano,
}
