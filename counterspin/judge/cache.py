"""Opinions kept by content, one small file each, so that a second run costs nothing."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path

from counterspin.judge.opinion import OUTCOMES, Opinion


class Cache:
    """A folder of opinions. A file that cannot be read counts as absent and is written anew."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> Opinion | None:
        """The opinion kept under ``key``."""
        try:
            found = Opinion(**json.loads(self._path(key).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None
        return replace(found, cached=True) if found.outcome in OUTCOMES else None

    def put(self, key: str, opinion: Opinion) -> None:
        """Keep ``opinion``; whole or not at all."""
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        partial.write_text(json.dumps(asdict(opinion), ensure_ascii=False), encoding="utf-8")
        partial.replace(path)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key}.json"
