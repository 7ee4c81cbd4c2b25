"""The review app: Starlette routes over one SQLite file.

Pages are rendered on the server and work without scripts. A request opens nothing and waits for nothing but SQLite:
the connection lives in one worker thread, and a verdict is one short transaction.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from counterspin.errors import CounterspinError
from counterspin.settings import Settings
from counterspin.store.verdicts import EvidenceMovedError, UnknownTargetError
from reports.review import pages, writes
from reports.review.context import HERE, Review, environment, of, wants_json
from reports.review.desk import Desk
from reports.review.guard import Access, Guard


def create_app(path: Path, *, access: Access, settings: Settings, reviewer: str) -> Starlette:
    """The app over the database at ``path``. Raises what :meth:`Store.open` raises."""
    review = Review(Desk(path, read_only=access.read_only), access, settings, reviewer, environment())

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
        Route("/c/{key:path}", pages.cluster, methods=["GET"]),
        Route("/c/{key:path}", writes.judge_cluster, methods=["POST"]),
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
