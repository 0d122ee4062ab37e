"""English comments are told from those in other languages of Latin letters, of real files and of eight languages."""

import csv
from pathlib import Path

import pytest

from verbatlas.encoders.english import english_share

OTHERS = {
    "de": [
        "Der Akku ist nach einer Stunde leer",
        "Die Lieferung kam zwei Wochen zu spät",
        "Das war leider nicht was ich bestellt habe",
        "Alles gut in der App aber zu teuer",
    ],
    "fr": [
        "La batterie se vide en une heure",
        "Pourquoi le remboursement prend-il si longtemps",
        "On ne peut pas changer le mot de passe",
        "L'application plante tout le temps",
    ],
    "es": [
        "La batería dura una hora",
        "El paquete llegó dos semanas tarde",
        "No puedo cambiar la contraseña",
        "Todo bien pero demasiado caro",
    ],
    "it": [
        "La batteria si scarica in un'ora",
        "Non è quello che ho ordinato",
        "L'app si chiude da sola",
        "Nessuno risponde al servizio clienti",
    ],
    "pt": [
        "A bateria acaba em uma hora",
        "Por que o reembolso demora tanto",
        "Não consigo mudar a senha",
        "Tudo bem mas muito caro",
    ],
    "nl": [
        "De batterij is na een uur leeg",
        "Waarom duurt de terugbetaling zo lang",
        "Ik kan mijn wachtwoord niet wijzigen",
        "De app sluit steeds vanzelf",
    ],
    "pl": [
        "Bateria rozładowuje się w godzinę",
        "Paczka przyszła dwa tygodnie później",
        "Nikt nie odpowiada na moje maile",
        "Wszystko dobrze ale za drogo",
    ],
    "tr": [
        "Pil bir saatte bitiyor",
        "Kargo iki hafta geç geldi",
        "Uygulama kendi kendine kapanıyor",
        "Her şey güzel ama çok pahalı",
    ],
}


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_have_no_english_words(language: str) -> None:
    assert english_share(OTHERS[language]) == 0


@pytest.mark.parametrize("name", ["banking77_test", "clinc150_test", "ms_chitchat_en", "womens_clothing_class"])
def test_nearly_all_comments_of_real_english_files_have_one(shared_data: Path, name: str) -> None:
    with (shared_data / "csv" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        assert english_share([row["text"] for row in csv.DictReader(file)]) > 0.85


@pytest.mark.parametrize("documents", [[], ["Great product"], ["Top!", "12"]])
def test_short_comments_say_nothing_and_count_as_english(documents: list[str]) -> None:
    assert english_share(documents) == 1


def test_a_curly_apostrophe_is_one_too() -> None:
    assert english_share(["Card payments didn’t go through yesterday"]) == 1
