"""``counterspin verdict``: give, export and import verdicts without the browser."""

from __future__ import annotations

import getpass
import json
from datetime import datetime, timezone
from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, project_options, put_json, say


@click.group("verdict")
def command() -> None:
    """Give, export and import verdicts."""


@command.command("add")
@project_options
@click.argument("fingerprint")
@click.argument(
    "said", metavar="VERDICT", type=click.Choice(["confirmed", "false_positive", "unsure", "not_actionable"])
)
@click.option("--note", help="Why.")
@click.option("--reviewer", help="Your name (default: the login name).")
def add(
    project: Path | None,
    assignments: tuple[str, ...],
    fingerprint: str,
    said: str,
    note: str | None,
    reviewer: str | None,
) -> None:
    """Judge one flag. VERDICT is confirmed, false_positive, unsure or not_actionable.

    FINGERPRINT is the id of the flag, as reports, lists and `counterspin query q01` give it.
    """
    from counterspin.model import Verdict
    from counterspin.store import review, verdicts

    with opened(configured(project, assignments)) as store:
        view = review.flag(store.connection, fingerprint)
        now = datetime.now(timezone.utc).isoformat(timespec="seconds")
        who = reviewer or getpass.getuser()
        evidence = view.evidence_hash if view else None
        verdicts.add(store, Verdict("flag", fingerprint, said, who, now, note=note, evidence_hash=evidence))
    say(f"{fingerprint}: {said}")


@command.command("export", short_help="Write every verdict as JSON lines.")
@project_options
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True), default="-")
def export(project: Path | None, assignments: tuple[str, ...], file: Path) -> None:
    """Write every verdict as JSON lines, for git, backup or another database."""
    from counterspin.store import verdicts

    with (
        opened(configured(project, assignments), readonly=True) as store,
        click.open_file(str(file), "w", "utf-8") as out,
    ):
        for row in verdicts.export(store):
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


@command.command("import")
@project_options
@as_json
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False, allow_dash=True))
def load(project: Path | None, assignments: tuple[str, ...], as_json: bool, file: Path) -> None:
    """Add exported verdicts; those known already are left out."""
    from counterspin.errors import InputError
    from counterspin.store import verdicts

    rows = []
    with click.open_file(str(file), encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                row = json.loads(line)
            except ValueError:
                raise InputError(f"{file}: line {number} is no JSON; nothing was imported") from None
            if not isinstance(row, dict):
                raise InputError(f"{file}: line {number} is no JSON object; nothing was imported")
            rows.append(row)
    with opened(configured(project, assignments)) as store:
        loaded = verdicts.load(store, rows)
    values = {"added": loaded.added, "known": loaded.known, "orphans": loaded.orphans}
    if as_json:
        put_json("counterspin.verdict-import/1", values)
    else:
        click.echo(f"{loaded.added} added, {loaded.known} known already, {loaded.orphans} for targets not here (kept)")
