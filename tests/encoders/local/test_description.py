import json
from pathlib import Path

import pytest
import torch
from tiny_models import bert, change, qwen3, with_module, write, xlm_roberta

from verbatlas.encoders.local.description import Disagreement, describe, disagreements
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.prompts import Prompts
from verbatlas.encoders.local.refusal import Refusal
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.errors import Problem, UserError


def _refused(folder: Path) -> Refusal:
    with pytest.raises(UserError) as caught:
        describe(folder)
    assert caught.value.problem == Problem.MODEL_REFUSED
    assert caught.value.values["model"] == folder.name
    return Refusal(str(caught.value.values["reason"]))


def test_the_packaged_model_is_described() -> None:
    found = describe(find_model(MINILM_PACKAGE))
    assert (found.architecture, found.pooling, found.normalises) == ("bert", "mean", True)
    assert (found.max_tokens, found.n_dimensions, found.pad_token) == (256, 384, 0)
    assert [path.name for path in found.weights] == ["model.safetensors"]


def test_every_family_is_described(tmp_path: Path) -> None:
    bge, m3, qwen = bert(tmp_path / "bge"), xlm_roberta(tmp_path / "m3"), qwen3(tmp_path / "qwen")
    assert [describe(folder).pooling for folder in (bge, m3, qwen)] == ["cls", "cls", "last"]
    assert [describe(folder).architecture for folder in (bge, m3, qwen)] == ["bert", "xlm-roberta", "qwen3"]
    assert [describe(folder).dtype for folder in (bge, m3, qwen)] == ["float32", "float32", "bfloat16"]
    assert describe(m3).pad_token == 1
    assert str(describe(qwen).prompts.query).startswith("Instruct: ")


def test_the_pooling_has_a_newer_form_too(tmp_path: Path) -> None:
    write(bert(tmp_path), "1_Pooling/config.json", {"embedding_dimension": 32, "pooling_mode": ["cls", "mean"]})
    found = describe(tmp_path)
    assert (found.pooling, found.n_dimensions) == ("cls+mean", 64)


def test_a_bare_transformer_gets_the_mean(tmp_path: Path) -> None:
    (bert(tmp_path) / "modules.json").unlink()
    found = describe(tmp_path)
    assert (found.pooling, found.normalises) == ("mean", False)


def test_a_dense_layer_sets_the_dimensions(tmp_path: Path) -> None:
    config = {"in_features": 32, "out_features": 8, "activation_function": "torch.nn.modules.linear.Identity"}
    weights = {"linear.weight": torch.zeros(8, 32), "linear.bias": torch.zeros(8)}
    with_module(bert(tmp_path), "sentence_transformers.models.Dense", config, weights)
    found = describe(tmp_path)
    assert found.n_dimensions == 8
    assert found.all_weights[-1].parent.name == "3_Dense"


@pytest.mark.parametrize(
    ("own", "tokenizer", "positions", "expected"),
    [
        (20, 512, 64, 20),
        (None, 48, 64, 48),
        (None, int(1e30), 64, 64),
        (512, 512, 64, 64),
        (None, int(1e30), None, 512),
    ],
)
def test_the_longest_input_is_what_all_files_allow(
    tmp_path: Path, own: int | None, tokenizer: int, positions: int | None, expected: int
) -> None:
    folder = bert(tmp_path)
    change(folder, "sentence_bert_config.json", max_seq_length=own)
    change(folder, "tokenizer_config.json", model_max_length=tokenizer)
    change(folder, "config.json", max_position_embeddings=positions)
    assert describe(folder).max_tokens == expected


def test_two_positions_of_xlm_roberta_are_not_for_tokens(tmp_path: Path) -> None:
    folder = xlm_roberta(tmp_path, limit=62)
    change(folder, "sentence_bert_config.json", max_seq_length=64)
    assert describe(folder).max_tokens == 62


def test_a_model_of_pickled_weights_is_refused(tmp_path: Path) -> None:
    (bert(tmp_path) / "model.safetensors").rename(tmp_path / "pytorch_model.bin")
    with pytest.raises(UserError) as caught:
        describe(tmp_path)
    assert caught.value.values["detail"] == "pytorch_model.bin"
    assert _refused(tmp_path) is Refusal.NO_SAFETENSORS


def test_a_part_that_is_missing_is_named(tmp_path: Path) -> None:
    bert(tmp_path, shards=True)
    (tmp_path / "model-00002-of-00006.safetensors").unlink()
    with pytest.raises(UserError) as caught:
        describe(tmp_path)
    assert caught.value.values["detail"] == "model-00002-of-00006.safetensors"
    assert _refused(tmp_path) is Refusal.WEIGHTS_INCOMPLETE


def test_an_index_may_name_no_file_outside(tmp_path: Path) -> None:
    (bert(tmp_path / "model") / "model.safetensors").rename(tmp_path / "other.safetensors")
    write(tmp_path / "model", "model.safetensors.index.json", {"weight_map": {"a": "../other.safetensors"}})
    assert _refused(tmp_path / "model") is Refusal.WEIGHTS_INCOMPLETE


@pytest.mark.parametrize(
    ("name", "values", "reason"),
    [
        ("config.json", {"auto_map": {"AutoModel": "modeling.NewModel"}}, Refusal.REMOTE_CODE),
        ("config.json", {"model_type": ""}, Refusal.NO_MODEL),
        ("config.json", {"is_encoder_decoder": True}, Refusal.NO_TEXT_ENCODER),
        ("config.json", {"hidden_size": None}, Refusal.NO_TEXT_ENCODER),
        ("1_Pooling/config.json", {"pooling_mode": "attention"}, Refusal.POOLING_UNKNOWN),
        ("1_Pooling/config.json", {"pooling_mode_new": True}, Refusal.POOLING_UNKNOWN),
        ("1_Pooling/config.json", {"include_prompt": False}, Refusal.POOLING_UNKNOWN),
    ],
)
def test_what_cannot_be_done_rightly_is_refused(
    tmp_path: Path, name: str, values: dict[str, object], reason: Refusal
) -> None:
    change(bert(tmp_path), name, **values)
    assert _refused(tmp_path) is reason


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("modeling.MyPooling", Refusal.REMOTE_CODE),
        ("sentence_transformers.models.LSTM", Refusal.MODULE_UNKNOWN),
        ("sentence_transformers.models.Transformer", Refusal.MODULE_UNKNOWN),
        ("sentence_transformers.models.Dense", Refusal.NO_SAFETENSORS),
    ],
)
def test_a_step_that_is_not_known_is_refused(tmp_path: Path, kind: str, reason: Refusal) -> None:
    with_module(bert(tmp_path), kind, {})
    assert _refused(tmp_path) is reason


def test_a_layer_after_the_unit_vectors_is_refused(tmp_path: Path) -> None:
    weights = {"linear.weight": torch.zeros(8, 32), "linear.bias": torch.zeros(8)}
    with_module(bert(tmp_path), "sentence_transformers.models.Dense", {"in_features": 32, "out_features": 8}, weights)
    modules = json.loads((tmp_path / "modules.json").read_text())
    write(tmp_path, "modules.json", [*modules[:2], modules[3], modules[2]])
    assert _refused(tmp_path) is Refusal.MODULE_UNKNOWN


def test_a_step_lies_in_the_models_own_folder(tmp_path: Path) -> None:
    modules = json.loads((bert(tmp_path / "model") / "modules.json").read_text())
    modules[1]["path"] = "../elsewhere"
    write(tmp_path / "model", "modules.json", modules)
    assert _refused(tmp_path / "model") is Refusal.MODULE_UNKNOWN


@pytest.mark.parametrize("content", ["", "[]", "{", "\xff"])
def test_a_damaged_file_is_no_model(tmp_path: Path, content: str) -> None:
    (bert(tmp_path) / "config.json").write_text(content, encoding="latin-1")
    assert _refused(tmp_path) is Refusal.NO_MODEL


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    assert _refused(tmp_path) is Refusal.NO_MODEL
    write(tmp_path, "adapter_config.json", {})
    assert _refused(tmp_path) is Refusal.ADAPTER


def test_disagreements_are_named_with_both_values(tmp_path: Path) -> None:
    found = describe(bert(tmp_path))
    assert disagreements(found, pooling="cls", max_tokens=24, n_dimensions=32) == {}
    assert disagreements(found) == {}
    assert disagreements(found, pooling="mean", max_tokens=512) == {
        Disagreement.POOLING: ("cls", "mean"),
        Disagreement.MAX_TOKENS: (24, 512),
    }


def test_a_prompt_that_the_files_do_not_mention_is_no_disagreement(tmp_path: Path) -> None:
    known = Prompts(document="", query="query: ")
    assert disagreements(describe(bert(tmp_path / "bge")), prompts=known) == {}
    (kind,) = disagreements(describe(qwen3(tmp_path / "qwen")), prompts=known)
    assert kind is Disagreement.QUERY_PROMPT
