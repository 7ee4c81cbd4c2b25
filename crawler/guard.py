"""The address guard: which URLs and which addresses are never asked, whoever names them.

Applied to every link, redirect, sitemap entry and robots.txt before a request leaves, and again to each address that a
name resolves to, at connection. Pure: it looks nothing up. Sources: RFC 6890 and the IANA special-purpose registries
(through ``ipaddress``), RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo), WHATWG URL (the forms of an IPv4 host).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from counterspin.urls import DEFAULT_PORTS, MAX_URL, host_name

PORTS = frozenset({80, 443, 8000, 8080, 8443})  # where public pages are served; others are services of a machine
_LOCAL_NAMES = (
    "localhost",
    "local",
    "internal",
    "intranet",
    "lan",
    "home",
    "corp",
    "localdomain",
    "home.arpa",
    "onion",
)
_NAME = re.compile(
    r"[a-z0-9_-]+(?:\.[a-z0-9_-]+)*\.?"
)  # a name in IDNA (RFC 952, and underscores as met); no empty label
_NAT64 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))
_COMPATIBLE = ipaddress.ip_network("::/96")
_ISATAP = (0x00005EFE, 0x02005EFE)  # bits 64 to 95 of an address that carries an IPv4 address in its last 32 bits
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]+)?/", re.ASCII)  # nothing in it that a parser could read twice
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a URL is not asked: a code of the store, and what was seen."""

    code: str
    detail: str


@dataclass(frozen=True, slots=True)
class Guard:
    """The rules of one crawl. ``allowed`` holds exact ``host:port`` pairs that may be private (tests, an intranet)."""

    allowed: frozenset[str] = frozenset()

    def refusal(self, url: str) -> Refusal | None:
        """Why this URL must not be asked; ``None`` if it may. Never raises."""
        if len(url) > MAX_URL:
            return Refusal("bad_url", f"{len(url)} characters")
        origin = _ORIGIN.match(url)
        return _refusal_of_origin(self, origin[0]) if origin is not None else self._refusal(url)

    def _refusal(self, url: str) -> Refusal | None:
        try:
            parts = urlsplit(url.strip().replace("\\", "/"))
            port = parts.port
        except ValueError as error:
            return Refusal("bad_url", str(error))
        if parts.scheme.lower() not in DEFAULT_PORTS:
            return Refusal("forbidden_scheme", parts.scheme[:20])
        if parts.username is not None or parts.password is not None:
            return Refusal("forbidden_address", "user name in the address")
        host = host_name(parts.hostname or "")
        if not host:
            return Refusal("bad_url", "no host")
        port = port if port is not None else DEFAULT_PORTS[parts.scheme.lower()]
        if f"{host}:{port}" in self.allowed:
            return None
        if port not in PORTS:
            return Refusal("forbidden_port", str(port))
        return _refused_host(host)

    def may_connect(self, host: str, addresses: Iterable[str]) -> bool:
        """Whether every address that ``host`` resolved to is public, or the host is on the list of allowed pairs."""
        if any(pair.rpartition(":")[0] == host for pair in self.allowed):
            return True
        return all(is_public(address) for address in addresses)


@lru_cache(maxsize=65_536)
def _refusal_of_origin(guard: Guard, origin: str) -> Refusal | None:
    """The refusal of every URL with this scheme, host and port; links come in their hundreds from one host."""
    return guard._refusal(origin)  # noqa: SLF001 - the method behind the cache


def is_public(text: str) -> bool:
    """Whether an address in plain notation belongs to the public internet, and so do the addresses inside it."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_plainly_public(part) for part in _with_embedded(address))


def address_in(host: str) -> Address | None:
    """The address that a host name writes out, in any form that a resolver takes: ``127.1``, ``0x7f.1``, octal."""
    if host.startswith("["):
        try:
            return ipaddress.ip_address(host.strip("[]").partition("%")[0])
        except ValueError:
            return None
    return _ipv4(host)


def _refused_host(host: str) -> Refusal | None:
    if host.startswith("[") or _looks_numeric(host):
        address = address_in(host)
        if address is None or not is_public(str(address)):
            return Refusal("forbidden_address", str(address or host))
        return None
    if not _NAME.fullmatch(host):
        return Refusal("bad_url", host[:80])
    if "." not in host or any(host == name or host.endswith(f".{name}") for name in _LOCAL_NAMES):
        return Refusal("forbidden_address", host)
    return None


def _looks_numeric(host: str) -> bool:
    """Whether the last label is a number: by the WHATWG rules such a host is an IPv4 address or an error."""
    last = host.rpartition(".")[2]
    return last.isdigit() or (last.startswith("0x") and all(c in "0123456789abcdef" for c in last[2:]))


def _ipv4(host: str) -> ipaddress.IPv4Address | None:
    parts = host.split(".")
    if not 1 <= len(parts) <= 4:
        return None
    try:
        numbers = [_number(part) for part in parts]
    except ValueError:
        return None
    if any(number > 255 for number in numbers[:-1]) or numbers[-1] >= 256 ** (5 - len(numbers)):
        return None
    value = numbers[-1]
    for place, number in enumerate(numbers[:-1]):
        value += number << (8 * (3 - place))
    return ipaddress.IPv4Address(value)


def _number(part: str) -> int:
    if not part.isalnum():  # int() also takes signs, spaces and underscores, which no resolver does
        raise ValueError(part)
    if part.startswith("0x"):
        return int(part[2:] or "0", 16)
    if len(part) > 1 and part.startswith("0"):
        return int(part, 8)
    return int(part)


def _with_embedded(address: Address) -> list[Address]:
    if isinstance(address, ipaddress.IPv4Address):
        return [address]
    inside: list[Address | None] = [address.ipv4_mapped, address.sixtofour]
    inside += list(address.teredo or ())
    low = int(address) & 0xFFFFFFFF
    if any(address in network for network in _NAT64) or (int(address) >> 32) & 0xFFFFFFFF in _ISATAP:
        inside.append(ipaddress.IPv4Address(low))
    if address in _COMPATIBLE:
        inside.append(ipaddress.IPv4Address(low))
    found = [part for part in inside if part is not None]
    return found if address.ipv4_mapped is not None else [address, *found]


def _is_plainly_public(address: Address) -> bool:
    return address.is_global and not (
        address.is_multicast or address.is_private or address.is_loopback or address.is_link_local
        or address.is_reserved or address.is_unspecified
    )  # fmt: skip
