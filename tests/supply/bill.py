"""The bill of materials: every locked package with its digests and its licence, as CycloneDX JSON and as a table.

usage: python -m tests.supply.bill FOLDER       (writes sbom.cdx.json and licences.tsv; ends with 1 at a bad licence)

The lock says what belongs to a release; the metadata of what is installed says under which licence. A package that is
locked for another system or Python only is listed all the same, without a licence.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from counterspin import __version__

LOCK = Path(__file__).parents[2] / "requirements/runtime.txt"
_PIN = re.compile(r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\]+?))?\s*\\?$")
_DIGEST = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_CLASSIFIER = "License :: OSI Approved :: "
_BAD = re.compile(r"\bA?GPL|Proprietary|Commercial", re.IGNORECASE)
_GOOD = re.compile(r"LGPL|\bOR\b|MPL|MIT|BSD|Apache", re.IGNORECASE)  # or another one may be chosen


@dataclass(frozen=True, slots=True)
class Package:
    """A line of the lock. ``licence`` is empty for a package that is not installed here."""

    name: str
    version: str
    marker: str
    digests: tuple[str, ...]
    licence: str

    @property
    def is_bad(self) -> bool:
        """Whether its licence cannot go with ours."""
        return bool(_BAD.search(self.licence)) and not _GOOD.search(self.licence)


def locked(lock: Path = LOCK) -> Iterator[Package]:
    """The packages of a lock, in its order."""
    for block in re.split(r"\n(?=\S)", lock.read_text(encoding="utf-8")):
        match = _PIN.match(block.splitlines()[0]) if block.strip() else None
        if match is not None:
            name, version, marker = match["name"], match["version"], match["marker"] or ""
            yield Package(name, version, marker.strip(), tuple(_DIGEST.findall(block)), licence_of(name))


def licence_of(name: str) -> str:
    """The licence that an installed package names: expression, classifiers, or the first line of its text."""
    try:
        found = metadata(name)
    except PackageNotFoundError:
        return ""
    classifiers = [
        text.removeprefix(_CLASSIFIER) for text in found.get_all("Classifier") or () if text.startswith(_CLASSIFIER)
    ]
    lines = (found.get("License") or "").strip().splitlines()
    return found.get("License-Expression") or " OR ".join(classifiers) or (lines[0].strip()[:80] if lines else "")


def bill(packages: list[Package]) -> dict[str, Any]:
    """The bill as CycloneDX 1.6. No time and no number of its own, so that one lock has one bill."""
    own = {
        "type": "application",
        "name": "counterspin",
        "version": __version__,
        "licenses": [{"expression": "Apache-2.0"}],
    }
    return {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {**own, "bom-ref": "counterspin"}},
        "components": [_component(package) for package in packages],
        "dependencies": [{"ref": "counterspin", "dependsOn": [_purl(package) for package in packages]}],
    }  # fmt: skip


def _component(package: Package) -> dict[str, Any]:
    made: dict[str, Any] = {
        "type": "library", "bom-ref": _purl(package), "name": package.name, "version": package.version,
        "purl": _purl(package), "hashes": [{"alg": "SHA-256", "content": digest} for digest in package.digests],
    }  # fmt: skip
    if package.licence:
        made["licenses"] = [{"license": {"name": package.licence}}]
    if package.marker:
        made["properties"] = [{"name": "python:marker", "value": package.marker}]
    return made


def _purl(package: Package) -> str:
    return f"pkg:pypi/{re.sub(r'[-_.]+', '-', package.name).lower()}@{package.version}"


def main() -> int:
    folder, packages = Path(sys.argv[1]), list(locked())
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "sbom.cdx.json").write_text(json.dumps(bill(packages), indent=1) + "\n", encoding="utf-8")
    rows = [f"{package.name}\t{package.version}\t{package.licence or 'not installed here'}\n" for package in packages]
    (folder / "licences.tsv").write_text("".join(rows), encoding="utf-8")
    bad = [package.name for package in packages if package.is_bad]
    known = sum(bool(package.licence) for package in packages)
    print(f"{len(packages)} packages, {known} licences known, bad: {bad or 'none'}")
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main())
