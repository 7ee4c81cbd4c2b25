"""The web of ``counterspin demo``: pages that we wrote, with their truth."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.simweb.demo.site import demo_web
from crawler.simweb.web import Web

SUMMARY = "advice pages on three topics in Chinese and English, honest and farmed, with their truth"


@dataclass(frozen=True, slots=True)
class Spec:
    """The demo has nothing to set: its pages are fixed."""


def build(seed: int, spec: Spec) -> Web:  # noqa: ARG001  # every family is built alike
    """The same web for every seed."""
    return demo_web()
