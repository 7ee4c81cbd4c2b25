"""A full disk ends a stage with one line and exit code 5, and costs nothing that was committed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

PAGE = "<html><head><meta charset=utf-8><title>页{0}</title></head><body><h1>页{0}</h1>{1}</body></html>"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 3 MB; the test is skipped where none can be mounted."""
    place = tmp_path / "small"
    place.mkdir()
    mount = [shutil.which("mount") or "false", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small file system here: not tested")
    yield place
    subprocess.run(["umount", place], check=True)


def run(*words: object, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "counterspin", *map(str, words), "--set", "crawl.free_disk=0"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600, check=False)


@pytest.mark.slow
def test_a_full_disk_is_one_line_and_the_same_command_goes_on(small_disk, tmp_path):
    many = tmp_path / "many"
    many.mkdir()
    for number in range(90):
        text = "".join(f"<p>{'更换滤芯之前请先关闭进水阀门。' * 4}{number * 7919 + part:x}</p>" for part in range(14))
        (many / f"{number}.html").write_text(PAGE.format(number, text), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "counterspin", "init", "."], cwd=small_disk, check=True, capture_output=True)
    stopped = []
    for words in (("import", many, "--base-url", "http://x.test/"), ("extract",)):
        done = run(*words, folder=small_disk)
        stopped.append(done.returncode)
        assert done.returncode in (0, 5), done.stderr
        assert done.returncode == 0 or len(done.stderr.strip().splitlines()) == 1
    assert 5 in stopped
    assert run("db", "check", folder=small_disk).returncode in (0, 2)
    subprocess.run(["mount", "-o", "remount,size=64m", small_disk], check=True)
    for words in (("import", many, "--base-url", "http://x.test/"), ("extract",), ("analyse",)):
        assert run(*words, folder=small_disk).returncode == 0
    whole = run("analyse", "--json", folder=small_disk)
    assert '"documents": 90' in whole.stdout
