"""``counterspin settings``: every setting with its value and where it comes from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from counterspin.cli._project import as_json, configured, project_options, put_json

if TYPE_CHECKING:
    from counterspin.configuration import Configuration


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
    rows += _thresholds(configuration, all_rules=any(name.startswith("detect") for name in names))
    chosen = [row for row in rows if not names or any(f"{row['name']}.".startswith(f"{name}.") for name in names)]
    _refuse_unknown(names, rows)
    if as_json:
        put_json("counterspin.settings/1", {"file": configuration.file, "settings": chosen})
        return
    for row in chosen:
        _show(row)


def _thresholds(configuration: Configuration, *, all_rules: bool) -> list[dict[str, Any]]:
    """The thresholds of the rules: those that were set, or all with their defaults."""
    from counterspin.configuration import thresholds

    values = {
        f"detect.{rule}.{name}": value
        for rule, given in configuration.settings.detect.items()
        for name, value in given.items()
    }
    facts = {"allowed": "", "unit": "", "help": "threshold of a rule, told in docs/rules.md"}
    return [
        {"name": name, "value": value, "origin": configuration.origins.get(name, "default"), **facts}
        for name, value in ({**dict(thresholds()), **values} if all_rules else values).items()
    ]


def _refuse_unknown(names: tuple[str, ...], rows: list[dict[str, Any]]) -> None:
    from difflib import get_close_matches

    from counterspin.errors import SettingsError

    known = [row["name"] for row in rows]
    known += sorted({name.rpartition(".")[0] for name in known} | {"detect"})
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
