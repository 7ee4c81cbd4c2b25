"""``counterspin settings``: every setting with its value and where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from counterspin.cli._project import as_json, configured, project_options, put_json


@click.command("settings", short_help="List and check the settings.")
@click.argument("names", nargs=-1, metavar="[SECTION|SECTION.NAME]...")
@project_options
@as_json
def command(names: tuple[str, ...], project: Path | None, assignments: tuple[str, ...], as_json: bool) -> None:
    """List settings: value, origin, range, unit, help. Checks counterspin.toml and the environment on the way."""
    from counterspin.configuration import allowed, table, value_of

    configuration = configured(project, assignments, required=False)
    rows: list[dict[str, Any]] = [
        {
            "name": name,
            "value": value_of(configuration.settings, name),
            "origin": configuration.origins.get(name, "default"),
            "allowed": allowed(item),
            "unit": item.metadata["unit"],
            "help": item.metadata["help"],
        }
        for name, item in table()
    ]
    for rule, values in configuration.settings.detect.items():
        for threshold, value in values.items():
            name = f"detect.{rule}.{threshold}"
            origin = configuration.origins[name]
            rows.append(
                {
                    "name": name,
                    "value": value,
                    "origin": origin,
                    "allowed": "",
                    "unit": "",
                    "help": "threshold of a rule",
                }
            )
    chosen = [row for row in rows if not names or row["name"] in names or row["name"].partition(".")[0] in names]
    _refuse_unknown(names, rows)
    if as_json:
        put_json("counterspin.settings/1", {"file": configuration.file, "settings": chosen})
        return
    for row in chosen:
        _show(row)


def _refuse_unknown(names: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    from difflib import get_close_matches

    from counterspin.errors import SettingsError

    known = [row["name"] for row in rows]
    known += sorted({name.partition(".")[0] for name in known})
    for name in names:
        if name not in known:
            near = get_close_matches(name, known, n=1, cutoff=0.5)
            raise SettingsError(
                f"{name} is no setting; " + (f"did you mean {near[0]}?" if near else "see `counterspin settings`")
            )


def _show(row: dict[str, Any]) -> None:
    value = ", ".join(row["value"]) if isinstance(row["value"], tuple) else row["value"]
    shown = repr(value) if isinstance(value, str) else str(value)
    unit = f" {row['unit']}" if row["unit"] else ""
    allowed = f" [{row['allowed']}]" if row["allowed"] else ""
    click.echo(f"{row['name']} = {shown}{unit}   ({row['origin']}){allowed}\n    {row['help']}")
