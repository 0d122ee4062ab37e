"""The map can be coloured by the strength and by every column beside the text."""

from verbatlas.app.map_colours import colour_choices, colouring_of
from verbatlas.app.session import Session


def test_every_column_but_the_text_is_offered(mapped: Session) -> None:
    assert mapped.study is not None
    assert [choice.title for choice in colour_choices(mapped.study)] == [
        "how clearly it belongs",
        "id",
        "date",
        "stars",
    ]


def test_each_choice_has_its_colouring(mapped: Session) -> None:
    study = mapped.study
    assert study is not None
    assert colouring_of(study, "cluster") is None
    for choice in colour_choices(study):
        colouring = colouring_of(study, choice.key)
        assert colouring is not None
        assert len(colouring.codes) == study.table.n_rows
