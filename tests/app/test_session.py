"""The session: what the window works on, without a window and with the real engine."""

import csv
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot
from window_steps import LONG, make_map, wait_until_idle, write_csv

from fault_proxy import Fault, FaultProxy, of_vectors
from model_server import ModelServer
from verbatlas.app.background import Background
from verbatlas.app.engine_thread import EngineThread
from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.session import Session
from verbatlas.app.steps import Step
from verbatlas.app.work import TextChoice, save_copy
from verbatlas.encoders import ChoiceReason
from verbatlas.encoders.server.comparison import TEXTS
from verbatlas.errors import Problem
from verbatlas.study import COLUMNS, NOISE, LeaveOut, Merge, Move, MoveToNew, Settings, Study


def test_a_table_becomes_a_study_with_clusters_and_a_reason_for_its_encoder(mapped: Session) -> None:
    assert mapped.study is not None
    labelling = mapped.study.labelling
    assert labelling is not None
    assert len(labelling.clusters) > 1
    assert mapped.choice is not None
    assert mapped.choice.reason is ChoiceReason.CHINESE_MODEL
    assert not mapped.is_outdated


def test_another_number_of_clusters_clusters_again_and_nothing_more(qtbot: QtBot, mapped: Session) -> None:
    mapped.want(Settings(method="kmeans", n_clusters=3))
    assert mapped.is_outdated
    began: list[tuple[Step, ...]] = []
    mapped.job_began.connect(lambda _title, steps: began.append(steps))
    with qtbot.waitSignal(mapped.told, timeout=LONG):
        mapped.run()
    assert began == [(Step.CLUSTER, Step.NAME)]
    assert mapped.study is not None
    assert mapped.study.labelling is not None
    assert len(mapped.study.labelling.clusters) == 3
    assert mapped.study.settings.n_clusters == 3


def test_a_name_typed_by_hand_survives_a_new_run_and_is_told(qtbot: QtBot, mapped: Session) -> None:
    assert mapped.study is not None
    assert mapped.study.labelling is not None
    largest = max(mapped.study.labelling.sizes().items(), key=lambda item: item[1])[0]
    mapped.rename(largest, "My own name")
    mapped.want(Settings(detail=1.0))
    with qtbot.waitSignal(mapped.told, timeout=LONG) as told:
        mapped.run()
    names = {cluster.name for cluster in mapped.study.labelling.clusters.values()}
    assert ("My own name" in names) or any("My own name" in said for said in told.args[0])


def test_undo_of_what_a_person_did_leaves_nothing_to_update(qtbot: QtBot, mapped: Session) -> None:
    assert mapped.study is not None
    assert mapped.study.labelling is not None
    mapped.edit(MoveToNew(np.array([0, 1]), "By hand"))
    wait_until_idle(qtbot, lambda: mapped.is_busy)
    mapped.undo()
    wait_until_idle(qtbot, lambda: mapped.is_busy)
    assert "By hand" not in {cluster.name for cluster in mapped.study.labelling.clusters.values()}
    assert not mapped.is_outdated


def test_undo_brings_back_the_clusters_before_and_update_can_be_pressed_again(qtbot: QtBot, mapped: Session) -> None:
    assert mapped.study is not None
    before = mapped.study.labelling
    assert before is not None
    mapped.want(Settings(method="kmeans", n_clusters=2))
    with qtbot.waitSignal(mapped.told, timeout=LONG):
        mapped.run()
    mapped.undo()
    wait_until_idle(qtbot, lambda: mapped.is_busy)
    after = mapped.study.labelling
    assert after is not None
    assert (after.members == before.members).all()
    assert mapped.is_outdated
    mapped.redo()
    wait_until_idle(qtbot, lambda: mapped.is_busy)
    assert mapped.study.labelling is not None
    assert len(mapped.study.labelling.clusters) == 2


def test_more_clusters_than_comments_is_a_problem_and_the_study_stays(qtbot: QtBot, mapped: Session) -> None:
    assert mapped.study is not None
    before = mapped.study.labelling
    mapped.want(Settings(method="kmeans", n_clusters=500))
    with qtbot.waitSignal(mapped.problem, timeout=LONG) as problem:
        mapped.run()
    assert problem.args[0].problem is Problem.TOO_FEW_DOCUMENTS
    assert mapped.study.labelling is before
    assert not mapped.is_busy


def test_a_blank_name_is_a_problem_and_the_old_one_stays(qtbot: QtBot, mapped: Session) -> None:
    assert mapped.study is not None
    assert mapped.study.labelling is not None
    before = mapped.study.labelling.clusters
    with qtbot.waitSignal(mapped.problem) as problem:
        mapped.rename(next(iter(before)), "   ")
    assert problem.args[0].problem is Problem.NAME_BLANK
    assert mapped.study.labelling.clusters == before


def test_the_exported_table_has_every_row_and_the_new_name(
    qtbot: QtBot, mapped: Session, small_table: Path, tmp_path: Path
) -> None:
    assert mapped.study is not None
    assert mapped.study.labelling is not None
    mapped.rename(next(iter(mapped.study.labelling.clusters)), "First of all")
    output = tmp_path / "out.csv"
    with qtbot.waitSignal(mapped.exported, timeout=LONG):
        mapped.export(ExportChoice(output, guard_formulas=True))
    with output.open(encoding="utf-8-sig", newline="") as file:  # so that Excel reads what is not ASCII
        written = list(csv.reader(file))
    with small_table.open(encoding="utf-8", newline="") as file:
        original = list(csv.reader(file))
    assert [row[:4] for row in written] == original
    assert written[0][4:] == list(COLUMNS)
    assert "First of all" in {row[5] for row in written}


def test_an_output_that_cannot_be_written_is_a_problem(qtbot: QtBot, mapped: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(mapped.problem, timeout=LONG) as problem:
        mapped.export(ExportChoice(tmp_path / "no such folder" / "out.csv", guard_formulas=True))
    assert problem.args[0].problem is Problem.OUTPUT_UNWRITABLE
    assert not mapped.is_busy


def test_a_study_opens_again_with_its_names(qtbot: QtBot, mapped: Session) -> None:
    assert mapped.study is not None
    assert mapped.study.labelling is not None
    path, first = mapped.study.path, next(iter(mapped.study.labelling.clusters))
    mapped.rename(first, "Kept")
    mapped.close_study()
    assert mapped.study is None
    with qtbot.waitSignal(mapped.study_changed, timeout=LONG):
        mapped.open(path)
    assert mapped.study.labelling.clusters[first].name == "Kept"
    assert not mapped.is_outdated


def test_opening_the_study_that_is_open_shows_it_and_changes_nothing(qtbot: QtBot, mapped: Session) -> None:
    study = mapped.study
    assert study is not None
    with qtbot.waitSignal(mapped.study_changed), qtbot.assertNotEmitted(mapped.problem):
        mapped.open(study.path)
    assert mapped.study is study


def test_a_copy_is_a_study_of_its_own(qtbot: QtBot, mapped: Session, tmp_path: Path) -> None:
    copy = tmp_path / "copy.verbatlas"
    with qtbot.waitSignal(mapped.exported, timeout=LONG):
        mapped.write(copy, save_copy)
    assert mapped.study is not None
    with Study.open(copy) as study:
        assert study.documents == mapped.study.documents


def test_cancel_leaves_a_study_whose_map_can_be_made_later(qtbot: QtBot, session: Session, small_table: Path) -> None:
    with qtbot.waitSignal(session.table_read, timeout=LONG) as read:
        session.read(small_table)
    with qtbot.waitSignal(session.study_changed, timeout=LONG):
        session.create(read.args[0], TextChoice(read.args[0].guess))
    assert session.is_busy
    session.cancel()
    wait_until_idle(qtbot, lambda: session.is_busy)
    assert session.study is not None
    assert session.study.labelling is None
    assert session.is_outdated
    with qtbot.waitSignal(session.told, timeout=LONG):
        session.run()
    assert session.has_map


def test_columns_without_any_text_are_a_problem(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    table = write_csv(tmp_path / "blank.csv", ["a", "b"], [["1", " "], ["2", ""], ["3", ""]])
    with qtbot.waitSignal(session.table_read, timeout=LONG) as read:
        session.read(table)
    with qtbot.waitSignal(session.problem, timeout=LONG) as problem:
        session.create(read.args[0], TextChoice((1,)))
    assert problem.args[0].problem is Problem.TABLE_ALL_BLANK
    assert session.study is None


@pytest.mark.parametrize("n_rows", [1, 2, 3, 1000])
def test_the_same_text_over_and_over_is_one_cluster_and_is_told(
    qtbot: QtBot, session: Session, tmp_path: Path, n_rows: int
) -> None:
    table = write_csv(tmp_path / "same.csv", ["comment"], [["The same words as always"]] * n_rows)
    make_map(qtbot, session, table, columns=(0,))
    assert session.study is not None
    assert session.study.labelling is not None
    assert len(session.study.labelling.clusters) == 1
    assert NOISE not in session.study.labelling.members


def test_blank_rows_are_in_no_cluster_and_are_told(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    rows = [[text] for text in ("电池不耐用", "", "电池很快没电", "  ", "退款太慢", "退款没有到账")] * 4
    table = write_csv(tmp_path / "blanks.csv", ["comment"], rows)
    told = make_map(qtbot, session, table, columns=(0,))
    assert any("8 rows have no text" in said for said in told)
    assert session.study is not None
    assert session.study.labelling is not None
    assert (session.study.labelling.members[1::6] == NOISE).all()


def test_repeats_are_left_out_follow_what_they_repeat_and_are_let_in_again(
    qtbot: QtBot, session: Session, small_table: Path
) -> None:
    told = make_map(qtbot, session, small_table, leave_out=(LeaveOut.DUPLICATES,))
    study = session.study
    assert study is not None
    assert study.labelling is not None
    assert study.layout is not None
    assert "21 rows were left out because they repeat others: each has the cluster of the row it repeats." in told
    left_out = study.labelling.left_out
    assert left_out.sum() == np.isnan(study.layout[:, 0]).sum() == 21
    assert sum(study.labelling.sizes().values()) + study.labelling.n_noise == study.labelling.n_counted == 21

    first, repeat = 0, int(np.flatnonzero(study.labelling.stand_ins == 0)[1])
    other = next(id_ for id_ in study.labelling.clusters if id_ != study.labelling.members[first])
    study.do(Move(np.array([first]), other))
    assert dict(study.export_columns())["cluster_id"][repeat] == str(other)

    session.want(replace(session.wanted, leave_out=()))
    assert session.is_outdated
    with qtbot.waitSignal(session.told, timeout=LONG):
        session.run()
    assert study.labelling.n_counted == 42
    assert not np.isnan(study.layout).any()
    study.undo()
    assert study.labelling.n_counted == 21


def test_the_count_of_columns_that_are_no_longer_asked_for_is_not_announced(
    qtbot: QtBot, session: Session, small_table: Path
) -> None:
    with qtbot.waitSignal(session.table_read, timeout=LONG) as read:
        session.read(small_table)
    with qtbot.waitSignal(session.counted, timeout=LONG) as counted:
        session.count(read.args[0], TextChoice((1,)))
    assert len(counted.args[0].documents) == 42


def test_a_name_that_another_cluster_has_already_is_told(qtbot: QtBot, mapped: Session) -> None:
    assert mapped.study is not None
    first, second, *_ = mapped.study.labelling.clusters
    mapped.rename(first, "Late parcels")
    with qtbot.waitSignal(mapped.told) as told:
        mapped.rename(second, "late PARCELS")
    assert told.args[0][0].startswith("2 clusters are called 'late PARCELS' now.")


def test_an_edit_made_while_a_job_is_running_waits_and_is_made(qtbot: QtBot, mapped: Session) -> None:
    study = mapped.study
    assert study is not None
    first, second, third, fourth, *_ = study.labelling.clusters
    mapped.edit(Merge([first, second]))
    mapped.edit(Merge([third, fourth]))
    assert mapped.is_busy
    qtbot.waitUntil(lambda: not mapped.is_busy and len(study.history) == 3, timeout=LONG)
    assert [entry.kind for entry in study.history][1:] == ["merge", "merge"]


def test_edits_made_just_before_the_window_closes_are_in_the_file(qtbot: QtBot, small_table: Path) -> None:
    session = Session(Background(), EngineThread())
    session.start()
    make_map(qtbot, session, small_table)
    study = session.study
    assert study is not None
    path = study.path
    first, second, third, fourth, *_ = study.labelling.clusters
    session.edit(Merge([first, second]))
    session.edit(Merge([third, fourth]))
    session.close()
    with Study.open(path) as again:
        assert [entry.kind for entry in again.history][1:] == ["merge", "merge"]


def test_an_edit_made_while_another_study_is_being_opened_is_in_its_own_file(
    qtbot: QtBot, mapped: Session, small_table: Path, tmp_path: Path
) -> None:
    assert mapped.study is not None
    path, copy = mapped.study.path, tmp_path / "copy.verbatlas"
    mapped.study.save_copy(copy)
    first, second, *_ = mapped.study.labelling.clusters
    with qtbot.waitSignal(mapped.study_changed, timeout=LONG):
        mapped.open(copy)
        mapped.edit(Merge([first, second]))
    wait_until_idle(qtbot, lambda: mapped.is_busy)
    assert mapped.study.path == copy
    with Study.open(path) as before:
        assert second not in before.labelling.clusters
    assert second in mapped.study.labelling.clusters


@pytest.fixture
def server(proxy: FaultProxy, model_server: ModelServer) -> FaultProxy:
    """The real server, at an address that needs no key: the shared engine began without one."""
    proxy.key = model_server.key
    return proxy


def test_a_server_that_answers_otherwise_than_the_copy_here_is_warned_of_before_and_after_the_work(
    qtbot: QtBot, mapped: Session, server: FaultProxy
) -> None:
    server.rule = lambda request: Fault(change=of_vectors(lambda vector: vector[::-1]))
    mapped.want(Settings(encoder=server.address))
    told: list[tuple[bool, list[str]]] = []
    mapped.told.connect(lambda said: told.append((mapped.is_busy, said)))

    mapped.run()
    wait_until_idle(qtbot, lambda: mapped.is_busy)

    assert [(is_busy, "does not answer as the same model" in said[0]) for is_busy, said in told] == [
        (True, True),
        (False, True),
    ]


def test_a_server_that_answers_as_the_copy_here_is_used_without_a_word(
    qtbot: QtBot, mapped: Session, server: FaultProxy
) -> None:
    mapped.want(Settings(encoder=server.address))
    with qtbot.waitSignal(mapped.told, timeout=LONG) as told:
        mapped.run()
    assert not any("does not answer" in said for said in told.args[0])
    sent = {text for texts in server.sent for text in texts}
    assert sent.issuperset(TEXTS), "it was not compared"
