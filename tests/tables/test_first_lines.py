"""The first lines are those of the file."""

from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.tables import AddedColumn, TableFormat, TextForm, from_columns


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.csv", "t;t;t (2)\n'=1;b;c\n"),
        ("a.tsv", "t\tt\tt (2)\n'=1\tb\tc\n"),
        ("a.jsonl", '{"t": "=1", "t (3)": "b", "t (2)": "c"}\n'),
        ("a.json", '[\n{"t": "=1", "t (3)": "b", "t (2)": "c"}\n]\n'),
        ("a.xlsx", "t\tt\tt (2)\n=1\tb\tc\n"),
        ("a.parquet", "t\tt\tt (2)\n=1\tb\tc\n"),
    ],
)
def test_every_kind_has_first_lines(name: str, text: str) -> None:
    head = from_columns(["t", "t"], [["=1"], ["b"]], TableFormat(delimiter=";", below="\n\n"))
    added = [AddedColumn("t", ["c"])]
    assert tables.first_lines(Path(name), head, added, guard_formulas=True, form=TextForm.SOURCE) == text
