import pytest

from verbatlas.encoders.script import ScriptShares, script_shares


@pytest.mark.parametrize("text", ["The parcel came late.", "Größe passt nicht", "Không hài lòng", "J'ai reçu l'œuvre"])
def test_text_in_latin_letters_is_latin(text: str) -> None:
    assert script_shares([text]) == ScriptShares(0.0, 1.0, 0.0, known_documents=1.0, n_documents=1)


@pytest.mark.parametrize("text", ["快递太慢了", "電池不耐用！", "𠮷野家的饭", "人々"])
def test_text_in_chinese_characters_is_chinese(text: str) -> None:
    assert script_shares([text]) == ScriptShares(1.0, 0.0, 1.0, known_documents=1.0, n_documents=1)


@pytest.mark.parametrize(
    "text", ["配送がとても遅かったです", "배송이 늦었어요", "Посылка пришла поздно", "وصل الطرد متأخرا"]
)
def test_other_scripts_are_neither(text: str) -> None:
    shares = script_shares([text])
    assert (shares.latin_documents, shares.chinese_documents, shares.n_documents) == (0.0, 0.0, 1)


def test_a_chinese_comment_on_a_product_with_a_latin_name_is_chinese() -> None:
    assert script_shares(["iPhone 15 Pro 电池不耐用，充电慢"]).chinese_documents == 1.0


def test_shares_are_of_the_documents_with_letters() -> None:
    shares = script_shares(["good", "bad", "很好", "5", "😀", "", "。"])
    assert shares.n_documents == 3
    assert shares.latin_documents == pytest.approx(2 / 3)
    assert shares.chinese_documents == pytest.approx(1 / 3)


@pytest.mark.parametrize("documents", [[], [""], ["1", "😀"]])
def test_without_letters_there_are_no_shares(documents: list[str]) -> None:
    assert script_shares(documents) == ScriptShares(0.0, 0.0, 0.0, 0.0, 0)


def test_halves_of_a_character_pair_do_no_harm() -> None:
    assert script_shares(["fine \ud83d"]).latin_documents == 1.0


def test_a_large_file_is_sampled_evenly() -> None:
    shares = script_shares(["very good"] * 30_000 + ["非常好"] * 10_000)
    assert shares.n_documents <= 2_000
    assert shares.chinese_documents == pytest.approx(0.25, abs=0.01)
