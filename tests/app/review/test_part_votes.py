"""A part nobody has spoken about is what most of the like parts before it are."""

from hypothesis import given
from hypothesis import strategies as st

from verbatlas.app.review.part_votes import likeliest, names_of


def test_the_first_part_is_what_the_cluster_is() -> None:
    assert names_of([None], [()]) == [""]
    assert names_of(["Late"], [()]) == ["Late"]
    assert likeliest([], ()) == ("", -1)


def test_several_weaker_votes_outdo_a_strong_one() -> None:
    names = ["Late", "Wet", "wet", "Lost"]
    assert likeliest(names, ((0, 3.0), (1, 2.0), (2, 2.0), (3, 1.0))) == ("Wet", 1)
    assert likeliest(names, ((0, 5.0), (1, 2.0), (2, 2.0))) == ("Late", 0)


def test_an_answer_changes_what_the_parts_after_it_are() -> None:
    votes = [(), ((0, 1.0),), ((1, 2.0), (0, 1.0)), ((2, 1.0),)]
    assert names_of(["", None, None, None], votes) == ["", "", "", ""]
    assert names_of(["", "Wet", None, None], votes) == ["", "Wet", "Wet", "Wet"]
    assert names_of(["", "Wet", "", None], votes) == ["", "Wet", "", ""]


@given(st.lists(st.sampled_from(["", "A", "a", "B"]), min_size=1, max_size=6), st.data())
def test_the_likeliest_name_is_that_of_a_part_with_a_vote(names: list[str], data: st.DataObject) -> None:
    voters = data.draw(st.lists(st.integers(0, len(names) - 1), min_size=1, unique=True))
    name, place = likeliest(names, tuple((voter, 1.0 / (1 + turn)) for turn, voter in enumerate(voters)))
    assert place in voters
    assert names[place] == name
