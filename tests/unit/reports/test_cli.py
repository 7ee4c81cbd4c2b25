"""``report``, ``export`` and ``query`` as a user calls them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from counterspin.cli.export import command as export
from counterspin.cli.query import command as query
from counterspin.cli.report import command as report
from counterspin.errors import CounterspinError, GateError, UsageError
from reports import datasette, pdf


@pytest.fixture
def project(store, tmp_path_factory):
    """A project folder with the sample as its database."""
    folder = tmp_path_factory.mktemp("project")
    (folder / "data").mkdir()
    store.connection.execute("VACUUM INTO ?", (str(folder / "data" / "counterspin.db"),))
    (folder / "counterspin.toml").write_text('[project]\nname = "Deposits"\nlocale = "en"\n', encoding="utf-8")
    return folder


def call(command, *arguments):
    return CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)


def fails(command, *arguments) -> CounterspinError:
    with pytest.raises(CounterspinError) as caught:
        CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)
    return caught.value


def test_a_report_goes_to_the_folder_of_its_run(project):
    result = call(report, "--project", project)
    assert result.exit_code == 0
    assert [Path(line).relative_to(project).as_posix() for line in result.stdout.split()] == [
        "reports/3/index.html", "reports/3/report.json", "reports/3/report.md",
    ]  # fmt: skip


def test_every_format_without_a_browser_can_be_written(project, tmp_path):
    result = call(
        report, "--project", project, "--out", tmp_path, "--format", "html,json,md,csv,xlsx,sarif,gexf", "--excel"
    )
    assert result.exit_code == 0
    names = {path.name for path in tmp_path.iterdir()}
    assert names >= {
        "index.html",
        "report.json",
        "report.md",
        "flags.csv",
        "answers.csv",
        "report.xlsx",
        "flags.sarif",
        "links.gexf",
    }
    assert not any(name.endswith(".part") for name in names)
    assert (tmp_path / "flags.csv").read_bytes()[:3] == b"\xef\xbb\xbf"


def test_two_reports_of_one_database_differ_in_times_only(project, tmp_path):
    texts = []
    for name in ("a", "b"):
        call(report, "--project", project, "--out", tmp_path / name, "--format", "json")
        values = json.loads((tmp_path / name / "report.json").read_text(encoding="utf-8"))
        values.pop("made_at")
        texts.append(json.dumps(values))
    assert texts[0] == texts[1]


def test_an_unknown_format_is_refused_before_anything_is_written(project, tmp_path):
    error = fails(report, "--project", project, "--out", tmp_path / "new", "--format", "docx")
    assert "docx" in str(error)
    assert not (tmp_path / "new").exists()


def test_a_report_is_cut_to_its_size_and_says_so(project, tmp_path):
    result = call(
        report, "--project", project, "--out", tmp_path, "--format", "html", "--set", "report.max_html=100000"
    )
    assert result.exit_code == 0
    assert (tmp_path / "index.html").stat().st_size <= 100_000


def test_a_gate_that_fails_ends_with_its_own_exit_code(project, tmp_path):
    error = fails(report, "--project", project, "--out", tmp_path, "--fail-on", "new>0", "--fail-on", "flags>999")
    assert isinstance(error, GateError)
    assert error.exit_code == 3
    assert str(error) == "the gate failed: new>0 (it is 1)"
    assert (tmp_path / "index.html").is_file()


def test_a_gate_that_holds_lets_the_run_pass(project, tmp_path):
    assert call(report, "--project", project, "--out", tmp_path, "--fail-on", "new_confirmed>0").exit_code == 0


def test_a_report_for_programs_is_one_object(project, tmp_path):
    found = json.loads(call(report, "--project", project, "--out", tmp_path, "--json").stdout)
    assert found["schema"] == "counterspin.report-files/1"
    assert len(found["files"]) == 3


@pytest.mark.parametrize(
    "form",
    [
        "ublacklist",
        "content-farm-terminator",
        "hosts",
        "adblock",
        "passages",
        "gexf",
        "sarif",
        "label-studio",
        "argilla",
        "doccano",
    ],
)
def test_every_export_can_be_written_to_a_file(project, tmp_path, form):
    result = call(export, form, "--project", project, "-o", tmp_path / "deep" / "out.txt")
    assert result.exit_code == 0
    assert (tmp_path / "deep" / "out.txt").stat().st_size > 50
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["out.txt"]


def test_an_empty_block_list_says_what_to_do(project):
    result = call(export, "ublacklist", "--project", project)
    assert "counterspin review" in result.stderr
    assert "Entries: 0" in result.stdout


def test_an_unknown_category_is_refused(project):
    assert "no such category" in str(fails(export, "passages", "--project", project, "--category", "bad"))


def test_a_query_answers_as_table_csv_and_json(project):
    assert "deposit" not in call(query, "q11", "--project", project).stdout
    assert call(query, "q11", "--project", project).stdout.splitlines()[0].split() == ["category", "state", "flags"]
    assert call(query, "q11", "--project", project, "--csv").stdout.splitlines()[0] == '"category","state","flags"'
    found = json.loads(call(query, "q11", "--project", project, "--json").stdout)
    assert {"category": "spun", "state": "open", "flags": 2} in found["rows"]


def test_queries_are_listed_with_what_they_answer(project):
    lines = call(query, "--project", project).stdout.splitlines()
    assert len(lines) == 24
    assert lines[3].split(None, 1) == ["q04_site_scorecard", "Which site has most spun pages?"]


def test_formats_of_an_answer_exclude_each_other(project):
    assert isinstance(fails(query, "q11", "--project", project, "--csv", "--json"), UsageError)


@pytest.mark.parametrize("param", ["", "x", "=1", "a b=1"])
def test_a_parameter_needs_a_name_and_a_value(project, param):
    assert "name=value" in str(fails(query, "SELECT 1", "--project", project, "-p", param))


def test_a_project_without_database_gets_one_line(tmp_path):
    (tmp_path / "counterspin.toml").write_text("", encoding="utf-8")
    for command, arguments in ((report, ()), (query, ("q01",)), (export, ("gexf",))):
        error = fails(command, *arguments, "--project", tmp_path)
        assert "\n" not in str(error)
        assert error.exit_code in (2, 6, 8)


def test_a_file_that_is_no_database_is_refused(project):
    (project / "data" / "counterspin.db").write_bytes(b"not a database" * 100)
    assert fails(report, "--project", project).exit_code == 8


def test_datasette_gets_queries_facets_and_the_address_of_the_review(tmp_path):
    found = datasette.metadata(tmp_path / "counterspin.db", 9999)
    database = found["databases"]["counterspin"]
    assert database["queries"]["site_scorecard"]["sql"] == "SELECT * FROM q04_site_scorecard"
    assert "category" in database["tables"]["flag"]["facets"]
    assert found["plugins"]["counterspin"]["review"] == "http://127.0.0.1:9999"


def test_datasette_is_told_its_settings_the_way_its_version_wants_them(tmp_path):
    old = datasette.command(tmp_path / "a.db", tmp_path / "s.json", 8001, "datasette", "0.65.2")
    new = datasette.command(tmp_path / "a.db", tmp_path / "s.json", 8001, "datasette", "1.0a41")
    assert "--config" not in old
    assert new[new.index("--config") + 1] == str(tmp_path / "s.json")
    assert "127.0.0.1" in old


def test_a_facet_is_a_column_that_exists(store):
    for name, columns in datasette._FACETS.items():
        known = {row["name"] for row in store.rows(f"PRAGMA table_info({name})")}
        assert set(columns) <= known, name


def test_without_a_browser_pdf_says_what_is_missing(project, tmp_path, monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert "Chromium" in str(fails(report, "--project", project, "--out", tmp_path, "--format", "pdf"))
    both = call(report, "--project", project, "--out", tmp_path, "--format", "html,pdf")
    assert both.exit_code == 0
    assert "Chromium" in both.stderr


@pytest.mark.browser
@pytest.mark.skipif(pdf.browser() is None, reason="no Chromium is installed: PDF is not measured")
def test_a_pdf_holds_the_report(project, tmp_path):
    call(report, "--project", project, "--out", tmp_path, "--format", "pdf")
    data = (tmp_path / "report.pdf").read_bytes()
    assert data.startswith(b"%PDF-")
    assert data.count(b"/Type /Page\n") + data.count(b"/Type /Page ") + data.count(b"/Type /Page/") > 1
