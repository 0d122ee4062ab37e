"""While much is made nothing is collected, and afterwards it is left aside."""

import gc

import pytest

from verbatlas.app.collector import collector_at_rest


class Part:
    """Something that stays."""


def test_what_was_made_meanwhile_is_left_aside_and_then_it_works_again() -> None:
    with collector_at_rest():
        assert not gc.isenabled()
        part = Part()

    assert gc.isenabled()
    assert not any(found is part for found in gc.get_objects())
    gc.unfreeze()


def test_work_that_fails_starts_it_again() -> None:
    with pytest.raises(ImportError), collector_at_rest():
        raise ImportError

    assert gc.isenabled()
    gc.unfreeze()


def test_of_two_at_once_the_first_one_starts_it_again() -> None:
    with collector_at_rest():
        with collector_at_rest():
            pass
        assert not gc.isenabled()

    assert gc.isenabled()
    gc.unfreeze()
