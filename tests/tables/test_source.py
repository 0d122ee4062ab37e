"""Bytes out of an archive are read like a file."""

from pathlib import Path

from verbatlas.tables.source import Unpacked


def test_unpacked_bytes_have_what_readers_use_of_a_path() -> None:
    source = Unpacked(Path("feedback.zip"), b"id,text\n")
    assert source.stat().st_size == 8
    assert source.read_bytes() == b"id,text\n"
    with source.open("rb") as file:
        assert file.read(2) == b"id"
    assert str(source) == "feedback.zip"
