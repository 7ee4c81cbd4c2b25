"""Where a stage can be killed at its worst: between two steps that belong together, by name.

The product knows nothing of this: a child process replaces the function that makes the step by one that ends the
process, without any goodbye, before or after it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

KILLED = 9  # exit code of a child that met its point


@dataclass(frozen=True, slots=True)
class Point:
    """The ``call``-th time that ``target`` (``module:name`` or ``module:Class.name``) is called, before or after."""

    said: str
    target: str
    after: bool = False
    call: int = 1


def killed(work: Callable[[], object], point: Point) -> bool:
    """Do ``work`` in a child that dies at ``point``; whether it got that far."""
    child = os.fork()
    if child == 0:
        try:
            _arm(point)
            work()
        finally:
            os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == KILLED


def _arm(point: Point) -> None:
    module, _, path = point.target.partition(":")
    *owners, name = path.split(".")
    owner: Any = import_module(module)
    for part in owners:
        owner = getattr(owner, part)
    real, calls = getattr(owner, name), 0

    def deadly(*values: Any, **named: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == point.call and not point.after:
            os._exit(KILLED)
        made = real(*values, **named)
        if calls == point.call:
            os._exit(KILLED)
        return made

    setattr(owner, name, deadly)
