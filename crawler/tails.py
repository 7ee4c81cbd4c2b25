"""The end of an archive after a crash: what the database does not know is put apart."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from counterspin.errors import ArchiveError
from crawler.members import whole_members

TAIL = ".tail"


def cut_tails(folder: Path, ends: Iterable[tuple[str, int]], *, prefix: str = "") -> int:
    """Cut each file after the last record that the database knows; the number of bytes cut.

    ``ends``: file name and where the last known response begins. The records that go with that response stay. What
    is cut goes to ``<file>.tail``: nothing is thrown away. A file that begins with ``prefix`` and of which the
    database knows nothing is put apart as a whole.
    """
    ends = list(ends)
    cut = _put_apart(folder, prefix, {name for name, _ in ends}) if prefix else 0
    for name, offset in ends:
        path = folder / name
        if not path.exists():
            raise ArchiveError(f"{path} is missing; restore it from a backup, or purge its pages")
        end = _end_of_group(path, offset)
        size = path.stat().st_size
        if size > end:
            _cut(path, end)
            cut += size - end
    return cut


def _put_apart(folder: Path, prefix: str, known: set[str]) -> int:
    size = 0
    for path in sorted(folder.glob(f"{prefix}*.warc.gz")):
        if path.name not in known:
            size += path.stat().st_size
            path.replace(path.with_name(path.name + TAIL))
    return size


def _end_of_group(path: Path, offset: int) -> int:
    """Where the records end that belong to the response at ``offset``: they name it, or are its request and notes."""
    end = offset
    for member in whole_members(path, offset):
        if end > offset and member.kind in ("response", "revisit", "warcinfo"):
            break
        end += len(member.raw)
    return end


def _cut(path: Path, end: int) -> None:
    with path.open("rb+") as stream, path.with_name(path.name + TAIL).open("ab") as tail:
        stream.seek(end)
        tail.write(stream.read())
        stream.truncate(end)
