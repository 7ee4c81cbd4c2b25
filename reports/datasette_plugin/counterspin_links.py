"""Datasette plugin: a fingerprint is a link to the flag's page in the review app."""

from __future__ import annotations

import re
from typing import Any

from datasette import hookimpl
from markupsafe import Markup, escape

_FINGERPRINT = re.compile(r"^[0-9a-f]{24}$")


@hookimpl  # type: ignore[untyped-decorator]
def render_cell(value: Any, column: str, datasette: Any) -> Markup | None:
    """A link for a column of fingerprints; nothing for every other cell."""
    if column not in ("fingerprint", "target_key") or not isinstance(value, str) or not _FINGERPRINT.match(value):
        return None
    base = (datasette.plugin_config("counterspin") or {}).get("review", "http://127.0.0.1:8765")
    return Markup('<a href="{}/f/{}" rel="noreferrer">{}</a>').format(escape(base), value, value)
