"""Pages that change, move and go with the virtual clock, and servers that tell the truth about it or not."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from crawler.simweb.pages import Table, article, html, noted, page_reply
from crawler.simweb.web import Reply, Request, Web, conditional, etag, http_date, missing, redirect, text_reply

SUMMARY = "Poisson change rates, ETags right, weak, wrong or always new, dates that lie, deletions, moves"
DAY = 86_400.0
HOST = "change.test"


@dataclass(frozen=True, slots=True)
class Spec:
    """``pages`` articles a way of telling; ``days`` is the mean time between changes of the slower half."""

    pages: int = 4
    days: float = 10.0


def build(seed: int, spec: Spec) -> Web:
    """Facts label pages ``WAY;every:DAYS`` (0: never changes, only its frame may)."""
    paths: dict[str, Callable[[Request], Reply]] = {}
    facts = {}
    for way in WAYS:
        for number in range(spec.pages):
            every = 0.0 if way in STILL else (0.5 if number % 2 else spec.days)
            path = f"/{way}/{number}.html"
            paths[path] = _Page(seed, way, path, every)
            facts[f"http://{HOST}{path}"] = f"{way};every:{every:g}"
    front = page_reply("更新", (), [(path, path) for path in paths])
    return Web({HOST: Table({**paths, "/": front})}, seeds=(f"http://{HOST}/",), facts=facts)


def version(seed: int, path: str, every: float, clock: float) -> int:
    """How often a page has changed by ``clock``: a Poisson process, ``every`` days between changes on average."""
    if not every:
        return 0
    draws = random.Random(f"change/{seed}/{path}")
    changes, at = 0, draws.expovariate(1 / (every * DAY))
    while at <= clock:
        changes += 1
        at += draws.expovariate(1 / (every * DAY))
    return changes


def changed_at(seed: int, path: str, every: float, clock: float) -> float:
    """When the version of ``clock`` came about, in virtual seconds; 0 for the first."""
    draws = random.Random(f"change/{seed}/{path}")
    last, at = 0.0, draws.expovariate(1 / (every * DAY)) if every else clock + 1
    while at <= clock:
        last = at
        at += draws.expovariate(1 / (every * DAY))
    return last


@dataclass(frozen=True, slots=True)
class _Page:
    seed: int
    way: str
    path: str
    every: float

    def __call__(self, request: Request) -> Reply:
        number = version(self.seed, self.path, self.every, request.clock)
        item = article(self.seed, f"{self.path}/{number}")
        frame = f"<footer>您是第{request.visit + int(request.clock)}位访客</footer>" if self.way == "frame" else ""
        links = [("/", "返回列表")]
        reply = text_reply(html(item.title, paragraphs=item.paragraphs, links=links, frame=frame))
        return noted(WAYS[self.way](self, request, reply), f"version:{number}")

    def modified(self, request: Request) -> str:
        return http_date(changed_at(self.seed, self.path, self.every, request.clock))


def _right(_: _Page, request: Request, reply: Reply) -> Reply:
    return conditional(request, reply.with_headers(("ETag", etag(reply.body))))


def _weak(_: _Page, request: Request, reply: Reply) -> Reply:
    return conditional(request, reply.with_headers(("ETag", f"W/{etag(reply.body)}")))


def _wrong(page: _Page, request: Request, reply: Reply) -> Reply:
    """The tag of the first version for ever: 304 although the text changed."""
    return conditional(request, reply.with_headers(("ETag", etag(page.path.encode()))))


def _always_new(_: _Page, request: Request, reply: Reply) -> Reply:
    """A new tag at every visit: never 304 although nothing changed."""
    return conditional(request, reply.with_headers(("ETag", etag(f"{request.visit}{request.clock}".encode()))))


def _dated(page: _Page, request: Request, reply: Reply) -> Reply:
    return conditional(request, reply.with_headers(("Last-Modified", page.modified(request))))


def _date_lies(_: _Page, request: Request, reply: Reply) -> Reply:
    """Modified this very moment, it says."""
    return conditional(request, reply.with_headers(("Last-Modified", http_date(request.clock))))


def _silent(_: _Page, __: Request, reply: Reply) -> Reply:
    return reply


def _deleted(_: _Page, request: Request, reply: Reply) -> Reply:
    return missing(request) if request.clock >= DAY else reply


def _gone(_: _Page, request: Request, reply: Reply) -> Reply:
    return replace(missing(request), status=410) if request.clock >= DAY else reply


def _moved(page: _Page, request: Request, reply: Reply) -> Reply:
    target = page.path.replace("/moved/", "/right/")
    return redirect(target) if request.clock >= DAY else reply


WAYS: Mapping[str, Callable[[_Page, Request, Reply], Reply]] = {
    "right": _right, "weak": _weak, "wrong": _wrong, "new": _always_new, "dated": _dated, "lying": _date_lies,
    "silent": _silent, "frame": _right, "still": _right, "deleted": _deleted, "gone": _gone, "moved": _moved,
}  # fmt: skip
STILL = frozenset({"still", "frame", "deleted", "gone", "moved"})
"""Ways whose text does not change; the frame of ``frame`` does, at every visit."""
