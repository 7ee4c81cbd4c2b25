"""Families of webs: a module here is a family, found by walking the package. Nothing to register.

A family module holds ``SUMMARY`` (one line), ``Spec`` (a frozen dataclass whose fields, all with defaults, are the
keys of its spec) and ``build(seed, spec) -> Web``. The grammar of a spec, as the command line takes it::

    web    = family { "+" family }
    family = name [ ":" key "=" value { "," key "=" value } ]

Values are read as the type of the field's default: whole number, decimal number, yes/no or text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

from counterspin.errors import UsageError
from crawler.simweb.web import Web, merge


@dataclass(frozen=True, slots=True)
class Family:
    """A family's name, its line of description, and its keys with their defaults."""

    name: str
    summary: str
    keys: tuple[tuple[str, Any], ...]


def families() -> Iterator[Family]:
    """Every family, by name."""
    for name in sorted(module.name for module in iter_modules(__path__)):
        module = import_module(f"{__name__}.{name}")
        spec = module.Spec()
        yield Family(name, module.SUMMARY, tuple((item.name, getattr(spec, item.name)) for item in fields(spec)))


def build(spec: str, *, seed: int = 1) -> Web:
    """The web that a spec names. Raises :class:`UsageError` for an unknown family or key, or a value of wrong type."""
    return merge(*(_build_one(part, seed) for part in spec.split("+")))


def _build_one(part: str, seed: int) -> Web:
    name, _, words = part.strip().partition(":")
    known = sorted(module.name for module in iter_modules(__path__))
    if name not in known:
        raise UsageError(f"no family of webs is called {name!r}; there are {', '.join(known)}")
    module = import_module(f"{__name__}.{name}")
    web: Web = module.build(seed, _spec(module.Spec, name, words))
    return web


def _spec(kind: Any, family: str, words: str) -> Any:
    defaults = {item.name: getattr(kind(), item.name) for item in fields(kind)}
    values: dict[str, Any] = {}
    for word in filter(None, (word.strip() for word in words.split(","))):
        key, equals, text = word.partition("=")
        if key not in defaults or not equals:
            raise UsageError(f"{family}: {word!r} is no KEY=VALUE; the keys are {', '.join(defaults) or 'none'}")
        values[key] = _value(family, key, text, defaults[key])
    return kind(**values)


def _value(family: str, key: str, text: str, default: Any) -> Any:
    if isinstance(default, bool):
        if text not in {"yes", "no"}:
            raise UsageError(f"{family}: {key} is {text!r}; give yes or no")
        return text == "yes"
    try:
        return type(default)(text)
    except ValueError:
        raise UsageError(f"{family}: {key} is {text!r}; give a number like {default}") from None
