"""``counterspin tune``: what the verdicts say about the thresholds. Proposes; changes nothing."""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, configured, opened, project_options, put_json


@click.command("tune", short_help="Propose least scores from verdicts; change nothing.")
@project_options
@as_json
@click.option("--target", type=click.FloatRange(0.5, 1.0), default=0.9, show_default=True, help="Precision wanted.")
def command(project: Path | None, assignments: tuple[str, ...], as_json: bool, target: float) -> None:
    """Propose least scores from verdicts, with what each would change. Writes nothing."""
    from counterspin.api import to_dict
    from counterspin.store import tuning

    with opened(configured(project, assignments), readonly=True) as store:
        found = tuning.proposals(store, target=target)
    if as_json:
        put_json("counterspin.tune/1", {"target": target, "proposals": to_dict(found)})
        return
    if not found:
        click.echo(f"Nothing to propose: no rule with {tuning.MIN_DECIDED} verdicts or more is below {target:.2f}.")
    for proposal in found:
        now = f"{proposal.rule}: precision {proposal.precision:.2f} over {proposal.decided} verdicts"
        if proposal.min_score is None:
            click.echo(f"{now}; no score reaches {target:.2f}: look at its false positives first")
            continue
        click.echo(
            f"{now}; with the lines below {proposal.precision_then:.2f} "
            f"({proposal.spared} false positives and {proposal.lost} confirmed fewer, "
            f"{proposal.hidden} unjudged hidden)\n  [detect.{proposal.rule}]\n  min_score = {proposal.min_score:g}"
        )
