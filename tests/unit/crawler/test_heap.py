"""What the allocator is told."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

RESIDENT = """
from crawler.heap import give_back_large_blocks
if {fixed}: assert give_back_large_blocks()
def pages(): return int(open('/proc/self/statm').read().split()[1])
before = pages()
small = []
for _ in range(40):
    large = [b'x' * 8_000_000 for _ in range(6)]
    small.append(b'y' * 100_000)
    del large
print((pages() - before) * 4096)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="the C library is not glibc")
def test_freed_bodies_do_not_stay_in_the_process():
    run = subprocess.run(
        [sys.executable, "-c", RESIDENT.format(fixed=True)], capture_output=True, text=True, check=True
    )
    assert int(run.stdout) < 16_000_000
