"""Up to where an archive has been imported, in a small file beside the database, for an import that is killed."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any


class Marks:
    """A place in each file that is being read. A mark may lie behind what was stored, never before it.

    What is read a second time is known by its bytes, so a lost mark costs time and nothing else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._places: dict[str, list[Any]] = {}
        with suppress(OSError, ValueError):
            kept = json.loads(path.read_text(encoding="utf-8"))
            self._places = kept if isinstance(kept, dict) else {}

    def start_of(self, file: Path) -> int:
        """The byte to go on from: 0 without a mark, or if the file is no longer the one that was read."""
        kept = self._places.get(str(file.absolute()))
        if not (isinstance(kept, list) and len(kept) == 3 and all(isinstance(number, int) for number in kept)):
            return 0
        return int(kept[2]) if kept[:2] == _state(file) and 0 <= kept[2] <= kept[0] else 0

    def put(self, file: Path, place: int) -> None:
        """Everything before this byte is stored."""
        self._places[str(file.absolute())] = [*_state(file), place]
        part = self.path.with_name(f"{self.path.name}.part")
        part.write_text(json.dumps(self._places), encoding="utf-8")
        part.replace(self.path)

    def forget(self, file: Path) -> None:
        """The file has been read to its end."""
        if self._places.pop(str(file.absolute()), None) is not None and not self._places:
            self.path.unlink(missing_ok=True)


def _state(file: Path) -> list[int]:
    facts = file.stat()
    return [facts.st_size, facts.st_mtime_ns]
