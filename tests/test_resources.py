"""Shipped files are found, and a missing one is named."""

import pytest

from verbatlas.resources import resource


def test_the_samples_are_shipped() -> None:
    assert sorted(resource("samples").glob("*.csv"))


def test_a_missing_resource_is_named_in_the_error() -> None:
    with pytest.raises(FileNotFoundError, match=r"resources/samples/nothing\.csv"):
        resource("samples", "nothing.csv")
