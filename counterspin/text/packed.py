"""Plain values as bytes: what goes into a spool and comes back within one run."""

from __future__ import annotations

import marshal
from typing import Any


def dumps(values: Any) -> bytes:
    """Strings, numbers, ``None`` and collections of them as bytes; a string of another kind becomes a plain one."""
    try:
        return marshal.dumps(values)
    except ValueError:  # a kind of string that a parser gave
        return marshal.dumps(_plain(values))


def loads(content: bytes) -> Any:
    """The values that :func:`dumps` was given."""
    return marshal.loads(content)  # noqa: S302 - packed by this program in this run


def _plain(value: Any) -> Any:
    if isinstance(value, (tuple, list)):
        return type(value)(map(_plain, value))
    return str.__str__(value) if isinstance(value, str) else value
