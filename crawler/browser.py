"""Pages that scripts make: shown in a Chromium that has no network of its own, and read as a reader would see them.

Off by default, and used only for a page without text. The page itself is handed to the browser as it was fetched; what
its scripts ask for is fetched by ``crawler.errands``. Whatever does not pass there (pictures, frames, sockets, forms,
another page, a name to look up) is cut off: every host is unknown to the browser, and its proxy leads nowhere.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import signal
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from counterspin.errors import UsageError
from crawler.answer import Answer
from crawler.errands import MAX_ASKED, Errands
from crawler.transport import decoded

PROGRAMS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
ASKED_FOR = frozenset({"script", "xhr", "fetch"})  # what may bring text; pictures, styles and fonts do not
QUIET_SECONDS = 5.0  # at most that a page may take to fall silent once it is loaded
PAGES = 50  # a browser is replaced after so many pages
LOOK_EVERY = 0.25  # s between two looks at the memory of the browser
START_SECONDS = 120.0  # for the browser to come up, on a busy machine too
_DROPPED = frozenset({"content-encoding", "content-length", "transfer-encoding", "set-cookie", "connection"})
_FLAGS = (
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--proxy-server=socks5://127.0.0.1:9",  # the port "discard": nobody listens, and no name leads there
    "--proxy-bypass-list=<-loopback>",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--js-flags=--max-old-space-size=256",
    "--renderer-process-limit=2",
    "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync",
    "--disable-component-update", "--disable-domain-reliability", "--disable-default-apps", "--disable-extensions",
    "--dns-prefetch-disable", "--no-pings", "--mute-audio",
)  # fmt: skip
# Nothing that opens a connection without asking: sockets that scripts make are not seen by the routes of a page.
_NO_SOCKETS = """
for (const name of ['RTCPeerConnection', 'webkitRTCPeerConnection', 'RTCDataChannel', 'WebTransport', 'WebSocket',
                    'WebSocketStream', 'EventSource', 'SharedWorker', 'Worker'])
  try { delete window[name]; Object.defineProperty(window, name, {value: undefined}); } catch (error) {}
"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page became: its markup once its scripts have run, or why there is none (``browser_...``)."""

    html: bytes | None
    code: str = "rendered"
    detail: str = ""


class Renderer(Protocol):
    """Shows pages."""

    async def show(self, url: str, answer: Answer) -> Shown:
        """The page once its scripts have run."""

    async def close(self) -> None:
        """End the processes."""


def program_of(named: str) -> str:
    """The browser to run. Raises :class:`UsageError` where there is none, or no driver for it."""
    program = shutil.which(named) if named else next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise UsageError("crawl.browser is on and no Chromium was found: `apt-get install chromium`, or name one"
                         " in crawl.browser_program")  # fmt: skip
    try:
        import playwright  # noqa: F401, PLC0415 - an extra
    except ImportError:
        raise UsageError("crawl.browser is on: it needs `pip install counterspin[browser]`") from None
    return program


@dataclass(slots=True)
class Browser:
    """One Chromium, one page at a time. ``seconds`` and ``memory`` (bytes, all its processes) are for one page."""

    program: str
    errands: Errands
    agent: str
    seconds: float
    memory: int
    limit: int
    sandbox: bool = True
    _driver: Any = None
    _browser: Any = None
    _pages: int = 0
    _turn: asyncio.Lock | None = None

    async def show(self, url: str, answer: Answer) -> Shown:
        """The page once its scripts have run. Never raises for what is in it."""
        from playwright.async_api import Error  # noqa: PLC0415 - an extra

        self._turn = self._turn or asyncio.Lock()
        async with self._turn:
            try:
                await asyncio.wait_for(self._ready(), START_SECONDS)
                shown = await self._watched(url, answer)
            except asyncio.TimeoutError:
                shown = Shown(None, "browser_timeout", f"{self.seconds:g} s")
            except Error as error:
                shown = Shown(None, "browser_failed", error.message.splitlines()[0][:200])
            self._pages += 1
            if shown.html is None or self._pages >= PAGES:
                await self._end()
            return shown

    async def close(self) -> None:
        """End the processes."""
        await self._end()
        if self._driver is not None:
            await self._driver.stop()
            self._driver = None

    async def _ready(self) -> None:
        from playwright.async_api import async_playwright  # noqa: PLC0415 - an extra

        if self._driver is None:
            self._driver = await async_playwright().start()
        if self._browser is None or not self._browser.is_connected():
            self._browser = await self._driver.chromium.launch(
                executable_path=self.program, args=list(_FLAGS), chromium_sandbox=self.sandbox,
                handle_sigint=False, handle_sigterm=False, handle_sighup=False,
            )  # fmt: skip
            self._pages = 0

    async def _watched(self, url: str, answer: Answer) -> Shown:
        """The page, unless its time runs out or the browser takes too much memory first."""
        showing = asyncio.ensure_future(self._shown(url, answer))
        watching = asyncio.ensure_future(_until_larger(self.memory))
        try:
            done, _ = await asyncio.wait({showing, watching}, timeout=self.seconds, return_when="FIRST_COMPLETED")
            if showing in done:
                return showing.result()
            if watching in done:
                return Shown(None, "browser_memory", f"over {self.memory >> 20} MB")
            raise asyncio.TimeoutError
        finally:
            for task in (showing, watching):
                task.cancel()
            await asyncio.gather(showing, watching, return_exceptions=True)

    async def _shown(self, url: str, answer: Answer) -> Shown:
        from playwright.async_api import Error  # noqa: PLC0415 - an extra
        from playwright.async_api import TimeoutError as SlowError  # noqa: PLC0415

        context = await self._browser.new_context(
            user_agent=self.agent, service_workers="block", accept_downloads=False, locale="zh-CN"
        )
        try:
            await context.add_init_script(_NO_SOCKETS)
            await context.route("**/*", _Gate(url, answer, self.errands, self.limit).pass_or_stop)
            page = await context.new_page()
            page.on("dialog", lambda dialog: dialog.dismiss())
            page.on("popup", lambda popup: popup.close())
            with suppress(SlowError):
                await page.goto(url, wait_until="load", timeout=1000 * self.seconds / 2)
                await page.wait_for_load_state("networkidle", timeout=1000 * min(QUIET_SECONDS, self.seconds / 4))
            if await page.evaluate("document.documentElement.outerHTML.length") > self.limit:
                return Shown(None, "browser_too_large", f"over {self.limit} characters")
            return Shown((await page.content()).encode("utf-8", "replace"))
        finally:
            with suppress(Error):
                await context.close()

    async def _end(self) -> None:
        """End the browser, politely if it listens."""
        browser, self._browser = self._browser, None
        if browser is None:
            return
        with suppress(Exception):  # whatever state it is in, the next line ends it
            await asyncio.wait_for(browser.close(), 5.0)
        for number in _own_browsers():
            with suppress(OSError):
                os.kill(number, signal.SIGKILL)


@dataclass  # no slots: playwright keeps something of its own on whoever answers
class _Gate:
    """What one page may have: itself once, and the scripts and data that it asks for."""

    url: str
    answer: Answer
    errands: Errands
    limit: int
    is_given: bool = False
    asked: int = 0

    async def pass_or_stop(self, route: Any) -> None:
        """Answer a request of the page, or cut it off."""
        request = route.request
        is_navigation = request.is_navigation_request()
        if is_navigation:
            is_page = not self.is_given and request.frame.parent_frame is None and request.method == "GET"
            self.is_given = True
            answer = self._page() if is_page else None
        elif request.method == "GET" and request.resource_type in ASKED_FOR and self.asked < MAX_ASKED:
            self.asked += 1
            answer = await self.errands.fetch(request.url)
        else:
            answer = None
        if answer is None:
            await route.abort("aborted" if is_navigation else "blockedbyclient")  # aborted: the page stays
        else:
            headers = {name: value for name, value in answer.headers if name.lower() not in _DROPPED}
            await route.fulfill(status=answer.status, headers=headers, body=answer.body)

    def _page(self) -> Answer:
        plain = decoded(self.answer.body, self.answer.headers, limit=self.limit)
        return Answer(self.answer.status, self.answer.headers, plain.body, 0.0)


async def _until_larger(memory: int) -> None:
    while sum(map(_resident, _own_browsers())) <= memory:  # noqa: ASYNC110 - the system tells nobody of memory
        await asyncio.sleep(LOOK_EVERY)


def _own_browsers(proc: Path = Path("/proc")) -> list[int]:
    """The processes of browsers that this process started, by way of the driver; none where there is no ``/proc``."""
    parents: dict[int, int] = {}
    names: dict[int, str] = {}
    for folder in proc.glob("[0-9]*"):
        with suppress(OSError, ValueError):
            head, _, rest = (folder / "stat").read_text("utf-8", "replace").rpartition(")")
            number = int(folder.name)
            parents[number], names[number] = int(rest.split()[1]), head.partition("(")[2]
    return [number for number, name in names.items() if "chrom" in name and _descends(number, os.getpid(), parents)]


def _descends(number: int, ancestor: int, parents: dict[int, int]) -> bool:
    while number > 1:
        number = parents.get(number, 0)
        if number == ancestor:
            return True
    return False


def _resident(number: int) -> int:
    """Bytes of memory that a process has to itself."""
    with suppress(OSError, ValueError):
        _, resident, shared, *_ = Path(f"/proc/{number}/statm").read_text().split()
        return (int(resident) - int(shared)) * os.sysconf("SC_PAGE_SIZE")
    return 0
