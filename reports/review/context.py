"""What the routes of the review app share: the desk, who may come in, the reader's language, the templates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jinja2
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from counterspin.settings import Settings
from reports import safe
from reports.review.desk import Desk
from reports.review.guard import Access
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


def of(request: Request) -> Review:
    """The review that this request belongs to."""
    review: Review = request.app.state.review
    return review


def wants_json(request: Request) -> bool:
    """Programs ask for JSON by the Accept header."""
    return "application/json" in request.headers.get("accept", "")


def environment() -> jinja2.Environment:
    """The templates of the app, strict and escaping, with the filters they use."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {"seen": seen, "short": short, "when": when, "marked": marked}
    return made


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
