"""Automatic names read like a person's and are never twice the same."""

from verbatlas.analysis.names import names


def test_a_name_is_the_first_keywords_as_people_write_them() -> None:
    documents = {0: ["The iPhone app and my PIN", "Again the iPhone lost its PIN", "broken iPhone app"]}

    assert names({0: ("iphone", "pin", "app", "lost")}, documents) == {0: "iPhone · PIN · app"}


def test_a_plain_word_begins_with_a_capital() -> None:
    assert names({0: ("refund",)}, {0: ["no refund yet"]}) == {0: "Refund"}


def test_equal_names_are_told_apart() -> None:
    words = ("a b", "c d", "e f", "g h")
    documents = {0: ["x"], 1: ["x"], 2: ["x"]}

    given = names({0: words, 1: words, 2: words[:3]}, documents)

    assert len(set(given.values())) == 3


def test_a_cluster_without_keywords_is_named_by_its_most_typical_comment() -> None:
    given = names({0: (), 1: ()}, {0: ["I do not know what to say about it"], 1: ["还好吧"]})

    assert given == {0: "I do not know what to…", 1: "还好吧"}


def test_long_names_stay_readable() -> None:
    words = ("a very long phrase of words", "another long phrase of words", "third")

    assert len(names({0: words}, {0: ["x"]})[0]) <= 48
