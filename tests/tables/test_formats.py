"""Whatever a table is written to, the same cells come back."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from workbooks import write_xlsx

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.tables import AddedColumn, TableFormat, from_columns
from verbatlas.tables.formats import delimited_format

CELLS = st.one_of(st.none(), st.text(st.characters(codec="utf-8", exclude_characters="\ufffe\uffff"), max_size=12))


@settings(max_examples=80, deadline=None)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=6),
    ending=st.sampled_from([".xlsx", ".jsonl", ".json", ".parquet"]),
)
def test_any_table_comes_back_with_the_same_cells(
    rows: list[tuple[str | None, str | None]], ending: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("round") / f"out{ending}"
    # The last row has something: a sheet ends where its cells end.
    rows = [*rows, ("end", "end")]
    table = from_columns(["name", "comment"], [list(column) for column in zip(*rows, strict=True)], TableFormat())

    tables.write(path, table, added=[AddedColumn("comment", ["0.25"] * len(rows))])
    again = tables.read(path)

    # A sheet knows no difference between an empty cell and none.
    wanted = [tuple(cell or "" for cell in row) for row in rows] if ending == ".xlsx" else rows
    assert again.names == ("name", "comment", "comment (2)")
    assert [again.row(row) for row in range(again.n_rows)] == [(*row, "0.25") for row in wanted]


@pytest.mark.parametrize(("ending", "delimiter"), [(".csv", ","), (".tsv", "\t"), (".txt", ","), ("", ",")])
def test_a_workbook_becomes_text_that_excel_opens_correctly(ending: str, delimiter: str, tmp_path: Path) -> None:
    table = tables.read(write_xlsx(tmp_path / "a.xlsx", {"S": [("id", "评论"), ("007", "慢")]}))
    written = tables.write(tmp_path / f"out{ending}", table)
    assert (tmp_path / f"out{ending}").read_bytes() == f"id{delimiter}评论\r\n007{delimiter}慢\r\n".encode("utf-8-sig")
    assert written.format.encoding == "utf-8"


@pytest.mark.parametrize(
    ("ending", "content"),
    [
        (".tsv", "sep=\t\r\nid\ttext\r\n1\tslow, dear\r\n"),
        (".TAB", "sep=\t\r\nid\ttext\r\n1\tslow, dear\r\n"),
        (".psv", "sep=|\r\nid|text\r\n1|slow, dear\r\n"),
        (".ssv", "sep=;\r\nid;text\r\n1;slow, dear\r\n"),
        (".csv", 'sep=,\r\nid,text\r\n1,"slow, dear"\r\n'),
        (".txt", 'sep=,\r\nid,text\r\n1,"slow, dear"\r\n'),
    ],
)
def test_the_ending_decides_the_delimiter_where_it_names_one(ending: str, content: str, tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / f"out{ending}"
    source.write_bytes(b'sep=,\r\nid,text\r\n1,"slow, dear"\r\n')
    tables.write(output, tables.read(source))
    assert output.read_bytes().decode() == content


@pytest.mark.parametrize(("delimiter", "written"), [(";", ";"), ("\t", "\t"), ("|", ","), ("\x1f", ",")])
def test_for_excel_the_delimiter_is_one_that_it_knows(delimiter: str, written: str) -> None:
    found = TableFormat(encoding="utf-16-be", delimiter=delimiter, quote="'", escape="\\", gap=" ", skip_spaces=True)
    wanted = delimited_format(Path("out.csv"), found, for_excel=True)
    assert wanted == TableFormat(byte_order_mark=True, delimiter=written)


@pytest.mark.parametrize("ending", [".xls", ".ods", ".XLSM", ".zip", ".gz"])
def test_kinds_that_are_only_read_are_refused(ending: str, tmp_path: Path) -> None:
    table = from_columns(["a"], [["x"]], TableFormat())
    with pytest.raises(UserError) as caught:
        tables.write(tmp_path / f"out{ending}", table)
    assert caught.value.problem is Problem.OUTPUT_KIND
    assert list(tmp_path.iterdir()) == []


def test_text_that_looks_like_json_can_be_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text('{"a": 1}\n{"a": 2}\n')
    assert tables.read(path).names == ("a",)
    assert tables.read(path, format=TableFormat(has_header=False)).n_rows == 2


def test_a_plain_file_offers_nothing_to_choose(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("id,text\n1,late\n")
    assert tables.parts(path) == tables.Parts()
    with pytest.raises(UserError) as caught:
        tables.parts(tmp_path / "none.xlsx")
    assert caught.value.problem is Problem.FILE_MISSING


def test_a_web_page_called_a_workbook_gets_a_sentence_and_can_be_read_as_text(tmp_path: Path) -> None:
    path = tmp_path / "export.xls"
    path.write_text("<html><table>\n<tr><td>id</td><td>late, again</td></tr>\n</table></html>\n")

    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.problem is Problem.FILE_IS_MARKUP
    assert tables.parts(path) == tables.Parts()
    assert tables.read(path, format=TableFormat(has_header=False)).n_rows == 3


def test_no_memory_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_it(*_arguments: object, **_more: object) -> None:
        raise MemoryError

    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n')
    monkeypatch.setattr("verbatlas.tables.formats.read_json", fill_it)

    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.problem is Problem.OUT_OF_MEMORY
