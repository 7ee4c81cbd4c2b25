"""The requests that write: one press, one verdict, committed before the answer is sent."""

from __future__ import annotations

import uuid
from datetime import datetime, timezone
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from counterspin.errors import UsageError
from counterspin.model import Verdict
from counterspin.store import browse, review, verdicts
from reports.review.context import LOCALE, REVIEWER, of, wants_json
from reports.review.pages import LOOK_AHEAD, free, narrowing_of


async def _form(request: Request) -> dict[str, str]:
    """The fields of a form or a JSON object; texts only."""
    if request.headers.get("content-type", "").startswith("application/json"):
        try:
            body = await request.json()
        except ValueError:
            raise UsageError("the body is no JSON; nothing was stored") from None
        return {str(k): str(v) for k, v in body.items()} if isinstance(body, dict) else {}
    raw = (await request.body()).decode("utf-8", "replace")
    return dict(parse_qsl(raw, keep_blank_values=True, max_num_fields=100))


def _now() -> str:
    return datetime.now(timezone.utc).isoformat(timespec="seconds")


async def judge_flag(request: Request) -> Response:
    """Store one verdict and go on to the next flag of the queue; 409 when the evidence moved meanwhile."""
    here, form = of(request), await _form(request)
    fingerprint = request.path_params["fingerprint"]
    view = await here.desk.read(review.flag, fingerprint)
    verdict = Verdict(
        "flag", fingerprint, form.get("verdict", ""), here.reviewer_of(request), _now(),
        reason=form.get("reason") or None, note=form.get("note") or None,
        evidence_hash=form.get("evidence_hash") or None, nonce=form.get("nonce") or None,
    )  # fmt: skip
    await here.desk.do(verdicts.add, verdict)
    narrowing = narrowing_of(form)
    if view is None or wants_json(request):
        return JSONResponse({"stored": fingerprint})
    rows = await here.desk.read(review.queue, narrowing, after=view.place, rows=LOOK_AHEAD)
    rows = rows or await here.desk.read(review.queue, narrowing, rows=LOOK_AHEAD)
    following = free(rows, here, here.reviewer_of(request))
    words = {k: v for k, v in form.items() if k in ("category", "rule", "host", "state") and v}
    tail = f"?{urlencode(words)}" if words else ""
    target = f"/f/{following}{tail}" if following else f"/q/{narrowing.category or 'all'}"
    return RedirectResponse(target, status_code=303)


async def judge_cluster(request: Request) -> Response:
    """One verdict for all open flags of a cluster, as one batch that one undo takes back."""
    here, form = of(request), await _form(request)
    key = request.path_params["key"]
    view = await here.desk.read(browse.cluster, key)
    if view is None:
        raise HTTPException(404)
    if form.get("sure") != "yes":
        raise UsageError("tick the box that says you looked at the sample; nothing was stored")
    batch, nonce = uuid.uuid4().hex, form.get("nonce") or uuid.uuid4().hex
    common: dict[str, Any] = {"reviewer": here.reviewer_of(request), "at": _now(), "batch_id": batch}
    said, note = form.get("verdict", ""), form.get("note") or None
    rows = [Verdict("cluster", key, said, note=note, nonce=nonce, **common)]
    rows += [
        Verdict("flag", fingerprint, said, note=note, evidence_hash=evidence, nonce=f"{nonce}-{number}", **common)
        for number, (fingerprint, evidence) in enumerate(view.flags)
    ]
    await here.desk.do(verdicts.add_all, rows)
    return RedirectResponse(f"/c/{quote(key)}", status_code=303)


async def judge_swap(request: Request) -> Response:
    """Confirm or reject an entry of the learnt dictionary; the next analysis obeys."""
    here, form = of(request), await _form(request)
    verdict = Verdict(
        "swap", form.get("key", ""), form.get("verdict", ""), here.reviewer_of(request), _now(), nonce=form.get("nonce")
    )
    await here.desk.do(verdicts.add, verdict)
    return RedirectResponse("/d", status_code=303)


async def undo(request: Request) -> Response:
    """Withdraw the reviewer's last verdict (or batch) and show its flag again."""
    here = of(request)
    keys = await here.desk.do(verdicts.undo, here.reviewer_of(request), _now())
    flags = [key for key in keys if await here.desk.read(review.flag, key) is not None]
    if wants_json(request):
        return JSONResponse({"withdrawn": keys})
    return RedirectResponse(f"/f/{flags[0]}" if flags else "/", status_code=303)


async def name_reviewer(request: Request) -> Response:
    """Remember the reviewer's name and language in this browser."""
    form = await _form(request)
    answer = RedirectResponse("/", status_code=303)
    name = " ".join(form.get("reviewer", "").split())[:80]
    if name:
        answer.set_cookie(REVIEWER, quote(name), httponly=True, samesite="strict")
    if form.get("locale"):
        answer.set_cookie(LOCALE, quote(form["locale"]), httponly=True, samesite="strict")
    return answer
