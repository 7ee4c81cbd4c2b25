"""What all tests share: no network but loopback, and the place of the shared data."""

from __future__ import annotations

import ipaddress
import os
import socket
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No limit of time, and the same examples each time: a busy machine and chance make no test fail.
settings.register_profile("steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("steady")

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("COUNTERSPIN_SHARED", ROOT.parent / "shared"))
_connect = socket.socket.connect
_connect_ex = socket.socket.connect_ex
_getaddrinfo = socket.getaddrinfo


def _refuse_outside(address: object) -> None:
    if isinstance(address, tuple) and not ipaddress.ip_address(address[0].split("%")[0]).is_loopback:
        raise AssertionError(f"a test tried to reach {address}; tests stay on loopback")


def _guarded_connect(self: socket.socket, address: object) -> None:
    _refuse_outside(address)
    return _connect(self, address)


def _guarded_connect_ex(self: socket.socket, address: object) -> int:
    _refuse_outside(address)
    return _connect_ex(self, address)


def _guarded_getaddrinfo(host: object, *args: object, **kwargs: object) -> object:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in (None, "", "localhost") and not _is_address(str(name)):
        raise socket.gaierror(socket.EAI_NONAME, f"tests look up no names: {name}")
    return _getaddrinfo(host, *args, **kwargs)


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name.split("%", maxsplit=1)[0])
    except ValueError:
        return False
    return True


@pytest.fixture(autouse=True, scope="session")
def loopback_only():
    """Refuse every connection that leaves this machine, and every name look-up."""
    socket.socket.connect = _guarded_connect
    socket.socket.connect_ex = _guarded_connect_ex
    socket.getaddrinfo = _guarded_getaddrinfo
    yield
    socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = _connect, _connect_ex, _getaddrinfo


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of third-party data beside the repository; the test is skipped, and says so, without it."""
    if not SHARED.is_dir():
        pytest.skip(f"the shared data is not beside this checkout ({SHARED.name}/ is missing): not measured")
    return SHARED
