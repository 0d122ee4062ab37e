"""A few bytes that belong in no text do not make a file one that is none."""

import sqlite3
from pathlib import Path

import pytest

from verbatlas.tables.binary_files import is_binary, n_controls


@pytest.mark.parametrize(
    "content",
    [
        b"a,b\n1,\0\n",
        b"id,c\n1,a\0b\n2,c\n",
        b"id\x01name\x01text\n1\x01Ann\x01late\n" * 20,
        b"id\x1fname\x1ftext\x1e1\x1fAnn\x1flate\x1e" * 20,
        b"1,Ann\0\0\0\0\0,late\0\0\0\n" * 20,
        b"id,c\n" + b"1,a\n" * 9 + bytes(4096) + b"2,b\n",
        b"MZ,text\n1,BZh is how some files begin\n",
        b'"\x1a",2,3\n',
    ],
    ids=["lone", "within", "hive", "separators", "filled", "gap", "letters", "end"],
)
def test_a_text_with_odd_bytes_is_one(content: bytes) -> None:
    assert not is_binary(content)


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n",
        b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0" * 4,
        b"notes.txt" + bytes(91) + b"0000644\0" * 19 + b"\0\0\0\0\0ustar  \0",
        b"\x93NUMPY\x01\0v\0{'descr': '<f8', 'fortran_order': False}" + b" " * 60,
        b"".join(number.to_bytes(4, "little") for number in range(500)),
        bytes((i * 7919 + i // 3) % 256 for i in range(5000)),
        bytes(400) + b"\x01\0\0\0" * 100,
    ],
    ids=["png", "pdf", "exe", "tar", "npy", "numbers", "noise", "flags"],
)
def test_what_is_no_text_is_not_taken_for_one(content: bytes) -> None:
    assert is_binary(content)


def test_a_database_is_no_text(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "a.db")
    connection.execute("create table notes (text text)")
    connection.close()
    assert is_binary((tmp_path / "a.db").read_bytes())


def test_control_characters_are_counted_without_line_ends() -> None:
    assert n_controls(b"a\tb\r\n\0\x01\x7f") == 3
