"""``counterspin backup``: a copy of the database while it is in use."""

from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, progress, project_options, put_json, say


@click.command("backup", short_help="Copy the database while it is in use.")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option(
    "--keep", type=click.IntRange(min=1), help="Keep this many of the project's own backups, delete older ones."
)
@project_options
@as_json
def command(
    target: Path | None, keep: int | None, project: Path | None, assignments: tuple[str, ...], as_json: bool
) -> None:
    """Copy the database to TARGET (default: backups/ in the project), with the journal of verdicts.

    Never copy the file itself while it is in use: what was written last stands in a second file.
    """
    import shutil

    from counterspin.store.backup import backup

    configuration = configured(project, assignments)
    folder = configuration.folder / "backups"
    name = datetime.now(timezone.utc).strftime("counterspin-%Y%m%dT%H%M%SZ.db")
    place = target / name if target and target.is_dir() else target or folder / name
    with opened(configuration, readonly=True) as store, progress("Backup", quiet=as_json) as advance:
        size = backup(store, place, advance=advance)
    journal = Path(f"{configuration.database}.verdicts.jsonl")
    if journal.exists():
        shutil.copyfile(journal, f"{place}.verdicts.jsonl")
    deleted = _prune(folder, keep) if keep else []
    if as_json:
        put_json("counterspin.backup/1", {"file": place, "bytes": size, "deleted": deleted})
    else:
        say(f"{place}: {size:,} bytes, checked" + (f"; {len(deleted)} older deleted" if deleted else ""))


def _prune(folder: Path, keep: int) -> list[Path]:
    old = sorted(folder.glob("counterspin-*Z.db"))[:-keep]
    for file in old:
        file.unlink()
        Path(f"{file}.verdicts.jsonl").unlink(missing_ok=True)
    return old
