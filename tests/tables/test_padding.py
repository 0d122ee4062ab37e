"""Zeros behind a text, and the end of a DOS file, are no part of it."""

from pathlib import Path

import pytest

from verbatlas.tables.padding import Beginning, without_padding

TEXT = "id,name\r\n1,Ann\r\n2,Bob 业\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16-le", "utf-16-be", "utf-32-le", "utf-16"])
@pytest.mark.parametrize("size", [4, 4096, 200_000])
def test_the_text_ends_where_the_zeros_begin(encoding: str, size: int, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    content = TEXT.encode(encoding)
    path.write_bytes(content + bytes(size))

    source, n_bytes = without_padding(path)

    assert n_bytes == size
    assert source.read_bytes() == content
    assert source.stat().st_size == len(content)
    assert source.suffix == ".csv"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "utf-32-be", "big5"])
def test_a_text_that_ends_by_itself_is_left_alone(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for text in (TEXT.replace("业", "x"), "id,name\n1,Ann", "id,name\n1,好业" if encoding != "big5" else "id\n1"):
        path.write_bytes(text.encode(encoding))
        assert without_padding(path) == (path, 0)


def test_the_end_of_a_dos_file_is_no_row(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"id\r\n1\r\n\x1a")
    source, n_bytes = without_padding(path)
    assert (source.read_bytes(), n_bytes) == (b"id\r\n1\r\n", 1)


def test_a_file_of_nothing_but_zeros_is_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(bytes(70_000))
    assert without_padding(path) == (path, 0)


def test_the_beginning_reads_like_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"0123456789")
    with Beginning(path, 6).open("rb") as file:
        assert file.read(4) == b"0123"
        assert file.tell() == 4
        assert file.read() == b"45"
        file.seek(2)
        assert file.read(100) == b"2345"
        file.seek(-1, 2)
        assert file.read() == b"5"
