"""Servers that fail on the way: resets, drips, bodies without end, wrong lengths, bad chunks, passing errors."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from crawler.simweb.pages import Table, articles, labels, noted
from crawler.simweb.web import HTML, Delivery, Reply, Request, Web, missing, text_reply

SUMMARY = "reset mid-body, slow drip, endless body, wrong length, bad chunk, passing 5xx, empty 200, silence"


@dataclass(frozen=True, slots=True)
class Spec:
    """``pages`` articles a host; ``drip`` seconds a byte; an endless body ends after ``limit`` bytes."""

    pages: int = 2
    drip: float = 0.5
    silence: float = 60.0
    slow: float = 1.0
    limit: int = 64 * 1024 * 1024


def build(seed: int, spec: Spec) -> Web:
    """Facts label pages ``good`` (whole, or whole at a second try) or ``bad`` (never whole)."""
    hosts: dict[str, _Failing | Table] = {"sound.fail.test": Table(articles(seed, "sound.fail.test", spec.pages))}
    facts = labels("sound.fail.test", [f"/a/{number}.html" for number in range(spec.pages)], "good")
    for name, (fails, heals) in _failures(spec).items():
        host = f"{name}.fail.test"
        paths = articles(seed, host, spec.pages)
        hosts[host] = _Failing(name, paths, fails)
        facts.update(labels(host, [path for path in paths if path != "/"], "good" if heals else "bad"))
    return Web(hosts, seeds=tuple(f"http://{host}/" for host in hosts), facts=facts)


Failure = Callable[[Request, Reply], Reply]


def _failures(spec: Spec) -> Mapping[str, tuple[Failure, bool]]:
    return {
        "reset": (_delivered(Delivery("reset")), False),
        "drip": (_delivered(Delivery("drip", seconds=spec.drip)), False),
        "endless": (_delivered(Delivery("endless", limit=spec.limit)), False),
        "longlength": (_delivered(Delivery("long_length")), False),
        "shortlength": (_delivered(Delivery("short_length")), False),
        "badchunk": (_delivered(Delivery("bad_chunk")), False),
        "silent": (_delivered(Delivery("silent", seconds=spec.silence)), False),
        "close": (_delivered(Delivery("close")), False),
        "slow": (_delivered(Delivery("slow", seconds=spec.slow)), True),
        "chunked": (_delivered(Delivery("chunked")), True),
        "flap": (_flap, True),
        "down": (lambda _, reply: replace(reply, status=500), False),
        "empty": (lambda _request, _reply: Reply(200, b"", (("Content-Type", HTML),)), False),
    }


def _delivered(delivery: Delivery) -> Failure:
    return lambda _, reply: replace(reply, delivery=delivery)


def _flap(request: Request, reply: Reply) -> Reply:
    """503 at every odd visit."""
    return text_reply("busy", status=503) if request.visit % 2 else reply


@dataclass(frozen=True, slots=True)
class _Failing:
    name: str
    paths: Mapping[str, Reply] = field(repr=False)
    fails: Failure

    def __call__(self, request: Request) -> Reply:
        """The front page and robots.txt are sound, so that a crawl gets as far as the articles."""
        if request.path in {"/", "/robots.txt"}:
            return Table(self.paths)(request)
        reply = self.paths.get(request.path)
        return noted(self.fails(request, reply), self.name) if reply else missing(request)
