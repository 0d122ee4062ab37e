"""One string says which encoder is meant, and a wrong one gets the nearest right one."""

from pathlib import Path

import pytest

from verbatlas.encoders.reference import Reference, ReferenceKind, parse, parse_typed
from verbatlas.errors import Problem, UserError


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("auto", Reference(ReferenceKind.AUTO, "auto")),
        ("lexical", Reference(ReferenceKind.LEXICAL, "lexical")),
        ("minilm", Reference(ReferenceKind.CATALOGUE, "minilm")),
        ("all-MiniLM-L6-v2", Reference(ReferenceKind.CATALOGUE, "minilm")),
        (" BGE-large-zh-v1.5 ", Reference(ReferenceKind.CATALOGUE, "bge-large-zh-v1.5")),
        ("BAAI/bge-m3", Reference(ReferenceKind.CATALOGUE, "bge-m3")),
        ("shibing624/text2vec-base-chinese", Reference(ReferenceKind.HUB, "shibing624/text2vec-base-chinese")),
        ("/srv/模型/bge", Reference(ReferenceKind.FOLDER, "/srv/模型/bge")),
        (r"D:\models\bge", Reference(ReferenceKind.FOLDER, r"D:\models\bge")),
        ("http://localhost:30000/v1", Reference(ReferenceKind.SERVER, "http://localhost:30000/v1")),
        ("https://a.b/v1/#BAAI/bge-m3", Reference(ReferenceKind.SERVER, "https://a.b/v1", "BAAI/bge-m3")),
    ],
)
def test_every_kind_of_name_is_understood_and_written_again(text: str, expected: Reference) -> None:
    assert parse(text) == expected
    assert parse(expected.text()) == expected


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("bge-large", "bge-large-zh-v1.5"),
        ("lexcal", "lexical"),
        ("qwen3-embeding", "Qwen3-Embedding-0.6B"),
        ("", "auto"),
        ("a/b/c", "auto"),
        ("owner/..", "auto"),
        ("http://", "auto"),
        ("http://host:port", "auto"),
    ],
)
def test_what_means_nothing_is_told_with_the_names_that_do(text: str, nearest: str) -> None:
    with pytest.raises(UserError) as caught:
        parse(text)

    assert caught.value.problem is Problem.ENCODER_UNKNOWN
    assert caught.value.values["encoder"] == text
    names = caught.value.values["names"]
    assert isinstance(names, list)
    assert {"auto", "lexical", "minilm", "bge-m3"} <= set(names)
    if nearest != "auto":
        assert caught.value.values["nearest"] == nearest


def test_a_typed_folder_may_be_relative_and_becomes_absolute(tmp_path: Path) -> None:
    (tmp_path / "models" / "mine").mkdir(parents=True)

    assert parse_typed("models/mine", folder=tmp_path).name == str(tmp_path / "models" / "mine")
    assert parse_typed("./models/mine", folder=tmp_path).kind is ReferenceKind.FOLDER
    assert parse_typed("../x", folder=tmp_path / "models").name == str(tmp_path / "x")
    assert parse_typed("~/x", folder=tmp_path).name == str(Path.home() / "x")


def test_a_name_of_the_catalogue_is_not_hidden_by_a_folder_of_that_name(tmp_path: Path) -> None:
    (tmp_path / "bge-m3").mkdir()

    assert parse_typed("bge-m3", folder=tmp_path) == Reference(ReferenceKind.CATALOGUE, "bge-m3")
    assert parse_typed("owner/model", folder=tmp_path) == Reference(ReferenceKind.HUB, "owner/model")


@pytest.mark.parametrize(
    ("text", "hub_id"),
    [("bge-m3", "BAAI/bge-m3"), ("owner/model", "owner/model"), ("lexical", ""), ("/a/folder", ""), ("auto", "")],
)
def test_the_hub_id_of_what_has_one(text: str, hub_id: str) -> None:
    assert parse(text).hub_id == hub_id
