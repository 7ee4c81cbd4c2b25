"""Hosts without end: traps that make new addresses out of every page, and gates that never open."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import permutations

from hostile import KEPT, Case, Made, case, moved, page, reply

PAGES = 60  # of one host that a trap may cost: crawl.host_pages of the test


@dataclass(frozen=True, slots=True)
class Trap:
    """Pages without end, each leading on to more."""

    name: str

    def at(self, host: str, path: str) -> bytes:
        number = len(path) + sum(map(ord, path))
        last = path.rsplit("/", 1)[-1]
        links = {
            "calendar": [f"/day?date=20{(number * 7 + n) % 90:02d}-{n % 12 + 1:02d}-15" for n in range(8)],
            "session": [f"/a?sid={number * 31 + n:08x}" for n in range(5)],
            "path": [f"{path.rstrip('/')}/more/" for _ in range(2)],
            "facets": [f"/list?colour={n}&size={number % 7}&brand={n * number % 11}&sort={n % 3}" for n in range(10)],
            "pager": [f"/page/{int(last or 0) + 1 if last.isdigit() else 1}"],
            "same": [f"/x{number}-{n}.html" for n in range(6)],
            "subdomains": [f"http://s{number}-{n}.trap-subdomains.test/" for n in range(6)],
            "ports": [f"http://{host}:{port}/{number}" for port in (8000, 8080, 8443, 443, 80)],
            "order": ["/list?" + "&".join(words) for words in list(permutations(("a=1", "b=2", "c=3", "d=4")))[:20]],
            "letters": [f"/{''.join(random.Random(number + n).choices('aA', k=12))}" for n in range(8)],
            "fragment": [f"/#{number * 10 + n}" for n in range(10)] + [f"/!{number}#!{n}" for n in range(3)],
            "semicolon": [f"/page;v={number * 10 + n}" for n in range(6)],
            "slashes": [path.rstrip("/") + "//" * (n + 1) for n in range(4)],
            "dots": [f"{path.rstrip('/')}/./a/../b{n}/" for n in range(4)],
            "encoded": ["/" + "".join(f"%{ord(c):02{x}}" for c in "page") for x in "xX"] + [f"/{number}%2Fx"],
            "base": ["next/", "next/next/"],
            "random": [f"/{random.Random(number * 7 + n).getrandbits(48):x}.html" for n in range(6)],
            "hops": [f"/go/{number * 3 + n}" for n in range(6)],
            "languages": [f"/{code}{path}" for code in ("zh", "en", "ja", "ko")],
            "sort": [f"/list?sort={n}&dir={number % 2}&view={n % 2}&ref={number}" for n in range(6)],
        }[self.name]
        if self.name == "hops" and path.startswith("/go/"):
            return moved(f"/page/{number}")
        text = "" if self.name in ("same", "session") else f"<p>{path} {number} 滤芯更换第{number}天的记录</p>"
        if self.name == "random":
            text += "".join(f"<p>{_words(number * 31 + n)}</p>" for n in range(4))
        head = f'<base href="{path.rstrip("/")}/deeper/">' if self.name == "base" else ""
        return reply(page(head + text + "".join(f'<a href="{link}">净水器滤芯更换</a>' for link in links)))


def _words(seed: int) -> str:
    """A paragraph that no other page has."""
    return "".join(chr(0x4E00 + n) for n in random.Random(seed).choices(range(3000), k=120)) + "。"


def wandering() -> Iterator[Case]:
    new = "subdomains ports order letters fragment semicolon slashes dots encoded base random hops languages sort"
    for name in new.split():
        yield Case(f"trap-{name}", "trap", {"*": Made(Trap(name).at)}, frozenset({KEPT}), PAGES)
    group, gate = "redirect", ("too_many_redirects", "bad_redirect")
    yield case("cookie-gate", group, moved("/", "Set-Cookie: seen=1"), *gate)
    yield Case(
        "redirect-grows", group, {"*": Made(lambda _, path: moved(path.rstrip("/") + "/again"))},
        frozenset({"redirect", *gate}), 8,
    )  # fmt: skip
    yield Case(
        "redirect-query", group, {"*": Made(lambda _, path: moved(f"/?n={len(path)}&x={'y' * len(path)}"))},
        frozenset({"redirect", *gate}), 8,
    )  # fmt: skip
    yield case("redirect-ping", group, moved("http://redirect-pong.test/"), "redirect", *gate)
    yield case("redirect-pong", group, moved("http://redirect-ping.test/"), "redirect", *gate)
    yield Case(
        "redirect-hosts", group,
        {"*": Made(lambda host, _: moved(f"http://n{len(host)}.{host}/" if len(host) < 200 else "/"))},
        frozenset({"redirect", *gate}), 12,
    )  # fmt: skip
    yield Case(
        "refresh-chain", group,
        {"*": Made(lambda _, path: reply(page(f'<meta http-equiv=refresh content="0;url={path}x"><p>{path}</p>')))},
        frozenset({KEPT}), 30,
    )  # fmt: skip
    yield case("canonical-loop", group, _canonical("/two"), KEPT, two=_canonical("/"))
    yield case("canonical-away", group, _canonical("http://127.0.0.2/x"), KEPT)
    yield case("refresh-header", group, reply(page(""), "Refresh: 0;url=http://127.0.0.2/"), KEPT)


def _canonical(target: str) -> bytes:
    return reply(page(f'<link rel=canonical href="{target}"><a href="{target}">滤芯更换</a>'))
