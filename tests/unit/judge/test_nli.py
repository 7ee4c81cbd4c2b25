"""The inference judge, with a model of a few bytes that is built here."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counterspin.errors import SettingsError
from counterspin.judge.nli import NliJudge, contradiction_label
from counterspin.judge.opinion import Item, Quote

onnx = pytest.importorskip("onnx", reason="onnx is not installed: the inference judge is not tested")
pytest.importorskip("onnxruntime", reason="onnxruntime is not installed: the inference judge is not tested")
tokenizers = pytest.importorskip("tokenizers", reason="tokenizers is not installed: the inference judge is not tested")
np = pytest.importorskip("numpy")

WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "可", "以", "不", "吃", "菜"]
LABELS = {"0": "ENTAILMENT", "1": "neutral", "2": "contradiction"}


def build(folder: Path, labels: dict[str, str] | None = None, column: int = 2) -> Path:
    """A model whose logit in ``column`` grows with each 不 of either text."""
    from onnx import TensorProto, helper, numpy_helper

    table = np.zeros((len(WORDS), 3), dtype=np.float32)
    table[WORDS.index("不"), column] = 4.0
    table[WORDS.index("可"), (column + 1) % 3] = 1.0
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["table", "input_ids"], ["rows"], axis=0),
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "last"], ["wide"]),
            helper.make_node("Mul", ["rows", "wide"], ["kept"]),
            helper.make_node("ReduceSum", ["kept", "middle"], ["logits"], keepdims=0),
        ],
        "tiny",
        [
            helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "s"])
            for name in ("input_ids", "attention_mask")
        ],
        [helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["b", 3])],
        [
            numpy_helper.from_array(table, "table"),
            numpy_helper.from_array(np.array([2], dtype=np.int64), "last"),
            numpy_helper.from_array(np.array([1], dtype=np.int64), "middle"),
        ],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    folder.mkdir(parents=True, exist_ok=True)
    onnx.save(model, str(folder / "model.onnx"))
    (folder / "config.json").write_text(json.dumps({"id2label": labels or LABELS}), encoding="utf-8")
    tokenizer = tokenizers.Tokenizer(
        tokenizers.models.WordLevel({w: i for i, w in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = tokenizers.pre_tokenizers.Split("", "isolated")
    tokenizer.post_processor = tokenizers.processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.save(str(folder / "tokenizer.json"))
    return folder


def item(left: str, right: str) -> Item:
    return Item("f", "deontic", "q", (Quote("a", left, "http://a/"), Quote("b", right, "http://b/")))


def test_a_contradiction_is_confirmed_and_agreement_is_lowered(tmp_path):
    judge = NliJudge.load(str(build(tmp_path)))
    sure, agreed = judge.ask([item("菜可以吃", "菜不可以吃"), item("菜可以吃", "可以可以吃菜")])
    assert (sure.outcome, agreed.outcome) == ("conflict", "compatible")


def test_the_order_of_labels_is_read_from_the_model(tmp_path):
    permuted = {"0": "contradiction", "1": "entailment", "2": "neutral"}
    judge = NliJudge.load(str(build(tmp_path, permuted, column=0)))
    assert judge.ask([item("菜可以吃", "菜不可以吃")])[0].outcome == "conflict"


def test_a_model_without_a_contradiction_label_is_refused(tmp_path):
    with pytest.raises(SettingsError, match="no contradiction label"):
        NliJudge.load(str(build(tmp_path, {"0": "entailment", "1": "not_entailment"})))


def test_a_folder_without_a_model_is_refused_with_what_is_missing(tmp_path):
    with pytest.raises(SettingsError, match=r"config\.json"):
        NliJudge.load(str(tmp_path))


def test_a_damaged_model_is_refused_in_one_line(tmp_path):
    build(tmp_path)
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(SettingsError, match="cannot be loaded"):
        NliJudge.load(str(tmp_path))


def test_scores_do_not_depend_on_the_batch_or_the_direction(tmp_path):
    judge = NliJudge.load(str(build(tmp_path)))
    pairs = [("菜可以吃", "菜不可以吃"), ("可以", "不"), ("吃" * 300, "不" * 300)] * 7
    together = judge.contradictions(pairs)
    assert together == pytest.approx([judge.contradictions([(right, left)])[0] for left, right in pairs], abs=1e-5)


def test_both_sides_are_cut_alike(tmp_path):
    judge = NliJudge.load(str(build(tmp_path)))
    encoded = judge.tokenizer.encode("可" * 5000, "不" * 5000)
    sides = [encoded.type_ids.count(0), encoded.type_ids.count(1)]
    assert len(encoded.ids) == 256
    assert max(sides) - min(sides) <= 2


def test_a_model_id_is_looked_up_in_the_local_cache_only(tmp_path, monkeypatch):
    monkeypatch.setenv("HF_HOME", str(tmp_path))
    with pytest.raises(SettingsError, match="download it first"):
        NliJudge.load("org/model")
    build(tmp_path / "hub" / "models--org--model" / "snapshots" / "abc")
    assert NliJudge.load("org/model").contradiction == 2


def test_labels_may_be_written_in_any_case():
    assert contradiction_label({"id2label": {"0": "neutral", "1": "Contradiction"}}, Path("m")) == 1
