"""The label columns read the same everywhere."""

import numpy as np

from verbatlas.analysis import Description
from verbatlas.study import COLUMNS, Cluster, Group, Labelling, Move, ReplaceClustering, Study
from verbatlas.study.export import export_columns


def test_cells_are_plain_text_of_fixed_form() -> None:
    labelling = Labelling(
        np.array([2, -1, 2], np.int32), np.array([0.5, 0, 1], np.float32), {2: Cluster(2, "Späte, Lieferung")}, 3
    )
    layout = np.array([[1.23456, -0.00001], [np.nan, np.nan], [0, 10]], np.float32)

    assert dict(export_columns(labelling, layout)) == {
        "cluster_id": ["2", "-1", "2"],
        "cluster": ["Späte, Lieferung", "", "Späte, Lieferung"],
        "cluster_group": ["", "", ""],
        "strength": ["0.5000", "0.0000", "1.0000"],
        "moved_by_hand": ["", "", ""],
        "x": ["1.2346", "", "0.0000"],
        "y": ["0.0000", "", "10.0000"],
    }


def test_columns_stand_in_the_order_in_which_they_are_read(study: Study) -> None:
    columns = study.export_columns(second=["next"] * 12)
    assert tuple(name for name, _cells in columns) == (
        "cluster_id",
        "cluster",
        "cluster_group",
        "strength",
        "second_cluster",
        "moved_by_hand",
        "x",
        "y",
    )
    assert dict(columns)["second_cluster"] == ["next"] * 12


def test_some_rows_have_the_cells_that_they_have_among_all(study: Study) -> None:
    study.do(Move(np.array([0, 11]), 1))
    rows = np.array([11, 3, 0])
    whole = {name: [cells[row] for row in rows] for name, cells in study.export_columns()}
    assert dict(study.export_columns(rows=rows)) == whole


def test_what_was_moved_by_hand_is_marked(study: Study) -> None:
    study.do(Move(np.array([0, 11]), 1))

    columns = dict(study.export_columns())

    assert study.export_names == COLUMNS
    assert [row for row, cell in enumerate(columns["moved_by_hand"]) if cell == "yes"] == [0, 11]
    assert set(columns["moved_by_hand"]) == {"yes", ""}


def test_the_group_of_a_cluster_is_a_column_of_its_own(study: Study) -> None:
    study.do(Group([0, 1], "Complaints"))

    columns = dict(study.export_columns())

    assert columns["cluster_group"] == ["Complaints"] * 9 + [""] * 3
    assert columns["cluster"][0] == "Name 0"


def test_what_repeats_another_row_has_its_label_wherever_that_goes(study: Study) -> None:
    before = study.labelling
    assert before is not None
    stand_ins = np.arange(12, dtype=np.int32)
    stand_ins[[1, 10]], stand_ins[11] = [0, 9], -1
    ids = np.where(stand_ins == np.arange(12), before.members, -1).astype(np.int32)
    described = {id_: Description((), cluster.name, ()) for id_, cluster in before.clusters.items()}
    study.do(ReplaceClustering(ids, before.strengths, described, stand_ins=stand_ins))
    study.do(Move(np.array([0]), 2))

    columns = dict(study.export_columns())

    assert study.export_names == (*COLUMNS, "repeats_row")
    assert columns["cluster"][:2] == ["Name 2", "Name 2"]
    assert columns["cluster_id"][10] == columns["cluster_id"][9] == "2"
    assert columns["cluster_id"][11] == "-1"
    assert columns["repeats_row"] == ["", "1", *[""] * 8, "10", ""]
