"""Archive and journal are enough: the database can be lost."""

from __future__ import annotations

import pytest

from counterspin import to_dict
from counterspin.errors import InputError
from counterspin.model import Verdict
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import extract_all
from counterspin.pipeline.importing import import_files
from counterspin.pipeline.rebuilding import rebuild
from counterspin.store import Store, documents, flags, verdicts


def state(store: Store) -> tuple[object, ...]:
    said = store.rows("SELECT target_key,verdict,reviewer,note FROM verdict ORDER BY target_key,id")
    states = store.rows("SELECT fingerprint,state FROM flag WHERE machine_state<>'absent' ORDER BY 1")
    pages = [to_dict(document) for document in documents.current(store)]
    found = [to_dict(flag) for flag in flags.current(store)]
    return pages, found, [tuple(row) for row in said], [tuple(row) for row in states]


def test_flags_and_verdicts_are_the_same_from_archive_and_journal_alone(analysed, pages):
    with Store.open(analysed.database, durable=True) as store:
        first, second = (row[0] for row in store.rows("SELECT fingerprint FROM flag ORDER BY 1 LIMIT 2"))
        verdicts.add(store, Verdict("flag", first, "confirmed", "one", "2026-01-01T00:00:00Z", note="真的"))
        verdicts.add(store, Verdict("flag", second, "false_positive", "one", "2026-01-02T00:00:00Z"))
        # A second version of a page, so that a verdict has to follow an edited passage.
        page = pages / "a.html"
        page.write_text(page.read_text("utf-8").replace("一般建议3个月", "通常推荐3个月"), encoding="utf-8")
        import_files(store, analysed, [pages], base_url="http://advice.test/")
        extract_all(store, analysed)
        analyse_all(store, analysed)
        before = state(store)
    for ending in ("", "-wal", "-shm"):
        (analysed.database.parent / f"{analysed.database.name}{ending}").unlink(missing_ok=True)
    done = rebuild(analysed)
    assert (done.captures, done.documents, done.verdicts) == (3, 3, 2)
    with Store.open(analysed.database) as store:
        assert before == state(store)
        assert verdicts.verify(store).broken is None


def test_a_damaged_database_is_kept_beside_the_new_one(analysed):
    analysed.database.write_bytes(b"not a database at all")
    done = rebuild(analysed)
    assert done.old is not None
    assert done.old.read_bytes() == b"not a database at all"


def test_a_record_that_cannot_be_read_is_named_and_the_others_are_kept(analysed):
    file = next(analysed.warc.glob("*.warc.gz"))
    raw = file.read_bytes()
    file.write_bytes(raw[:-200])
    assert 2 >= rebuild(analysed).captures >= 1


def test_without_an_archive_there_is_nothing_to_rebuild_from(project):
    with pytest.raises(InputError, match="no WARC file"):
        rebuild(project)
