"""Results kept for arguments that are the very same objects: a page that rule after rule looks at, a dictionary.

And equal values held once.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import fields
from functools import cache, wraps
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar, cast

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


class Shared:
    """Makes equal strings, tuples and frozen sets one object: what thousands of claims have alike is held once.

    Numbers and strings of other kinds stay as they are: two of them may be equal and yet not the same.
    """

    def __init__(self) -> None:
        self._known: dict[Any, Any] = {}

    def __call__(self, value: Any) -> Any:
        """``value``, or what equals it and was there before; of a tuple the members as well."""
        kind = type(value)
        if kind is dict:
            return {name: self(member) for name, member in value.items()}
        if kind is tuple and value not in self._known:
            value = tuple(map(self, value))
        return self._known.setdefault(value, value) if kind in {str, tuple, frozenset} else value

    def of(self, value: R) -> R:
        """A frozen dataclass with its fields shared."""
        kind: Any = type(value)
        return cast("R", kind(*map(self, _row(kind)(value))))


@cache
def _row(kind: type) -> attrgetter[Any]:
    """Gives the fields of a dataclass in their order."""
    return attrgetter(*(field.name for field in fields(kind)))
