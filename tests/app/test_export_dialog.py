"""Export asks where to, says what is in the file, and never writes over the original."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.export_dialog import ExportDialog, default_name, table_ending
from verbatlas.app.export_preview import FirstLines
from verbatlas.tables import TableFormat, TextForm


@pytest.fixture
def dialog(qtbot: QtBot, tmp_path: Path) -> ExportDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    source = tmp_path / "feedback.csv"
    source.write_text("comment\nfine\n", encoding="utf-8")
    dialog = ExportDialog(
        source=source,
        read_as=TableFormat(),
        begin=ExportChoice(default_name(source, ending=".csv")),
        n_rows=1200,
        added=("cluster_id", "cluster"),
        parent=parent,
    )
    dialog.keep_parent = parent
    return dialog


def test_the_suggestion_stands_beside_the_source(dialog: ExportDialog, tmp_path: Path) -> None:
    assert dialog.choice == ExportChoice(tmp_path / "feedback labelled.csv", guard_formulas=True, left_out=frozenset())


def test_what_will_be_in_the_file_is_said(dialog: ExportDialog) -> None:
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "All 1,200 rows" in words
    assert [box.text() for box in dialog.columns.values()] == ["cluster_id", "cluster"]


def test_columns_can_be_left_out_and_only_the_selected_rows_be_wanted(qtbot: QtBot, tmp_path: Path) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ExportDialog(
        source=None,
        read_as=TableFormat(),
        begin=ExportChoice(tmp_path / "out.csv", left_out=frozenset({"second_cluster"})),
        n_rows=9,
        added=("cluster", "x", "second_cluster"),
        n_selected=3,
        parent=parent,
    )
    dialog.columns["x"].setChecked(False)
    dialog.only_selected.setChecked(True)
    assert dialog.only_selected.text() == "Only the 3 selected comments"
    assert dialog.choice.left_out == {"x", "second_cluster"}
    assert dialog.choice.only_selected


def test_agreeing_closes_the_dialog(dialog: ExportDialog) -> None:
    dialog.guard.setChecked(False)
    dialog.accept()
    assert dialog.result() == ExportDialog.DialogCode.Accepted
    assert not dialog.choice.guard_formulas


@pytest.mark.parametrize(
    ("name", "words"), [("feedback.csv", "is the file that you opened"), (".", "is a folder"), ("", "is a folder")]
)
def test_a_file_that_must_not_be_written_is_refused_in_words(
    dialog: ExportDialog, tmp_path: Path, name: str, words: str
) -> None:
    dialog.path.setText(str(tmp_path / name) if name else "")
    dialog.accept()
    assert dialog.result() != ExportDialog.DialogCode.Accepted
    assert not dialog.problem.isHidden()
    assert words in dialog.problem.text()
    dialog.path.setText(str(tmp_path / "other.csv"))
    assert dialog.problem.isHidden()


def test_the_original_is_refused_under_another_name_for_it_too(dialog: ExportDialog, tmp_path: Path) -> None:
    link = tmp_path / "link.csv"
    link.symlink_to(tmp_path / "feedback.csv")
    dialog.path.setText(str(link))
    dialog.accept()
    assert dialog.result() != ExportDialog.DialogCode.Accepted


def test_a_file_that_is_there_is_replaced_only_when_asked_twice(dialog: ExportDialog, tmp_path: Path) -> None:
    (tmp_path / "feedback labelled.csv").write_text("last month's", encoding="utf-8")
    dialog.accept()
    assert dialog.result() != ExportDialog.DialogCode.Accepted
    assert "already" in dialog.problem.text()
    assert dialog.export.text() == "Replace"
    dialog.path.setText(str(tmp_path / "new.csv"))
    assert dialog.export.text() == "Export"
    dialog.path.setText(str(tmp_path / "feedback labelled.csv"))
    dialog.accept()
    dialog.accept()
    assert dialog.result() == ExportDialog.DialogCode.Accepted


@pytest.mark.parametrize(
    ("source", "ending"),
    [
        ("a.csv", ".csv"),
        ("a.TSV", ".TSV"),
        ("a.verbatlas", ".csv"),
        (None, ".csv"),
        ("a.xlsx", ".xlsx"),
        ("a.XLS", ".xlsx"),
        ("a.ods", ".xlsx"),
        ("a.jsonl", ".jsonl"),
        ("a.tsv.gz", ".tsv"),
        ("a.zip", ".csv"),
    ],
)
def test_a_table_keeps_its_ending(source: str | None, ending: str) -> None:
    assert table_ending(None if source is None else Path(source)) == ending


def test_a_packed_source_suggests_a_name_without_both_endings(tmp_path: Path) -> None:
    assert default_name(tmp_path / "a.csv.gz", ending=".csv") == tmp_path / "a labelled.csv"
    assert default_name(tmp_path / "wave 1.2.zip", ending=".csv") == tmp_path / "wave 1.2 labelled.csv"


@pytest.mark.parametrize(
    ("name", "kind", "words", "is_guarded"),
    [
        ("a.csv", "CSV (.csv)", "Opens everywhere", True),
        ("a", "CSV (.csv)", "Opens everywhere", True),
        ("a.tab", "Text with tabs (.tsv)", "separated by tabs", True),
        ("a.XLSX", "Excel (.xlsx)", "also 007", False),
        ("a.ndjson", "JSON Lines (.jsonl)", "One object a line", False),
        ("a.json", "JSON (.json)", "array", False),
        ("a.parquet", "Parquet (.parquet)", "Small and fast", False),
    ],
)
def test_the_ending_says_which_kind_of_file_and_what_it_is_good_for(
    dialog: ExportDialog, tmp_path: Path, name: str, kind: str, words: str, is_guarded: bool
) -> None:
    dialog.path.setText(str(tmp_path / name))
    assert dialog.kind.currentText() == kind
    assert words in dialog.good_for.text()
    assert dialog.guard.isEnabled() == is_guarded


@pytest.mark.parametrize(
    ("name", "becomes"), [("a.csv", "a.xlsx"), ("a.xls", "a.xlsx"), ("wave 1.2", "wave 1.2.xlsx"), ("", "")]
)
def test_another_kind_of_file_changes_the_ending(dialog: ExportDialog, name: str, becomes: str) -> None:
    dialog.path.setText(name)
    dialog.kind.setCurrentText("Excel (.xlsx)")
    dialog.kind.activated.emit(dialog.kind.currentIndex())
    assert dialog.path.text() == becomes


def test_a_kind_that_is_only_read_is_refused_in_words(dialog: ExportDialog, tmp_path: Path) -> None:
    dialog.path.setText(str(tmp_path / "a.ods"))
    assert dialog.kind.currentText() == ""
    dialog.accept()
    assert dialog.result() != ExportDialog.DialogCode.Accepted
    assert "can be read but not written" in dialog.problem.text()


def make(qtbot: QtBot, path: Path, read_as: TableFormat, form: TextForm = TextForm.AUTO) -> ExportDialog:
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = ExportDialog(
        source=None, read_as=read_as, begin=ExportChoice(path, form=form), n_rows=9, added=("cluster",), parent=parent
    )
    dialog.keep_parent = parent
    return dialog


@pytest.mark.parametrize(
    ("read_as", "shown"),
    [
        (TableFormat(), "As the file that you opened: UTF-8 without BOM"),
        (TableFormat(byte_order_mark=True), "As the file that you opened: UTF-8 with BOM"),
        (TableFormat(encoding="utf-16-be"), "UTF-8 with BOM (opens correctly in Excel)"),
        (TableFormat(kind="xlsx"), "UTF-8 with BOM (opens correctly in Excel)"),
    ],
)
def test_the_encoding_is_that_of_the_source_where_excel_reads_it(
    qtbot: QtBot, tmp_path: Path, read_as: TableFormat, shown: str
) -> None:
    dialog = make(qtbot, tmp_path / "out.csv", read_as)
    assert dialog.form.currentText() == shown
    assert dialog.choice.form is TextForm.AUTO


def test_an_encoding_that_a_person_chose_stays_whatever_is_found(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = make(qtbot, tmp_path / "out.csv", TableFormat())
    dialog.on_answer("", FirstLines("t\nslow", for_excel=True))
    assert dialog.form.currentData() == TextForm.EXCEL
    assert dialog.preview.toPlainText() == "t\nslow"
    dialog.form.setCurrentIndex(0)
    dialog.form.activated.emit(0)
    dialog.on_answer("", FirstLines("t\nslow", for_excel=True))
    assert dialog.form.currentData() == TextForm.SOURCE
    assert dialog.choice.form is TextForm.SOURCE


def test_the_first_lines_are_asked_for_after_every_change(dialog: ExportDialog, tmp_path: Path) -> None:
    asked: list[ExportChoice] = []
    dialog.changed.connect(asked.append)
    dialog.columns["cluster"].setChecked(False)
    dialog.guard.setChecked(False)
    dialog.one_per_cluster.setChecked(True)
    dialog.form.activated.emit(0)
    dialog.path.setText(str(tmp_path / "a.tsv"))
    assert len(asked) == 5
    assert asked[-1] == dialog.choice
    dialog.on_answer("", FirstLines("a", for_excel=False))
    dialog.path.setText(str(tmp_path / "a.ods"))
    assert len(asked) == 5
    assert dialog.preview.toPlainText() == ""


def test_answers_to_other_questions_are_not_shown(dialog: ExportDialog) -> None:
    dialog.on_answer("", "something else")
    assert dialog.preview.toPlainText() == ""
