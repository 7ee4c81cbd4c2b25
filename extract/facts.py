"""What a page says of itself, each fact with the place where it was found."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_NAME = 60  # code points of a byline or source; longer values are sentences

_VALUE_END = re.compile(r"\s*(?:[|｜;；,，\]】)）（(\[【〖]|\s[-–—]\s)|\s{2,}|\s\d[\d.,]*\s?[\u4e00-\u9fff]")
_LABEL = re.compile(r"^(?:文章|信息|稿件)?(?:来源|作者|编辑|出处)\s*[:：]\s*")
_PROFILE = re.compile(  # the address of a person's page
    r"(?:/|^)(?:u|uid|users?|authors?|auteurs?|autor(?:en)?|people|person|profiles?|members?|contributors?|columnists?"
    r"|space|home\.php)(?:[/?=-]|\.php\?)\w|/@|[?&](?:uid|un|author|user_?id)=",
    re.IGNORECASE,
)
_CODE = re.compile(r"[\s_]+[A-Z]{1,4}\d{2,8}$")  # the staff number of an editor
_BUTTON = re.compile(
    r"\s*(?:举报|返回\S{0,6}|分享\S{0,4}|收藏|打印|投稿|订阅|\+?\s?关注|纠错|评论)$"
)  # a link without a blank
_EDGES = "()（）[]【】〖〗<>《》\"'“”:：|-–—·,，、/_ "
_NO_NAME = re.compile(
    r"^(?:null|none|name|author|editor|source|admin|administrator|root|系统管理员?|超级管理员?|作者|编辑|来源|记者|未知"
    r"|佚名|匿名\S{0,3}|网络|互联网|不详|unknown|本站|本网|管理员|转载|原创|无|site|提问|登录|注册|register|anonymous|anonym"
    r"|(?:log|sign)[ -]?(?:in|up)|(?:posted|answered|asked|updated|published).*)$|[=<>{}@]|://",
    re.IGNORECASE,
)
_DOMAIN = re.compile(r"^(?:[\w-]+\.)+[a-z]{2,6}$", re.IGNORECASE)
# The 120 commonest family names (about 88 % of the population), and the two-character ones in use.
_FAMILY = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫"
    "段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤葛常温康施牛樊邢安齐伍庄翟乔芮俞"
)  # fmt: skip
_PERSON = re.compile(r"[\u4e00-\u9fff·]{2,4}(?:[、 /][\u4e00-\u9fff·]{2,4}){0,3}")


@dataclass(frozen=True, slots=True)
class Fact:
    """A value and the place where the page says it (``json_ld``, ``meta``, ``byline``, ``url`` …)."""

    value: str
    origin: str


Facts = dict[str, Fact]  # keys: author, source, editor, published, modified, licence


def put(facts: Facts, name: str, value: str | None, origin: str) -> None:
    """Keep ``value`` unless the fact is known already; an author that is a domain name is the source."""
    if value and name == "author" and _DOMAIN.match(value):
        name = "source"
    if value and name not in facts:
        facts[name] = Fact(value, origin)


def name_in(value: str) -> str | None:
    """The name at the start of ``value``; ``None`` for what is no name."""
    value = _LABEL.sub("", _CODE.sub("", _BUTTON.sub("", value.strip())))
    value = _VALUE_END.split(" ".join(value.split()).strip(_EDGES), maxsplit=1)[0].strip(_EDGES)
    if not 1 < len(value) <= MAX_NAME or _NO_NAME.search(value) or not re.search(r"[^\W\d_]", value):
        return None
    return value


def is_profile(href: str) -> bool:
    """Whether ``href`` leads to the page of a person, as the addresses of forums, blogs and papers say it."""
    return bool(_PROFILE.search(href))


def is_person(text: str) -> bool:
    """Whether ``text`` is nothing but Chinese names of two to four characters, one with a common family name."""
    return bool(_PERSON.fullmatch(text)) and any(name[0] in _FAMILY for name in re.split(r"[、 /]", text))
