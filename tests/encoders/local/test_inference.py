import numpy as np
import pytest
from encoder_reports import Reports
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from verbatlas.encoders.local.inference import Inference, is_out_of_memory
from verbatlas.encoders.local.precision import Way
from verbatlas.encoders.local.tokens import Tokens
from verbatlas.progress import Cancelled, no_report


class SmallModel:
    """Turns the angle by a degree for every token, and has memory for so many tokens."""

    way = Way(runtime="PyTorch", arithmetic="fp32")

    def __init__(self, *, memory: int = 1_000_000, error: type[Exception] = MemoryError) -> None:
        self._memory = memory
        self._error = error
        self.sizes: list[int] = []

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        if ids.size > self._memory:
            raise self._error("CUDA out of memory. Tried to allocate 2 GiB")
        self.sizes.append(ids.size)
        angles = np.radians((ids * mask).sum(axis=1))
        return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def _tokens(lengths: list[int], texts: list[int] | None = None) -> Tokens:
    counted = np.array(lengths, dtype=np.int64)
    owners = np.arange(len(lengths)) if texts is None else np.array(texts)
    n_texts = int(owners[-1]) + 1 if len(owners) else 0
    ids = np.ones(int(counted.sum()), dtype=np.int32)
    return Tokens(ids, np.cumsum(counted) - counted, counted, owners, np.zeros(n_texts, np.bool_), 0)


def _vectors(model: SmallModel, tokens: Tokens, *, budget: int = 100, report=no_report) -> NDArray[np.float32]:
    return Inference(model, tokens=budget, n_dimensions=2).vectors(tokens, report=report)


@given(st.lists(st.integers(1, 90), max_size=40), st.integers(90, 300))
def test_every_text_has_its_own_vector_whatever_the_memory(lengths: list[int], memory: int) -> None:
    vectors = _vectors(SmallModel(memory=memory), _tokens(lengths), budget=1_000)
    expected = np.radians(lengths)
    assert vectors == pytest.approx(np.stack([np.cos(expected), np.sin(expected)], axis=1).reshape(-1, 2), abs=1e-6)


@pytest.mark.parametrize("error", [MemoryError, RuntimeError])
def test_batches_are_halved_where_memory_is_short_and_stay_small(error: type[Exception]) -> None:
    model = SmallModel(memory=30, error=error)
    _vectors(model, _tokens([10] * 64), budget=640)
    assert max(model.sizes) <= 30
    assert len(model.sizes) == 32


@given(st.lists(st.integers(1, 90), max_size=40), st.integers(90, 300))
def test_several_batches_at_a_time_give_the_same_vectors(lengths: list[int], memory: int) -> None:
    class Several(SmallModel):
        way = Way(runtime="OpenVINO", arithmetic="fp32", streams=3)

    wanted = _vectors(SmallModel(), _tokens(lengths), budget=1_000)
    reports = Reports()
    found = _vectors(Several(memory=memory), _tokens(lengths), budget=1_000, report=reports)
    assert found.tobytes() == wanted.tobytes()
    assert [done for done, _ in reports] == sorted(done for done, _ in reports)


def test_one_text_that_does_not_fit_is_told() -> None:
    with pytest.raises(MemoryError):
        _vectors(SmallModel(memory=5), _tokens([10, 10]))


def test_another_error_is_not_taken_for_too_little_memory() -> None:
    class Broken(SmallModel):
        def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
            raise RuntimeError("illegal instruction")

    with pytest.raises(RuntimeError, match="illegal"):
        _vectors(Broken(), _tokens([10] * 4))


def test_parts_are_joined_by_their_length() -> None:
    vectors = _vectors(SmallModel(), _tokens([10, 90, 30, 40], [0, 1, 1, 2]))
    joined = 90 * np.array([0.0, 1.0]) + 30 * np.array([np.cos(np.pi / 6), 0.5])
    assert vectors[1] == pytest.approx(joined / np.linalg.norm(joined), abs=1e-6)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-6)
    assert vectors[[0, 2]].tobytes() == _vectors(SmallModel(), _tokens([10, 40])).tobytes()


def test_progress_counts_tokens_at_every_batch() -> None:
    reports = Reports()
    _vectors(SmallModel(), _tokens([10] * 50), report=reports)
    assert reports == [(100 * step, 500) for step in range(1, 6)]
    with pytest.raises(Cancelled):
        _vectors(SmallModel(), _tokens([10] * 50), report=Reports(cancel_after=2))


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (MemoryError(), True),
        (RuntimeError("CUDA out of memory."), True),
        (RuntimeError("std::bad_alloc"), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried"), True),
        (RuntimeError("device-side assert triggered"), False),
    ],
)
def test_too_little_memory_is_known_by_what_runtimes_say(error: Exception, expected: bool) -> None:
    assert is_out_of_memory(error) is expected
