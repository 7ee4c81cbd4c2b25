"""URL identity: the URL that is fetched, the key under which a page is one page, and the parts a budget is kept for.

The fetch URL keeps the order and the letters of its query; the key drops what does not tell pages apart. Parsing
follows the WHATWG rules where servers and browsers agree with them (backslashes, tabs, default ports, dot segments),
written out here because none of the libraries measured gave a key that is safe (they keep ``utm_``, drop real
parameters or turn ``;`` into ``%3B``).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urljoin, urlsplit

MAX_URL = 2048  # characters; longer ones are refused (Nutch takes 4096, Scrapy 2083)
DEFAULT_PORTS = {"http": 80, "https": 443}


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Parameters that say where a reader came from or who the session is, never which page it is.
_TRACKING_PREFIXES = ("utm_", "spm_", "scm_", "hmsr", "hmpl", "hmcu", "hmkw", "hmci", "mc_", "pk_", "matomo_", "_hs")
_TRACKING = _names(
    "spm scm fbclid gclid dclid msclkid yclid igshid twclid gbraid wbraid wickedid ref_src ref_url share_token "
    "share_source share_medium share_from share_app_id sharefrom isappinstalled bd_vid nsukey from_source vd_source "
    "tracking_id trackid trace_id traceid _ga _gl _openstat mkt_tok oly_enc_id oly_anon_id s_cid"
)
_SESSION = _names(
    "phpsessid jsessionid aspsessionid asp.net_sessionid sessionid session_id sessid sess sid zenid oscsid cfid "
    "cftoken sessionkey sess_id viewstate"
)
_SHARE_VALUES = _names("timeline groupmessage singlemessage share wechat weixin qq weibo rss feed appmsg")
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|shtml|php|aspx?|jsp)$", re.IGNORECASE)
_PATH_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/?#;]*", re.IGNORECASE)
_PERCENT = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_SCHEME = re.compile(r"^([a-zA-Z][a-zA-Z0-9+.\-]*):")
_STRIPPED = re.compile(r"[\t\r\n\x00]")
_SURROGATES = re.compile(r"[\ud800-\udfff]")
_SAFE = "/%:;=@&!$'()*+,~?-._[]"  # what stays as it is in a path or a query
_SLASHES = re.compile(r"/{2,}")
_DIGITS = re.compile(r"\d+")
_LONG_ID = re.compile(r"[0-9a-z]*\d[0-9a-z]*", re.IGNORECASE)
_NORMAL = re.compile(
    r"(?:http|https)://[a-z0-9](?:[a-z0-9.-]*[a-z0-9-])?(?::(?!80/|443/)[1-9]\d{1,3})?/[\w~/%:;=@&!$'()*+,.-]*(?:\?[\w~/%:;=@&!$'()*+,.?-]+)?",
    re.ASCII,
)
# What fetch_url gives back as it is, unless it has dot segments: most links of most pages, in one step instead of ten.


def fetch_url(url: str, base: str | None = None) -> str | None:
    """The absolute URL to ask for, without fragment; ``None`` for what is no usable http or https URL.

    The path is percent-encoded where it must be and its dot segments resolved; the query keeps order and case.
    """
    if _is_normal(url):
        return url
    text = _STRIPPED.sub("", url.strip())
    if base is not None and not _has_host(text):
        text = _joined(base, text)
    try:
        parts = urlsplit(text.replace("\\", "/"))
        port = parts.port
    except ValueError:
        return None
    host = host_name(parts.hostname or "")
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS or not host or parts.username is not None or len(text) > MAX_URL:
        return None
    authority = host if port in (None, DEFAULT_PORTS[scheme]) else f"{host}:{port}"
    path = _quoted(_without_dots(parts.path or "/"))
    query = f"?{_quoted(parts.query)}" if parts.query else ""
    whole = f"{scheme}://{authority}{path}{query}"
    return whole if len(whole) <= MAX_URL else None


def url_key(url: str, dropped: frozenset[str] = frozenset()) -> str:
    """What tells pages apart: no scheme, default port, fragment, session or tracking parameter; sorted query.

    ``dropped`` names further parameters, lower case, that were learnt for the host. Never raises: what is no URL is
    its own key.
    """
    fetched = fetch_url(url)
    if fetched is None:
        return url.strip()
    rest = fetched.split("://", 1)[1]
    head, _, query = rest.partition("?")
    authority, _, path = head.partition("/")
    path = _INDEX.sub("/", _SLASHES.sub("/", _folded("/" + _PATH_SESSION.sub("", path))))
    if not query:
        return f"{authority}{path}"
    names = [pair for pair in query.split("&") if pair and _is_kept(pair, dropped)]
    kept = sorted(_folded(pair.replace("+", "%20")) for pair in names)
    return f"{authority}{path}" + (f"?{'&'.join(kept)}" if kept else "")


def host_of(url: str) -> str:
    """The host name, lower case, without port; empty for a URL without one."""
    try:
        return host_name(urlsplit(_STRIPPED.sub("", url.strip()).replace("\\", "/")).hostname or "")
    except ValueError:
        return ""


def authority_of(url: str) -> str:
    """Host and, unless it is the default one, port of a fetch URL: what robots.txt and politeness are kept for."""
    return url.split("://", 1)[-1].partition("/")[0].partition("?")[0]


def channel_of(url: str) -> str:
    """The path prefix that stands for a section of the site: the first folder, or the first two of a deep path.

    ``/news/2024/05/a.html`` -> ``/news/``; ``/a.html`` -> ``/``. Folders that are numbers belong to the page.
    """
    folders = [part for part in _path(url).split("/")[1:-1] if part]
    named = [part for part in folders if not part.isdigit()]
    return "/" + "".join(f"{part}/" for part in named[:2])


def shape_of(url: str) -> str:
    """The form of a URL: path with numbers and ids as ``#`` and the sorted names of the query.

    Pages made by one template share a shape: ``/info/a/8841.html?p=2`` -> ``/info/a/#.html?p``.
    """
    whole = url.split("://", 1)[-1]
    head, _, query = whole.partition("?")
    path = "/" + head.partition("/")[2]
    *folders, last = path.split("/")
    name, dot, ending = last.rpartition(".")
    shaped = [_shaped(part) for part in folders] + [_shaped(name) + dot + ending if dot else _shaped(last)]
    names = sorted({pair.partition("=")[0] for pair in query.split("&") if pair})
    return "/".join(shaped) + (f"?{'&'.join(names)}" if names else "")


@lru_cache(maxsize=65_536)
def domain_of(host: str) -> str:
    """The registrable domain of a host (``a.b.example.co.uk`` -> ``example.co.uk``); the host where there is none.

    From the public suffix list bundled with tldextract, private suffixes such as ``github.io`` included; no network.
    """
    registered = _extractor()(host).top_domain_under_public_suffix
    return registered or (host if _is_literal(host) else ".".join(host.split(".")[-2:]))


@lru_cache(maxsize=1)
def _extractor() -> Any:
    from tldextract import TLDExtract  # noqa: PLC0415 - loads its list, 40 ms: only the crawl needs it

    return TLDExtract(suffix_list_urls=(), include_psl_private_domains=True, cache_dir=None)


def _is_literal(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


@lru_cache(maxsize=65_536)
def host_name(host: str) -> str:
    """The host as it is looked up: NFKC, lower case, IDNA, no final dot; empty when it cannot be a host name.

    Full-width digits and dots become plain ones first, so that an address in disguise is seen as an address.
    """
    plain = unicodedata.normalize("NFKC", host).strip().lower().replace("\u3002", ".").rstrip(".")
    if not plain.isprintable() or not plain or any(character in plain for character in " %/\\<>^|#?@"):
        return ""
    if ":" in plain:
        return f"[{plain.strip('[]')}]"
    try:
        return plain if plain.isascii() else plain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def _is_normal(url: str) -> bool:
    return (
        len(url) <= MAX_URL and _NORMAL.fullmatch(url) is not None and "/." not in url and "/%2" not in url
        and ".." not in url.split("/", 3)[2]
    )  # fmt: skip


def _has_host(text: str) -> bool:
    match = _SCHEME.match(text)
    return match is not None and text[match.end() : match.end() + 2].replace("\\", "/") == "//"


def _joined(base: str, text: str) -> str:
    try:
        return urljoin(base, text.replace("\\", "/"))
    except ValueError:
        return ""


def _path(url: str) -> str:
    return "/" + url.split("://", 1)[-1].partition("?")[0].partition("/")[2]


def _without_dots(path: str) -> str:
    if "/." not in path and "/%2" not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        plain = segment.lower().replace("%2e", ".")
        if plain == "..":
            del kept[-1:]
        elif plain != ".":
            kept.append(segment)
    if segments[-1].lower().replace("%2e", ".") in (".", ".."):
        kept.append("")
    joined = "/".join(kept)
    return joined if joined.startswith("/") else f"/{joined}"


def _quoted(text: str) -> str:
    try:
        return quote(text, safe=_SAFE)
    except UnicodeEncodeError:  # a lone surrogate; "?", Python's own stand-in, would begin a query
        return quote(_SURROGATES.sub("\ufffd", text), safe=_SAFE)


def _folded(text: str) -> str:
    """Percent codes of plain letters undone, the others in upper case, so that one page has one spelling."""

    return _PERCENT.sub(_fold, text) if "%" in text else text


def _fold(match: re.Match[str]) -> str:
    character = chr(int(match[1], 16))
    return character if character in _UNRESERVED else match[0].upper()


def _is_kept(pair: str, dropped: frozenset[str]) -> bool:
    name, _, value = pair.partition("=")
    name = name.lower()
    if name in _TRACKING or name in _SESSION or name in dropped or name.startswith(_TRACKING_PREFIXES):
        return False
    return not (name == "from" and value.lower() in _SHARE_VALUES)


def _shaped(part: str) -> str:
    if part.isdigit():
        return "#"
    if len(part) >= 6 and _LONG_ID.fullmatch(part):
        return "#"
    return _DIGITS.sub("#", part)
