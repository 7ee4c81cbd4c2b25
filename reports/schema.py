"""The JSON Schema of ``report.json``, made from the values themselves: ``python -m reports.schema`` writes it anew."""

from __future__ import annotations

import json
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from reports.values import SCHEMA, Report

FILE = Path(__file__).with_name("report.schema.json")
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", type(None): "null"}
# Pairs that `as_json` writes as objects: value class and field to the type of the object's values.
_OBJECTS = {
    ("Finding", "facts"): "string", ("TrendPoint", "shares"): "number", ("Coverage", "outcomes"): "integer",
    ("Coverage", "languages"): "integer", ("Review", "states"): "integer", ("Method", "counts"): "integer",
    ("RuleLine", "thresholds"): "string",
}  # fmt: skip
_CHANGE_COUNT = {
    "type": "object",
    "properties": {"event": {"type": "string"}, "cause": {"type": "string"}, "flags": {"type": "integer"}},
    "required": ["event", "cause", "flags"],
}


def schema() -> dict[str, Any]:
    """The schema as plain data."""
    definitions: dict[str, Any] = {}
    _define(Report, definitions)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": SCHEMA,
        "$ref": "#/$defs/Report",
        "$defs": dict(sorted(definitions.items())),
    }


def _define(kind: type, definitions: dict[str, Any]) -> None:
    if kind.__name__ in definitions:
        return
    definitions[kind.__name__] = {}
    hints = get_type_hints(kind)
    names = [field.name for field in fields(kind)]
    properties = {name: _property(kind, name, hints[name], definitions) for name in names}
    summary = " ".join((kind.__doc__ or "").split())
    definitions[kind.__name__] = {
        "description": summary,
        "type": "object",
        "properties": properties,
        "required": names,
        "additionalProperties": False,
    }


def _property(kind: type, name: str, hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if (kind.__name__, name) in _OBJECTS:
        return {"type": "object", "additionalProperties": {"type": _OBJECTS[kind.__name__, name]}}
    if (kind.__name__, name) == ("Changes", "counts"):
        return {"type": "array", "items": _CHANGE_COUNT}
    if (kind.__name__, name) == ("Report", "schema"):
        return {"type": "string", "const": SCHEMA}
    return _of(hint, definitions)


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if is_dataclass(hint) and isinstance(hint, type):
        _define(hint, definitions)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    inner = get_args(hint)
    if get_origin(hint) in (Union, types.UnionType):
        return {"anyOf": [_of(one, definitions) for one in inner]}
    if get_origin(hint) is tuple and inner[-1] is Ellipsis:
        return {"type": "array", "items": _of(inner[0], definitions)}
    if get_origin(hint) is tuple:
        return {"type": "array", "prefixItems": [_of(one, definitions) for one in inner]}
    raise AssertionError(f"{hint}: no JSON type is known for it")


def dumped(value: Mapping[str, Any]) -> str:
    """The text of the file."""
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    FILE.write_text(dumped(schema()), encoding="utf-8")
