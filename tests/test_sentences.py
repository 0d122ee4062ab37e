"""Every problem has a sentence that a person can act on, and nothing about the documents passes in silence."""

from collections.abc import Iterator

import pytest

from verbatlas import words
from verbatlas.encoders import Choice, ChoiceReason
from verbatlas.encoders.server import Agreement
from verbatlas.sentences import (
    TextCounts,
    agreement_sentence,
    choice_sentence,
    edit_sentence,
    leaves_computer_sentence,
    notices,
)
from verbatlas.study import HistoryEntry


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    words.use_language(request.param)
    yield request.param
    words.use_language("en")


@pytest.mark.parametrize("reason", ChoiceReason)
def test_every_choice_of_an_encoder_is_explained(reason: ChoiceReason, language: str) -> None:
    said = choice_sentence(Choice("lexical", reason, 0.5))

    assert said.rstrip()[-1] in ".。", said
    assert "{" not in said


def test_blank_and_repeated_documents_are_counted() -> None:
    assert TextCounts.of(["too slow", " \n", "too slow", "", "lovely"]) == TextCounts(5, 2, 2)


def test_ordinary_documents_need_no_notice() -> None:
    assert notices(TextCounts.of(["too slow", "too dear", "lovely"])) == []


@pytest.mark.parametrize(
    ("documents", "n_cut", "words_said"),
    [
        (["one comment"], 0, "only 1 comment"),
        (["one", "two"], 0, "only 2 comments"),
        (["same"] * 1000, 0, "All 1,000 comments are the same"),
        (["one", "", "  ", "two", "three"], 0, "2 rows have no text"),
        (["one", "two", "three"], 1, "1 comment is longer"),
    ],
)
def test_what_would_pass_in_silence_is_said(documents: list[str], n_cut: int, words_said: str) -> None:
    assert words_said in " ".join(notices(TextCounts.of(documents), n_cut=n_cut))


@pytest.mark.parametrize(
    ("kind", "facts", "said"),
    [
        ("rename", {"names": ["Name 1"], "name": "物流"}, "Renamed 'Name 1' to '物流'"),
        ("merge", {"names": ["Delivery", "Late", "Parcel"]}, "Merged 3 clusters into 'Delivery'"),
        ("set_locked", {"names": ["Delivery"], "locked": True}, "Locked 'Delivery'"),
        ("set_locked", {"names": ["A", "B"], "locked": False}, "Unlocked 2 clusters"),
        ("move", {"count": 1200, "names": ["Delivery"]}, "Moved 1,200 comments to 'Delivery'"),
        ("move", {"count": 1, "names": []}, "Took 1 comment out of its cluster"),
        ("split", {"names": ["Delivery"], "count": 3}, "Split 'Delivery' into 3 parts"),
        ("name_parts", {"names": ["A"], "name": "Late", "count": 1}, "Named 'A': 'Late'"),
        (
            "name_parts",
            {"names": ["A"], "name": "Late", "count": 3},
            "Named the parts of 'A': 'Late' and others, 3 in all",
        ),
        ("correct_names", {"name": "Late", "count": 1}, "Corrected the name of a part: 'Late'"),
        ("correct_names", {"name": "Late", "count": 30}, "Corrected the names of 30 parts"),
        ("move_proposed", {"count": 1200, "names": ["A", "B"]}, "Moved 1,200 comments as proposed"),
        ("from the future", {}, "from the future"),
    ],
)
def test_the_history_is_in_words(kind: str, facts: dict[str, object], said: str) -> None:
    assert edit_sentence(HistoryEntry(1, kind, facts, is_undone=False)) == said


def test_a_server_that_answers_otherwise_than_the_model_here_is_warned_of(language: str) -> None:
    assert "0.25" in agreement_sentence(Agreement((0.9999, 0.25)))
    assert agreement_sentence(Agreement((0.9999, 0.985))) == ""


def test_it_is_said_that_text_leaves_this_computer_unless_it_does_not(language: str) -> None:
    assert "https://api.openai.com/v1" in leaves_computer_sentence("https://api.openai.com/v1")
    assert leaves_computer_sentence("http://localhost:30000/v1") == ""
