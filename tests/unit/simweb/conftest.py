"""The simulated web's own fixture, and a plain HTTP client that goes through it."""

from __future__ import annotations

import urllib.error
import urllib.request

import pytest

from crawler.simweb.fixture import simweb

__all__ = ["simweb"]


class _KeepRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


@pytest.fixture
def get():
    """``get(running, url, **headers)`` gives (status, headers, body) through the proxy; redirects are not followed."""

    def ask(running, url, *, timeout=120.0, **headers):
        proxy = urllib.request.ProxyHandler({"http": running.proxy})
        opener = urllib.request.build_opener(proxy, _KeepRedirects)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            with opener.open(urllib.request.Request(url, headers=named), timeout=timeout) as reply:
                return reply.status, reply.headers, reply.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.headers, error.read()

    return ask
