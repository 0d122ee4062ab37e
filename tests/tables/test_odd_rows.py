"""Rows that looked wrong are found again by the lines of their file."""

from pathlib import Path

from verbatlas.tables import Oddity, odd_rows, read_with_report


def found(path: Path) -> list[tuple[int, int, tuple[Oddity, ...], int]]:
    reading = read_with_report(path)
    return [(odd.row, odd.line, odd.oddities, odd.n_cells) for odd in odd_rows(reading.table, reading.report)]


def test_rows_are_found_behind_titles_and_cells_of_several_lines(tmp_path: Path) -> None:
    rows = [f'{row},"late\r\nagain\nand again {row}",2026-03-01' for row in range(30)]
    rows[4], rows[12], rows[20] = "4,few", "12,too,many,cells", '20,"never" again,2026-03-01'
    path = tmp_path / "odd.csv"
    path.write_bytes(("Export\n\nid,comment,date\n" + "\n".join(rows) + "\n").encode())

    assert found(path) == [
        (4, 16, (Oddity.TOO_FEW,), 2),
        (12, 38, (Oddity.TOO_MANY,), 4),
        (20, 60, (Oddity.QUOTE,), 3),
    ]
    lines = path.read_text(encoding="utf-8").replace("\r\n", "\n").split("\n")
    assert [lines[line - 1].split(",")[0] for _row, line, _kinds, _n in found(path)] == ["4", "12", "20"]


def test_characters_that_cannot_be_read_are_in_a_row(tmp_path: Path) -> None:
    path = tmp_path / "broken.csv"
    rows = [f"{row},快递太慢了，等了一个星期 {row}" for row in range(200)]
    data = ("id,comment\n" + "\n".join(rows) + "\n").encode()
    path.write_bytes(data.replace("星期 150".encode(), "星期".encode() + b"\xff 150"))

    assert [(row, line, kinds) for row, line, kinds, _n in found(path)] == [(150, 152, (Oddity.REPLACED,))]


def test_where_the_encoding_is_not_sure_the_rows_that_show_it_are_among_them(tmp_path: Path) -> None:
    path = tmp_path / "thin.csv"
    rows = [f"{row},late again and again" for row in range(60)]
    rows[33] = "33,th\u00ffs is it"
    path.write_bytes(("id,comment\n" + "\n".join(rows) + "\n").encode("latin-1"))

    assert found(path) == [(33, 35, (Oddity.LETTERS,), 2)]


def test_a_file_in_order_has_none(tmp_path: Path) -> None:
    path = tmp_path / "good.csv"
    path.write_text("id,comment\n1,late\n2,early\n", encoding="utf-8")
    assert found(path) == []
