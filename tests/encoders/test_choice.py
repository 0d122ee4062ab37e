from dataclasses import replace

import pytest

from verbatlas.encoders import ChoiceReason, EncoderIdentity, choose, made_by
from verbatlas.errors import Problem, UserError

ENGLISH, CHINESE, RUSSIAN = "The parcel came late.", "快递太慢了", "Посылка пришла поздно"
GERMAN = "Das Paket kam zwei Wochen zu spät"
GREEK = "Το δέμα άργησε πολύ"
UNIVERSAL = "use-multilingual"


@pytest.mark.parametrize(
    ("documents", "encoder", "reason"),
    [
        ([ENGLISH], "minilm", ChoiceReason.LATIN_TEXT),
        ([GERMAN], UNIVERSAL, ChoiceReason.OTHER_LATIN),
        ([ENGLISH] * 6 + [GERMAN] * 4, "minilm", ChoiceReason.LATIN_TEXT),
        ([CHINESE], UNIVERSAL, ChoiceReason.CHINESE_MODEL),
        ([RUSSIAN], UNIVERSAL, ChoiceReason.SCRIPT_MODEL),
        (["配送がとても遅かったです"], UNIVERSAL, ChoiceReason.SCRIPT_MODEL),
        (["배송이 늦었어요"], UNIVERSAL, ChoiceReason.SCRIPT_MODEL),
        ([GREEK], "lexical", ChoiceReason.OTHER_SCRIPT),
        ([ENGLISH] * 8 + [CHINESE] * 2, "minilm", ChoiceReason.LATIN_TEXT),
        ([ENGLISH] * 6 + [CHINESE] * 4, UNIVERSAL, ChoiceReason.MULTILINGUAL_MODEL),
        ([ENGLISH] * 2 + [CHINESE] * 8, UNIVERSAL, ChoiceReason.CHINESE_MODEL),
        ([ENGLISH] * 2 + [CHINESE] * 2 + [RUSSIAN] * 6, UNIVERSAL, ChoiceReason.SCRIPT_MODEL),
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


@pytest.mark.parametrize(
    ("document", "installed", "encoder", "reason"),
    [
        (ENGLISH, [], "lexical", ChoiceReason.MODEL_MISSING),
        (ENGLISH, [UNIVERSAL], UNIVERSAL, ChoiceReason.MODEL_MISSING),
        (CHINESE, ["minilm"], "lexical", ChoiceReason.CHINESE_TEXT),
        (GERMAN, ["minilm"], "minilm", ChoiceReason.LATIN_TEXT),
        (RUSSIAN, ["minilm"], "lexical", ChoiceReason.OTHER_SCRIPT),
    ],
)
def test_without_the_packaged_models_comments_are_read_all_the_same(
    document: str, installed: list[str], encoder: str, reason: ChoiceReason
) -> None:
    choice = choose([document], installed=installed)
    assert (choice.encoder, choice.reason) == (encoder, reason)


@pytest.mark.parametrize(
    ("documents", "installed", "encoder", "reason"),
    [
        ([CHINESE], ["minilm", "bge-small-zh-v1.5"], "bge-small-zh-v1.5", ChoiceReason.CHINESE_MODEL),
        ([CHINESE], ["multilingual-e5-small", "bge-base-zh-v1.5"], "bge-base-zh-v1.5", ChoiceReason.CHINESE_MODEL),
        ([ENGLISH, CHINESE], ["bge-large-zh-v1.5", "bge-m3"], "bge-m3", ChoiceReason.MULTILINGUAL_MODEL),
        ([ENGLISH, CHINESE], ["bge-large-zh-v1.5"], "lexical", ChoiceReason.MIXED_TEXT),
        ([RUSSIAN], ["multilingual-e5-small"], "multilingual-e5-small", ChoiceReason.MULTILINGUAL_MODEL),
        ([ENGLISH], ["minilm", "bge-m3"], "minilm", ChoiceReason.LATIN_TEXT),
        ([GERMAN], ["minilm", "bge-m3", UNIVERSAL], "bge-m3", ChoiceReason.OTHER_LATIN),
        ([CHINESE] * 10_001, ["bge-large-zh-v1.5"], "lexical", ChoiceReason.MODEL_SLOW),
        ([CHINESE] * 10_001, ["bge-large-zh-v1.5", UNIVERSAL], UNIVERSAL, ChoiceReason.MODEL_SLOW),
        ([CHINESE], ["bge-small-zh-v1.5", UNIVERSAL], "bge-small-zh-v1.5", ChoiceReason.CHINESE_MODEL),
        ([CHINESE] * 10_001, ["bge-large-zh-v1.5", "bge-base-zh-v1.5"], "bge-base-zh-v1.5", ChoiceReason.CHINESE_MODEL),
    ],
)
def test_of_the_installed_models_the_best_that_is_quick_enough_is_taken(
    documents: list[str], installed: list[str], encoder: str, reason: ChoiceReason
) -> None:
    choice = choose(documents, installed=installed)
    assert (choice.encoder, choice.reason) == (encoder, reason)


def test_what_has_vectors_stays_with_the_encoder_that_made_them() -> None:
    choice = choose([CHINESE], installed=["bge-m3"], made_by="lexical")
    assert (choice.encoder, choice.reason) == ("lexical", ChoiceReason.MADE_BEFORE)
    assert choose([CHINESE], made_by=UNIVERSAL).reason is ChoiceReason.CHINESE_MODEL
    assert choose([CHINESE], wanted="bge-m3", made_by="lexical").encoder == "bge-m3"


def test_a_model_is_known_by_the_vectors_it_made() -> None:
    identity = EncoderIdentity("sentence-transformers/all-MiniLM-L6-v2", "53aa", "mean", "", "fp32")
    assert made_by(identity) == "minilm"
    assert made_by(replace(identity, model="somebody/some-model")) == "somebody/some-model"


def test_an_unknown_encoder_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UserError) as refused:
        choose([ENGLISH], wanted="bge-m4")
    assert refused.value.problem is Problem.ENCODER_UNKNOWN
    assert refused.value.values["nearest"] == "bge-m3"
