"""Keywords tell clusters apart."""

import numpy as np
import pytest

from verbatlas.analysis.keywords import keywords, stem
from verbatlas.progress import Cancelled

DOCUMENTS = [
    "The battery drains fast",
    "Batteries drain overnight, battery is weak",
    "Weak battery again",
    "Delivery was late",
    "Late delivery, slow parcel",
    "My parcel is late",
    "客服不理人",
    "客服态度很差，不理人",
    "电话客服没人接",
    "noise about everything",
]
IDS = np.array([0, 0, 0, 1, 1, 1, 2, 2, 2, -1], dtype=np.int32)


def test_each_cluster_is_told_by_its_own_words() -> None:
    found = keywords(DOCUMENTS, IDS)

    assert list(found) == [0, 1, 2]
    assert "batter" in found[0][0]
    assert {"late", "late delivery", "delivery"} & set(found[1][:2])
    assert found[2][0] == "客服"
    assert not any("noise" in word for words in found.values() for word in words)


def test_no_keyword_repeats_another_with_a_different_ending() -> None:
    words = keywords(DOCUMENTS, IDS)[0]

    assert sum("batter" in word for word in words) == 1


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("cards", "card"),
        ("card", "card"),
        ("boxes", "box"),
        ("address", "address"),
        ("companies", "company"),
        ("电池", "电池"),
    ],
)
def test_plurals_count_with_their_singular(phrase: str, expected: str) -> None:
    assert stem(phrase) == expected


def test_it_can_be_cancelled() -> None:
    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        keywords(DOCUMENTS, IDS, report=stop)
