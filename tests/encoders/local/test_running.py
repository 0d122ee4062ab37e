import pytest
from tiny_models import bert

from verbatlas.encoders.local import running
from verbatlas.encoders.local.description import ModelDescription, describe
from verbatlas.encoders.local.kept_ways import keep_way, kept_way
from verbatlas.encoders.local.precision import Precision, Trouble, Way
from verbatlas.encoders.local.running import run_model, trouble_of
from verbatlas.progress import no_report

_DIGEST = "ef" * 32


@pytest.fixture(scope="module")
def description(tmp_path_factory: pytest.TempPathFactory) -> ModelDescription:
    return describe(bert(tmp_path_factory.mktemp("bge"), limit=60))


@pytest.fixture
def no_card(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "may_have_card", lambda: "")


@pytest.mark.usefixtures("no_card")
@pytest.mark.parametrize("precision", [Precision.FAST, Precision.AUTO])
def test_the_way_that_was_found_is_taken_again(description: ModelDescription, precision: Precision) -> None:
    first = run_model(description, digest=_DIGEST, precision=precision, report=no_report)
    again = run_model(description, digest=_DIGEST, precision=precision, report=no_report)
    assert first.way == again.way == kept_way(_DIGEST, precision)
    assert first.way.runtime == "OpenVINO"
    assert first.way.agreement >= (0.99 if precision is Precision.FAST else 0.9999)
    assert first.way.rows_per_second > 0


@pytest.mark.usefixtures("no_card")
def test_exact_is_fp32_and_needs_no_measuring(description: ModelDescription) -> None:
    found = run_model(description, digest=_DIGEST, precision=Precision.EXACT, report=no_report)
    assert (found.way.arithmetic, found.way.rows_per_second) == ("fp32", 0.0)
    assert kept_way(_DIGEST, Precision.EXACT) is None


@pytest.mark.usefixtures("no_card")
def test_what_openvino_cannot_convert_is_not_tried_twice(description: ModelDescription) -> None:
    other = "01" * 32
    keep_way(other, Precision.AUTO, Way(runtime="PyTorch", arithmetic="fp32"))
    found = run_model(description, digest=other, precision=Precision.AUTO, report=no_report)
    assert found.way.precision == "fp32 (PyTorch)"


def test_a_card_that_fails_leaves_it_to_the_processor(
    description: ModelDescription, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "may_have_card", lambda: "mps")
    monkeypatch.setattr("verbatlas.encoders.local.torch_model.can_use", lambda device: True)
    found = run_model(description, digest=_DIGEST, precision=Precision.EXACT, report=no_report)
    assert found.trouble is Trouble.CARD_FAILED  # PyTorch says that it knows no such card
    assert not found.is_on_card


def test_a_driver_without_a_card_is_no_trouble(description: ModelDescription, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "may_have_card", lambda: "cuda")
    monkeypatch.setattr("verbatlas.encoders.local.torch_model.can_use", lambda device: False)
    assert run_model(description, digest=_DIGEST, precision=Precision.EXACT, report=no_report).trouble is None


def test_a_card_with_too_little_memory_is_told_apart() -> None:
    assert trouble_of(RuntimeError("CUDA out of memory.")) is Trouble.CARD_TOO_SMALL
    assert trouble_of(RuntimeError("CUDA error: an illegal memory access")) is Trouble.CARD_FAILED
