"""Studies of older versions are brought forward, whole, with all that is in them."""

import json
import sqlite3

import numpy as np

from verbatlas.study import Move, Rename, Study
from verbatlas.study.schema import VERSION
from verbatlas.study.seals import set_fact


def age(study: Study) -> None:
    """Make the study's file one of version 1."""
    study.close()
    with sqlite3.connect(study.path) as connection:
        connection.execute("DELETE FROM array WHERE name IN ('by_hand', 'stand_ins')")
        connection.execute("DELETE FROM array_part WHERE name IN ('by_hand', 'stand_ins')")
        connection.execute("DELETE FROM fact WHERE name IN ('n_clusters', 'n_edits', 'arrays', 'template')")
        for table in ("fact", "cells", "array", "cluster", "edit"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN seal")
        connection.execute("ALTER TABLE edit DROP COLUMN change_crc")
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def test_a_study_of_version_1_opens_and_can_be_edited(study: Study) -> None:
    study.do(Rename(0, "Mine"))
    age(study)

    with Study.open(study.path) as again:
        assert again.labelling is not None
        assert again.labelling.clusters[0].name == "Mine"
        assert not again.labelling.by_hand.any()
        again.do(Move(np.array([0]), 1))
    with Study.open(study.path) as once_more:
        assert once_more.labelling is not None
        assert np.flatnonzero(once_more.labelling.by_hand).tolist() == [0]
        once_more.undo()
        once_more.undo()
        assert once_more.labelling.clusters[0].name == "Name 0"


def test_a_new_study_is_of_the_current_version(study: Study) -> None:
    study.close()
    connection = sqlite3.connect(study.path)
    assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
    connection.close()


def test_a_study_of_version_4_has_nobody_left_out_and_no_template(study: Study) -> None:
    study.close()
    with sqlite3.connect(study.path) as connection:
        connection.execute("DELETE FROM array WHERE name = 'stand_ins'")
        connection.execute("DELETE FROM array_part WHERE name = 'stand_ins'")
        connection.execute("DELETE FROM fact WHERE name = 'template'")
        set_fact(connection, "arrays", json.dumps(["by_hand", "members", "strengths"]))
        connection.execute("PRAGMA user_version = 4")
    connection.close()
    with Study.open(study.path) as again:
        assert again.labelling is not None
        assert again.labelling.n_counted == len(again.documents)
        assert again.template is None
        again.do(Move(np.array([0]), 1))
        again.undo()
