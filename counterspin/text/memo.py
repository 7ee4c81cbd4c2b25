"""Results kept for arguments that are the very same objects: a page that rule after rule looks at, a dictionary."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")


def same(most: int) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Keep what a function gave for its last ``most`` arguments, which are told apart by identity.

    For arguments that cannot be hashed, or not cheaply; they must not change. Positional arguments only.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        held: OrderedDict[tuple[int, ...], tuple[object, R]] = OrderedDict()

        @wraps(function)
        def remembered(*args: P.args, **kwargs: P.kwargs) -> R:
            key = tuple(map(id, args))
            if key not in held:
                # The arguments are kept with the result: while they live, no other object has their identities.
                held[key] = args, function(*args, **kwargs)
                if len(held) > most:
                    held.popitem(last=False)
            return held[key][1]

        return remembered

    return decorate
