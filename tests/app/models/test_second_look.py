"""What a model's own files say wins over the catalogue, and where both differ it is told."""

import json
from pathlib import Path

from verbatlas.app.models.second_look import second_look
from verbatlas.app.models.shelf import ShelfModel
from verbatlas.encoders.catalogue import by_name
from verbatlas.encoders.hub.installed import InstalledModel, Origin, list_installed


def installed(folder: Path) -> InstalledModel:
    return InstalledModel(str(folder), "", folder, 1, "", Origin.NAMED_FOLDER)


def test_the_packaged_model_is_as_the_catalogue_says() -> None:
    (minilm,) = [model for model in list_installed() if model.name == "minilm"]
    assert second_look(ShelfModel("minilm", by_name("minilm"), minilm)) == ""


def test_files_that_say_otherwise_are_told(tmp_path: Path) -> None:
    (minilm,) = [model for model in list_installed() if model.name == "minilm"]
    for name in ("tokenizer.json", "modules.json", "1_Pooling/config.json", "config.json", "model.safetensors"):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(minilm.folder / name)
    (tmp_path / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 128}))
    said = second_look(ShelfModel("minilm", by_name("minilm"), installed(tmp_path)))
    assert said == "The model's own files say that it reads 128 tokens, not 256; theirs is used."


def test_a_model_that_nobody_knows_is_told_by_its_files() -> None:
    (minilm,) = [model for model in list_installed() if model.name == "minilm"]
    said = second_look(ShelfModel("owner/name", None, minilm))
    assert "384 dimensions" in said
    assert "256 tokens" in said


def test_a_model_that_will_be_refused_says_so_at_once(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert", "auto_map": {"AutoModel": "x.Y"}}))
    assert "program code of its own" in second_look(ShelfModel("owner/name", None, installed(tmp_path)))


def test_what_is_not_here_has_no_files() -> None:
    assert second_look(ShelfModel("bge-m3", by_name("bge-m3"))) == ""
