"""A kill between two steps that belong together: the same work again ends as if nothing had happened."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

import pytest
from crash_points import Point, killed

from counterspin import to_dict
from counterspin.configuration import Configuration, load
from counterspin.model import Verdict
from counterspin.pipeline.analysing import analyse_all
from counterspin.pipeline.extracting import extract_all
from counterspin.pipeline.importing import import_files
from counterspin.pipeline.purging import Wish, purge
from counterspin.pipeline.rebuilding import rebuild
from counterspin.pipeline.reporting import report
from counterspin.store import Store, documents, flags, verdicts
from counterspin.store.backup import backup, problems
from tests.unit.pipeline.conftest import SETTINGS, write_pages

pytestmark = pytest.mark.slow
FORMATS = ("html", "json", "md", "csv", "xlsx", "sarif", "gexf")
AT = "2026-01-01T00:00:00Z"
PURGED = Wish(urls=("http://advice.test/b.html",))


def stages(project: Configuration) -> None:
    with Store.open(project.database) as store:
        import_files(store, project, [project.folder / "pages"], base_url="http://advice.test/")
        extract_all(store, project)
        analyse_all(store, project)


def judge(project: Configuration, nonce: str = "n") -> None:
    with Store.open(project.database, durable=True) as store:
        verdicts.mend_journal(store)
        flag = store.value("SELECT fingerprint FROM flag ORDER BY 1")
        verdicts.add(store, Verdict("flag", flag, "confirmed", "one", AT, nonce=nonce))


def copy_of(project: Configuration) -> None:
    place = project.folder / "backups/copy.db"
    place.unlink(missing_ok=True)
    with Store.open(project.database, readonly=True) as store:
        backup(store, place)


def written(project: Configuration) -> None:
    with Store.open(project.database, readonly=True) as store:
        report(store, project, formats=FORMATS)


def without_a_page(project: Configuration) -> None:
    with Store.open(project.database) as store:
        purge(store, project, PURGED)


POINTS = {
    stages: (
        Point("an archive record is whole, its row is not", "counterspin.store.pages:put_capture"),
        Point("a capture is stored", "counterspin.store.pages:put_fetch", after=True),
        Point("a document is read, not stored", "counterspin.store.documents:put", call=2),
        Point("all documents are stored, the extraction is not closed", "counterspin.store.documents:settle"),
        Point("flags are found, none is stored", "counterspin.store.flags:put_all"),
        Point("flags are stored, swaps are not", "counterspin.store.flags:put_all", after=True),
        Point("questions are stored, numbers are not", "counterspin.store.runs:put_numbers"),
        Point("all is stored, the run is not closed", "counterspin.store.runs:finish", call=3),
    ),
    judge: (
        Point("a verdict is stored, its journal line is not", "counterspin.store.verdicts:_journal"),
        Point("a journal line is written, nobody was told", "counterspin.store.verdicts:_journal", after=True),
    ),
    written: (
        Point("the first file is whole, not in its place", "pathlib:Path.replace"),
        Point("the last file is whole, not in its place", "pathlib:Path.replace", call=11),
    ),
    copy_of: (
        Point("a backup is whole, not in its place", "pathlib:Path.rename"),
        Point("a backup is copied, not checked", "counterspin.store.backup:_refuse_unsound"),
    ),
    rebuild: (
        Point("the new database is whole, the old one in its place", "counterspin.pipeline.rebuilding:_swap_in"),
        Point("the old database is moved away, the new one not in its place", "pathlib:Path.rename", after=True),
        Point("the archive is read, nothing extracted", "counterspin.pipeline.rebuilding:extract_all"),
    ),
    without_a_page: (
        Point("the archive is written anew, nobody points at it", "counterspin.store.purging:move_captures"),
        Point("the database points at it, pages stand", "counterspin.store.purging:move_captures", after=True),
        Point("a page is removed, mentions are not", "counterspin.store.purging:tidy"),
        Point("the database is clean, the file is not", "counterspin.store.purging:compact"),
        Point("the database is clean, reports are not", "counterspin.pipeline.purging:_clean_files"),
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose stages have ended, with a verdict and a report."""
    folder = tmp_path_factory.mktemp("finished")
    (folder / "counterspin.toml").write_text(SETTINGS, encoding="utf-8")
    write_pages(folder / "pages")
    project = load(folder, environment={})
    for work in (stages, judge, written):
        work(project)
    return folder


def outcome(project: Configuration) -> tuple[object, ...]:
    """What a project holds, whatever the times and places at which it came to hold it."""
    with Store.open(project.database, readonly=True) as store:
        assert problems(store) == []
        assert verdicts.verify(store).broken is None
        assert store.value("SELECT count(*) FROM run WHERE status='running' AND kind<>'rebuild'") == 0
        journal = verdicts.journal_path(store)
        lines = journal.read_text("utf-8").splitlines() if journal.exists() else []
        said = [tuple(row) for row in store.rows("SELECT nonce,verdict FROM verdict ORDER BY nonce")]
        assert len(lines) == len(said)
        return (
            [to_dict(document) for document in documents.current(store)],
            [to_dict(flag) for flag in flags.current(store)],
            said,
            store.value("SELECT count(*) FROM capture"),
            sorted(path.name for path in project.reports.rglob("*") if path.is_file()),
        )


def project_in(folder: Path, finished: Path, *, fresh: bool) -> Configuration:
    """A copy of the finished project; a ``fresh`` one has its pages only."""
    shutil.copytree(finished, folder, ignore=shutil.ignore_patterns("data", "reports") if fresh else None)
    return load(folder, environment={})


@pytest.fixture(scope="module")
def unharmed(tmp_path_factory, finished):
    """What a project holds after work that nobody killed; each done once."""

    @cache
    def after(work):
        project = project_in(tmp_path_factory.mktemp("unharmed") / "project", finished, fresh=work is stages)
        work(project)
        return outcome(project)

    return after


@pytest.mark.parametrize(
    ("work", "point"),
    [(work, point) for work, points in POINTS.items() for point in points],
    ids=lambda value: value.said if isinstance(value, Point) else value.__name__,
)
def test_a_kill_between_two_steps_costs_nothing(tmp_path, finished, unharmed, work, point):
    project = project_in(tmp_path / "killed", finished, fresh=work is stages)
    assert killed(lambda: work(project), point), "the point was never reached"
    work(project)
    assert unharmed(work) == outcome(project)


@pytest.mark.parametrize("call", range(1, 10))
def test_no_half_report_stands_under_its_name(tmp_path, finished, call):
    project = project_in(tmp_path / "killed", finished, fresh=False)
    whole = {path.name: path.stat().st_size for path in project.reports.rglob("*") if path.is_file()}
    shutil.rmtree(project.reports)
    assert killed(lambda: written(project), Point("", "pathlib:Path.replace", call=call))
    for path in project.reports.rglob("*"):
        assert path.is_dir() or path.suffix == ".part" or path.stat().st_size >= 0.9 * whole[path.name]


def test_a_journal_line_that_a_full_disk_cut_is_written_again(tmp_path, finished):
    project = project_in(tmp_path / "cut", finished, fresh=False)
    journal = Path(f"{project.database}.verdicts.jsonl")
    whole = journal.read_bytes()
    journal.write_bytes(whole[:-20])
    with Store.open(project.database, durable=True) as store:
        assert verdicts.mend_journal(store) == 1
        assert verdicts.mend_journal(store) == 0
    assert whole == journal.read_bytes()
