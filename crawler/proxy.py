"""The proxy that a crawl goes through, looked at before the first request: a wrong one would fail every page."""

from __future__ import annotations

import re
import socket

from counterspin.errors import UsageError

WAIT = 10.0  # s for the proxy to take a connection
_ADDRESS = re.compile(r"http://\[?([^\s/@\[\]]+)\]?:(\d{1,5})/?")


def check_proxy(proxy: str) -> None:
    """Raises :class:`UsageError` where ``proxy`` is no address of an HTTP proxy, or nothing answers there."""
    address = _ADDRESS.fullmatch(proxy)
    if not address:
        raise UsageError(f"crawl.proxy {proxy}: no address of an HTTP proxy; write it as http://127.0.0.1:8080")
    try:
        socket.create_connection((address[1], int(address[2])), timeout=WAIT).close()
    except (OSError, OverflowError) as error:
        raise UsageError(f"crawl.proxy {proxy}: nothing answers there ({error}); start it, or correct it") from error
