"""What a worker process runs: read a page, extract it within the limits, answer, until the pipe closes."""

from __future__ import annotations

import sys
from typing import Any

from counterspin.errors import RefusedPageError
from counterspin.model import Document
from extract.limits import allow_cpu, bound_memory
from extract.overrides import Overrides
from extract.page import extract
from extract.workers import receive, send

Answer = tuple[Document | None, str | None, str]


def main(seconds: int, memory: int) -> None:
    """Serve pages from standard input. ``seconds``: CPU time for each; ``memory``: bytes of address space."""
    bound_memory(memory)
    inbox, outbox = sys.stdin.buffer, sys.stdout.buffer
    sys.stdout = sys.stderr
    try:
        overrides, min_chars = receive(inbox)
        send(outbox, "ready")
        while True:
            job: Any = receive(inbox)
            allow_cpu(seconds)
            send(outbox, _answer(job, overrides, min_chars))
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


def _answer(job: Any, overrides: Overrides | None, min_chars: int) -> Answer:
    raw, url, content_type, fetched_at = job
    try:
        document = extract(
            raw, url=url, content_type=content_type, fetched_at=fetched_at, overrides=overrides, min_chars=min_chars
        )
    except RefusedPageError as refusal:
        return None, refusal.code, refusal.detail
    except MemoryError:
        return None, "extract_memory", "the page needs more memory than a worker may have"
    except Exception as error:  # noqa: BLE001 - the border of a stage: one bad page is stored as refused, the rest goes on
        return None, "extract_crash", f"{type(error).__name__}: {error}"
    return document, None, ""


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
