"""The pages of the review hold to the accessibility rules that a program can check (axe-core).

Get the checker with ``npm install --no-save --no-package-lock --prefix artefacts/axe axe-core@4.14.1``.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.slow]
AXE = Path(__file__).parents[2] / "artefacts/axe/node_modules/axe-core/axe.min.js"
AXE_SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="session")
def axe() -> str:
    if not AXE.is_file():
        pytest.skip("axe-core is not in artefacts/axe: accessibility was not checked")
    script = AXE.read_bytes()
    assert sha256(script).hexdigest() == AXE_SHA256
    return script.decode("utf-8")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    "path",
    ["/", "/q/all", "/f/first", "/c", "/c/http%3A//host0.test/a.html%230", "/d", "/s", "/claims", "/search?q=滤芯"],
)
def test_no_serious_finding(page, axe, flags, path, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(page.address + path.replace("first", flags[1].id))
    page.evaluate(axe)
    found = page.evaluate("async () => (await axe.run(document)).violations")
    serious = [f"{v['id']}: {[n['html'][:120] for n in v['nodes']]}" for v in found if v["impact"] in SERIOUS]
    assert serious == []
