"""Some of the damaged files of fuzz.py, the same ones on every run: each gives a table or a sentence."""

from pathlib import Path

import fuzz
import pytest
from mutations import Suite


@pytest.fixture(scope="module")
def suite(shared_data: Path) -> Suite:
    return Suite(shared_data / "import", seed=7)


@pytest.mark.parametrize("part", range(6))
def test_damaged_files_give_a_table_or_a_sentence(part: int, suite: Suite, tmp_path: Path) -> None:
    outcomes = set()
    for number in range(part, 240, 6):
        mutation = suite.mutation(number)
        try:
            outcomes.add(fuzz.outcome_of(mutation, tmp_path / f"in{mutation.suffix}"))
        except Exception as error:
            error.add_note(f"number {number}: {mutation.origin}")
            raise

    assert "table" in outcomes
    assert len(outcomes) > 1
