"""The wording counts beside the meaning, but where it would tear languages apart or count twice."""

import numpy as np
import pytest
from sample_documents import DOCUMENTS, MEANING, TEXT_ROWS

from verbatlas.encoders import EncoderIdentity
from verbatlas.engine.stages import Stage, no_stage_report
from verbatlas.engine.wording import N_DIMENSIONS, N_GRAMS, wording_beside
from verbatlas.progress import Cancelled

ENGLISH = [DOCUMENTS[row] for row in TEXT_ROWS]
LEXICAL = EncoderIdentity(model="lexical", revision="2", pooling="none", prompt="", precision="fp32", fitted_on="these")


def test_documents_that_share_their_wording_are_close() -> None:
    documents = ["where is my refund", "where is my refund please", "the battery is empty", "the battery is empty now"]

    wording = wording_beside(documents * 5, identity=MEANING, seed=7, report=no_stage_report)

    assert wording is not None
    assert wording.axes.shape[0] == wording.grams.shape[0] == 20
    assert wording.axes.shape[1] <= N_DIMENSIONS
    for likeness in (wording.axes @ wording.axes.T, (wording.grams @ wording.grams.T).toarray()):
        assert likeness[0, 1] > likeness[0, 2] + 0.3
        np.testing.assert_allclose(np.diagonal(likeness), 1, atol=1e-5)


def test_of_a_long_document_the_most_telling_sequences_are_kept() -> None:
    long = " ".join(f"{word} number {word[::-1]}" for document in ENGLISH for word in document.split())
    wording = wording_beside([*ENGLISH, long], identity=MEANING, seed=7, report=no_stage_report)
    assert wording is not None
    kept = np.diff(wording.grams.indptr)
    assert kept[-1] == N_GRAMS
    assert kept.max() == N_GRAMS


def test_it_does_not_count_twice_where_the_encoder_goes_by_it() -> None:
    assert wording_beside(ENGLISH, identity=LEXICAL, seed=7, report=no_stage_report) is None


def test_it_does_not_count_where_the_documents_are_in_two_languages() -> None:
    documents = [*ENGLISH, *["电池用一个小时就没电了", "我的退款在哪里"] * len(ENGLISH)]
    assert wording_beside(documents, identity=MEANING, seed=7, report=no_stage_report) is None


def test_it_tells_how_far_it_is_and_can_be_cancelled() -> None:
    heard: list[tuple[Stage, int, int]] = []
    wording_beside(ENGLISH, identity=MEANING, seed=7, report=lambda *told: heard.append(told))
    assert heard[0] == (Stage.WORDING, 0, len(ENGLISH))
    assert heard[-1] == (Stage.WORDING, len(ENGLISH), len(ENGLISH))

    def stop(stage: Stage, done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        wording_beside(ENGLISH, identity=MEANING, seed=7, report=stop)
