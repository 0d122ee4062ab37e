"""Documents in several languages are told from those in one."""

import csv
from pathlib import Path

import pytest

from verbatlas.encoders import is_one_language

ENGLISH = ["Where is the refund that you promised me?", "The battery is empty after an hour", "I like it very much"]
CHINESE = ["电池用一个小时就没电了", "我的退款在哪里", "物流太慢了，客服也不理人"]
FRENCH = ["Le colis est arrivé avec trois jours de retard", "La batterie se vide en une heure", "Service très aimable"]
KOREAN = ["배터리가 한 시간 만에 닳아요", "환불은 언제 되나요", "배송이 너무 느려요"]


@pytest.mark.parametrize("documents", [ENGLISH, CHINESE, FRENCH, KOREAN], ids=["en", "zh", "fr", "ko"])
def test_one_language_is_one(documents: list[str]) -> None:
    assert is_one_language(documents * 20)


@pytest.mark.parametrize("n_others", [15, 30, 45])
@pytest.mark.parametrize(
    ("documents", "others"),
    [(CHINESE, ENGLISH), (ENGLISH, CHINESE), (FRENCH, CHINESE), (KOREAN, ENGLISH)],
    ids=["zh and en", "en and zh", "fr and zh", "ko and en"],
)
def test_several_are_several(documents: list[str], others: list[str], n_others: int) -> None:
    assert not is_one_language(documents * 20 + (others * 20)[:n_others])


@pytest.mark.parametrize("n_french", [20, 30, 40])
def test_english_is_told_from_other_languages_in_the_same_letters(n_french: int) -> None:
    assert not is_one_language(ENGLISH * 20 + (FRENCH * 20)[:n_french])


def test_a_word_of_another_language_here_and_there_is_no_second_one() -> None:
    assert is_one_language(CHINESE * 20 + ["OK", "nice", "iPhone", "good"])
    assert is_one_language([*CHINESE, "这个app的UI太慢了"] * 10)


@pytest.mark.parametrize("documents", [[], ["", " "], ["123", "?!"]], ids=["none", "blank", "no letters"])
def test_nothing_to_tell_by_is_no_second_language(documents: list[str]) -> None:
    assert is_one_language(documents)


@pytest.mark.parametrize(
    "name",
    ["banking77_test", "clinc150_test", "ms_chitchat_en", "ms_chitchat_zh", "thucnews_titles", "crosswoz_user_turns"],
)
def test_real_tables_are_known(shared_data: Path, name: str) -> None:
    with (shared_data / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert is_one_language([row["text"] for row in csv.DictReader(file)])
