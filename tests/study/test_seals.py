"""A file that a failing disk changed is refused with a sentence, or is as it was: never silently another one."""

import contextlib
import random
from pathlib import Path

import numpy as np
import pytest
from random_edits import KINDS, random_edit
from test_any_edits import fingerprint, new_study

from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.errors import Problem, UserError
from verbatlas.study import Study
from verbatlas.study.seals import seal

N_DAMAGED = 200


def everything(study: Study) -> str:
    """Return all that a study holds, every point of its history included."""
    embedding = study.embedding
    assert embedding is not None
    found = [
        fingerprint(study),
        study.documents,
        study.settings,
        study.history,
        embedding.vectors.tobytes(),
        embedding.identity,
    ]
    while study.undo() is not None:
        found.append(fingerprint(study))
    return repr(found)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, str]:
    """A study with a history, as a file and as what it holds."""
    folder, roll = tmp_path_factory.mktemp("whole"), random.Random(1)
    with new_study(folder) as study:
        vectors = np.random.default_rng(0).normal(size=(40, 64)).astype(np.float32)
        study.store_embedding(Embedding(vectors, EncoderIdentity("m", "1", "mean", "", "fp32")))
        for kind in ["replace", *roll.choices(KINDS, k=60)]:
            with contextlib.suppress(UserError):
                study.do(random_edit(kind, study._labelling, roll))
    data = (folder / "s.verbatlas").read_bytes()
    with Study.open(folder / "s.verbatlas") as study:
        return data, everything(study)


@pytest.mark.parametrize("part", range(10))
def test_a_flipped_bit_is_told_or_harmless(part: int, whole: tuple[bytes, str], tmp_path: Path) -> None:
    data, expected = whole
    for number in range(part, N_DAMAGED, 10):
        roll, damaged = random.Random(number), bytearray(data)
        damaged[roll.randrange(len(damaged))] ^= 1 << roll.randrange(8)
        path = tmp_path / f"{number}.verbatlas"
        path.write_bytes(damaged)
        with contextlib.suppress(UserError), Study.open(path) as study:
            assert everything(study) == expected


@pytest.mark.parametrize("share", [0.01, 0.3, 0.6, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_told(share: float, whole: tuple[bytes, str], tmp_path: Path) -> None:
    data, _expected = whole
    path = tmp_path / "cut.verbatlas"
    path.write_bytes(data[: int(len(data) * share)])

    with pytest.raises(UserError) as caught, Study.open(path) as study:
        everything(study)

    assert caught.value.problem is Problem.STUDY_UNREADABLE


def test_a_seal_tells_values_apart_however_they_are_cut() -> None:
    assert seal("ab", "c") != seal("a", "bc") != seal("a", b"bc\0")
    assert seal(1, "x") == seal(1, "x")
