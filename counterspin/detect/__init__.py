"""Detectors: a module in this package is a detector, found by walking the package. Nothing to register.

A detector module holds, in this order: a docstring (what a reviewer reads) with its source, ``FLAGS`` and ``PASSES``
(examples; each an input that its kind takes, see below), a frozen dataclass whose fields are the thresholds, and
``DETECTOR``, an instance of it. ``name`` is the module's name.

Three kinds, by what they judge:

* :class:`DocumentDetector` judges one page, in the light of what the whole crawl shows (:class:`Corpus`).
  An example is a text; ``\\n`` separates blocks, a block that begins with ``# `` is a heading.
* :class:`PairDetector` names keys for columns of passages and judges two passages that share a key.
  An example is a pair of texts.
* :class:`SlotDetector` judges the claims that answer one question.
  An example is a tuple of texts, each a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pkgutil import iter_modules
from typing import Any, Protocol, runtime_checkable

from counterspin.errors import SettingsError
from counterspin.model import Claim, Document, Flag, Slot
from counterspin.settings import Settings
from counterspin.text.corpus import Corpus
from counterspin.text.relation import Pair

# Every rule takes it beside its own thresholds: flags with a lower score (0 to 1) are left out and counted.
MIN_SCORE = "min_score"
# Fields of a detector that say what it is; all others are thresholds, which a project may set.
FIXED = frozenset(("name", "category", "version", "reason"))


class Detector(Protocol):
    """What every detector has. ``version`` is raised when the same text would get another answer."""

    @property
    def name(self) -> str: ...
    @property
    def category(self) -> str: ...
    @property
    def version(self) -> int: ...


@runtime_checkable
class DocumentDetector(Detector, Protocol):
    """Judges one page."""

    def scan(self, document: Document, corpus: Corpus, /) -> Iterable[Flag]: ...


@runtime_checkable
class PairDetector(Detector, Protocol):
    """Judges two passages: ``candidates`` names pairs of texts (numbers) that may belong together, from columns of
    texts and of their pages; ``compare`` gives the flag on a related pair, or none.
    """

    def candidates(self, texts: Sequence[str], pages: Sequence[int], /) -> tuple[Any, int]: ...
    def compare(self, pair: Pair, corpus: Corpus, /) -> Flag | None: ...


@runtime_checkable
class SlotDetector(Detector, Protocol):
    """Judges the claims that answer one question, from one page or many."""

    def judge(self, slot: Slot, claims: tuple[Claim, ...], /) -> Iterable[Flag]: ...


def built_in() -> tuple[Detector, ...]:
    """Every detector of this package, by name."""
    return tuple(_load(name) for name in sorted(module.name for module in iter_modules(__path__)))


def configured(settings: Settings) -> tuple[Detector, ...]:
    """The detectors with their thresholds as set. Raises :class:`SettingsError` for an unknown rule or threshold."""
    known = {detector.name: detector for detector in built_in()}
    for rule in settings.detect:
        if rule not in known:
            raise SettingsError(f"detect.{rule}: there is no such rule; the rules are {', '.join(known)}")
    return tuple(_override(known[name], settings.detect.get(name, {})) for name in known)


def floors(settings: Settings) -> dict[str, float]:
    """The least score of a flag by rule, ``detect.RULE.min_score``, where it is set."""
    return {rule: values[MIN_SCORE] for rule, values in settings.detect.items() if MIN_SCORE in values}


def _load(name: str) -> Detector:
    detector: Detector = import_module(f"{__name__}.{name}").DETECTOR
    if detector.name != name:
        raise AssertionError(f"detect/{name}.py calls its detector {detector.name}")
    return detector


def _override(detector: Any, values: Any) -> Any:
    fields = set(type(detector).__dataclass_fields__) - FIXED
    own = {key: value for key, value in values.items() if key != MIN_SCORE}
    for key in own:
        if key not in fields:
            raise SettingsError(
                f"detect.{detector.name}.{key}: no such threshold; there are {', '.join(sorted({*fields, MIN_SCORE}))}"
            )
    return replace(detector, **own) if own else detector


def of_kind(detectors: Iterable[Detector], kind: type) -> Iterator[Any]:
    """The detectors of one of the three kinds."""
    return (detector for detector in detectors if isinstance(detector, kind))
