"""From documents to flags, over all documents of the project."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from counterspin.configuration import Configuration
from counterspin.model import Analysis, Document, Flag, Swap
from counterspin.pipeline.lock import run_lock
from counterspin.settings import Settings
from counterspin.store import Store, documents, figures, findings, flags, runs

Decisions = tuple[tuple[Swap, str], ...]
_CODE = ("detect", "claims", "text", "engine", "judge", "identity.py")


@dataclass(frozen=True, slots=True)
class Analysed:
    """What came of a run. ``fresh`` is false if nothing had changed since ``run`` and nothing was done."""

    run: int
    fresh: bool
    documents: int
    flags: int
    states: dict[str, int] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


def analyse_all(store: Store, configuration: Configuration, *, force: bool = False) -> Analysed:
    """Analyse the current document of every page.

    Does nothing if documents, settings, rules and reviewed swaps are those of the last analysis (``force`` does it
    all the same). May be stopped at any time and run again.
    """
    with run_lock(configuration.database, "analyse"):
        decisions = findings.decisions(store)
        rules = rule_table(configuration.settings)
        work = _work(store, configuration.settings, rules, decisions)
        last = runs.latest(store, "analyse")
        if last and not force and runs.config_sha(store, last.id) == work:
            stats = runs.stats(store, last.id)
            return Analysed(last.id, False, stats["documents"], stats["flags"], stats["states"], stats["counts"])
        settings = asdict(configuration.settings)
        run = runs.start(store, "analyse", config=settings, config_sha=work, thresholds=rules)
        with runs.finished_after_error(store, run):
            return _analyse(store, configuration, run, rules, decisions)


def analyse_documents(found: Iterable[Document], settings: Settings) -> Iterator[Flag]:
    """The flags on these documents, without a database."""
    from counterspin.engine.local import run  # noqa: PLC0415

    with TemporaryDirectory(prefix="counterspin-judge-") as folder:  # no project, so opinions are not kept
        yield from _judged(run(found, settings), settings, Path(folder)).flags


def rule_table(settings: Settings) -> dict[str, dict[str, object]]:
    """Version and thresholds of each configured rule."""
    from counterspin.detect import configured  # noqa: PLC0415

    return {
        detector.name: {
            item.name: getattr(detector, item.name)
            for item in fields(detector)  # type: ignore[arg-type]
            if item.name not in ("name", "reason")
        }
        for detector in configured(settings)
    }


def _analyse(
    store: Store, configuration: Configuration, run: int, rules: Mapping[str, object], decisions: Decisions
) -> Analysed:
    before = flags.known(store)
    newest = max((row for _, row in documents.versions(store)), default=0)
    settings = configuration.settings
    analysis = _judged(
        _run(documents.current(store), settings, decisions), settings, configuration.database.parent / "judge"
    )
    places = flags.Places(store)
    states = flags.put_all(store, analysis.flags, run=run, places=places, rules=rules, before=before)
    findings.put_swaps(store, analysis.swaps, run=run, places=places)
    findings.put_clusters(store, analysis.clusters, run=run, places=places)
    findings.put_slots(store, analysis.slots, run=run, places=places)
    findings.put_uncompared(store, analysis.uncompared, run=run, places=places)
    findings.put_reuses(store, analysis.reuses, run=run, places=places)
    findings.put_networks(store, analysis.networks, run=run)
    runs.put_numbers(store, run, figures.to_freeze(store.connection))
    count = analysis.counts["documents"]
    numbers = {"documents": count, "flags": len(analysis.flags), "states": states, "counts": dict(analysis.counts)}
    runs.finish(store, run, stats={**numbers, "newest_document": newest})
    return Analysed(run, True, count, len(analysis.flags), states, analysis.counts)


def _run(found: Iterable[Document], settings: Settings, decisions: Decisions) -> Analysis:
    """The analysis on the engine that the settings name."""
    module = "on_spark" if settings.analyse.engine == "spark" else "local"
    analysis: Analysis = import_module(f"counterspin.engine.{module}").run(found, settings, decisions=decisions)
    return analysis


def _judged(analysis: Analysis, settings: Settings, folder: Path) -> Analysis:
    """The analysis with the second opinion that the settings ask for; ``folder`` keeps the opinions."""
    if not settings.analyse.judge:
        return analysis
    from counterspin.judge.second import judge_of, reviewed  # noqa: PLC0415 - optional

    judge = judge_of(settings.analyse)
    assert judge is not None
    return replace(analysis, flags=reviewed(analysis.flags, judge, folder, announce=_announce))


def _announce(cost: object) -> bool:
    print(f"judge: {cost}", file=sys.stderr)  # noqa: T201 - the cost is shown before the first question
    return True


def _work(store: Store, settings: Settings, rules: object, decisions: Decisions) -> str:
    """SHA-256 of all that an analysis depends on; equal means that it would find the same."""
    parts = {
        "documents": documents.contents(store),
        "settings": asdict(settings.analyse),
        "rules": rules,
        "decisions": [repr(decision) for decision in decisions],
        "code": _code_digest(),
    }
    return sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()


def _code_digest() -> str:
    """SHA-256 of the analyser's own files: a rule that was edited without a new version is another rule."""
    root = Path(__file__).parent.parent
    digest = sha256()
    for name in _CODE:
        place = root / name
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.is_file() and file.suffix != ".pyc":
                digest.update(file.relative_to(root).as_posix().encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
