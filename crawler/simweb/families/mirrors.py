"""One text on many hosts: mirrors under other names, and copies with a few words swapped."""

from __future__ import annotations

import random
from dataclasses import dataclass

from crawler.simweb.pages import Article, Table, article, labels, page_reply
from crawler.simweb.web import Reply, Web

SUMMARY = "one text on www, m and other domains, and copies with a few words swapped"
SWAPS = (
    ("情况", "状况"), ("方法", "办法"), ("问题", "疑问"), ("检查", "查验"), ("选择", "挑选"),
    ("时间", "时长"), ("费用", "花销"), ("准备", "预备"), ("需要", "须要"), ("如果", "倘若"),
)  # fmt: skip
PREFIXES = ("www", "m", "wap")


@dataclass(frozen=True, slots=True)
class Spec:
    """``sites`` originals of ``pages`` articles; each with mirrors and one swapped copy."""

    sites: int = 3
    pages: int = 10
    swapped: float = 0.5


def build(seed: int, spec: Spec) -> Web:
    """Facts label originals ``original``, exact mirrors ``mirror`` and rewritten copies ``swapped``."""
    hosts: dict[str, Table] = {}
    facts: dict[str, str] = {}
    for number in range(spec.sites):
        made = [article(seed, f"mirrors/{number}/{index}") for index in range(spec.pages)]
        names = [f"{prefix}.site{number}.mr.test" for prefix in PREFIXES] + [
            f"copy{number}.mr.test",
            f"spun{number}.mr.test",
        ]
        for name, label in zip(names, ("original", "mirror", "mirror", "mirror", "swapped"), strict=True):
            texts = [_swapped(seed, item, spec.swapped) for item in made] if label == "swapped" else made
            hosts[name] = Table(_paths(texts, names))
            facts.update(labels(name, [f"/a/{index}.html" for index in range(spec.pages)], label))
    return Web(hosts, seeds=tuple(f"http://www.site{number}.mr.test/" for number in range(spec.sites)), facts=facts)


def _paths(texts: list[Article], names: list[str]) -> dict[str, Reply]:
    links = [(f"/a/{index}.html", item.title) for index, item in enumerate(texts)]
    paths = {
        url: page_reply(item.title, item.paragraphs, links[:3]) for (url, _), item in zip(links, texts, strict=True)
    }
    paths["/"] = page_reply("首页", (), [*links, *((f"http://{name}/", name) for name in names)])
    return paths


def _swapped(seed: int, item: Article, share: float) -> Article:
    draws = random.Random(f"{seed}/{item.title}")
    text = "\n".join((item.title, *item.paragraphs))
    for word, other in SWAPS:
        first, *parts = text.split(word)
        text = first + "".join((other if draws.random() < share else word) + part for part in parts)
    title, *paragraphs = text.split("\n")
    return Article(title, tuple(paragraphs))
