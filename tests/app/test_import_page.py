"""Before the map: what was understood of the file, and which columns hold the comments."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QListWidget, QPlainTextEdit, QPushButton, QTableView
from pytestqt.qtbot import QtBot
from window_steps import write_csv

from verbatlas.app.import_page import ImportPage
from verbatlas.app.work import ReadTable, count_texts, read_table
from verbatlas.progress import no_report
from verbatlas.tables import TableFormat, from_columns, write


def read_file(path: Path, table_format: TableFormat | None = None) -> ReadTable:
    return read_table(path, table_format, no_report)


@pytest.fixture
def page(qtbot: QtBot, small_table: Path) -> ImportPage:
    page = ImportPage()
    qtbot.addWidget(page)
    page.resize(1100, 650)
    page.show_table(read_file(small_table))
    return page


def columns(page: ImportPage) -> QListWidget:
    return page.findChild(QListWidget)


def button(page: ImportPage, text: str) -> QPushButton:
    return next(button for button in page.findChildren(QPushButton) if button.text() == text)


def choice(page: ImportPage, name: str) -> QComboBox:
    return next(box for box in page.findChildren(QComboBox) if box.accessibleName() == name)


def choices(page: ImportPage) -> list[str]:
    return [box.accessibleName() for box in page.findChildren(QComboBox) if box.isVisibleTo(page)]


def choose(page: ImportPage, name: str, words: str) -> None:
    box = choice(page, name)
    box.setCurrentText(words)
    box.activated.emit(box.currentIndex())


def words(page: ImportPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel))


def test_the_text_column_is_guessed_and_ticked(page: ImportPage) -> None:
    assert page.chosen == (1,)
    assert "42 rows" in words(page)
    assert "4 columns" in words(page)


def test_the_first_rows_are_shown_and_the_chosen_column_is_marked(page: ImportPage) -> None:
    model = page.findChild(QTableView).model()
    assert model.rowCount() == 42
    assert model.headerData(1, Qt.Orientation.Horizontal) == "✓ comment"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "id"
    assert model.index(0, 1).data() == "快递太慢了，等了一个星期"


def test_several_columns_are_joined_and_the_first_comment_shows_how(page: ImportPage) -> None:
    columns(page).item(2).setCheckState(Qt.CheckState.Checked)
    assert page.chosen == (1, 2)
    assert page.findChild(QPlainTextEdit).toPlainText() == "快递太慢了，等了一个星期\n2026-03-01"


def test_without_a_column_there_is_no_map(page: ImportPage) -> None:
    columns(page).item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not button(page, "Make the map").isEnabled()
    assert "Tick the column" in words(page)


def test_counts_are_asked_for_and_shown(qtbot: QtBot, page: ImportPage) -> None:
    with qtbot.waitSignal(page.counts_wanted) as wanted:
        columns(page).item(0).setCheckState(Qt.CheckState.Checked)
    assert wanted.args == [(0, 1)]
    assert page.read is not None
    page.show_counts((0, 1), count_texts(page.read.table, (0, 1)).counts)
    assert "42 comments with text." in words(page)
    assert "same as" not in words(page)
    page.show_table(page.read)
    page.show_counts((1,), count_texts(page.read.table, (1,)).counts)
    assert "42 comments with text. 21 of them are the same as earlier ones." in words(page)


def test_counts_of_other_columns_come_too_late(page: ImportPage) -> None:
    assert page.read is not None
    page.show_counts((0,), count_texts(page.read.table, (0,)).counts)
    assert "42 comments" not in words(page)


def test_a_column_of_blanks_is_said_to_be_blank_and_makes_no_map(qtbot: QtBot, tmp_path: Path) -> None:
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(write_csv(tmp_path / "b.csv", ["a", "b"], [["some words here", ""], ["x", " "]])))
    columns(page).item(0).setCheckState(Qt.CheckState.Unchecked)
    columns(page).item(1).setCheckState(Qt.CheckState.Checked)
    assert page.read is not None
    page.show_counts((1,), count_texts(page.read.table, (1,)).counts)
    assert "2 rows have no text" in words(page)
    assert not button(page, "Make the map").isEnabled()


def test_agreeing_makes_the_map_of_the_ticked_columns(qtbot: QtBot, page: ImportPage) -> None:
    with qtbot.waitSignal(page.accepted) as accepted:
        qtbot.mouseClick(button(page, "Make the map"), Qt.MouseButton.LeftButton)
    assert accepted.args == [(1,)]


def test_going_back_is_possible(qtbot: QtBot, page: ImportPage) -> None:
    with qtbot.waitSignal(page.left):
        qtbot.mouseClick(button(page, "Back"), Qt.MouseButton.LeftButton)


def test_another_encoding_reads_the_file_again(qtbot: QtBot, page: ImportPage) -> None:
    box = choice(page, "Encoding")
    index = box.findData("gb18030")
    with qtbot.waitSignal(page.format_chosen) as chosen:
        box.setCurrentIndex(index)
        box.activated.emit(index)
    assert chosen.args[0].encoding == "gb18030"
    assert chosen.args[0].delimiter == ","


def test_the_keyboard_ticks_columns(qtbot: QtBot, page: ImportPage) -> None:
    columns(page).setCurrentRow(3)
    qtbot.keyClick(columns(page), Qt.Key.Key_Space)
    assert page.chosen == (1, 3)


def test_a_huge_cell_is_shown_by_its_beginning(qtbot: QtBot, tmp_path: Path) -> None:
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(write_csv(tmp_path / "h.csv", ["text"], [["word " * 2_000_000], ["more words"]])))
    shown = page.findChild(QTableView).model().index(0, 0).data()
    assert len(shown) < 400
    assert len(page.findChild(QPlainTextEdit).toPlainText()) < 5000


def test_a_text_file_has_no_sheets_to_choose(page: ImportPage) -> None:
    assert choices(page) == ["Encoding", "Separated by", "First row is"]


def test_another_sheet_is_chosen_and_read(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "feedback.xlsx"
    book = openpyxl.Workbook()
    for name, text in {"Sheet": "Delivery was late", "四月": "太慢了，不满意"}.items():
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        for row in [("id", "comment"), ("1", text), ("2", f"{text} again")]:
            sheet.append(row)
    book.save(path)
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(path))
    assert choices(page) == ["Sheet", "First row is"]
    assert choice(page, "Sheet").currentText() == "Sheet"

    with qtbot.waitSignal(page.format_chosen) as chosen:
        choose(page, "Sheet", "四月")
    page.show_table(read_file(path, chosen.args[0]))

    assert choice(page, "Sheet").currentText() == "四月"
    assert page.findChild(QTableView).model().index(0, 1).data() == "太慢了，不满意"
    with qtbot.waitSignal(page.format_chosen) as chosen:
        choose(page, "First row is", "A comment already")
    page.show_table(read_file(path, chosen.args[0]))
    assert choice(page, "Sheet").currentText() == "四月"
    assert "3 rows" in words(page)


def test_another_file_of_an_archive_is_chosen_and_read(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("march.csv", "id,comment\n1,late again and again\n")
        archive.writestr("april.csv", "id;comment\n1;good\n".encode("utf-16"))
        archive.writestr("may.jsonl", '{"comment": "ok"}')
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(path))
    assert choices(page) == ["File in the archive", "Encoding", "Separated by", "First row is"]
    assert choice(page, "File in the archive").currentText() == "april.csv"

    for name, shown in {"may.jsonl": ["File in the archive"], "march.csv": choices(page)}.items():
        with qtbot.waitSignal(page.format_chosen) as chosen:
            choose(page, "File in the archive", name)
        page.show_table(read_file(path, chosen.args[0]))
        assert choice(page, "File in the archive").currentText() == name
        assert choices(page) == shown
    assert page.findChild(QTableView).model().index(0, 1).data() == "late again and again"


def test_typed_files_leave_nothing_to_choose(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    write(path, from_columns(["comment"], [["late", "dear"]], TableFormat()))
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(path))
    assert choices(page) == []


def test_a_sheet_that_cannot_be_read_leaves_the_one_that_is_shown(qtbot: QtBot, page: ImportPage) -> None:
    choose(page, "Separated by", "Tab")
    page.show_format()
    assert choice(page, "Separated by").currentText() == "Comma"


def test_what_reading_met_is_said_above_the_preview(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    rows = "".join(f"{row},快递太慢了，客服不理人 {row},2026-03-01\r\n" for row in range(40))
    path.write_bytes(f"客户反馈导出\r\n\r\n编号,评论,日期\r\n{rows}41,少了\r\n".encode("gb18030"))
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(path))
    assert "2 lines above the column names are no part of the table." in words(page)
    assert "1 row has more or fewer cells than the others" in words(page)
