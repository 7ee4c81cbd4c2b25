"""The simulated web of the demo and the tests: any number of ``*.test`` hosts behind one loopback port.

Deterministic from a seed and a spec, with an access log that a test can judge by. ``serve(web)`` runs it in a
thread; ``python -m crawler.simweb`` and ``counterspin simweb`` run it as a process.
"""

from __future__ import annotations

from crawler.simweb.running import Running, serve
from crawler.simweb.web import Hit, Reply, Request, Site, Web

__all__ = ["Hit", "Reply", "Request", "Running", "Site", "Web", "serve"]
