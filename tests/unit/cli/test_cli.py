"""The command line: one line for every error, the right exit code, and nothing heavy for `--version`."""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import socket
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import click
import pytest

from counterspin import __version__, cli
from counterspin.cli import _group
from crawler.answer import Tally
from crawler.run import CrawlOutcome

PAGE = """<html lang="zh"><head><meta charset="utf-8"><title>净水器滤芯多久换一次</title></head>
<body><h1>净水器滤芯多久换一次</h1>
<p>PP棉滤芯一般建议3个月更换一次,水质较差的地区可以适当提前。更换前请先关闭进水阀,再放掉管路中的余压。</p>
<p>反渗透膜的寿命较长,一般可以使用两到三年,可以通过 、检测笔等方式判断是否需要更换。</p></body></html>"""


def run(*words: object, folder: Path, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """The command as a user runs it in ``folder``, in this process, which is ten times faster than one of its own."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    code: object = 0
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["counterspin", *map(str, words)])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), "utf-8"))
        try:
            cli.main()
        except SystemExit as stop:
            code = stop.code
    texts = []
    for stream in (out, err):
        stream.flush()
        texts.append(stream.buffer.getvalue().decode())
    return subprocess.CompletedProcess(words, code, *texts)


@pytest.fixture
def here(tmp_path: Path, monkeypatch) -> Path:
    """A folder with a page and a project."""
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert run("init", "p", "--contact", "me@example.test", folder=tmp_path).returncode == 0
    return tmp_path


def one_line(done: subprocess.CompletedProcess[str], code: int, *said: str) -> None:
    assert code == done.returncode, done.stderr
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 1, done.stderr
    for text in said:
        assert text in lines[0]
    assert lines[0].startswith("counterspin: ")


def test_every_command_is_found_by_its_file_and_has_help():
    context = click.Context(_group.group)
    for name in _group.group.list_commands(context):
        command = _group.group.get_command(context, name)
        assert command is not None
        assert name == command.name
        assert command.get_short_help_str()


def test_lists_of_commands_say_what_each_does_in_whole_sentences(tmp_path):
    for words in ((), ("db",), ("verdict",), ("schedule",)):
        said = run(*words, "--help", folder=tmp_path).stdout
        assert not [line for line in said.splitlines() if line.endswith("...") and not line.startswith("Usage")]


def test_a_seed_that_may_not_be_asked_is_named(tmp_path):
    run("init", "p", "--contact", "me@example.org", folder=tmp_path)
    done = run("crawl", "http://127.0.0.1:8080/", folder=tmp_path / "p")
    one_line(done, 2, "http://127.0.0.1:8080/", "forbidden_address", "crawl.allow_private")


def test_an_option_before_the_command_is_told_its_place(tmp_path):
    one_line(run("--project", "p", "run", folder=tmp_path), 2, "'--project'", "behind the command")


def test_a_purge_that_nobody_confirms_takes_nothing_away(here):
    run("init", "p", folder=here)
    run("import", "page.html", "--project", "p", folder=here)
    asked = run("purge", "--older-than", "0d", "--project", "p", folder=here)
    assert asked.returncode == 2
    assert asked.stderr.splitlines()[-1].startswith("counterspin: nothing was purged; --yes purges without a question")
    assert "1" in run("query", "SELECT count(*) FROM page", "--project", "p", folder=here).stdout


def test_a_verdict_on_a_flag_that_is_not_there_is_wrong_usage(tmp_path):
    run("init", "p", folder=tmp_path)
    one_line(run("verdict", "add", "abc", "confirmed", folder=tmp_path / "p"), 2, "flag abc is not in this database")


def test_the_version_imports_nothing_heavy():
    code = (
        "import sys; sys.argv = ['counterspin', '--version']\n"
        "from counterspin.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print(sorted({name.split('.')[0] for name in sys.modules}))"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()
    assert f"counterspin {__version__}" == out[0]
    heavy = {
        "scrapy",
        "twisted",
        "rjieba",
        "trafilatura",
        "lxml",
        "numpy",
        "numba",
        "sqlite3",
        "starlette",
        "rich",
        "jinja2",
    }
    assert set() == heavy & set(json.loads(out[1].replace("'", '"')))


def test_the_version_takes_at_most_one_and_a_half_times_the_import_of_click():
    def seconds(*command: str) -> float:
        began = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *command], check=True, capture_output=True)
        ended = resource.getrusage(resource.RUSAGE_CHILDREN)
        return ended.ru_utime + ended.ru_stime - began.ru_utime - began.ru_stime

    pairs = [(seconds("-m", "counterspin", "--version"), seconds("-c", "import click")) for _ in range(9)]
    assert min(ours for ours, _ in pairs) <= 1.5 * min(theirs for _, theirs in pairs)


def test_a_typo_is_answered_with_the_nearest_command(tmp_path):
    one_line(run("extrakt", folder=tmp_path), 2, "did you mean 'extract'?")
    one_line(run("extract", "--jsnol", folder=tmp_path), 2, "--jsonl", "`counterspin extract --help`")


def test_without_a_project_the_advice_is_init(tmp_path):
    for command in (("extract",), ("analyse",), ("import", "x.html"), ("run",), ("backup",), ("db", "check")):
        one_line(run(*command, folder=tmp_path), 2, "counterspin init")
    one_line(run("extract", "--project", "none", folder=tmp_path), 2, "there is no such folder")


def test_a_bad_setting_is_one_line(here):
    one_line(run("settings", "--project", "p", "--set", "crawl.dely=1", folder=here), 2, "crawl.delay")
    one_line(run("settings", "--project", "p", "--set", "crawl.delay", folder=here), 2, "section.name=value")
    one_line(run("settings", "crawl.dely", "--project", "p", folder=here), 2, "did you mean crawl.delay?")
    (here / "p" / "counterspin.toml").write_text("[crawl]\ndelay = 99999\n")
    one_line(run("analyse", "--project", "p", folder=here), 2, "counterspin.toml:2", "0 to 3600")


def test_settings_say_where_values_come_from(here):
    done = run("settings", "crawl", "--project", "p", "--json", folder=here)
    rows = {row["name"]: row for row in json.loads(done.stdout)["settings"]}
    assert rows["crawl.contact"]["origin"].endswith("counterspin.toml:9")
    assert rows["crawl.delay"]["origin"] == "default"


def test_pages_go_through_the_stages_and_a_second_time_nothing_happens(here):
    values = [
        json.loads(run(*command, "--project", "p", "--json", folder=here).stdout)
        for command in (
            ("import", "page.html"),
            ("extract",),
            ("analyse",),
            ("import", "page.html"),
            ("extract",),
            ("analyse",),
        )
    ]
    assert (values[0]["captures"], values[1]["documents"], values[2]["fresh"]) == (1, 1, True)
    assert values[2]["flags"] >= 1
    assert (values[3]["captures"], values[3]["unchanged"], values[4]["run"], values[5]["fresh"]) == (0, 1, None, False)
    done = run("run", "--no-crawl", "--project", "p", "--json", folder=here)
    assert done.returncode == 0, done.stderr
    assert Path(json.loads(done.stdout)["report"]["files"][0]).exists()


def test_archives_go_to_the_commands_that_read_them(here):
    Path(here, "a.warc.gz").write_bytes(b"")
    one_line(run("extract", "a.warc.gz", "--jsonl", folder=here), 2, "a.warc.gz", "`counterspin import`")


def test_flags_on_an_archive_are_lines_of_json(here):
    lines = [f"{number}. 煮好的绿豆汤在冰箱里可以保存{number}天，再久就会变质。" for number in (2, 9)]
    record = (
        "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://a.test/{}\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n"
    )
    archive = "".join(record.format(at, len(line.encode()), line) for at, line in enumerate(lines))
    Path(here, "a.wet").write_bytes(archive.encode())
    done = run("analyse", "--input", "a.wet", "--jsonl", folder=here)
    assert [json.loads(line)["category"] for line in done.stdout.splitlines()] == ["contradictory"]


def test_extract_gives_a_saved_page_the_address_that_it_names(here):
    Path(here, "saved.html").write_text("<!-- saved from url=(0016)http://a.test/1 -->" + PAGE, encoding="utf-8")
    done = run("extract", "saved.html", "--jsonl", folder=here)
    assert json.loads(done.stdout)["url"] == "http://a.test/1"


def test_extract_and_analyse_work_in_a_pipe_without_a_project(here):
    documents = run("extract", "page.html", "--jsonl", folder=here)
    assert json.loads(documents.stdout)["title"] == "净水器滤芯多久换一次"
    flags = run("analyse", "--documents", "-", "--jsonl", folder=here, stdin=documents.stdout.encode())
    assert "hole" in {json.loads(line)["rule"] for line in flags.stdout.splitlines()}
    from_stdin = run("extract", "-", "--jsonl", folder=here, stdin=PAGE.encode())
    assert json.loads(from_stdin.stdout)["title"] == "净水器滤芯多久换一次"


def test_bad_pages_are_named_and_the_good_ones_come_out(here):
    (here / "empty.html").touch()
    (here / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    done = run("extract", "none.html", "empty.html", "picture.html", "page.html", "--jsonl", folder=here)
    assert done.returncode == 2
    assert len(done.stdout.splitlines()) == 1
    lines = done.stderr.strip().splitlines()
    assert len(lines) == 3
    assert all(line.startswith("counterspin: ") for line in lines)
    assert [line.removeprefix("counterspin: ").split(";")[0] for line in lines[:2]] == [
        "none.html: there is no such file",
        "empty.html: empty",
    ]


def test_lines_that_are_no_documents_are_named(here):
    one_line(run("analyse", "--documents", "-", "--jsonl", folder=here, stdin=b"{}\n"), 2, "-:1", "no document")
    one_line(run("analyse", "--documents", "none.jsonl", "--jsonl", folder=here), 2, "none.jsonl")


def test_databases_that_cannot_serve_end_with_their_exit_code(here):
    database = here / "p" / "data" / "counterspin.db"
    database.unlink()
    one_line(run("extract", "--project", "p", folder=here), 2, "there is no database")
    database.write_bytes(b"<html>" * 1000)
    one_line(run("extract", "--project", "p", folder=here), 8, "no SQLite database")
    assert database.read_bytes() == b"<html>" * 1000
    database.unlink()
    assert run("init", "p", folder=here).returncode == 0
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    one_line(run("extract", "--project", "p", folder=here), 8, "newer counterspin")


def test_a_second_run_is_told_who_is_at_work(here):
    code = (
        "import sys, time; from pathlib import Path; from counterspin.pipeline.lock import run_lock\n"
        "with run_lock(Path('p/data/counterspin.db'), 'crawl'):\n"
        "    print('held', flush=True); time.sleep(3600)"
    )
    with subprocess.Popen([sys.executable, "-c", code], cwd=here, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline().strip() == "held"
        one_line(run("extract", "--project", "p", folder=here), 7, "`crawl`", f"process {holder.pid}", "since 20")
        holder.kill()
    assert run("extract", "--project", "p", folder=here).returncode == 0


def test_a_file_that_cannot_be_imported_is_one_line(here):
    one_line(run("import", "none.html", "--project", "p", folder=here), 2, "there is no such file")
    (here / "x.pdf").write_bytes(b"%PDF")
    one_line(run("import", "x.pdf", "--project", "p", folder=here), 2, ".warc.gz")
    (here / "folder").mkdir()
    one_line(run("import", "folder", "--project", "p", folder=here), 2, "nothing to import")


def test_a_project_of_imported_pages_runs_without_seeds_and_contact(tmp_path):
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    assert run("init", "p", folder=tmp_path).returncode == 0
    one_line(run("run", "--project", "p", folder=tmp_path), 2, "no contact")
    assert run("import", "page.html", "--project", "p", folder=tmp_path).returncode == 0
    done = run("run", "--project", "p", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "nothing to fetch" in done.stdout + done.stderr
    assert "1 document\n" in done.stdout + done.stderr
    one_line(run("run", "http://a.test/", "--project", "p", folder=tmp_path), 2, "no contact")


@pytest.mark.parametrize("words", [(), ("verdict",), ("db",)])
def test_no_command_shows_the_help_in_its_lines(words, tmp_path):
    done = run(*words, folder=tmp_path)
    assert done.returncode == 2
    assert done.stderr.startswith("Usage: counterspin")
    assert len(done.stderr.splitlines()) > 5


def test_init_keeps_what_is_there(here):
    before = (here / "p" / "counterspin.toml").read_text()
    done = run("init", "p", "--json", folder=here)
    assert json.loads(done.stdout)["made"] is False
    assert before == (here / "p" / "counterspin.toml").read_text()


def test_a_backup_can_be_made_and_old_ones_are_dropped(here):
    folder = here / "p" / "backups"
    folder.mkdir()
    for day in (1, 2):
        (folder / f"counterspin-2020010{day}T000000Z.db").touch()
    done = run("backup", "--keep", "2", "--project", "p", "--json", folder=here)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["deleted"] == [str(folder / "counterspin-20200101T000000Z.db")]
    assert len(list(folder.glob("*.db"))) == 2
    one_line(run("backup", "page.html", "--project", "p", folder=here), 2, "exists")


def test_the_thresholds_of_a_rule_are_listed_with_their_defaults(here):
    shown = json.loads(run("settings", "detect.swap", "--project", "p", "--json", folder=here).stdout)["settings"]
    assert {"detect.swap.min_score", "detect.swap.min_words"} <= {row["name"] for row in shown}
    assert all(isinstance(row["value"], (int, float)) for row in shown)
    one_line(run("settings", "detect.swa", folder=here), 2, "detect.swap")


def test_a_reader_that_goes_away_is_no_error(here):
    command = f"{sys.executable} -m counterspin settings --project p | head -1"
    done = subprocess.run(command, shell=True, cwd=here, capture_output=True, text=True, timeout=300, check=False)
    assert (done.stderr, len(done.stdout.splitlines())) == ("", 1)
    closed = f"({sys.executable} -m counterspin settings --project p; echo $? >code) | true"
    subprocess.run(closed, shell=True, cwd=here, timeout=300, check=True)
    assert Path(here, "code").read_text() == "0\n"


def test_names_are_read_as_utf8_whatever_the_locale(here):
    command = [sys.executable, "-m", "counterspin", "import", "没有.html", "--project", "p"]
    old = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(command, cwd=here, env=old, capture_output=True, timeout=300, check=False)
    assert done.stderr.decode() == "counterspin: 没有.html: there is no such file\n"


def test_an_import_of_nothing_but_bad_files_fails(here):
    Path(here, "bad.jsonl").write_text("{", encoding="utf-8")
    done = run("import", "bad.jsonl", "--project", "p", "--json", folder=here)
    assert json.loads(done.stdout)["refused"] == {"bad_line": 1}
    one_line(done, 2, "nothing was imported")


@pytest.mark.parametrize(("name", "begins"), [("x.csv", '"url","host"'), ("x.jsonl", "")])
def test_passages_are_written_in_the_format_that_the_ending_of_the_file_names(here, name, begins):
    assert run("export", "passages", "-o", name, "--project", "p", folder=here).returncode == 0
    assert Path(here, name).read_text(encoding="utf-8").startswith(begins)
    one_line(run("export", "passages", "-o", "x.doc", "--project", "p", folder=here), 2, ".jsonl, .csv or .parquet")
    one_line(run("report", "--out", f"{name}/deep", "--project", "p", folder=here), 2, "analyse")


def test_a_bug_is_one_line_and_a_file(here, monkeypatch):
    done = run("doctor", folder=here)
    assert done.returncode == 0, done.stdout
    code = (
        "import sys; sys.argv = ['counterspin', 'doctor']\n"
        "import counterspin.cli.doctor as doctor\n"
        "doctor._machine = lambda: 1 / 0\n"
        "from counterspin.cli import main; main()"
    )
    broken = subprocess.run([sys.executable, "-c", code], cwd=here, capture_output=True, text=True, check=False)
    assert broken.returncode == 1
    assert "a bug: ZeroDivisionError" in broken.stderr
    log = Path(broken.stderr.strip().rsplit(" ", 1)[1])
    assert "Traceback" in log.read_text()
    log.unlink()


def test_the_crawl_needs_a_contact(here):
    (here / "p" / "counterspin.toml").write_text("")
    one_line(run("crawl", "http://a.test/", "--project", "p", folder=here), 2, "contact")


def test_a_port_in_use_is_one_line(here):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        one_line(run("review", "--project", "p", "--port", port, folder=here), 7, str(port))


def test_the_database_can_be_cared_for(here):
    run("import", "page.html", "--project", "p", folder=here)
    run("extract", "--project", "p", folder=here)
    for word, key in (("check", "ok"), ("migrate", "schema"), ("reindex", "passages_indexed"), ("vacuum", "bytes")):
        done = run("db", word, "--project", "p", "--json", folder=here)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)[key]


@pytest.mark.parametrize("command", ["crawl", "run"])
def test_a_crawl_whose_pages_met_a_bug_ends_with_1_and_says_which_to_report(here, monkeypatch, command):
    tally = Tally(pages=3, captures=2, failed=Counter(bug=1))
    ended = CrawlOutcome(run=1, reason="finished", status="ok", tally=tally, queued=0, seconds=0.1)
    monkeypatch.setattr("crawler.run.crawl", lambda *_, **__: ended)
    done = run(
        command, "http://127.0.0.1:8080/", "--project", "p", "--set", "crawl.allow_private=127.0.0.1:8080", folder=here
    )
    assert done.returncode == 1, done.stderr
    assert done.stderr.splitlines()[-1].startswith("counterspin: a bug met 1 page; all others are kept")
