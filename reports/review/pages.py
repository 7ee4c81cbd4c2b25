"""The pages that only show. GET never writes."""

from __future__ import annotations

import uuid
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from counterspin.api import to_dict
from counterspin.model import CATEGORIES
from counterspin.store import browse, review
from counterspin.store import search as searching
from counterspin.store.review import Narrowing, Place, QueueRow
from reports.diff import Alignment, align
from reports.marks import role_of, stretches
from reports.review.context import of, wants_json
from reports.values import Mark

LOOK_AHEAD = 20  # rows of a queue searched for one that nobody else has on the screen


async def home(request: Request) -> Response:
    """Progress, and the queues."""
    here = of(request)
    numbers = await here.desk.read(review.counts)
    rows = [(category, _progress(numbers, category)) for category in CATEGORIES]
    seconds = await here.desk.read(
        review.wanting_second, here.settings.review.second_reviewer, here.reviewer_of(request)
    )
    stale = sum(n for (_, state), n in numbers.items() if state == "stale")
    return here.page(request, "home.html", rows=rows, total=_progress(numbers, ""), stale=stale, seconds=len(seconds))


def _progress(numbers: dict[tuple[str, str], int], category: str) -> dict[str, int]:
    mine = dict.fromkeys(("open", "stale", "confirmed", "false_positive", "unsure", "not_actionable"), 0)
    for (of_category, state), n in numbers.items():
        if category in ("", of_category):
            mine[state] += n
    mine["waiting"] = mine["open"] + mine["stale"]
    mine["all"] = sum(mine[s] for s in mine if s != "waiting")
    return mine


def narrowing_of(values: Any, category: str | None = None) -> Narrowing:
    """The part of the queue that query or form values name; unknown categories and states name all."""
    chosen = category if category is not None else values.get("category", "")
    state = values.get("state", "")
    return Narrowing(
        category=chosen if chosen in CATEGORIES else "",
        rule=values.get("rule", "")[:60],
        host=values.get("host", "")[:255],
        state=state if state in ("open", "stale", "confirmed", "false_positive", "unsure", "not_actionable") else "",
    )


async def queue(request: Request) -> Response:
    """One keyset page of a queue."""
    here = of(request)
    category = request.path_params["category"]
    if category == "second":
        wanted = here.settings.review.second_reviewer
        rows = await here.desk.read(review.wanting_second, wanted, here.reviewer_of(request))
        return here.page(request, "queue.html", rows=rows, narrowing=Narrowing(), category=category, more=None)
    if category not in ("all", *CATEGORIES):
        raise HTTPException(404)
    narrowing = narrowing_of(request.query_params, category)
    after = Place.parse(request.query_params.get("after", ""))
    rows = await here.desk.read(review.queue, narrowing, after=after, rows=review.PAGE_ROWS + 1)
    more = str(rows[review.PAGE_ROWS - 1].place) if len(rows) > review.PAGE_ROWS else None
    rows = rows[: review.PAGE_ROWS]
    if wants_json(request):
        return JSONResponse({"schema": "counterspin.queue/1", "rows": to_dict(rows), "after": more})
    return here.page(request, "queue.html", rows=rows, narrowing=narrowing, category=category, more=more)


async def flag(request: Request) -> Response:
    """A flag: why, the difference, both contexts, evidence, sources, history, neighbours."""
    here = of(request)
    view = await here.desk.read(review.flag, request.path_params["fingerprint"])
    if view is None:
        raise HTTPException(404)
    if wants_json(request):
        return JSONResponse({"schema": "counterspin.flag/1", **to_dict(view)})
    narrowing = narrowing_of(request.query_params)
    reviewer = here.reviewer_of(request)
    here.desk.take(view.fingerprint, reviewer, here.settings.review.lease_minutes)
    following = await here.desk.read(review.queue, narrowing, after=view.place, rows=LOOK_AHEAD)
    preceding = await here.desk.read(review.queue, narrowing, before=view.place, rows=1)
    known = {(s, t): ("new" if v is None else "known") for s, t, v in await here.desk.read(_swap_classes, view)}
    return here.page(
        request,
        "flag.html",
        flag=view,
        narrowing=narrowing,
        alignment=_alignment(view, known),
        marks=_marks(view),
        neighbours=await here.desk.read(review.neighbours, view),
        following=free(following, here, reviewer),
        preceding=preceding[0].fingerprint if preceding else None,
        nonce=uuid.uuid4().hex,
    )


def _swap_classes(connection: Any, view: review.FlagView) -> list[tuple[str, str, str | None]]:
    return [
        (row.source, row.target, row.verdict)
        for source, _ in view.swaps
        for row in browse.swap_rows(connection, only=source)
    ]


def _marks(view: review.FlagView) -> dict[str, tuple[Mark, ...]]:
    """The words that the evidence quotes, marked in the passage and in the one beside it."""

    def side(role: str, place: review.Side, swaps: tuple[tuple[str, str], ...]) -> tuple[Mark, ...]:
        quotes = [(one.text, "") for one in view.evidence if one.role == role and one.url == place.url]
        return stretches(place.text, quotes, swaps, role=role_of(view.rule))

    other = side("counterpart", view.counterpart, ()) if view.counterpart else ()
    return {"right": side("subject", view.subject, view.swaps), "left": other}


def _alignment(view: review.FlagView, known: dict[tuple[str, str], str]) -> Alignment | None:
    if view.counterpart is None or view.category == "contradictory":
        return None
    classes = {**dict.fromkeys(view.swaps, "new"), **known}
    both = classes | {(target, source): kind for (source, target), kind in classes.items()}
    return align(view.counterpart.text, view.subject.text, both)


def free(rows: tuple[QueueRow, ...], here: Any, reviewer: str) -> str | None:
    """The first flag that no other reviewer has on the screen, else the first."""
    untaken = [row for row in rows if not here.desk.is_taken(row.fingerprint, reviewer)]
    chosen = (untaken or list(rows))[:1]
    return chosen[0].fingerprint if chosen else None


async def clusters(request: Request) -> Response:
    """Clusters with open flags."""
    here = of(request)
    return here.page(request, "clusters.html", rows=await here.desk.read(browse.clusters))


async def cluster(request: Request) -> Response:
    """The members of a cluster against its medoid."""
    here = of(request)
    view = await here.desk.read(browse.cluster, request.path_params["key"])
    if view is None:
        raise HTTPException(404)
    shown = [(member, align(view.medoid, member.text, {})) for member in view.members[:12]]
    return here.page(request, "cluster.html", cluster=view, shown=shown, nonce=uuid.uuid4().hex)


async def sites(request: Request) -> Response:
    """Hosts by number of flags."""
    here = of(request)
    return here.page(request, "sites.html", rows=await here.desk.read(browse.sites))


async def site(request: Request) -> Response:
    """One host."""
    here = of(request)
    host = request.path_params["host"]
    view = await here.desk.read(browse.site, host)
    if view is None:
        raise HTTPException(404)
    return here.page(request, "site.html", site=view, rows=await here.desk.read(browse.flags_of_host, host))


async def dictionary(request: Request) -> Response:
    """The learnt dictionary, with confirm and reject."""
    here = of(request)
    only = request.query_params.get("q", "")[:60]
    rows = await here.desk.read(browse.swap_rows, only=only)
    return here.page(request, "dictionary.html", rows=rows, q=only)


async def questions(request: Request) -> Response:
    """Questions with rival answers."""
    here = of(request)
    return here.page(request, "questions.html", rows=await here.desk.read(browse.questions))


async def question(request: Request) -> Response:
    """The rival answers to one question, side by side."""
    here = of(request)
    key = request.path_params["key"]
    found = await here.desk.read(browse.question, key)
    if found is None:
        raise HTTPException(404)
    rows = await here.desk.read(browse.flags_of_question, key)
    return here.page(request, "question.html", question=found[0], answers=found[1], rows=rows)


async def search(request: Request) -> Response:
    """Passages that hold the words looked for."""
    here = of(request)
    words = request.query_params.get("q", "").strip()[:200]
    hits = await here.desk.do(searching.find, words, limit=100) if words else []
    return here.page(request, "search.html", q=words, hits=hits)


async def snapshot(request: Request) -> Response:
    """The text of one version of a page; never its markup."""
    here = of(request)
    view = await here.desk.read(browse.snapshot, request.path_params["document"])
    if view is None:
        raise HTTPException(404)
    return here.page(request, "snapshot.html", snapshot=view)
