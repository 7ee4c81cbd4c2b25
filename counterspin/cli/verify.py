"""``counterspin verify``: is every verdict as it was written?"""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, project_options, put_json
from counterspin.wording import counted


@click.command("verify", short_help="Check the chain of verdicts.")
@project_options
@as_json
def command(project: Path | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """Check the chain of verdicts: no row changed, none missing."""
    from counterspin.errors import DamagedError
    from counterspin.store import verdicts

    configuration = configured(project, assignments)
    with opened(configuration, readonly=True) as store:
        chain = verdicts.verify(store)
    if as_json:
        put_json("counterspin.verify/1", {"rows": chain.rows, "broken": chain.broken, "why": chain.why})
    if chain.broken is not None:
        raise DamagedError(
            f"{configuration.database}: verdict {chain.broken}: {chain.why}; "
            f"compare with the journal {verdicts.journal_path(store)}"
        )
    if not as_json:
        click.echo(f"{counted(chain.rows, 'verdict')}, chain whole")
