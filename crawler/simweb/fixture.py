"""A pytest fixture: ``from crawler.simweb.fixture import simweb`` in a conftest.py makes it known.

``simweb("traps:good=20+robots")`` serves a web until the end of the test and returns what is running: ``proxy`` for
the client, ``hits`` to judge by, ``advance(days=1)`` for the virtual clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from crawler.simweb.families import build
from crawler.simweb.running import Running, serve


@pytest.fixture
def simweb() -> Iterator[Callable[..., Running]]:
    """Serve a web by its spec; the seed is a keyword."""
    with ExitStack() as stack:

        def start(spec: str, *, seed: int = 1) -> Running:
            return stack.enter_context(serve(build(spec, seed=seed)))

        yield start
