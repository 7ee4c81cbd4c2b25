"""The review app: Starlette routes over one SQLite file.

Pages are rendered on the server and work without scripts. A request opens nothing and waits for nothing but SQLite:
the connection lives in one worker thread, and a verdict is one short transaction.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2
from markupsafe import Markup, escape
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from counterspin.errors import CounterspinError
from counterspin.settings import Settings
from counterspin.store.verdicts import EvidenceMovedError, UnknownTargetError
from reports import safe
from reports.review.desk import Desk
from reports.review.guard import Access, Guard
from reports.review.words import LOCALES, words

HERE = Path(__file__).parent
LOCALE = "counterspin_locale"
REVIEWER = "counterspin_reviewer"


@dataclass(slots=True)
class Review:
    """What the routes share: the desk (database thread), who may come in, and the templates."""

    desk: Desk
    access: Access
    settings: Settings
    reviewer: str
    templates: jinja2.Environment

    def page(self, request: Request, name: str, status: int = 200, **values: Any) -> HTMLResponse:
        """The template ``name`` in the reader's language."""
        locale = self.locale(request)
        html = self.templates.get_template(name).render(
            t=words(locale), locale=locale, reviewer=self.reviewer_of(request), path=request.url.path,
            read_only=self.access.read_only, **values,
        )  # fmt: skip
        return HTMLResponse(html, status_code=status)

    def locale(self, request: Request) -> str:
        """From the cookie, else the project's setting."""
        chosen = request.cookies.get(LOCALE, self.settings.project.locale)
        return chosen if chosen in LOCALES else "zh-CN"

    def reviewer_of(self, request: Request) -> str:
        """Who is judging: named by the proxy, by the person, or at the start."""
        if self.access.user_header:
            return request.headers.get(self.access.user_header, "")[:80] or self.reviewer
        return unquote(request.cookies.get(REVIEWER, ""))[:80] or self.reviewer


def create_app(path: Path, *, access: Access, settings: Settings, reviewer: str) -> Starlette:
    """The app over the database at ``path``. Raises what :meth:`Store.open` raises."""
    # Routes are imported here because they need Review.
    from reports.review import pages, writes  # noqa: PLC0415

    review = Review(Desk(path, read_only=access.read_only), access, settings, reviewer, _environment())

    @asynccontextmanager
    async def lifespan(_: Starlette) -> Any:
        yield
        review.desk.close()

    routes = [
        Route("/", pages.home),
        Route("/q/{category}", pages.queue),
        Route("/f/{fingerprint}", pages.flag, methods=["GET"]),
        Route("/f/{fingerprint}", writes.judge_flag, methods=["POST"]),
        Route("/c", pages.clusters),
        Route("/c/{key}", pages.cluster, methods=["GET"]),
        Route("/c/{key}", writes.judge_cluster, methods=["POST"]),
        Route("/s", pages.sites),
        Route("/s/{host}", pages.site),
        Route("/d", pages.dictionary, methods=["GET"]),
        Route("/d", writes.judge_swap, methods=["POST"]),
        Route("/claims", pages.questions),
        Route("/claims/{key:path}", pages.question),
        Route("/search", pages.search),
        Route("/snap/{document:int}", pages.snapshot),
        Route("/undo", writes.undo, methods=["POST"]),
        Route("/me", writes.name_reviewer, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]
    app = Starlette(
        routes=routes,
        lifespan=lifespan,
        exception_handlers={404: _not_found, CounterspinError: _refused},
    )
    app.state.review = review
    app.add_middleware(Guard, access=access)
    return app


def of(request: Request) -> Review:
    """The review that this request belongs to."""
    review: Review = request.app.state.review
    return review


def wants_json(request: Request) -> bool:
    """Programs ask for JSON by the Accept header."""
    return "application/json" in request.headers.get("accept", "")


async def _not_found(request: Request, _: Exception) -> Response:
    return of(request).page(request, "message.html", 404, heading="not_found", text="", link="/")


async def _refused(request: Request, error: Exception) -> Response:
    status = 409 if isinstance(error, EvidenceMovedError) else 410 if isinstance(error, UnknownTargetError) else 400
    if getattr(error, "exit_code", 0) == 7:
        status = 503  # the crawl is writing for longer than the busy timeout; nothing was stored
    if wants_json(request):
        return JSONResponse({"error": str(error)}, status_code=status)
    heading = "moved" if status == 409 else "not_found" if status == 410 else "review"
    return of(request).page(request, "message.html", status, heading=heading, text=str(error), link=request.url.path)


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"seen": seen, "short": short, "when": when, "marked": marked}
    return environment


def seen(text: str | None) -> Markup:
    """Text of a stranger, every invisible character as a mark, kept from turning the rest of the line around."""
    shown = escape(safe.visible(text or ""))
    return Markup("<bdi>{}</bdi>").format(shown)


def marked(text: str, spans: tuple[tuple[int, int], ...]) -> Markup:
    """Text of a stranger with these spans marked."""
    parts, at = [], 0
    for start, end in spans:
        parts += [seen(text[at:start]), Markup("<mark>{}</mark>").format(seen(text[start:end]))]
        at = end
    return Markup("").join([*parts, seen(text[at:])])


def short(text: str | None, characters: int = 120) -> str:
    """The first characters of a text, the cut shown."""
    whole = safe.line(text or "")
    return whole if len(whole) <= characters else whole[: characters - 1] + "…"


def when(stamp: str | None) -> str:
    """A stored time as date and minute."""
    return (stamp or "")[:16].replace("T", " ")
