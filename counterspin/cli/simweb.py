"""``counterspin simweb``: serve a simulated web on loopback, or list the families of webs."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Serve a simulated web on loopback.")
@click.argument("web", default="demo", metavar="[WEB]")
@click.option("--list", "listing", is_flag=True, help="List the families and the keys of their specs.")
@click.option("--port", type=click.IntRange(0, 65535), default=0, show_default=True, help="0 takes a free port.")
@click.option("--log", type=click.Path(dir_okay=False, path_type=Path), help="Access log: JSON lines, appended.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another seed gives another web of the kind.")
@click.option("--truth", is_flag=True, help="Print what is known of the web's URLs, one a line, and end.")
def command(web: str, listing: bool, port: int, log: Path | None, seed: int, truth: bool) -> None:
    """Serve a simulated web on loopback, as an HTTP proxy, for tests and for trying things out.

    WEB is FAMILY[:KEY=VALUE,...][+FAMILY...], for example traps:depth=50+robots. A client that takes the printed
    address as its HTTP proxy sees the hosts of the web, all below .test; nothing leaves the machine.
    """
    from crawler.simweb.families import build, families
    from crawler.simweb.running import run

    if listing:
        for family in families():
            keys = " ".join(f"{key}={_plain(value)}" for key, value in family.keys)
            click.echo(f"{family.name:<12}{family.summary}" + (f"\n{'':<12}{keys}" if keys else ""))
        return
    built = build(web, seed=seed)
    if truth:
        for url, label in sorted(built.facts.items()):
            click.echo(f"{label}\t{url}")
        return
    for taken in run(built, port=port, log=log):
        click.echo(f"http://127.0.0.1:{taken}")
        click.echo("Seeds: " + (" ".join(built.seeds) or "none"), err=True)
        click.echo("Interrupt (Ctrl-C) to end.", err=True)


def _plain(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)
