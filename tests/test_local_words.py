import pytest

from verbatlas.encoders.local import Disagreement, Refusal, Trouble, Way
from verbatlas.errors import Problem, UserError
from verbatlas.local_words import disagreement_words, trouble_words, way_words
from verbatlas.problem_words import sentence


@pytest.mark.parametrize("reason", Refusal)
def test_a_refused_model_is_told_with_its_reason(reason: Refusal) -> None:
    said = sentence(UserError(Problem.MODEL_REFUSED, model="gte-base-zh", reason=reason, detail="modeling.py"))
    assert "gte-base-zh" in said
    assert "modeling.py" in said
    assert "{" not in said


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (
            Way(runtime="OpenVINO", arithmetic="bf16", rows_per_second=1900.4, agreement=0.99998),
            "OpenVINO bf16, 1,900 rows/s, agrees with the exact model to 0.9999",
        ),
        (
            Way(runtime="PyTorch", arithmetic="bf16", device="NVIDIA H200", rows_per_second=2e4, agreement=0.9999),
            "PyTorch bf16, NVIDIA H200, 20,000 rows/s, agrees with the exact model to 0.9999",
        ),
        (Way(runtime="OpenVINO", arithmetic="fp32"), "OpenVINO fp32"),
    ],
)
def test_how_a_model_is_run_is_one_line(way: Way, expected: str) -> None:
    assert way_words(way) == expected


@pytest.mark.parametrize("trouble", Trouble)
def test_a_card_that_is_not_used_has_a_sentence(trouble: Trouble) -> None:
    assert "graphics card" in trouble_words(trouble)


@pytest.mark.parametrize("kind", Disagreement)
def test_a_disagreement_is_told_with_both_sides(kind: Disagreement) -> None:
    (said,) = disagreement_words({kind: ("theirs-value", "known-value")})
    assert "theirs-value" in said
    assert "known-value" in said
