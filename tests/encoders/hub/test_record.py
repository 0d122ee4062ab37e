"""The note beside a model comes back as it was written, or not at all."""

import hashlib
from pathlib import Path

import pytest

from verbatlas.encoders.hub.record import RECORD_FILE, FileRecord, ModelRecord, read_record, sha256_of, write_record

_FILES = (FileRecord("1_Pooling/config.json", 3, "ab"),)
_RECORD = ModelRecord("owner/模型", "a" * 40, "https://hf-mirror.com", 7, _FILES)


def test_the_note_comes_back(tmp_path: Path) -> None:
    write_record(tmp_path, _RECORD)

    assert read_record(tmp_path) == _RECORD


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"hub_id": "a/b", "files": [{}]}', '{"files": 1}', "\udcff"])
def test_what_cannot_be_understood_is_no_note(content: str, tmp_path: Path) -> None:
    (tmp_path / RECORD_FILE).write_bytes(content.encode("utf-8", "surrogateescape"))

    assert read_record(tmp_path) is None
    assert read_record(tmp_path / "nowhere") is None


def test_a_digest_is_told_with_every_block(tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000
    (tmp_path / "file").write_bytes(content)
    told: list[int] = []

    assert sha256_of(tmp_path / "file", read=told.append) == hashlib.sha256(content).hexdigest()
    assert sum(told) == len(content)
    assert len(told) > 1
