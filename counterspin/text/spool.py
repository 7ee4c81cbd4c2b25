"""Pieces of bytes in a nameless file: what a crawl gives grows with its pages, what is held of it does not."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Iterable, Sequence
from tempfile import TemporaryFile
from typing import Any, TypeVar

MOST_HELD = 4 << 20  # bytes kept in memory; with more, all go to a file in the folder for temporary files
Value = TypeVar("Value")


class Spool:
    """Numbered pieces, each written once and read as often as one likes. The file goes with the last reference."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._file: Any = None  # unbuffered: nothing is left for a forked process to write a second time
        self._ends = array("Q", (0,))

    def __del__(self) -> None:
        if self._file:
            self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, piece: bytes) -> int:
        """Keep a piece; its number, from 0. Raises :class:`OSError` where there is no room."""
        start = self._ends[-1]
        if self._file:
            _write(self._file, start, piece)
        elif start + len(piece) <= MOST_HELD:
            self._held += piece
        else:
            file = TemporaryFile(buffering=0)  # noqa: SIM115 - it lives as long as the spool
            _write(file, 0, bytes(self._held) + piece)
            self._file, self._held = file, bytearray()
        self._ends.append(start + len(piece))
        return len(self) - 1

    def get(self, number: int) -> bytes:
        """The piece of this number."""
        start, end = self._ends[number], self._ends[number + 1]
        if self._file is None:
            return bytes(self._held[start:end])
        self._file.seek(start)
        found: bytes = self._file.read(end - start)
        return found


def _write(file: Any, start: int, content: bytes) -> None:
    file.seek(start)
    rest = memoryview(content)
    while rest:
        rest = rest[file.write(rest) :]


class Pieces(Sequence[bytes]):
    """Pieces of a spool, in an order of their own."""

    def __init__(self, spool: Spool, numbers: Iterable[int]) -> None:
        self._spool = spool
        self._numbers = array("Q", numbers)

    def __len__(self) -> int:
        return len(self._numbers)

    def __getitem__(self, at: Any) -> Any:
        if isinstance(at, slice):
            return Pieces(self._spool, self._numbers[at])
        return self._spool.get(self._numbers[at])


class Made(Sequence[Value]):  # noqa: PLW1641 - as a list, it is compared and not hashed
    """What packed pieces stand for, as a sequence; one is made anew whenever it is asked for."""

    def __init__(self, packed: Sequence[bytes], make: Callable[[bytes], Value]) -> None:
        self._packed = packed
        self._make = make

    def __len__(self) -> int:
        return len(self._packed)

    def __getitem__(self, at: Any) -> Any:
        return Made(self._packed[at], self._make) if isinstance(at, slice) else self._make(self._packed[at])

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence):
            return NotImplemented
        return len(self) == len(other) and all(one == two for one, two in zip(self, other, strict=True))


def spooled(values: Iterable[Value], key: Callable[[Value], Any] | None = None) -> Made[Value]:
    """These values in a spool, in order of ``key`` where it is given."""
    spool = Spool()
    places = sorted((key(value) if key else 0, spool.add(pickle.dumps(value))) for value in values)
    return Made(Pieces(spool, (number for _, number in places)), pickle.loads)
