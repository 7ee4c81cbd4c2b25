"""Files that appear whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from counterspin.errors import UsageError


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """A place beside ``path`` to write to; it becomes ``path`` when the body has ended well.

    Folders above it are made. Raises :class:`UsageError` where there can be none.

    So a reader never meets half a file, and one cut short by a kill is called ``.part``.
    """
    place = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        place.touch()
    except (FileNotFoundError, NotADirectoryError, FileExistsError) as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}); choose another place") from error
    try:
        yield place
    except BaseException:
        place.unlink(missing_ok=True)
        raise
    place.replace(path)
