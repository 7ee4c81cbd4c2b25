"""Which flag of an earlier run a contradiction continues, and what of it a reviewer has not seen yet.

A conflict is one question with its rival answers, whichever pages show it best at the moment. So it keeps its
fingerprint as long as a sentence of each of two sides stays, and a verdict on it stands until another answer appears.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import blake2b

from counterspin.identity import letters
from counterspin.model import Flag
from counterspin.wording import Wording

MIN_DICE = 0.6  # Dice coefficient of character pairs of two sentences that are one, as in tracking.py, 0 to 1
_CANDIDATES = 200  # flags on the same pages that are looked at, those with a verdict first
_NEWS = Wording(en="{reason} (new since the verdict: {answers})", zh="{reason}（审核之后新出现：{answers}）")
_DECIDED = ("confirmed", "false_positive", "unsure", "not_actionable")

Piece = tuple[str, int, str]  # side, page, letters of the sentence


@dataclass(frozen=True, slots=True)
class Standing:
    """What a reviewer has before him: ``digest`` of it, ``seen`` answers, and the ``news`` among those of now."""

    digest: str
    seen: tuple[str, ...]
    news: tuple[str, ...] = ()

    def reason(self, flag: Flag) -> str:
        """The flag's reason, with the answers that came after the verdict."""
        return _NEWS(reason=flag.reason, answers=self.news) if self.news else flag.reason


def standing(flag: Flag, rule: object, plain: str, old: Mapping[str, object] | None) -> Standing:
    """What stands for ``flag``, of which ``old`` is the row of the run before.

    ``plain`` is the hash of passages and rule, which serves flags without rival answers, and rows from before answers
    were kept.
    """
    if not flag.answers:
        return Standing(plain, ())
    version = rule.get("version") if isinstance(rule, Mapping) else rule
    now = {**dict(flag.answers), f"{flag.rule} {version}": ""}
    if old is None:
        return Standing(_digest(now), tuple(sorted(now)))
    known = str(old["evidence_hash"])
    seen = set(json.loads(str(old["answers_json"])))
    every = tuple(sorted(seen | now.keys()))
    if now.keys() <= seen:  # what made it stale has gone again: back to what the verdict was about
        return Standing(_digest(seen) if old["state"] == "stale" else known, every)
    if not seen and known == plain:
        return Standing(known, every)
    if old["state"] == "open" or (old["state"] in _DECIDED and known == _digest(every)):
        return Standing(_digest(every), every)
    return Standing(_digest(every), tuple(sorted(seen)), tuple(now[key] for key in now.keys() - seen if now[key]))


def continued(connection: sqlite3.Connection, flag: Flag, pages: Mapping[str, int], *, run: int) -> list[str]:
    """The fingerprints of earlier flags of the same rule that hold a sentence of each of two sides of ``flag``."""
    mine = _pieces((piece.role, pages.get(piece.url), piece.text) for piece in flag.evidence)
    here = json.dumps(sorted({page for _, page, _ in mine}))
    rows = connection.execute(
        "SELECT id,fingerprint,flag_key FROM flag WHERE rule=?1 AND first_run<?2 AND (page_id IN"
        " (SELECT value FROM json_each(?3)) OR counterpart_page_id IN (SELECT value FROM json_each(?3)))"
        " ORDER BY n_verdicts DESC,id LIMIT ?4",
        (flag.rule, run, here, _CANDIDATES),
    ).fetchall()
    return [name for number, name, key in rows if _is_one(mine, _stored(connection, number), same=key == flag.key)]


def _stored(connection: sqlite3.Connection, number: int) -> list[Piece]:
    rows = connection.execute(
        "SELECT role,page_id,text FROM evidence WHERE flag_id=?1"
        " AND run_id=(SELECT max(run_id) FROM evidence WHERE flag_id=?1)",
        (number,),
    )
    return _pieces((role, page, text) for role, page, text in rows)


def _pieces(rows: Iterable[tuple[str, int | None, str]]) -> list[Piece]:
    return [
        (role, page, letters(text))
        for role, page, text in rows
        if page is not None and role in ("subject", "counterpart")
    ]


def _is_one(mine: list[Piece], other: list[Piece], *, same: bool) -> bool:
    """Whether a sentence of each side of one stands on different sides of the other; one will do for the same key."""
    met = {(left[0], right[0]) for left in mine for right in other if left[1] == right[1] and _alike(left[2], right[2])}
    if same and met:
        return True
    return {("subject", "subject"), ("counterpart", "counterpart")} <= met or {
        ("subject", "counterpart"),
        ("counterpart", "subject"),
    } <= met


def _alike(left: str, right: str) -> bool:
    if left == right:
        return True
    one, two = (frozenset(text[at : at + 2] for at in range(len(text) - 1)) for text in (left, right))
    return bool(one and two) and 2 * len(one & two) >= MIN_DICE * (len(one) + len(two))


def _digest(keys: Iterable[str]) -> str:
    return blake2b("\x1f".join(sorted(keys)).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()
