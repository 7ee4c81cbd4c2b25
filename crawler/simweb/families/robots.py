"""Every way in which robots.txt is answered. A hit that it forbids is noted ``forbidden:WHY`` in the access log."""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from crawler.simweb.pages import articles, labels, noted
from crawler.simweb.web import PLAIN, Delivery, Reply, Request, Web, missing, redirect, text_reply

SUMMARY = "robots.txt missing, refused, unavailable, redirected, huge, with delays, groups, wildcards, changing"
DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Spec:
    """``pages`` articles a host; ``agent`` is the crawler's product token; ``delay`` and ``silence`` are seconds."""

    pages: int = 6
    agent: str = "counterspin"
    delay: float = 0.5
    silence: float = 20.0


@dataclass(frozen=True, slots=True)
class Case:
    """``robots`` answers for robots.txt; ``forbids`` are patterns of paths, at any time or from ``since`` on."""

    robots: Callable[[Request], Reply]
    forbids: tuple[str, ...] = ()
    since: float = 0.0
    delay: float = 0.0


def build(seed: int, spec: Spec) -> Web:
    """Facts label pages ``allowed`` or ``forbidden``, and a host's robots.txt ``delay:SECONDS`` if it asks for one."""
    hosts, facts = {}, {}
    for name, case in _cases(spec).items():
        host = f"{name}.rb.test"
        paths = {**articles(seed, host, spec.pages), **_private(seed, host)}
        hosts[host] = _Site(case, paths)
        barred = [path for path in paths if not case.since and _matches(path, case.forbids)]
        facts.update(labels(host, set(paths) - set(barred), "allowed"))
        facts.update(labels(host, barred, "forbidden"))
        if case.delay:
            facts[f"http://{host}/robots.txt"] = f"delay:{case.delay}"
    return Web(hosts, seeds=tuple(f"http://{host}/" for host in hosts), facts=facts)


def _private(seed: int, host: str) -> dict[str, Reply]:
    """Pages that some hosts forbid, linked from the front page by ``articles``'s neighbours."""
    made = articles(seed, f"private.{host}", 2)
    return {f"/private/{number}.html": made[f"/a/{number}.html"] for number in range(2)} | {"/doc/price.pdf": made["/"]}


def _cases(spec: Spec) -> Mapping[str, Case]:
    barred = ("/private/*",)
    rules = "User-agent: *\nDisallow: /private/\n"
    everything = ("/*",)
    large = rules + "# " + "x" * 78 + "\n"
    return {
        "plain": Case(_text(rules), barred),
        "missing": Case(missing),
        "refused": Case(lambda request: text_reply(request.path, status=403)),
        "unavailable": Case(lambda request: text_reply(request.path, status=503), everything),
        "silent": Case(lambda _: Reply(delivery=Delivery("silent", seconds=spec.silence)), everything),
        "reset": Case(lambda _: Reply(delivery=Delivery("close")), everything),
        "redirected": Case(lambda _: redirect("http://plain.rb.test/robots.txt"), barred),
        "circling": Case(lambda request: redirect(f"/robots.txt?{request.visit}"), ()),
        "bom": Case(_text("\ufeff" + rules), barred),
        "large": Case(_text(large + ("# " + "x" * 78 + "\n") * 7600), barred),
        "delay": Case(_text(f"User-agent: *\nCrawl-delay: {spec.delay}\n"), delay=spec.delay),
        "rate": Case(_text("User-agent: *\nRequest-rate: 1/1\n"), delay=1.0),
        "groups": Case(
            _text(f"User-agent: *\nDisallow:\n\nUser-agent: {spec.agent}\nDisallow: /private/\n"), barred
        ),
        "spared": Case(_text(f"User-agent: *\nDisallow: /\n\nUser-agent: {spec.agent}\nAllow: /\n")),
        "wildcards": Case(
            _text("User-agent: *\nDisallow: /*.pdf$\nDisallow: /p*e/\nAllow: /a/\n"), ("*.pdf", "/private/*")
        ),
        "html": Case(lambda _: text_reply("<html><body>Disallow: /private/</body></html>")),
        "changing": Case(_changing, everything, since=DAY),
    }  # fmt: skip


def _text(rules: str) -> Callable[[Request], Reply]:
    reply = text_reply(rules, kind=PLAIN)
    return lambda _: reply


def _changing(request: Request) -> Reply:
    """Open for the first virtual day, closed from then on."""
    return text_reply(f"User-agent: *\nDisallow:{' /' if request.clock >= DAY else ''}\n", kind=PLAIN)


def _matches(path: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns)


@dataclass(frozen=True, slots=True)
class _Site:
    case: Case
    paths: Mapping[str, Reply] = field(repr=False)

    def __call__(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return self.case.robots(request)
        reply = self._front(request) if request.path == "/" else self.paths.get(request.path, missing(request))
        if request.clock >= self.case.since and _matches(request.path, self.case.forbids):
            return noted(reply, f"forbidden:{request.host.partition('.')[0]}")
        return reply

    def _front(self, request: Request) -> Reply:
        """The list of articles, and of what lies beside them."""
        links = "".join(f'<a href="{path}">{path}</a> ' for path in self.paths if path != "/")
        return text_reply(f"<html><head><title>{request.host}</title></head><body>{links}</body></html>")
