"""The database in Datasette: read only, with named queries, facets and a link from each flag to its review page."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from counterspin.errors import UsageError
from counterspin.store.questions import QUESTIONS

_SQL_MILLISECONDS = 10_000
_FACETS = {
    "flag": ["category", "rule", "state", "machine_state", "severity"],
    "document": ["language", "page_type", "code"],
    "fetch": ["code"],
    "swap": ["directed"],
    "slot": ["kind", "outcome"],
    "verdict": ["verdict", "reviewer", "target_type"],
    "link": ["zone"],
    "boilerplate": ["reason"],
    "claim": ["polarity", "modality"],
}
_PLUGIN = Path(__file__).with_name("datasette_plugin")


def metadata(database: Path, review_port: int) -> dict[str, Any]:
    """What Datasette shows: titles, facets, the named queries; flags link to the review app on ``review_port``."""
    tables = {name: {"facets": facets, "description": _ABOUT.get(name, "")} for name, facets in _FACETS.items()}
    views = {name: {"description": text} for name, text in QUESTIONS.items()}
    return {
        "title": "counterspin",
        "description": "Spun and contradictory passages with their evidence. A flag's fingerprint opens its review.",
        "databases": {
            database.stem: {
                "tables": {**tables, **views},
                "queries": {name.split("_", 1)[1]: _query(name, text) for name, text in QUESTIONS.items()},
            }
        },
        "plugins": {"counterspin": {"review": f"http://127.0.0.1:{review_port}"}},
    }


_ABOUT = {
    "flag": "What was found: category, rule, passage, score. The fingerprint opens the review page.",
    "swap": "The learnt dictionary: source was replaced by target.",
    "slot": "Questions that claims answer, with the outcome of comparing the answers.",
    "verdict": "What reviewers said; rows are only ever added.",
}


def _query(name: str, text: str) -> dict[str, str]:
    return {"title": f"{name.split('_', 1)[0]} {text}", "sql": f"SELECT * FROM {name}"}  # noqa: S608 - fixed names


def command(database: Path, settings: Path, port: int, program: str, version: str) -> list[str]:
    """The command line that serves ``database`` on loopback, read only.

    Up to 0.65 Datasette reads all of ``settings`` as metadata; from 1.0 on queries, facets and plugins are its
    configuration.
    """
    as_configuration = [] if version.startswith("0.") else ["--config", str(settings)]
    return [
        program, "serve", str(database), "--metadata", str(settings), *as_configuration,
        "--plugins-dir", str(_PLUGIN), "--host", "127.0.0.1", "--port", str(port),
        "--setting", "sql_time_limit_ms", str(_SQL_MILLISECONDS), "--setting", "allow_download", "off",
        "--setting", "max_returned_rows", "1000",
    ]  # fmt: skip


def serve(database: Path, *, port: int, review_port: int) -> NoReturn:
    """Become Datasette. Raises :class:`UsageError` without the extra ``datasette`` or without a database."""
    beside = Path(sys.executable).with_name("datasette")
    program = str(beside) if beside.is_file() else shutil.which("datasette")
    if program is None:
        raise UsageError("Datasette is not installed: pip install 'counterspin[datasette]'")
    if not database.is_file():
        raise UsageError(f"{database}: there is no database yet; `counterspin run` makes one")
    settings = Path(tempfile.mkdtemp(prefix="counterspin-datasette-")) / "datasette.json"
    settings.write_text(json.dumps(metadata(database, review_port), ensure_ascii=False), encoding="utf-8")
    os.execv(program, command(database, settings, port, program, _version(program)))  # noqa: S606 - no shell


def _version(program: str) -> str:
    """The version that ``datasette --version`` names, for example ``0.65.2``."""
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=False)  # noqa: S603 - no shell
    return said.stdout.strip().rsplit(" ", maxsplit=1)[-1]
