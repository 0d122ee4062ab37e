"""What a file does beyond its dialect is found out, and nothing is thought of what is not regular."""

from dataclasses import replace
from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.tables import TableFormat
from verbatlas.tables.as_written import as_written

_COMMA = TableFormat()


def written(folder: Path, content: str, table_format: TableFormat = _COMMA) -> TableFormat:
    path = folder / "in.csv"
    path.write_bytes(content.encode(table_format.encoding))
    return as_written(path, table_format)


@pytest.mark.parametrize(
    ("content", "changes"),
    [
        ("a,b\n1,x\n", {}),
        ('"a","b"\n"1","x"\n', {"quote_all": True}),
        ("a,b,\n1,x,\n", {"n_names": 3}),
        ("a,b\n1,x\n\n\n", {"below": "\n\n"}),
        ("a,b\n1,x", {}),
        ('a,b\n1,"x\n2,y\n', {}),
    ],
)
def test_what_differs_is_said(content: str, changes: dict[str, object], tmp_path: Path) -> None:
    assert written(tmp_path, content) == replace(_COMMA, **{"n_names": 2, **changes})


def test_line_ends_of_two_bytes_are_counted_too(tmp_path: Path) -> None:
    found = written(tmp_path, "a\r\nx\r\n\r\n", TableFormat(encoding="utf-16-le", line_end="\r\n"))
    assert found.below == "\r\n"


@pytest.mark.parametrize(("rows", "gap"), [('1, "x"\n2, y\n', " "), ('1, "x"\n2,"y"\n', "")])
def test_a_space_behind_all_delimiters_is_known(rows: str, gap: str, tmp_path: Path) -> None:
    assert written(tmp_path, "a, b\n" + rows, TableFormat(skip_spaces=True)).gap == gap


def test_a_beginning_that_ends_in_a_row_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("id,text\n" + "".join(f'{row},"comment number {row}"\n' for row in range(20_000)))
    tables.write(tmp_path / "out.csv", tables.read(path))
    assert (tmp_path / "out.csv").read_bytes() == path.read_bytes()


@pytest.mark.parametrize("has_header", [True, False])
def test_a_format_that_a_person_chose_is_completed(tmp_path: Path, *, has_header: bool) -> None:
    path = tmp_path / "in.csv"
    path.write_text('"a";b\n"x";1\n')
    table = tables.read(path, format=TableFormat(delimiter=";", has_header=has_header))
    tables.write(tmp_path / "out.csv", table)
    assert (tmp_path / "out.csv").read_bytes() == path.read_bytes()
