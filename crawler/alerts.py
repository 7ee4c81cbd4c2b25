"""Telling somebody that a scheduled run failed: a command of theirs, or a webhook."""

from __future__ import annotations

import json
import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping

from counterspin.settings import ScheduleSettings

SECONDS = 30.0  # for a command or webhook
QUIET = frozenset({0, 4, 7})  # exit codes that alert nobody: done, stopped by a limit that was set, another run


def alert(settings: ScheduleSettings, values: Mapping[str, object]) -> str | None:
    """Run the command and call the webhook that are set; what went wrong with either, for the log."""
    problems = [_command(settings.alert_command, values), _webhook(settings.alert_webhook, values)]
    return "; ".join(problem for problem in problems if problem) or None


def _command(command: str, values: Mapping[str, object]) -> str | None:
    if not command:
        return None
    named = {f"COUNTERSPIN_ALERT_{name.upper()}": str(value) for name, value in values.items()}
    try:
        done = subprocess.run(command, shell=True, env={**os.environ, **named}, timeout=SECONDS, check=False)  # noqa: S602 - the user's own command line
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"the alert command did not work: {error}"
    return f"the alert command ended with {done.returncode}" if done.returncode else None


def _webhook(url: str, values: Mapping[str, object]) -> str | None:
    if not url:
        return None
    if not url.startswith(("http://", "https://")):
        return f"schedule.alert_webhook is {url!r}; give an http or https address"
    request = urllib.request.Request(  # noqa: S310 - checked above
        url, data=json.dumps(values, default=str).encode(), headers={"Content-Type": "application/json"}
    )
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=SECONDS):
            return None
    except (urllib.error.URLError, OSError, ValueError) as error:
        return f"the webhook did not work: {error}"
