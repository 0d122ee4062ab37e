"""What a model's own files say wins over the catalogue, and where both differ it is told."""

import json
from pathlib import Path

from verbatlas.encoders import UNIVERSAL
from verbatlas.encoders.catalogue import by_name
from verbatlas.encoders.hub.installed import InstalledModel, Origin, list_installed
from verbatlas.second_look import dimensions_of, otherwise_of, second_look


def installed(folder: Path) -> InstalledModel:
    return InstalledModel(str(folder), "", folder, 1, "", Origin.NAMED_FOLDER)


def test_the_packaged_model_is_as_the_catalogue_says() -> None:
    (minilm,) = [model for model in list_installed() if model.name == "minilm"]
    assert second_look(minilm, by_name("minilm")) == ""


def test_files_that_say_otherwise_are_told(tmp_path: Path) -> None:
    (minilm,) = [model for model in list_installed() if model.name == "minilm"]
    for name in ("tokenizer.json", "modules.json", "1_Pooling/config.json", "config.json", "model.safetensors"):
        target = tmp_path / name
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(minilm.folder / name)
    (tmp_path / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": 128}))
    said = second_look(installed(tmp_path), by_name("minilm"))
    assert said == "The model's own files say that it reads 128 tokens, not 256; theirs is used."


def test_a_model_that_nobody_knows_is_told_by_its_files() -> None:
    (minilm,) = [model for model in list_installed() if model.name == "minilm"]
    said = second_look(minilm, None)
    assert "384 dimensions" in said
    assert "256 tokens" in said


def test_a_model_that_will_be_refused_says_so_at_once(tmp_path: Path) -> None:
    (tmp_path / "config.json").write_text(json.dumps({"model_type": "bert", "auto_map": {"AutoModel": "x.Y"}}))
    assert "program code of its own" in second_look(installed(tmp_path), None)


def test_what_has_no_files_of_that_kind_says_nothing() -> None:
    (universal,) = [model for model in list_installed() if model.name == UNIVERSAL]
    assert second_look(universal, by_name(UNIVERSAL)) == ""
    assert otherwise_of("lexical") == otherwise_of("minilm") == otherwise_of("http://localhost:1/v1#bge-m3") == []


def test_dimensions_are_those_of_the_files(tmp_path: Path) -> None:
    here = {model.name: dimensions_of(model) for model in list_installed()}
    assert (here["minilm"], here[UNIVERSAL]) == (384, 512)
    assert dimensions_of(installed(tmp_path)) is None
