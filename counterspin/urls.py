"""URL identity: the URL that is fetched and the key under which a page is one page."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = ("utm_", "spm", "from", "fbclid", "gclid", "phpsessid", "jsessionid", "sid")


def url_key(url: str) -> str:
    """What tells pages apart: no scheme, no default port, no fragment, no tracking parameters, sorted query."""
    parts = urlsplit(url.strip())
    host = (parts.hostname or "").lower().rstrip(".")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not name.lower().startswith(_TRACKING)
    )
    return f"{host}{port}{parts.path or '/'}" + (f"?{urlencode(query)}" if query else "")


def host_of(url: str) -> str:
    """The host name, lower case, without port; empty for a URL without one."""
    return (urlsplit(url.strip()).hostname or "").lower()
