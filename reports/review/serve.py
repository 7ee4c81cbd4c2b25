"""Start the review app: choose the door (token, host names), then serve until Ctrl-C."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path

import uvicorn

from counterspin.errors import LockedError, UsageError
from counterspin.settings import Settings
from reports.review.app import create_app
from reports.review.guard import Access

PASSWORD = "COUNTERSPIN_REVIEW_PASSWORD"  # noqa: S105 - the name of the variable, not a password
MIN_PASSWORD = 12  # characters


@dataclass(frozen=True, slots=True)
class Door:
    """How the app is reached. Off loopback a password or a proxy that names its users is needed."""

    host: str = "127.0.0.1"
    port: int = 8765
    names: tuple[str, ...] = ()
    user_header: str = ""
    proxies: tuple[str, ...] = ()
    read_only: bool = False
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))


def access_of(door: Door) -> Access:
    """Who may come in by this door. Raises :class:`UsageError` for one that stands open."""
    password = os.environ.get(PASSWORD, "")
    if bool(door.user_header) != bool(door.proxies):
        raise UsageError("--auth-header and --trusted-proxy go together: a header from anybody proves nothing")
    if not _is_loopback(door.host):
        if not password and not door.user_header:
            raise UsageError(
                f"--host {door.host} can be reached from outside: set {PASSWORD}, or --auth-header and --trusted-proxy"
            )
        if password and len(password) < MIN_PASSWORD:
            raise UsageError(f"{PASSWORD} is too short: at least {MIN_PASSWORD} characters")
    names = {f"{name}:{door.port}" for name in ("127.0.0.1", "localhost", "[::1]")}
    names |= {f"{name}{end}" for name in door.names for end in ("", f":{door.port}")}
    return Access(
        hosts=frozenset(names),
        token=door.token,
        password=password,
        user_header=door.user_header,
        proxies=door.proxies,
        read_only=door.read_only,
    )


def bind(door: Door) -> socket.socket:
    """The listening socket. Raises :class:`LockedError` for a port in use."""
    family = socket.AF_INET6 if ":" in door.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((door.host, door.port))
    except OSError as error:
        listening.close()
        raise LockedError(
            f"port {door.port} on {door.host} cannot be used ({error.strerror}): "
            "stop what listens there, or choose another with --port"
        ) from error
    listening.listen(64)
    return listening


def serve(database: Path, *, door: Door, settings: Settings, reviewer: str, ready: Callable[[], None]) -> None:
    """Serve until interrupted; ``ready`` is called when the door is open."""
    app = create_app(database, access=access_of(door), settings=settings, reviewer=reviewer)
    listening = bind(door)
    config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False, proxy_headers=False)
    ready()
    try:
        uvicorn.Server(config).run(sockets=[listening])
    finally:
        listening.close()


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
