"""The history is in the file, in order, in facts that words can be made of."""

import json

from verbatlas.study import Rename, Study


def test_edits_are_recorded_with_their_facts(study: Study) -> None:
    study.do(Rename(1, "物流"))

    with study._storage.reading() as connection:
        rows = connection.execute("SELECT kind, facts FROM edit ORDER BY number").fetchall()

    assert [kind for kind, _ in rows] == ["replace_clustering", "rename"]
    assert json.loads(rows[1][1]) == {"cluster": 1, "name": "物流"}
