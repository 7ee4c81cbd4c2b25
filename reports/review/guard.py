"""Who may talk to the review app: host names, session, same origin, and the headers of every answer.

The app listens on the loopback address. A page in the reviewer's own browser can reach it all the same, so every
request must carry an allowed Host (DNS rebinding), a session that began with the start token, and, to write, proof
that it comes from a page of ours (Fetch metadata; the way Datasette 1.0 takes).
"""

from __future__ import annotations

import base64
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from urllib.parse import urlencode

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

SESSION = "counterspin_session"
MAX_BODY = 64 * 1024  # bytes; the longest form is a note of 10,000 characters
HEADERS = {
    "content-security-policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",  # with no-referrer browsers send Origin: null from our own forms
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
# A strict cookie does not travel with a click in a report; the second hop starts on a page of ours and carries it.
SECOND_HOP = '<!doctype html><meta charset="utf-8"><title>counterspin</title><meta http-equiv="refresh" content="0">'

Next = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Access:
    """Who may come in. ``hosts`` are exact Host headers; an empty ``password`` means loopback only.

    With ``user_header`` a proxy in ``proxies`` (networks) names the reviewer, and no token is asked for.
    """

    hosts: frozenset[str]
    token: str
    password: str = ""
    user_header: str = ""
    proxies: tuple[str, ...] = ()
    read_only: bool = False


class Guard:
    """ASGI middleware: answers what may not pass, and puts the headers on every answer."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self.app = app
        self.access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        request = Request(scope, receive)
        refusal = refuse(request, self.access)
        if refusal is not None:
            await refusal(scope, receive, send_with_headers)
            return
        await self.app(scope, receive, send_with_headers)


def refuse(request: Request, access: Access) -> Response | None:
    """The answer for a request that may not pass, or None."""
    if request.headers.get("host", "") not in access.hosts:
        return PlainTextResponse("This name is not served here.\n", status_code=421)
    if request.url.path.startswith("/static/"):
        return None
    session = _session(request, access)
    if isinstance(session, Response):
        return session
    if request.method in ("GET", "HEAD"):
        return None
    return _refuse_write(request, access, by_browser=session != "bearer")


def _session(request: Request, access: Access) -> Response | str:
    if access.user_header and _from_proxy(request, access):
        return "proxy" if request.headers.get(access.user_header) else _forbidden("The proxy named no user.")
    given = request.query_params.get("token")
    if given is not None and _same(given, access.token):
        return _start(request, access)
    if _same(request.cookies.get(SESSION, ""), access.token):
        return "cookie"
    authorised = _authorised(request, access)
    if authorised:
        return authorised
    if request.method == "GET" and request.headers.get("sec-fetch-site") == "cross-site" and given is None:
        return HTMLResponse(SECOND_HOP)
    if access.password:
        answer = PlainTextResponse("A password is needed.\n", status_code=401)
        answer.headers["www-authenticate"] = 'Basic realm="counterspin", charset="UTF-8"'
        return answer
    return _forbidden("Open the address that `counterspin review` printed: it carries the start token.")


def _start(request: Request, access: Access) -> Response:
    """Move the token from the address into a cookie, so that it is in no history and no referrer."""
    rest = urlencode([(k, v) for k, v in request.query_params.multi_items() if k != "token"])
    path = "/" + request.url.path.lstrip("/")
    answer = RedirectResponse(path + (f"?{rest}" if rest else ""), status_code=303)
    answer.set_cookie(SESSION, access.token, httponly=True, samesite="strict", path="/")
    return answer


def _authorised(request: Request, access: Access) -> str:
    """``bearer`` (a program with the token), ``basic`` (a browser with the password), or an empty string."""
    scheme, _, value = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and _same(value, access.token):
        return "bearer"
    if scheme.lower() == "basic":
        try:
            _, _, password = base64.b64decode(value, validate=True).decode("utf-8").partition(":")
        except ValueError:
            return ""
        return "basic" if _same(password, access.password) else ""
    return ""


def _refuse_write(request: Request, access: Access, *, by_browser: bool) -> Response | None:
    if access.read_only:
        return _forbidden("This review is read-only.")
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in (None, "same-origin", "none"):
        return _forbidden("Only a page of this review may write.")
    if origin is not None and origin not in {f"http://{request.headers['host']}", f"https://{request.headers['host']}"}:
        return _forbidden("Only a page of this review may write.")
    if site is None and origin is None and by_browser:
        return _forbidden("The browser did not say where this comes from.")
    kind = request.headers.get("content-type", "").partition(";")[0].strip()
    if kind not in ("application/x-www-form-urlencoded", "application/json"):
        return PlainTextResponse("A form or JSON is expected.\n", status_code=415)
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > MAX_BODY:
        return PlainTextResponse(f"At most {MAX_BODY} bytes.\n", status_code=413)
    return None


def _from_proxy(request: Request, access: Access) -> bool:
    client = request.client.host if request.client else ""
    try:
        return any(ip_address(client) in ip_network(network) for network in access.proxies)
    except ValueError:
        return False


def _same(left: str, right: str) -> bool:
    return bool(right) and hmac.compare_digest(left.encode(), right.encode())


def _forbidden(why: str) -> Response:
    return PlainTextResponse(why + "\n", status_code=403)
