"""A judge from a cross-encoder for natural language inference, run by ONNX Runtime on this machine.

The model is a folder with ``config.json`` (its ``id2label`` gives the order of the labels), ``tokenizer.json`` and
``model.onnx`` (or ``onnx/model.onnx``). Nothing is downloaded: an id such as ``org/name`` is looked up in the local
Hugging Face cache only. Both directions are scored and averaged.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np

from counterspin.errors import SettingsError
from counterspin.judge.opinion import Item, Opinion, rivals

CONFIRMS = 0.60  # mean probability of contradiction from which a flag is confirmed, 0 to 1; to be set on reviewed flags
LOWERS = 0.15  # the same, up to which it is lowered
BATCH = 16  # pairs scored at once
MAX_TOKENS = 256  # tokens of a pair; both sides are cut alike
MAX_PAIRS = 6  # pairs of quotes scored for one question


@dataclass(frozen=True, slots=True)
class NliJudge:
    """A loaded model. ``labels`` holds the position of each label among the logits."""

    session: Any
    tokenizer: Any
    contradiction: int
    revision: str
    name: str = "nli"

    @classmethod
    def load(cls, model: str) -> NliJudge:
        """The model in folder ``model``. Raises :class:`SettingsError` with what is missing and what to do."""
        folder = folder_of(model)
        try:
            import onnxruntime  # noqa: PLC0415 - an optional extra
            from tokenizers import Tokenizer  # noqa: PLC0415
        except ImportError:
            raise SettingsError("analyse.judge is nli; install the extra: pip install 'counterspin[nli]'") from None
        contradiction = contradiction_label(_config(folder), folder)
        weights = _first(folder, "model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        try:
            session = onnxruntime.InferenceSession(str(weights), options, providers=["CPUExecutionProvider"])
            tokenizer = Tokenizer.from_file(str(_first(folder, "tokenizer.json")))
        except SettingsError:
            raise
        except Exception as error:  # the runtimes raise classes of their own for a file that is no model
            raise SettingsError(f"analyse.judge_model: {folder} cannot be loaded: {_line(error)}") from error
        tokenizer.enable_truncation(MAX_TOKENS, strategy="longest_first")
        tokenizer.enable_padding()
        return cls(session, tokenizer, contradiction, _revision(folder, weights))

    def cost(self, item: Item, /) -> tuple[int, int]:
        """Tokens read and written for one question."""
        pairs = list(rivals(item))[:MAX_PAIRS]
        return 2 * sum(min(MAX_TOKENS, len(left) + len(right)) for left, right in pairs), 0

    def ask(self, items: Sequence[Item], /) -> list[Opinion]:
        """An opinion on each item: the surest contradiction among its pairs of quotes."""
        pairs = [(at, pair) for at, item in enumerate(items) for pair in list(rivals(item))[:MAX_PAIRS]]
        chances = self.contradictions([pair for _, pair in pairs])
        best = [0.0] * len(items)
        for (at, _), chance in zip(pairs, chances, strict=True):
            best[at] = max(best[at], chance)
        return [self._opinion(chance) for chance in best]

    def contradictions(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        """The probability of contradiction of each pair, mean of both directions; the batches make no difference."""
        both = [pair for left, right in pairs for pair in ((left, right), (right, left))]
        scored: list[float] = []
        for start in range(0, len(both), BATCH):
            scored += self._scores(both[start : start + BATCH])
        return [(scored[at] + scored[at + 1]) / 2 for at in range(0, len(scored), 2)]

    def _scores(self, pairs: list[tuple[str, str]]) -> list[float]:
        encoded = self.tokenizer.encode_batch(pairs)
        known = {
            "input_ids": [one.ids for one in encoded],
            "attention_mask": [one.attention_mask for one in encoded],
            "token_type_ids": [one.type_ids for one in encoded],
        }
        wanted = [entry.name for entry in self.session.get_inputs()]
        logits = self.session.run(None, {name: np.asarray(known[name], dtype=np.int64) for name in wanted})[0]
        powers = np.exp(logits - logits.max(axis=1, keepdims=True))
        return [float(row[self.contradiction] / row.sum()) for row in powers]

    def _opinion(self, chance: float) -> Opinion:
        outcome = "conflict" if chance >= CONFIRMS else "compatible" if chance <= LOWERS else "unsure"
        return Opinion(outcome, round(chance, 4), "natural language inference", self.name, self.revision)


def contradiction_label(config: dict[str, Any], folder: Path) -> int:
    """The position of the contradiction label. Raises :class:`SettingsError` for a model that has none."""
    labels = {int(at): str(label).lower() for at, label in (config.get("id2label") or {}).items()}
    for at, label in sorted(labels.items()):
        if label.startswith("contradict") or label in ("矛盾", "conflict"):
            return at
    found = ", ".join(labels[at] for at in sorted(labels)) or "none"
    raise SettingsError(
        f"analyse.judge_model: {folder} has no contradiction label (its labels: {found}); give a three-way NLI model"
    )


def folder_of(model: str) -> Path:
    """The folder that ``model`` names: a path, or an id in the local Hugging Face cache."""
    if not model:
        raise SettingsError("analyse.judge_model is empty; give the folder of an ONNX model for inference")
    path = Path(model).expanduser()
    if path.is_dir():
        return path
    home = Path(os.environ.get("HF_HOME", "~/.cache/huggingface")).expanduser()
    snapshots = sorted((home / "hub" / f"models--{model.replace('/', '--')}" / "snapshots").glob("*/config.json"))
    if snapshots:
        return snapshots[-1].parent
    raise SettingsError(
        f"analyse.judge_model: {model} is neither a folder nor in the local model cache; "
        "download it first and give its folder"
    )


def _config(folder: Path) -> dict[str, Any]:
    try:
        found = json.loads(_first(folder, "config.json").read_text(encoding="utf-8"))
    except ValueError as error:
        raise SettingsError(f"analyse.judge_model: {folder / 'config.json'} is no JSON: {_line(error)}") from error
    return found if isinstance(found, dict) else {}


def _first(folder: Path, *names: str) -> Path:
    for name in names:
        if (folder / name).is_file():
            return folder / name
    raise SettingsError(
        f"analyse.judge_model: {folder} holds no {names[0]}; export the model to ONNX with its tokenizer"
    )


def _revision(folder: Path, weights: Path) -> str:
    facts = f"{folder.name}:{weights.stat().st_size}".encode()
    return f"{folder.name}@{blake2b(facts, digest_size=4).hexdigest()}"


def _line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:200] if str(error).strip() else type(error).__name__
