"""Before the map: what was understood of the file, and which columns hold the comments."""

import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTabBar,
    QTableView,
)
from pytestqt.qtbot import QtBot
from window_steps import write_csv

from verbatlas.app.import_page import ImportChoice, ImportPage
from verbatlas.app.work import ReadTable, TextChoice, count_near, count_texts, read_table
from verbatlas.progress import no_report
from verbatlas.study import LeaveOut
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


def switch(page: ImportPage, beginning: str) -> QCheckBox:
    return next(box for box in page.findChildren(QCheckBox) if box.text().startswith(beginning))


def template(page: ImportPage) -> QPlainTextEdit:
    return next(
        field for field in page.findChildren(QPlainTextEdit) if field.accessibleName() == "How the columns are joined"
    )


def document(page: ImportPage) -> str:
    shown = (field for field in page.findChildren(QPlainTextEdit) if field.isReadOnly())
    return next(shown).toPlainText()


def count(page: ImportPage) -> None:
    """Answer what the page asks about the columns that are chosen."""
    assert page.read is not None
    assert page.choice is not None
    page.show_counts(count_texts(page.read.table, page.choice, no_report))


def count_nearly(page: ImportPage) -> None:
    """Answer what the page asks about near duplicates too."""
    assert page.read is not None
    assert page.choice is not None
    page.show_counts(count_near(count_texts(page.read.table, page.choice, no_report), no_report))


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
    assert document(page) == "快递太慢了，等了一个星期\n2026-03-01"


def test_without_a_column_there_is_no_map(page: ImportPage) -> None:
    columns(page).item(1).setCheckState(Qt.CheckState.Unchecked)
    assert not button(page, "Make the map").isEnabled()
    assert "Tick the column" in words(page)


def test_counts_are_asked_for_and_shown(qtbot: QtBot, page: ImportPage) -> None:
    with qtbot.waitSignal(page.counts_wanted) as wanted:
        columns(page).item(0).setCheckState(Qt.CheckState.Checked)
    assert wanted.args[0].columns == (0, 1)
    count(page)
    assert "42 comments will be clustered." in words(page)
    assert switch(page, "Same as").text() == "Same as an earlier one: 0"
    columns(page).item(0).setCheckState(Qt.CheckState.Unchecked)
    count(page)
    assert switch(page, "Same as").text() == "Same as an earlier one: 21"
    assert switch(page, "Nearly").text() == "Nearly the same"
    count_nearly(page)
    assert switch(page, "Nearly").text() == "Nearly the same: 0"


def test_counts_of_other_columns_come_too_late(page: ImportPage) -> None:
    assert page.read is not None
    page.show_counts(count_texts(page.read.table, TextChoice((0,)), no_report))
    assert "42 comments" not in words(page)


def test_a_column_of_blanks_is_said_to_be_blank_and_makes_no_map(qtbot: QtBot, tmp_path: Path) -> None:
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(write_csv(tmp_path / "b.csv", ["a", "b"], [["some words here", ""], ["x", " "]])))
    columns(page).item(0).setCheckState(Qt.CheckState.Unchecked)
    columns(page).item(1).setCheckState(Qt.CheckState.Checked)
    count(page)
    assert "There is no text: all rows are blank." in words(page)
    assert not button(page, "Make the map").isEnabled()


def test_agreeing_makes_the_map_of_the_ticked_columns(qtbot: QtBot, page: ImportPage) -> None:
    count(page)
    with qtbot.waitSignal(page.accepted) as accepted:
        qtbot.mouseClick(button(page, "Make the map"), Qt.MouseButton.LeftButton)
    assert accepted.args == [ImportChoice(TextChoice((1,)), ())]


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
    assert len(document(page)) < 5000


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


def test_switches_leave_out_and_say_what_remains(qtbot: QtBot, page: ImportPage) -> None:
    page.show()
    count_nearly(page)
    qtbot.mouseClick(switch(page, "Same as"), Qt.MouseButton.LeftButton, pos=QPoint(8, 8))
    assert "21 comments will be clustered. 21 rows are left out and stay in every export." in words(page)
    assert "What repeats another row gets its cluster there." in words(page)
    switch(page, "Very short").setFocus()
    qtbot.keyClick(switch(page, "Very short"), Qt.Key.Key_Space)
    with qtbot.waitSignal(page.accepted) as accepted:
        qtbot.mouseClick(button(page, "Make the map"), Qt.MouseButton.LeftButton)
    assert accepted.args[0].leave_out == (LeaveOut.SHORT, LeaveOut.DUPLICATES)
    page.hide()


def test_nothing_can_be_made_where_everything_is_left_out(qtbot: QtBot, tmp_path: Path) -> None:
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(write_csv(tmp_path / "s.csv", ["comment", "n"], [["ok", "1"], ["good", "2"]])))
    columns(page).item(0).setCheckState(Qt.CheckState.Checked)
    count_nearly(page)
    assert button(page, "Make the map").isEnabled()
    switch(page, "Very short").setChecked(True)
    assert "Nothing is left to cluster: leave out less." in words(page)
    assert not button(page, "Make the map").isEnabled()


def test_the_search_for_near_duplicates_shows_how_far_it_is_and_can_be_stopped(qtbot: QtBot, page: ImportPage) -> None:
    with qtbot.waitSignal(page.near_wanted) as wanted:
        count(page)
    assert wanted.args[0].choice == page.choice
    page.show_near_progress(None, 21, 42)
    assert switch(page, "Nearly").text() == "Nearly the same: 50% looked at"
    with qtbot.waitSignal(page.near_wanted) as wanted:
        qtbot.mouseClick(button(page, "Stop"), Qt.MouseButton.LeftButton)
    assert wanted.args == [None]
    assert switch(page, "Nearly").text() == "Nearly the same"
    switch(page, "Nearly").setChecked(True)
    assert "At most 42 comments will be clustered." in words(page)
    with qtbot.waitSignal(page.near_wanted):
        qtbot.mouseClick(button(page, "Count"), Qt.MouseButton.LeftButton)


def test_a_template_joins_several_columns_and_the_preview_follows_every_key(qtbot: QtBot, page: ImportPage) -> None:
    assert template(page).isHidden() or not template(page).isVisibleTo(page)
    columns(page).item(2).setCheckState(Qt.CheckState.Checked)
    assert template(page).isVisibleTo(page)
    assert template(page).toPlainText() == "{comment}\n{date}"
    template(page).selectAll()
    qtbot.keyClicks(template(page), "{date}: {comment}")
    assert document(page) == "2026-03-01: 快递太慢了，等了一个星期"
    assert page.choice is not None
    assert page.choice.template is not None
    assert page.choice.template.pieces == (2, ": ", 1)
    qtbot.keyClick(template(page), Qt.Key.Key_Return)
    qtbot.keyClicks(template(page), "{{stars}}")
    assert document(page) == "2026-03-01: 快递太慢了，等了一个星期\n{stars}"


def test_a_template_that_is_wrong_is_said_to_be_wrong_and_makes_no_map(qtbot: QtBot, page: ImportPage) -> None:
    columns(page).item(2).setCheckState(Qt.CheckState.Checked)
    template(page).setPlainText("{comment} ({when})")
    assert "There is no column 'when'." in words(page)
    assert page.choice is None
    assert not button(page, "Make the map").isEnabled()
    template(page).setPlainText("{comment} ({date})")
    count(page)
    assert button(page, "Make the map").isEnabled()


def test_ticks_and_template_follow_one_another(page: ImportPage) -> None:
    columns(page).item(2).setCheckState(Qt.CheckState.Checked)
    template(page).setPlainText("{date} ({stars}): {comment}")
    assert page.chosen == (1, 2, 3)
    columns(page).item(3).setCheckState(Qt.CheckState.Unchecked)
    assert template(page).toPlainText() == "{date}: {comment}"
    columns(page).item(0).setCheckState(Qt.CheckState.Checked)
    assert template(page).toPlainText() == "{date}: {comment}\n{id}"
    template(page).setPlainText("{comment}, {id}")
    assert "Ticked, but not in it, so it is not read: date." in words(page)
    assert page.choice is not None
    assert page.choice.columns == (0, 1)


def test_how_sure_the_guesses_are_is_shown_until_a_person_chooses(qtbot: QtBot, page: ImportPage) -> None:
    described = [choice(page, name).accessibleDescription() for name in ("Encoding", "Separated by", "First row is")]
    assert described == ["certain", "certain", "certain"]
    with qtbot.waitSignal(page.format_chosen) as chosen:
        choose(page, "First row is", "A comment already")
    assert page.read is not None
    page.show_table(read_file(page.read.path, chosen.args[0]))
    assert choice(page, "First row is").accessibleDescription() == "your choice"
    assert choice(page, "Encoding").accessibleDescription() == "certain"


def test_choices_stay_when_the_same_file_is_read_in_another_way(page: ImportPage) -> None:
    columns(page).item(2).setCheckState(Qt.CheckState.Checked)
    template(page).setPlainText("{comment} – {date}")
    switch(page, "Very short").setChecked(True)
    assert page.read is not None
    page.show_table(read_file(page.read.path, replace(page.read.table.format, encoding="latin-1")))
    assert template(page).toPlainText() == "{comment} – {date}"
    assert switch(page, "Very short").isChecked()


def test_rows_that_look_wrong_are_listed_with_their_lines(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    rows = [f'{row},"late again\nand again {row}",2026-03-01' for row in range(40)]
    rows[10], rows[20] = "10,too few", '20,"said "never" again,2026-03-01'
    path.write_text("id,comment,date\n" + "\n".join(rows) + "\n41,too,many,cells\n", encoding="utf-8")
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(path))
    tabs = page.findChild(QTabBar)
    assert tabs.tabText(1) == "Rows that look wrong: 3"
    tabs.setCurrentIndex(1)
    shown = page.findChild(QTableView).model()
    notes = [shown.headerData(row, Qt.Orientation.Vertical) for row in range(shown.rowCount())]
    assert notes == [
        "Line 22: 2 cells instead of 3",
        "Line 41: quotation mark out of place",
        "Line 80: 4 cells instead of 3",
    ]
    assert shown.index(2, 1).data() == "too"
    page.findChild(QTableView).setCurrentIndex(shown.index(0, 1))
    assert document(page) == "too few"
    assert "Row 11 will be read as:" in words(page)


def test_where_very_many_rows_look_wrong_the_first_ones_are_listed(qtbot: QtBot, tmp_path: Path) -> None:
    rows = [["late again and again", "2026-03-01"] if row % 3 else ["too few"] for row in range(600)]
    page = ImportPage()
    qtbot.addWidget(page)
    page.show_table(read_file(write_csv(tmp_path / "many.csv", ["comment", "date"], rows)))
    assert page.findChild(QTabBar).tabText(1) == "Rows that look wrong: the first 100"
    assert "200 rows have more or fewer cells than the others" in words(page)


def test_another_delimiter_has_the_lines_above_found_out_anew(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "titled.csv"
    path.write_text("Survey; 2026\nid,comment\n1,slow; late\n2,dear; rude\n", encoding="utf-8")
    page.show_table(read_file(path, TableFormat(delimiter=";", above="Survey; 2026\n", has_header=True)))
    with qtbot.waitSignal(page.format_chosen) as chosen:
        choose(page, "Separated by", "Comma")

    page.show_table(read_file(path, chosen.args[0]))

    assert page.findChild(QSpinBox).value() == 1
    assert columns(page).item(1).text().startswith("comment")


def test_lines_above_the_table_are_counted_by_hand(qtbot: QtBot, page: ImportPage, tmp_path: Path) -> None:
    path = tmp_path / "titled.csv"
    path.write_text("a,b\nid,comment\n1,slow\n2,dear\n", encoding="utf-8")
    page.show_table(read_file(path))
    box = page.findChild(QSpinBox)
    assert box.value() == 0
    with qtbot.waitSignal(page.format_chosen) as chosen:
        box.stepUp()

    page.show_table(read_file(path, chosen.args[0]))

    assert columns(page).item(0).text().startswith("id")
    assert box.value() == 1
