"""``counterspin init``: make a project."""

from __future__ import annotations

from pathlib import Path

import click

from counterspin.cli._project import as_json, put_json, say

TEMPLATE = """\
# Settings of this project. `counterspin settings` lists all of them with range, unit and origin.

[project]
name = {name}

[crawl]
# An address or a page where the owner of a crawled site reaches you. It goes into the user agent; without it
# nothing is crawled.
contact = {contact}
"""


@click.command("init", short_help="Make a project in a folder.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=".")
@click.option("--contact", default="", help="Address or page where site owners reach you; crawling needs it.")
@as_json
def command(folder: Path, contact: str, as_json: bool) -> None:
    """Make a project in FOLDER: its settings file and its database. What is there already stays."""
    import json

    from counterspin.configuration import FILE, load
    from counterspin.errors import ReadOnlyError
    from counterspin.store import Store

    file = folder / FILE
    made = not file.exists()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if made:
            name, who = (json.dumps(text, ensure_ascii=False) for text in (folder.absolute().name, contact))
            file.write_text(TEMPLATE.format(name=name, contact=who), encoding="utf-8")
    except OSError as error:
        raise ReadOnlyError(f"{folder}: cannot be written ({error.strerror}); choose another folder") from error
    configuration = load(folder)
    with Store.open(configuration.database):
        pass
    if as_json:
        put_json("counterspin.init/1", {"folder": folder.absolute(), "made": made, "database": configuration.database})
        return
    say(f"{file}: {'made' if made else 'was there, kept'}; the database is {configuration.database}")
    if not configuration.settings.crawl.contact:
        say(f"Before you crawl, write a contact into {file}.")
    say("Next: counterspin crawl URL..., or counterspin import FILE..., then counterspin run")
