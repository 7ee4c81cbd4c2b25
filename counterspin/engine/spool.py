"""Pieces of bytes in a nameless file: what a crawl gives grows with its pages, what is held of it does not."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

MOST_HELD = 16 << 20  # bytes kept in memory; with more, all go to a file in the folder for temporary files


class Spool:
    """Numbered pieces, each written once and read as often as one likes. The file goes with the last reference."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(MOST_HELD)  # noqa: SIM115 - it lives as long as the spool
        self._ends = array("Q", (0,))

    def __del__(self) -> None:
        self._file.close()

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, piece: bytes) -> int:
        """Keep a piece; its number, from 0. Raises :class:`OSError` where there is no room."""
        self._file.seek(self._ends[-1])
        self._file.write(piece)
        self._file.flush()  # nothing is left for a forked process to write a second time
        self._ends.append(self._ends[-1] + len(piece))
        return len(self) - 1

    def get(self, number: int) -> bytes:
        """The piece of this number."""
        self._file.seek(self._ends[number])
        return self._file.read(self._ends[number + 1] - self._ends[number])


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
