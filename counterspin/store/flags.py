"""Flags in the database: each keeps its fingerprint over edits, crawls and analyses, and with it its verdicts."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b

from counterspin.identity import VERSION, fingerprint, letters
from counterspin.model import Counterpart, Evidence, Flag
from counterspin.store.connection import Store
from counterspin.store.standing import Standing, continued, standing
from counterspin.store.verdicts import restate
from counterspin.urls import url_key
from counterspin.wording import restored, stored

_HAS_VERDICT = "SELECT 1 FROM verdict WHERE target_type='flag' AND target_key=?"
_IS_KNOWN = "SELECT 1 FROM flag WHERE fingerprint=?"
MOST_PAGES = 2000  # whose passages are kept at hand
_DIGITS = "0123456789０１２３４５６７８９"


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a page's current document, to look up where a flag stands."""

    page: int
    document: int
    spans: tuple[tuple[int, int, int, tuple[int, ...]], ...]  # start, end, passage row, tracks (the main one first)

    def at(self, start: int | None) -> tuple[int | None, tuple[int, ...]]:
        """The passage that holds the code point ``start``, and its tracks."""
        if start is not None:
            for low, high, row, tracks in self.spans:
                if low <= start < high:
                    return row, tracks
        return None, ()


@dataclass(slots=True)
class Places:
    """Where URLs and offsets of an analysis stand in the database. Keeps the ``MOST_PAGES`` that it read last."""

    store: Store
    pages: dict[str, Passages | None] = field(default_factory=dict)
    keys: dict[int, str] = field(default_factory=dict)

    def of(self, url: str) -> Passages | None:
        """The current passages of the page at ``url``; ``None`` for a page that is not in the database."""
        if url not in self.pages:
            if len(self.pages) >= MOST_PAGES:
                self.pages.clear()
                self.keys.clear()
            self.pages[url] = self._read(url)
        return self.pages[url]

    def key_of(self, track: int) -> str:
        """The key that the passage had when it was first seen."""
        if track not in self.keys:
            self.keys[track] = self.store.value("SELECT track_key FROM track WHERE id=?", (track,))
        return self.keys[track]

    def _read(self, url: str) -> Passages | None:
        try:
            key = url_key(url)
        except ValueError:
            return None
        page = self.store.row("SELECT id,document_id FROM page WHERE url_key=?", (key,))
        if page is None or page["document_id"] is None:
            return None
        further: dict[int, list[int]] = {}
        for row in self.store.rows(
            "SELECT o.passage_id,o.track_id FROM passage_origin o JOIN passage a ON a.id=o.passage_id"
            " WHERE a.document_id=? ORDER BY o.track_id",
            (page["document_id"],),
        ):
            further.setdefault(row[0], []).append(row[1])
        rows = self.store.rows(
            'SELECT a.start,a."end",a.id,a.track_id,t.track_key FROM passage a JOIN track t ON t.id=a.track_id'
            " WHERE a.document_id=? ORDER BY a.ord",
            (page["document_id"],),
        )
        self.keys.update((row[3], row[4]) for row in rows)
        spans = tuple((row[0], row[1], row[2], (row[3], *further.get(row[2], ()))) for row in rows)
        return Passages(page["id"], page["document_id"], spans)


@dataclass(frozen=True, slots=True)
class Known:
    """What a run has to know of the last finished one: its number, its rules, and the newest document that it saw."""

    run: int = 0
    thresholds: Mapping[str, object] = field(default_factory=dict)
    newest_document: int = 0


def known(store: Store) -> Known:
    """What the last analysis that ended well leaves to the next one."""
    row = store.row(
        "SELECT id,thresholds_json,stats_json FROM run WHERE kind='analyse' AND status IN('ok','partial')"
        " ORDER BY id DESC LIMIT 1"
    )
    if row is None:
        return Known()
    newest = json.loads(row["stats_json"]).get("newest_document", 0)
    return Known(row["id"], json.loads(row["thresholds_json"]), newest)


@dataclass(frozen=True, slots=True)
class _Spot:
    """A flag, where it stands in the database, and the hash of its passages."""

    flag: Flag
    place: Passages
    passage: int | None
    track: int | None
    plain: str


def put_all(
    store: Store, flags: Sequence[Flag], *, run: int, places: Places, rules: Mapping[str, object], before: Known
) -> dict[str, int]:
    """Store what a run found and mark what it no longer finds; the number of flags by machine state.

    A flag goes ``absent`` only where its page's document was analysed, and a page whose fetch failed keeps its
    document: a failed fetch never makes a flag vanish. What a run that crashed had stored counts for this one.
    """
    saving = _Saving(store, run, places, rules, before)
    order, answering = _strongest_first(flags)
    # Contradictions under a new name last: by then the others have taken those that are theirs.
    fresh = {at for at in answering if not saving.knows(flags[at])}
    store.write((flags[at] for at in order if at not in fresh), saving.put)
    store.write((flags[at] for at in order if at in fresh), saving.put)
    saving.mark_absent()
    rows = store.rows("SELECT machine_state,count(*) FROM flag GROUP BY 1")
    return {row[0]: row[1] for row in rows}


def _strongest_first(flags: Iterable[Flag]) -> tuple[Sequence[int], Sequence[int]]:
    """The numbers of the flags by score, URL, place and id; and those of flags with answers.

    Where a passage was split, the strongest flag is the one that keeps the old fingerprint.
    """
    ids: list[bytes] = []
    scores, starts, urls = array("d"), array("Q"), array("I")
    names: dict[str, int] = {}
    answering = array("I")
    for at, flag in enumerate(flags):
        ids.append(bytes.fromhex(flag.id))
        scores.append(-flag.score)
        starts.append(flag.start or 0)
        urls.append(names.setdefault(flag.url, len(names)))
        if flag.answers:
            answering.append(at)
    rank = {names[name]: place for place, name in enumerate(sorted(names))}
    order = sorted(range(len(ids)), key=ids.__getitem__)
    for key in (starts.__getitem__, lambda at: rank[urls[at]], scores.__getitem__):  # a sort keeps the order before it
        order.sort(key=key)
    return array("I", order), answering


class _Saving:
    def __init__(self, store: Store, run: int, places: Places, rules: Mapping[str, object], before: Known) -> None:
        self.store, self.run, self.places, self.rules, self.before = store, run, places, rules, before
        self.taken: set[str] = set()
        crashed = store.value("SELECT 1 FROM flag_event WHERE run_id>? LIMIT 1", (before.run,))
        self.after_crash = crashed is not None

    def knows(self, flag: Flag) -> bool:
        """Whether a flag of one of these names is in the database."""
        place = self.places.of(flag.url)
        tracks = place.at(flag.start)[1] if place else ()
        return any(self.store.value(_IS_KNOWN, (name,)) for name in self._names(flag, tracks))

    def _names(self, flag: Flag, tracks: tuple[int, ...]) -> list[str]:
        return [
            fingerprint(flag.category, flag.rule, flag.url, self.places.key_of(track), flag.key) for track in tracks
        ]

    def put(self, connection: sqlite3.Connection, flag: Flag) -> None:
        place = self.places.of(flag.url)
        if place is None:
            return
        passage, tracks = place.at(flag.start)
        plain = evidence_hash(flag, self.rules.get(flag.rule))
        spot = _Spot(flag, place, passage, tracks[0] if tracks else None, plain)
        for identity in self._identities(connection, flag, tracks):
            self.taken.add(identity)
            self._put_one(connection, identity, spot)

    def _identities(self, connection: sqlite3.Connection, flag: Flag, tracks: tuple[int, ...]) -> list[str]:
        """The fingerprints that the flag goes by: those that old passages of it have already, else one of its own."""
        if not tracks or not flag.passage:
            return [] if flag.id in self.taken else [flag.id]
        names = self._names(flag, tracks)
        known = [name for name in names if name not in self.taken and connection.execute(_IS_KNOWN, (name,)).fetchone()]
        if flag.answers and not known:
            pages = {piece.url: there.page for piece in flag.evidence if (there := self.places.of(piece.url))}
            earlier = continued(connection, flag, pages, run=self.run)
            known = [name for name in earlier if name not in self.taken][:1]
        free = [name for name in (names[0], flag.id) if name not in self.taken]
        return known or free[:1]

    def _put_one(self, connection: sqlite3.Connection, identity: str, spot: _Spot) -> None:
        old = connection.execute("SELECT * FROM flag WHERE fingerprint=?", (identity,)).fetchone()
        now = standing(spot.flag, self.rules.get(spot.flag.rule), spot.plain, old)
        values = self._values(spot, now)
        if old is None:
            names = ("fingerprint", "fp_version", "machine_state", "first_run", *values)
            made = connection.execute(
                f"INSERT INTO flag({','.join(_quoted(names))}) VALUES({','.join('?' * len(names))})",
                (identity, VERSION, "new", self.run, *values.values()),
            )
            self._record(connection, int(made.lastrowid or 0), "new", spot, now.digest)
            if connection.execute(_HAS_VERDICT, (identity,)).fetchone():  # from a journal: older than the flag
                restate(connection, identity)
            return
        state = self._state(connection, old, now.digest)
        # Only what changed: an assignment makes SQLite write the indexes of its column anew, changed or not.
        values["machine_state"] = state
        changed = {name: value for name, value in values.items() if old[name] != value}
        assignments = ",".join(f"{name}=?" for name in _quoted(changed))
        connection.execute(f"UPDATE flag SET {assignments} WHERE id=?", (*changed.values(), old["id"]))
        if old["state"] == "stale" and "evidence_hash" in changed and not now.news:
            restate(connection, identity)
        if state == "returned" and old["state"] == "confirmed":
            connection.execute("UPDATE flag SET state='open' WHERE id=?", (old["id"],))
        if state != "unchanged":
            self._record(connection, old["id"], state, spot, now.digest)
        elif changed.keys() & {"text", "counterpart_text"}:
            self._write_evidence(connection, old["id"], spot.flag)  # another wording of what was judged

    def _state(self, connection: sqlite3.Connection, old: sqlite3.Row, digest: str) -> str:
        if old["first_run"] > self.before.run:
            return "new"
        earlier = self._event_of_crashed_run(connection, old["id"])
        if earlier in ("updated", "returned"):
            return earlier
        if old["machine_state"] == "absent" and earlier != "absent":
            return "returned"
        return "unchanged" if old["evidence_hash"] == digest else "updated"

    def _event_of_crashed_run(self, connection: sqlite3.Connection, flag_id: int) -> str | None:
        if not self.after_crash:
            return None
        row = connection.execute(
            "SELECT event FROM flag_event WHERE flag_id=? AND run_id>? ORDER BY run_id DESC LIMIT 1",
            (flag_id, self.before.run),
        ).fetchone()
        return str(row[0]) if row else None

    def _values(self, spot: _Spot, now: Standing) -> dict[str, object]:
        flag, reason = spot.flag, now.reason(spot.flag)
        other = flag.counterpart or Counterpart("", "", None, None)
        there = self.places.of(other.url) if other.url else None
        return {
            "category": flag.category, "rule": flag.rule, "flag_key": flag.key, "page_id": spot.place.page,
            "passage_id": spot.passage, "track_id": spot.track, "text": flag.passage, "start": flag.start,
            "end": flag.end, "score": flag.score, "severity": flag.severity, "reason": str(reason),
            "reason_json": stored(reason), "answers_json": json.dumps(now.seen, ensure_ascii=False),
            "swaps_json": json.dumps(flag.swaps, ensure_ascii=False),
            "counterpart_page_id": there.page if there else None,
            "counterpart_url": other.url or None, "counterpart_text": other.passage or None,
            "counterpart_start": other.start, "counterpart_end": other.end,
            "last_run": self.run, "absent_run": None, "evidence_hash": now.digest,
        }  # fmt: skip

    def _record(self, connection: sqlite3.Connection, flag_id: int, event: str, spot: _Spot, digest: str) -> None:
        cause = self._cause(spot.flag.rule, spot.place.document)
        connection.execute(
            "INSERT OR IGNORE INTO flag_event(flag_id,run_id,event,cause,score,evidence_hash) VALUES(?,?,?,?,?,?)",
            (flag_id, self.run, event, cause, spot.flag.score, digest),
        )
        self._write_evidence(connection, flag_id, spot.flag)

    def _write_evidence(self, connection: sqlite3.Connection, flag_id: int, flag: Flag) -> None:
        for order, piece in enumerate(flag.evidence):
            there = self.places.of(piece.url)
            passage = there.at(piece.start)[0] if there else None
            connection.execute(
                'INSERT OR IGNORE INTO evidence(flag_id,run_id,ord,role,page_id,passage_id,url,start,"end",text,note,'
                "note_json) VALUES(?,?,?,?,?,?,?,?,?,?,?,?)",
                (flag_id, self.run, order, piece.role, there.page if there else None, passage, piece.url,
                 piece.start, piece.end, piece.text, str(piece.note), stored(piece.note)),
            )  # fmt: skip

    def _cause(self, rule: str, document: int) -> str:
        if document > self.before.newest_document:
            return "content"
        return "corpus" if self.before.thresholds.get(rule) == self.rules.get(rule) else "rules"

    def mark_absent(self) -> None:
        """Flags of analysed pages that this run did not find again."""
        gone = self.store.rows(
            "SELECT f.id,f.rule,p.document_id FROM flag f JOIN page p ON p.id=f.page_id"
            " WHERE f.last_run<>? AND f.machine_state<>'absent' AND p.document_id IS NOT NULL",
            (self.run,),
        )
        self.store.write(gone, self._mark)

    def _mark(self, connection: sqlite3.Connection, row: sqlite3.Row) -> None:
        connection.execute("UPDATE flag SET machine_state='absent',absent_run=? WHERE id=?", (self.run, row["id"]))
        connection.execute(
            "INSERT OR IGNORE INTO flag_event(flag_id,run_id,event,cause) VALUES(?,?,'absent',?)",
            (row["id"], self.run, self._cause(row["rule"], row["document_id"])),
        )


def evidence_hash(flag: Flag, rule: object) -> str:
    """24 hex digits for what a reviewer judged: the passage, its main counterpart, and the rule's version.

    Space and punctuation do not count; digits count in contradictions only, where they are the point, and not
    elsewhere, where they are mostly dates.
    """
    texts = [flag.passage, flag.counterpart.passage if flag.counterpart else ""]
    if not flag.passage:
        texts += sorted(piece.text for piece in flag.evidence)
    version = rule.get("version") if isinstance(rule, Mapping) else rule
    kept = [letters(text) for text in texts]
    if flag.category == "contradictory":
        kept += ["".join(sign for sign in text if sign in _DIGITS) for text in texts]
    whole = "\x1f".join((flag.rule, str(version), *kept))
    return blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def current(store: Store) -> Iterator[Flag]:
    """Every flag that the last analysis found, with its evidence, by URL, place, rule and fingerprint."""
    rows = store.rows(
        "SELECT f.*,p.url FROM flag f JOIN page p ON p.id=f.page_id WHERE f.machine_state<>'absent'"
        " ORDER BY p.url,coalesce(f.start,0),f.rule,f.fingerprint"
    )
    for row in rows:
        yield _flag(store, row)


def _flag(store: Store, row: sqlite3.Row) -> Flag:
    pieces = store.rows(
        'SELECT role,url,start,"end",text,note,note_json FROM evidence WHERE flag_id=? AND run_id='
        "(SELECT max(run_id) FROM evidence WHERE flag_id=?) ORDER BY ord",
        (row["id"], row["id"]),
    )
    other = None
    if row["counterpart_url"]:
        other = Counterpart(
            row["counterpart_url"], row["counterpart_text"] or "", row["counterpart_start"], row["counterpart_end"]
        )
    return Flag(
        id=row["fingerprint"], category=row["category"], rule=row["rule"], url=row["url"], passage=row["text"],
        start=row["start"], end=row["end"], score=row["score"], reason=restored(row["reason"], row["reason_json"]),
        evidence=tuple(Evidence(*(*piece[:5], restored(*piece[5:]))) for piece in pieces), counterpart=other,
        swaps=tuple((pair[0], pair[1]) for pair in json.loads(row["swaps_json"])), severity=row["severity"],
        key=row["flag_key"],
    )  # fmt: skip


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]
