"""One page for each way in which a page's characters and bytes are told, mistold or cut."""

from __future__ import annotations

import codecs
import gzip
from collections.abc import Mapping
from dataclasses import dataclass

from crawler.simweb.coding import CODINGS, coded
from crawler.simweb.pages import Answer, Table, article, html, noted, page_reply
from crawler.simweb.web import Reply, Request, Web, text_reply

SUMMARY = "GBK as gb2312, utf-8 or latin-1, GB18030, Big5-HKSCS, byte-order marks, UTF-16, gzip, br, zstd, cut gzip"
RARE = "𠮷野家旁边的䶮记,店主姓㐂。"  # four bytes each in GB18030
HONG_KONG = "呢度嘅業主唔肯退按金,啲租客好嬲。"  # needs HKSCS
TRADITIONAL = "退租的時候,要先檢查牆面和電表,再和業主簽交接單。"


@dataclass(frozen=True, slots=True)
class Case:
    """How a page is written: Python's codec, the charset of the header and of the meta tag ('' for none)."""

    codec: str
    header: str = ""
    meta: str = ""
    extra: str = ""
    coding: str = ""
    bom: bytes = b""


CASES: Mapping[str, Case] = {
    "gbk-as-gb2312": Case("gbk", meta="gb2312"),
    "gbk-header-gb2312": Case("gbk", header="gb2312"),
    "gbk-as-utf8": Case("gbk", header="utf-8"),
    "gbk-meta-utf8": Case("gbk", meta="utf-8"),
    "gbk-as-latin1": Case("gbk", header="iso-8859-1"),
    "gbk-undeclared": Case("gbk"),
    "gb18030-as-gb2312": Case("gb18030", meta="gb2312", extra=RARE),
    "gb18030-as-gbk": Case("gb18030", header="gbk", extra=RARE),
    "big5-hkscs-as-big5": Case("big5hkscs", meta="big5", extra=HONG_KONG),
    "big5-undeclared": Case("big5", extra=TRADITIONAL),
    "utf8-as-gb2312": Case("utf-8", meta="gb2312"),
    "utf8-header-gbk": Case("utf-8", header="gbk"),
    "utf8-as-latin1": Case("utf-8", header="iso-8859-1"),
    "utf8-undeclared": Case("utf-8"),
    "utf8-bom": Case("utf-8", bom=codecs.BOM_UTF8),
    "utf8-bom-as-gbk": Case("utf-8", header="gbk", bom=codecs.BOM_UTF8),
    "utf16le-bom": Case("utf-16-le", bom=codecs.BOM_UTF16_LE),
    "utf16be-bom": Case("utf-16-be", bom=codecs.BOM_UTF16_BE),
    "utf16le-header": Case("utf-16-le", header="utf-16le"),
    **{f"coding-{name}": Case("utf-8", header="utf-8", coding=name) for name in CODINGS},
}
HOST = "enc.test"
CUT = "/cut-gzip.html"


@dataclass(frozen=True, slots=True)
class Spec:
    """The cases are fixed; the seed changes their text."""


def build(seed: int, spec: Spec) -> Web:  # noqa: ARG001  # every family is built alike
    """Facts give the text that each page must have; the cut page is labelled ``cut``."""
    made = {name: _made(seed, name, case) for name, case in CASES.items()}
    paths: dict[str, Answer] = {
        f"/{name}.html": _answer(text, case) for (name, case), text in zip(CASES.items(), made.values(), strict=True)
    }
    facts = {f"http://{HOST}/{name}.html": "\n".join(text) for name, text in made.items()}
    paths[CUT] = _cut_gzip(seed)
    facts[f"http://{HOST}{CUT}"] = "cut"
    paths["/"] = page_reply("编码", (), [(path, path) for path in paths])
    return Web({HOST: Table(paths)}, seeds=(f"http://{HOST}/",), facts=facts)


def _made(seed: int, name: str, case: Case) -> tuple[str, ...]:
    """Title and paragraphs. A Big5 page is written in Traditional characters alone."""
    if case.codec.startswith("big5"):
        return (TRADITIONAL[:8], *(TRADITIONAL,) * 3, case.extra)
    item = article(seed, f"encodings/{name}")
    return (item.title, *item.paragraphs, *filter(None, (case.extra,)))


def _answer(text: tuple[str, ...], case: Case) -> Answer:
    head = f'<meta charset="{case.meta}">' if case.meta else ""
    body = case.bom + html(text[0], paragraphs=text[1:], head=head, links=[("/", text[0])]).encode(case.codec)
    kind = f"text/html; charset={case.header}" if case.header else "text/html"
    reply = Reply(200, body, (("Content-Type", kind),))
    if not case.coding:
        return reply

    def answer(request: Request) -> Reply:
        return coded(request, reply, case.coding)

    return answer


def _cut_gzip(seed: int) -> Reply:
    item = article(seed, "encodings/cut")
    whole = gzip.compress(html(item.title, paragraphs=item.paragraphs * 20).encode(), mtime=0)
    reply = text_reply("", headers=(("Content-Encoding", "gzip"),))
    return noted(Reply(200, whole[: len(whole) // 2], reply.headers), "cut")
