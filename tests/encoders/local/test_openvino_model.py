import os
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from resident import resident_bytes

from verbatlas.encoders.local.abreast import done_abreast
from verbatlas.encoders.local.conversion import converted_model
from verbatlas.encoders.local.description import describe
from verbatlas.encoders.local.mapped_weights import can_give_back
from verbatlas.encoders.local.openvino_model import OpenvinoModel, allowed_cores, arithmetics
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.local.torch_model import TorchModel
from verbatlas.encoders.local.weights import weights_digest
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.progress import no_report

# Threads that take turns as often as they can, so that their first calls come at the same time.
_TWO_FIRST_CALLS = """
import sys, threading
from pathlib import Path
import numpy as np
from verbatlas.encoders.local.openvino_model import OpenvinoModel
model = OpenvinoModel(Path(sys.argv[1]), streams=2)
sys.setswitchinterval(1e-6)
both = threading.Barrier(2)
def call():
    both.wait()
    model(np.ones((1, 2), np.int64), np.ones((1, 2), np.int64))
threads = [threading.Thread(target=call) for _ in range(2)]
[thread.start() for thread in threads], [thread.join() for thread in threads]
"""
_LEAST_COSINE = {"fp32": 0.999999, "bf16": 0.9999, "fp16": 0.9999, "int8": 0.99}


@pytest.fixture(scope="module")
def batches() -> list[tuple[np.ndarray, np.ndarray]]:
    """Batches of other shapes than the one the model was converted with, with and without padding."""
    rng = np.random.default_rng(5)
    made = []
    for n_texts, width in ((1, 3), (40, 25), (4, 256)):
        lengths = rng.integers(3, width + 1, n_texts)
        mask = (np.arange(width) < lengths[:, None]).astype(np.int64)
        made.append((rng.integers(1_000, 30_000, (n_texts, width)) * mask, mask))
    return made


def _converted(*, arithmetic: str = "fp32") -> Path:
    description = describe(find_model(MINILM_PACKAGE))
    digest = weights_digest(description.all_weights)
    return converted_model(description, digest=digest, arithmetic=arithmetic, report=no_report)


def test_vectors_are_those_of_pytorch(batches: list[tuple[np.ndarray, np.ndarray]]) -> None:
    converted = OpenvinoModel(_converted())
    original = TorchModel(describe(find_model(MINILM_PACKAGE)))
    for ids, mask in batches:
        assert converted(ids, mask) == pytest.approx(original(ids, mask), abs=1e-5)


@pytest.mark.parametrize("arithmetic", arithmetics())
def test_shorter_numbers_stay_close(arithmetic: str, batches: list[tuple[np.ndarray, np.ndarray]]) -> None:
    exact = OpenvinoModel(_converted())
    model = OpenvinoModel(_converted(arithmetic=arithmetic), arithmetic=arithmetic)
    assert model.way.precision == f"{arithmetic} (OpenVINO)"
    for ids, mask in batches:
        vectors = model(ids, mask)
        assert vectors.dtype == np.float32
        assert (vectors * exact(ids, mask)).sum(axis=1).mean() >= _LEAST_COSINE[arithmetic]


def test_every_processor_can_do_fp32_and_int8() -> None:
    assert arithmetics()[0] == "fp32"
    assert arithmetics()[-1] == "int8"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a process to processors")
def test_it_runs_where_only_one_processor_is_allowed(batches: list[tuple[np.ndarray, np.ndarray]]) -> None:
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        vectors = OpenvinoModel(_converted())(*batches[1])
    finally:
        os.sched_setaffinity(0, allowed)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize("arithmetic", arithmetics())
def test_vectors_do_not_depend_on_how_many_batches_run_at_a_time(
    arithmetic: str, batches: list[tuple[np.ndarray, np.ndarray]]
) -> None:
    path = _converted(arithmetic=arithmetic)
    one, two = OpenvinoModel(path, arithmetic=arithmetic), OpenvinoModel(path, arithmetic=arithmetic, streams=2)
    assert two.way.streams == min(2, allowed_cores())
    wanted = [one(*batch).tobytes() for batch in batches]
    found = done_abreast(lambda batch: two(*batch).tobytes(), batches * 5, at_once=3)
    assert list(found) == wanted * 5


@pytest.mark.parametrize("attempt", range(3))
def test_two_threads_may_make_the_first_calls_of_a_process(attempt: int) -> None:
    # Without what is done for it at its import, more than half of the processes wait for ever.
    subprocess.run([sys.executable, "-c", _TWO_FIRST_CALLS, str(_converted())], check=True, timeout=60)


def test_there_are_no_more_streams_than_cores() -> None:
    assert OpenvinoModel(_converted(), streams=10_000).way.streams == allowed_cores()


def test_what_is_no_model_is_refused(tmp_path: Path) -> None:
    (tmp_path / "model.xml").write_text("<html>")
    with pytest.raises(RuntimeError):
        OpenvinoModel(tmp_path / "model.xml")


@pytest.mark.skipif(not can_give_back(), reason="only Linux takes mapped pages back when asked")
@pytest.mark.parametrize("streams", [1, 2])
@pytest.mark.parametrize("arithmetic", arithmetics())
def test_a_large_model_has_the_same_vectors_and_its_file_is_not_kept_in_memory(
    arithmetic: str, streams: int, batches: list[tuple[np.ndarray, np.ndarray]], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = _converted(arithmetic=arithmetic)
    wanted = [OpenvinoModel(path, arithmetic=arithmetic)(*batch).tobytes() for batch in batches]
    monkeypatch.setattr("verbatlas.encoders.local.openvino_model._LARGE", 1)
    model = OpenvinoModel(path, arithmetic=arithmetic, streams=streams, keep=True)
    with closing(done_abreast(lambda batch: model(*batch).tobytes(), batches * 2, at_once=streams)) as found:
        assert list(found) == wanted * 2
    # What is left are rows of the table of words, and the small parts, with what the system reads ahead around them.
    words, around = 4 * 30_522 * 384, 8 * 2**20
    assert resident_bytes(path.with_suffix(".bin")) <= words + around
