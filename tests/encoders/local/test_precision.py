import pytest

from verbatlas.encoders.local.precision import Way


@pytest.mark.parametrize(
    ("way", "expected"),
    [
        (Way(runtime="OpenVINO", arithmetic="fp32"), "fp32 (OpenVINO)"),
        (Way(runtime="PyTorch", arithmetic="bf16", device="NVIDIA H200"), "bf16 (PyTorch, NVIDIA H200)"),
    ],
)
def test_an_identity_names_the_arithmetic_and_what_ran_it(way: Way, expected: str) -> None:
    assert way.precision == expected
