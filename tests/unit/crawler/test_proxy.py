"""A crawl through a proxy begins only where there is one."""

from __future__ import annotations

import socket

import pytest

from counterspin.errors import UsageError
from crawler.proxy import check_proxy


@pytest.mark.parametrize(
    "proxy", ["nonsense", "127.0.0.1:8080", "https://a.test:1", "http://a.test", "socks5://a.test:1"]
)
def test_what_is_no_address_of_a_proxy_is_refused(proxy):
    with pytest.raises(UsageError, match="no address of an HTTP proxy"):
        check_proxy(proxy)


def test_a_proxy_must_answer():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"http://127.0.0.1:{server.getsockname()[1]}"
        check_proxy(address)
    with pytest.raises(UsageError, match="nothing answers there"):
        check_proxy(address)
    with pytest.raises(UsageError, match="nothing answers there"):
        check_proxy("http://127.0.0.1:99999")
