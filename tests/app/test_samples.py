"""The samples are there, and have comments in them."""

import pytest

from verbatlas.app.samples import sample, samples
from verbatlas.tables import guess_text_columns, read


def test_every_sample_can_be_read_and_its_comments_are_found() -> None:
    for each in samples():
        table = read(each.path)
        assert 200 <= table.n_rows <= 999
        assert guess_text_columns(table) == (4,)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sample_is_found_by_its_language(language: str) -> None:
    assert sample(language).name.endswith(language)


def test_there_is_no_sample_of_another_name() -> None:
    with pytest.raises(KeyError):
        sample("fr")
