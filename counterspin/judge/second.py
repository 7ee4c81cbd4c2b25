"""A second opinion on the flags of an analysis: the cost first, then the questions, then flags confirmed or lowered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from counterspin.errors import SettingsError
from counterspin.judge.cache import Cache
from counterspin.judge.opinion import KINDS, Cost, Item, Judge, Opinion, cache_key, item_of
from counterspin.model import Evidence, Flag
from counterspin.settings import AnalyseSettings
from counterspin.wording import Wording

NEVER_LOWERED_BY_NLI = frozenset(("numeric",))  # a model of inference reads no numbers (contradiction study, section 6)
LOWERED = 0.5  # factor on the score of a flag that a judge finds compatible
RAISED = 0.5  # share of the way to 1 that the score of a confirmed flag goes
_LEAST_SEVERITY = 1
_OUTCOMES = {
    "conflict": Wording(en="conflict", zh="矛盾"),
    "compatible": Wording(en="compatible", zh="不矛盾"),
    "unsure": Wording(en="unsure", zh="不确定"),
}
_NOTE = Wording(
    en="judge {judge} ({revision}): {outcome}, p={chance:.2f}",
    zh="评判 {judge}（{revision}）：{outcome}，p={chance:.2f}",
)
_NOTE_KIND = Wording(
    en="judge {judge} ({revision}): {outcome}, p={chance:.2f}; of another kind: {kind}",
    zh="评判 {judge}（{revision}）：{outcome}，p={chance:.2f}；属于另一类：{kind}",
)


def judge_of(settings: AnalyseSettings) -> Judge | None:
    """The judge that the settings name, or ``None``. Raises :class:`SettingsError` when it cannot be had."""
    if settings.judge == "nli":
        from counterspin.judge.nli import NliJudge  # noqa: PLC0415 - an optional extra

        return NliJudge.load(settings.judge_model)
    if settings.judge == "llm":
        from counterspin.judge.llm import LlmJudge  # noqa: PLC0415 - only who asks for it pays for it

        if not settings.judge_model:
            raise SettingsError("analyse.judge_model is empty; name the model that analyse.judge_url serves")
        return LlmJudge(settings.judge_url, settings.judge_model)
    return None


def cost_of(flags: Iterable[Flag], judge: Judge, cache: Cache) -> Cost:
    """What judging these flags would take, before anything is asked."""
    items = _items(flags)
    fresh = [item for item in items if cache.get(cache_key(judge, item)) is None]
    costs = [judge.cost(item) for item in fresh]
    return Cost(len(fresh), len(items) - len(fresh), sum(c[0] for c in costs), sum(c[1] for c in costs))


def reviewed(
    flags: Sequence[Flag], judge: Judge, folder: Path, *, announce: Callable[[Cost], bool] = lambda _: True
) -> tuple[Flag, ...]:
    """The same flags, those of slot rules with the judge's opinion among their evidence.

    ``announce`` is given the cost before the first question; when it returns ``False`` nothing is asked. No flag is
    added, none is dropped, no id changes.
    """
    cache = Cache(folder)
    if not announce(cost_of(flags, judge, cache)):
        return tuple(flags)
    opinions = _opinions(_items(flags), judge, cache)
    return tuple(_applied(flag, opinions[flag.id]) if flag.id in opinions else flag for flag in flags)


def _items(flags: Iterable[Flag]) -> list[Item]:
    return [item_of(flag) for flag in flags if flag.rule in KINDS and flag.counterpart]


def _opinions(items: list[Item], judge: Judge, cache: Cache) -> dict[str, Opinion]:
    found: dict[str, Opinion] = {}
    fresh: list[Item] = []
    for item in items:
        if kept := cache.get(cache_key(judge, item)):
            found[item.flag_id] = kept
        else:
            fresh.append(item)
    for item, opinion in zip(fresh, judge.ask(fresh), strict=True):
        found[item.flag_id] = opinion
        if opinion.outcome != "unsure":
            cache.put(cache_key(judge, item), opinion)
    return found


def _applied(flag: Flag, opinion: Opinion) -> Flag:
    note = (_NOTE_KIND if opinion.kind else _NOTE)(
        judge=opinion.judge,
        revision=opinion.revision,
        outcome=_OUTCOMES[opinion.outcome](),
        chance=opinion.probability,
        kind=opinion.kind,
    )
    row = Evidence("rule", flag.url, None, None, opinion.reason or opinion.outcome, note)
    score, severity = flag.score, flag.severity
    if opinion.outcome == "conflict":
        score += (1 - score) * RAISED
    elif opinion.outcome == "compatible" and not (opinion.judge == "nli" and flag.rule in NEVER_LOWERED_BY_NLI):
        score, severity = score * LOWERED, max(_LEAST_SEVERITY, severity - 1)
    return replace(flag, score=round(score, 4), severity=severity, evidence=(*flag.evidence, row))
