"""An embedding made in parts is the same, to the last bit, wherever it was interrupted."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import killed_embedding
import numpy as np
import pytest

from verbatlas import encoders
from verbatlas.encoders import Embedding, Encoded, EncoderIdentity
from verbatlas.engine import blank
from verbatlas.engine.embedding import PART_DOCUMENTS, EmbeddedRows, embed_rows, forget
from verbatlas.progress import Cancelled, Report, no_report

# More than two parts, with blank rows, and texts that come again in later parts.
DOCUMENTS = tuple("" if row % 11 == 5 else f"comment {row % 3000}" for row in range(3 * PART_DOCUMENTS))
ROWS = blank.rows_with_text(DOCUMENTS)
N_CUT_NUMBER = 7  # texts that end in it count as too long


class Batches:
    """An encoder whose vectors depend on the batch, in their last bits, as those of real models do."""

    name = "batches"
    learns = False

    def __init__(self, revision: str = "1") -> None:
        self.identity = EncoderIdentity("batches", revision, "none", "", "fp32")
        self.encoded: list[str] = []

    def prepare(self, *, report: Report = no_report) -> None:
        report(1, 1)

    def encode_queries(self, queries: Sequence[str], *, report: Report = no_report) -> Encoded:
        return self.encode(queries, report=report)

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        self.encoded += documents
        numbers = np.array([sum(map(ord, text)) * 31 + len(text) for text in documents], np.float32)
        angles = numbers + np.float32(1e-4) * len(documents)
        report(len(documents) // 2, len(documents))
        vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1)
        cut = np.array([text.endswith(str(N_CUT_NUMBER)) for text in documents], np.bool_)
        return Encoded(vectors, self.identity, cut)


def run(encoder: encoders.Encoder, begun: Embedding | None = None, keep=forget, report=no_report) -> Embedding:
    return embed_rows(encoder, DOCUMENTS, ROWS, begun=begun, keep=keep, report=report)


def joined(parts: list[EmbeddedRows]) -> Embedding:
    last = parts[-1].embedding
    return Embedding(np.concatenate([part.embedding.vectors for part in parts]), last.identity, n_cut=last.n_cut)


def test_the_parts_follow_each_other_and_are_the_whole() -> None:
    parts: list[EmbeddedRows] = []
    whole = run(Batches(), keep=parts.append)

    position = 0
    for part in parts:
        assert part.start == position
        position += len(part.embedding.vectors)
    assert len(parts) == 3
    assert joined(parts).vectors.tobytes() == whole.vectors.tobytes()
    assert joined(parts).n_cut == whole.n_cut == sum(text.endswith(str(N_CUT_NUMBER)) for text in DOCUMENTS)
    assert not whole.vectors[[not text for text in DOCUMENTS]].any()


def test_each_text_is_encoded_once_and_equal_texts_have_equal_vectors() -> None:
    encoder = Batches()
    whole = run(encoder)

    assert len(encoder.encoded) == len(set(encoder.encoded)) == len(set(DOCUMENTS) - {""})
    first = {text: row for row, text in reversed(list(enumerate(DOCUMENTS)))}
    np.testing.assert_array_equal(whole.vectors, whole.vectors[[first[text] for text in DOCUMENTS]])


@pytest.mark.parametrize("n_parts", [1, 2])
def test_what_was_begun_is_not_encoded_again_and_changes_nothing(n_parts: int) -> None:
    parts: list[EmbeddedRows] = []
    whole = run(Batches(), keep=parts.append)
    begun, encoder, later = joined(parts[:n_parts]), Batches(), []

    again = run(encoder, begun, keep=later.append)

    assert again.vectors.tobytes() == whole.vectors.tobytes()
    assert (again.identity, again.n_cut) == (whole.identity, whole.n_cut)
    assert [part.start for part in later] == [part.start for part in parts[n_parts:]]
    assert not set(encoder.encoded) & set(DOCUMENTS[: len(begun.vectors)])


def test_what_another_encoder_had_begun_is_left_aside() -> None:
    parts: list[EmbeddedRows] = []
    run(Batches("old"), keep=parts.append)

    again = run(Batches(), joined(parts[:1]))

    assert again.vectors.tobytes() == run(Batches()).vectors.tobytes()


def test_progress_rises_to_all_documents_with_text_and_can_cancel_after_a_kept_part() -> None:
    heard: list[tuple[int, int]] = []
    run(Batches(), report=lambda done, total: heard.append((done, total)))
    assert heard == sorted(heard)
    assert heard[-1] == (len(ROWS), len(ROWS))

    kept: list[EmbeddedRows] = []

    def cancel(done: int, total: int) -> None:
        if done > PART_DOCUMENTS:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(Batches(), keep=kept.append, report=cancel)
    assert len(kept) == 1


def test_known_rows_come_in_larger_parts_and_change_nothing() -> None:
    known = np.ones(len(ROWS), np.bool_)
    known[::100] = False
    parts: list[EmbeddedRows] = []

    embed_rows(Batches(), DOCUMENTS, ROWS, begun=None, keep=parts.append, report=no_report, known=known)

    assert len(parts) == 1
    assert [part.start for part in parts] == [0]
    assert len(parts[0].embedding.vectors) == len(DOCUMENTS)


@pytest.mark.parametrize("n_parts", [1, 4])
def test_an_embedding_whose_process_was_killed_goes_on_after_its_last_part(tmp_path: Path, n_parts: int) -> None:
    path = tmp_path / "vectors.sqlite"
    process = subprocess.Popen(
        [sys.executable, killed_embedding.__file__, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    for _ in range(n_parts):
        process.stdout.readline()
    process.kill()
    process.communicate()

    encoder = killed_embedding.Slow(0)
    vectors = killed_embedding.embed(path, encoder)

    assert 0 < encoder.n_encoded <= (killed_embedding.N_PARTS - n_parts) * PART_DOCUMENTS
    assert vectors.tobytes() == killed_embedding.embed(tmp_path / "another", killed_embedding.Slow(0)).tobytes()


class Changing(Batches):
    """An encoder that turns out to be another when it comes to its second part."""

    def encode(self, documents: Sequence[str], *, report: Report = no_report) -> Encoded:
        if self.encoded and documents:
            self.identity = EncoderIdentity("batches", "2", "none", "", "fp32")
        return super().encode(documents, report=report)


def test_vectors_of_two_encoders_are_never_mixed() -> None:
    parts: list[EmbeddedRows] = []

    whole = run(Changing(), keep=parts.append)

    assert [part.start for part in parts].count(0) == 2
    last = parts[[part.start for part in parts].index(0, 1) :]
    assert {part.embedding.identity.revision for part in last} == {"2"}
    assert joined(last).vectors.tobytes() == whole.vectors.tobytes()
    assert whole.identity.revision == "2"


def test_an_encoder_that_learns_sees_all_documents_at_once() -> None:
    parts: list[EmbeddedRows] = []
    encoder = encoders.load("lexical", seed=7)
    whole = run(encoder, joined([EmbeddedRows(0, Embedding(np.ones((9, 2), np.float32), Batches().identity))]))
    run(encoder, keep=parts.append)

    assert [len(part.embedding.vectors) for part in parts] == [len(DOCUMENTS)]
    assert whole.vectors.tobytes() == parts[0].embedding.vectors.tobytes()
