"""The bill names what is locked, licences can go with ours, and an audit without its data is no audit."""

from __future__ import annotations

import json
import os
import re
import subprocess
from pathlib import Path

import pytest

from tests.supply.bill import LOCK, Package, bill, locked

ROOT = Path(__file__).parents[2]
AUDIT = ROOT / "artefacts/audit/bin/pip-audit"


def test_the_bill_names_every_locked_package_with_its_digests():
    made = bill(list(locked()))
    named = {(part["name"], part["version"]) for part in made["components"]}
    assert set(re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", LOCK.read_text("utf-8"), re.MULTILINE)) == named
    assert all(part["hashes"] for part in made["components"])
    assert len({part["bom-ref"] for part in made["components"]}) == len(made["components"])
    assert json.dumps(made) == json.dumps(bill(list(locked())))


def test_every_direct_dependency_is_installed_under_a_licence_that_can_go_with_ours():
    found = {package.name: package for package in locked()}
    direct = re.findall(r'^  "([A-Za-z0-9_.-]+?)>=', (ROOT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    known = [found[name] for name in (word.replace("_", "-") for word in direct) if name in found]
    assert len(known) >= 20
    assert [package.name for package in known if not package.licence and not package.marker] == []
    assert [package.name for package in found.values() if package.is_bad] == []


@pytest.mark.parametrize(
    ("licence", "bad"),
    [("GPL-3.0-only", True), ("AGPL-3.0", True), ("LGPL-2.1", False), ("MPL-1.1 OR GPL-2.0-only", False),
     ("MIT", False), ("Proprietary", True)],
)  # fmt: skip
def test_a_licence_that_cannot_go_with_ours_is_known(licence, bad):
    assert Package("x", "1", "", (), licence).is_bad is bad


def test_an_audit_that_cannot_reach_its_data_fails(tmp_path):
    if not AUDIT.exists():
        pytest.skip("no artefacts/audit: run `make audit` once, which installs the auditor")
    nowhere = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
    command = [AUDIT, "--strict", "--disable-pip", "--require-hashes", "--cache-dir", tmp_path, "--requirement", LOCK]
    done = subprocess.run(command, env={**os.environ, **nowhere}, capture_output=True, timeout=600, check=False)
    assert done.returncode != 0
