"""Studies of older versions are brought forward, whole, with all that is in them."""

import sqlite3

import numpy as np

from verbatlas.study import Move, Rename, Study
from verbatlas.study.schema import VERSION


def age(study: Study) -> None:
    """Make the study's file one of version 1."""
    study.close()
    with sqlite3.connect(study.path) as connection:
        connection.execute("DELETE FROM array WHERE name = 'by_hand'")
        connection.execute("DELETE FROM array_part WHERE name = 'by_hand'")
        connection.execute("DELETE FROM fact WHERE name IN ('n_clusters', 'n_edits', 'arrays')")
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
