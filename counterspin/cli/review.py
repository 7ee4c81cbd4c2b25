"""``counterspin review``: judge flags in the browser."""

from __future__ import annotations

import getpass
from pathlib import Path

import click

from counterspin.cli._project import configured, project_options, say


@click.command("review", short_help="Judge flags in the browser.")
@project_options
@click.option("--port", type=click.IntRange(1, 65_535), help="Port (default: review.port).")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--name", "names", multiple=True, help="Further host name that browsers may use.")
@click.option("--reviewer", help="Your name in the verdicts (default: the login name).")
@click.option("--read-only", is_flag=True, help="Show, but take no verdicts.")
@click.option("--auth-header", default="", help="Header in which a trusted proxy names the user.")
@click.option("--trusted-proxy", "proxies", multiple=True, help="Network of that proxy, for example 10.0.0.0/8.")
@click.option("--open/--no-open", "browser", default=False, help="Open the browser.")
def command(
    project: Path | None,
    assignments: tuple[str, ...],
    port: int | None,
    host: str,
    names: tuple[str, ...],
    reviewer: str | None,
    read_only: bool,
    auth_header: str,
    proxies: tuple[str, ...],
    browser: bool,
) -> None:
    """Review flags in the browser: one key is one saved verdict and the next flag."""
    from reports.review.serve import Door, serve

    configuration = configured(project, assignments, {"review.port": port})
    number = configuration.settings.review.port
    door = Door(host, number, names, auth_header, proxies, read_only)
    address = f"http://{f'[{host}]' if ':' in host else host}:{number}/?token={door.token}"

    def ready() -> None:
        say(f"Review: {address}\nOpen this address; Ctrl-C ends. Keys: a confirm, x false positive, u unsure, ? all")
        if browser:
            click.launch(address)

    serve(
        configuration.database,
        door=door,
        settings=configuration.settings,
        reviewer=reviewer or getpass.getuser(),
        ready=ready,
    )
