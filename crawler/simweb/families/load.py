"""Hosts that can take only so many requests: 429 and 503, with Retry-After in seconds, as a date, or without.

The one family with a memory: a bucket a host, filled by the real clock. A refusal is noted ``wait:SECONDS``.
"""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from email.utils import formatdate

from crawler.simweb.pages import articles, labels, noted
from crawler.simweb.web import Reply, Request, Web, conditional, missing, text_reply

SUMMARY = "token bucket a host: 429 and 503 with Retry-After in seconds, as a date, or absent"
FORMS = {"seconds": 429, "date": 429, "absent": 429, "unavailable": 503}


@dataclass(frozen=True, slots=True)
class Spec:
    """``pages`` articles a host; ``burst`` requests at once, ``rate`` more a second; a refusal asks for ``wait`` s."""

    pages: int = 8
    burst: int = 4
    rate: float = 2.0
    wait: float = 2.0


def build(seed: int, spec: Spec) -> Web:
    """Facts label every article ``good``: in the end all are to be had."""
    hosts: dict[str, _Bucket] = {}
    facts: dict[str, str] = {}
    for form, status in FORMS.items():
        host = f"{form}.load.test"
        paths = articles(seed, host, spec.pages)
        hosts[host] = _Bucket(paths, spec, form, status, tokens=float(spec.burst))
        facts.update(labels(host, [path for path in paths if path != "/"], "good"))
    return Web(hosts, seeds=tuple(f"http://{host}/" for host in hosts), facts=facts)


@dataclass(slots=True)
class _Bucket:
    paths: Mapping[str, Reply] = field(repr=False)
    spec: Spec
    form: str
    status: int
    tokens: float
    filled: float = 0.0

    def __call__(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return text_reply("User-agent: *\nDisallow:\n", kind="text/plain")
        if not self._take(request.now):
            return self._refusal()
        return conditional(request, self.paths.get(request.path) or missing(request))

    def _take(self, now: float) -> bool:
        if self.filled:
            self.tokens = min(float(self.spec.burst), self.tokens + (now - self.filled) * self.spec.rate)
        self.filled = now
        if self.tokens < 1.0:
            return False
        self.tokens -= 1.0
        return True

    def _refusal(self) -> Reply:
        wait = self.spec.wait
        reply = text_reply("慢一点", status=self.status)
        if self.form == "absent":
            return reply
        if self.form == "date":
            at = int(time.time() + wait) + 1  # a date has whole seconds: never earlier than meant
            return noted(reply.with_headers(("Retry-After", formatdate(at, usegmt=True))), f"until:{at}")
        return noted(reply.with_headers(("Retry-After", f"{wait:.0f}")), f"wait:{wait:.0f}")
