"""What was read unasked goes back as it was: the same bytes, or at least the same cells."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas import tables
from verbatlas.errors import UserError

_SENTENCES = st.sampled_from(
    [
        "The parcel was late",
        "slow, dear; rude",
        'he said "never again"',
        "two\nlines",
        "价格太高，客服不理人",
        "a | b",
        "tab\there",
        "C:\\new",
        "",
        " spaces ",
        "007",
        "'quoted'",
        "#1 of all",
    ]
)
_ANYTHING = st.text(st.sampled_from("ab1,;|\t\"'\\\n\r #é的 ="), max_size=40)


@settings(max_examples=200, deadline=None)
@given(
    comments=st.lists(st.lists(_SENTENCES, min_size=1, max_size=3).map(" ".join), min_size=4, max_size=12),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-16-be"]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n"]),
    quotes_all=st.booleans(),
    has_header=st.booleans(),
    is_ended=st.booleans(),
)
def test_a_well_formed_file_comes_back_byte_for_byte(
    *,
    comments: list[str],
    encoding: str,
    delimiter: str,
    line_end: str,
    quotes_all: bool,
    has_header: bool,
    is_ended: bool,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    folder = tmp_path_factory.mktemp("round")
    sink = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quotes_all else csv.QUOTE_MINIMAL
    writer = csv.writer(sink, delimiter=delimiter, lineterminator=line_end, quoting=quoting)
    rows = [[str(number), "2026-03-01", comment, "ok"] for number, comment in enumerate(comments)]
    writer.writerows([["id", "date", "comment", "state"], *rows] if has_header else rows)
    text = sink.getvalue() if is_ended else sink.getvalue().removesuffix(line_end)
    (folder / "in.csv").write_bytes(text.encode(encoding))

    table = tables.read(folder / "in.csv")
    tables.write(folder / "out.csv", table)

    assert (folder / "out.csv").read_bytes() == (folder / "in.csv").read_bytes()


_PLAIN = st.text(st.sampled_from("ab éü的x"), min_size=1, max_size=9).map(lambda text: f"c{text}c")
_STYLES = ("needed", "all", "texts", "texts but empty", "empty", "header", "body", "one column")


def _quotes(style: str, *, row: int, column: int, cell: str) -> bool:
    """Return whether a program of some style quotes a cell that need not be."""
    is_number = cell.replace(".", "").isdigit()
    return {
        "needed": False,
        "all": True,
        "texts": not is_number,
        "texts but empty": not is_number and cell != "",
        "empty": cell == "",
        "header": row == 0,
        "body": row > 0,
        "one column": column == 2 and row > 0,
    }[style]


@settings(max_examples=300, deadline=None)
@given(
    comments=st.lists(st.one_of(_PLAIN, _SENTENCES), min_size=5, max_size=12),
    extra=st.lists(st.sampled_from(["", "x"]), max_size=3),
    style=st.sampled_from(_STYLES),
    # Backslashes and spaces at once are not found out.
    special=st.sampled_from([("", ""), ("all", ""), ("quotes", ""), ("", " ")]),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    line_end=st.sampled_from(["\n", "\r\n", "\r"]),
    below=st.integers(-1, 3),
)
def test_whatever_programs_do_beyond_need_comes_back_too(
    *,
    comments: list[str],
    extra: list[str],
    style: str,
    special: tuple[str, str],
    delimiter: str,
    line_end: str,
    below: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """Quotes by R, pandas and others, columns without a name, backslashes, spaces, blank lines at the end."""
    folder = tmp_path_factory.mktemp("round")
    escape, gap = special
    # A backslash before quotes and spaces behind delimiters are known by cells that would be out of order without them.
    comments = [*comments, *([f'so "good"{delimiter} so far'] * 3 if escape or gap else [])]
    rows = [[str(row), "2.5", comment, "", *(["z"] * len(extra))] for row, comment in enumerate(comments)]
    quoted = {"": ('"', '""'), "all": ("\\", "\\\\"), "quotes": ('"', '\\"')}[escape]

    def written(row: int, column: int, cell: str) -> str:
        needs = any(sign in cell for sign in (delimiter, '"', "\n", "\r")) or (gap and cell[:1] == " ")
        body = cell.replace(*quoted).replace('"', '\\"') if escape == "all" else cell.replace(*quoted)
        is_quoted = needs or _quotes(style, row=row, column=column, cell=cell)
        return f'"{body}"' if is_quoted else body

    names = ["id", "stars", "comment", "", *extra]
    lines = [
        (delimiter + gap).join(written(row, column, cell) for column, cell in enumerate(cells))
        for row, cells in enumerate([names, *rows])
    ]
    text = line_end.join(lines) + line_end * (below + 1)
    (folder / "in.csv").write_bytes(text.encode("utf-8-sig"))

    tables.write(folder / "out.csv", tables.read(folder / "in.csv"))

    assert (folder / "out.csv").read_bytes().decode("utf-8-sig") == text


@settings(max_examples=300, deadline=None)
@given(text=_ANYTHING, suffix=st.sampled_from([".csv", ".txt"]))
def test_whatever_was_read_is_read_the_same_after_writing(
    text: str, suffix: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("round")
    source, output = folder / f"in{suffix}", folder / f"out{suffix}"
    source.write_bytes(text.encode())
    try:
        table = tables.read(source)
    except UserError:
        return
    plain = replace(table.format, above="", escape="", skip_spaces=False)

    tables.write(output, tables.from_columns(table.names, table.columns, plain))
    again = tables.read(output, format=plain)

    # Rows of nothing at the very end cannot be told from no rows.
    assert [_cells(again, row) for row in range(again.n_rows)] == [
        _cells(table, row) for row in range(table.n_rows)
    ] or _ends_blank(table)


def _cells(table: tables.Table, row: int) -> list[str]:
    return [cell for cell in table.row(row) if cell is not None]


def _ends_blank(table: tables.Table) -> bool:
    return not any(table.row(table.n_rows - 1))


@settings(max_examples=300, deadline=None)
@given(content=st.binary(max_size=120))
def test_any_bytes_give_a_table_or_a_sentence(content: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("bytes") / "in.csv"
    path.write_bytes(b"id,text\n1," + content)

    try:
        reading = tables.read_with_report(path)
    except UserError:
        return

    assert reading.table.n_rows > 0
    assert 0 <= reading.report.encoding_sure <= 1
    assert 0 <= reading.report.delimiter_sure <= 1
