"""Plain pages for the families: an article or a list as HTML, and a site made of a table of paths."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from crawler.simweb.prose import body_on, title_on
from crawler.simweb.web import PLAIN, Reply, Request, conditional, etag, missing, text_reply

Answer = Reply | Callable[[Request], Reply]
LANGUAGE = "zh"
TOPIC = "deposit"


@dataclass(frozen=True, slots=True)
class Article:
    """A title and its paragraphs."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def text(self) -> str:
        return "\n".join(self.paragraphs)


def article(seed: int, key: str, *, language: str = LANGUAGE, topic: str = TOPIC) -> Article:
    """The article of a key: the same for the same seed and key."""
    draws = random.Random(f"{seed}/{key}")
    title = title_on(draws, language, topic)
    sentences = body_on(draws, language, topic)
    return Article(title, tuple("".join(sentences[at : at + 3]).strip() for at in range(0, len(sentences), 3)))


def html(
    title: str, *, paragraphs: Iterable[str] = (), links: Iterable[tuple[str, str]] = (),
    frame: str = "", head: str = "", language: str = "zh-CN",
) -> str:  # fmt: skip
    """A page: ``links`` are (URL, anchor) pairs in a list after the text, ``frame`` is HTML around both."""
    body = "".join(f"<p>{escape(text, quote=False)}</p>\n" for text in paragraphs)
    items = "".join(f'<li><a href="{escape(url)}">{escape(anchor)}</a></li>\n' for url, anchor in links)
    listed = f"<ul>{items}</ul>" if items else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{language}"><head><title>{escape(title)}</title>{head}</head>\n'
        f"<body><h1>{escape(title)}</h1>\n<article>{body}</article>\n{listed}{frame}</body></html>\n"
    )


def noted(reply: Reply, note: str) -> Reply:
    """The reply with a word for the access log, which the client does not see."""
    return reply.with_headers(("X-Simweb-Note", note))


@dataclass(frozen=True, slots=True)
class Table:
    """A site of fixed paths; ``otherwise`` answers for the rest. robots.txt allows all unless a path says else."""

    paths: Mapping[str, Answer] = field(default_factory=dict)
    otherwise: Callable[[Request], Reply] = missing

    def __call__(self, request: Request) -> Reply:
        answer = self.paths.get(request.target) or self.paths.get(request.path)
        if answer is None and request.path == "/robots.txt":
            return text_reply("User-agent: *\nDisallow:\n", kind=PLAIN)
        if answer is None:
            return self.otherwise(request)
        reply = answer if isinstance(answer, Reply) else answer(request)
        return conditional(request, reply)


def page_reply(title: str, paragraphs: Sequence[str], links: Iterable[tuple[str, str]] = ()) -> Reply:
    """An HTML page in UTF-8 with an entity tag."""
    reply = text_reply(html(title, paragraphs=paragraphs, links=links))
    return reply.with_headers(("ETag", etag(reply.body)))


def articles(seed: int, host: str, count: int) -> dict[str, Reply]:
    """``/`` lists articles ``/a/0.html`` to ``/a/{count-1}.html``; each links to the next."""
    made = [article(seed, f"{host}/{number}") for number in range(count)]
    paths = {}
    for number, item in enumerate(made):
        after = (number + 1) % count
        links = [("/", host), (f"/a/{after}.html", made[after].title)]
        paths[f"/a/{number}.html"] = page_reply(item.title, item.paragraphs, links)
    paths["/"] = page_reply(host, (), [(f"/a/{number}.html", item.title) for number, item in enumerate(made)])
    return paths


def labels(host: str, paths: Iterable[str], label: str) -> dict[str, str]:
    """URLs of a host with one label, for ``Web.facts``."""
    return {f"http://{host}{path}": label for path in paths}
