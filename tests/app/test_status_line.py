"""The line at the foot leaves nothing unsaid that was left out."""

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.status_line import StatusLine, facts
from verbatlas.encoders import Choice, ChoiceReason
from verbatlas.sentences import TextCounts
from verbatlas.study import Cluster, Labelling


def labelling(members: list[int]) -> Labelling:
    clusters = {id_: Cluster(id_, str(id_)) for id_ in set(members) if id_ >= 0}
    return Labelling(np.array(members, np.int32), np.ones(len(members), np.float32), clusters, 9)


@pytest.mark.parametrize(
    ("counts", "members", "said"),
    [
        (TextCounts(4, 0, 4), [0, 0, 1, 1], "4 comments  ·  2 clusters"),
        (TextCounts(1, 0, 1), [0], "1 comment  ·  1 cluster"),
        (TextCounts(4, 1, 3), [0, 0, 0, -1], "3 comments  ·  1 cluster  ·  1 blank row"),
        (
            TextCounts(5, 1, 3),
            [0, 0, 0, -1, -1],
            "4 comments  ·  1 cluster  ·  25% in no cluster  ·  1 blank row  ·  1 repeat",
        ),
        (TextCounts(3000, 0, 3000), None, "3,000 comments"),
    ],
)
def test_comments_clusters_and_everything_left_out_are_counted(
    counts: TextCounts, members: list[int] | None, said: str
) -> None:
    assert facts(counts, None if members is None else labelling(members)) == said


def test_the_encoder_and_the_reason_for_it_are_said(qtbot: QtBot) -> None:
    line = StatusLine()
    qtbot.addWidget(line)
    line.show_study(TextCounts(2, 0, 2), Choice("minilm", ChoiceReason.LATIN_TEXT, 0.0), labelling([0, 0]))
    assert "MiniLM" in line.text
    assert "Latin script" in line.text
    line.clear()
    assert line.text == ""
