"""``counterspin demo``: everything once, on a simulated web, with the answers checked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from counterspin.cli._project import as_json, put_json

if TYPE_CHECKING:
    from counterspin.model import Flag
    from counterspin.pipeline.demo import Shown

PAIRS = 5  # learnt pairs shown
LEAST = 0.9  # recall and precision that a category is expected to reach
_SWAPPED, _REMOVED, _ADDED = "\x1b[1;35m", "\x1b[31m", "\x1b[32m"
_END = "\x1b[0m"


@click.command("demo", short_help="Try it all on a simulated web on this machine.")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="counterspin-demo")
@as_json
def command(folder: Path, as_json: bool) -> None:
    """Crawl a simulated web on this machine, analyse it, and write a report into FOLDER.

    Shows three findings in full and how many of the planted ones were found. Needs no network.
    """
    from counterspin.pipeline.demo import run_demo

    shown = run_demo(folder, lambda line: click.echo(line, err=as_json))
    if as_json:
        put_json(
            "counterspin.demo/1",
            {"folder": shown.folder, "report": shown.report, "seconds": round(shown.seconds, 1),
             "stages": shown.stages, "truth": shown.result.to_dict(), "passes": shown.result.passes(least=LEAST)},
        )  # fmt: skip
        return
    for line in (*_rewrite(shown), *_pairs(shown), *_contradiction(shown), *_score(shown), *_next(shown)):
        click.echo(line)


def _rewrite(shown: Shown) -> Iterable[str]:
    """The rewritten passage with the most swaps, word against word."""
    found = [flag for flag in shown.flags if flag.category == "spun" and flag.counterpart and flag.swaps]
    if not found:
        return
    flag = max(found, key=lambda flag: (len(flag.swaps), flag.score, flag.id))
    from reports.safe import line

    yield ""
    yield "1. A passage spun from another page (old word -> new word)"
    yield f"   from {line(flag.counterpart.url if flag.counterpart else '')}"
    yield f"   to   {line(flag.url)}"
    yield f"   {_diff(flag)}"
    yield f"   {line(flag.reason)}"


def _diff(flag: Flag) -> str:
    """The passage with every change against its counterpart marked; the marks need no colour."""
    from reports.diff import align
    from reports.safe import run

    left, right = flag.counterpart.passage if flag.counterpart else "", flag.passage
    known: Mapping[tuple[str, str], str] = {(pair[0], pair[1]): "known" for pair in flag.swaps}
    out = []
    for piece in align(left, right, known).pieces:
        before, after = run(piece.left), run(piece.right)
        if piece.kind == "same":
            out.append(before)
        elif piece.kind == "replaced":
            out.append(f"{_SWAPPED}[{before} -> {after}]{_END}")
        else:
            out.append(f"{_REMOVED}[-{before}-]{_END}" if before else f"{_ADDED}{{+{after}+}}{_END}")
    return "".join(out)


def _pairs(shown: Shown) -> Iterable[str]:
    if not shown.swaps:
        return
    from reports.safe import terminal_cell

    yield ""
    yield "2. What the spinner's dictionary does, learnt from the pages"
    for swap in sorted(shown.swaps, key=lambda swap: (-swap.hits, -swap.score, swap.source, swap.target))[:PAIRS]:
        pair = f"{terminal_cell(swap.source, columns=16)} -> {terminal_cell(swap.target, columns=16)}"
        yield f"   {pair}   {swap.hits} times, {swap.pages} pages, {swap.sites} sites"


def _contradiction(shown: Shown) -> Iterable[str]:
    """The severest contradiction between two pages."""
    found = [(flag, flag.counterpart) for flag in shown.flags if flag.category == "contradictory" and flag.counterpart]
    if not found:
        return
    flag, other = max(found, key=lambda two: (two[0].url != two[1].url, two[0].severity, two[0].score, two[0].id))
    from reports.safe import line

    yield ""
    yield f"3. Two answers to one question: {line(flag.reason)}"
    for url, passage in ((flag.url, flag.passage), (other.url, other.passage)):
        yield f"   “{line(passage)}”"
        yield f"      {line(url)}"


def _score(shown: Shown) -> Iterable[str]:
    yield ""
    yield "Against the truth of the simulated web (planted and found; flags and right ones):"
    for score in shown.result.scores:
        if score.must or score.flags:
            recall = f"{score.found} of {score.must} found"
            precision = f"{score.right} of {score.flags} flags right"
            yield f"   {score.category:14} {recall:18} {precision}"


def _next(shown: Shown) -> Iterable[str]:
    yield ""
    yield f"Done in {shown.seconds:.0f} s. Report: {shown.report / 'index.html'}"
    yield f"Look:   counterspin review --project {shown.folder}      Remove: rm -r {shown.folder}"
