"""Texts that nearly repeat earlier ones are found, and no others."""

import re
from itertools import combinations

import numpy as np
import pytest

from verbatlas.analysis.near_duplicates import LEAST_RESEMBLANCE, near_duplicates, resemblance
from verbatlas.progress import Cancelled

WORDS = re.findall(
    r"\w+", "parcel late refund battery empty screen cracked driver rude box wet again week month phone call nobody"
)
CHINESE = "快递物流包装客服退款电池屏幕发货质量价格系统更新拍照声音外观续航充电信号手感速度"


def sentences(n: int, *, seed: int, alphabet: list[str], words: int, joint: str = " ") -> list[str]:
    chosen = np.random.default_rng(seed).choice(np.array(alphabet), (n, words))
    return [joint.join(row) for row in chosen.tolist()]


def changed(texts: list[str], mark: str) -> list[str]:
    """Return the texts with one word more at the end."""
    return [f"{text}{mark}" for text in texts]


def test_what_differs_in_case_punctuation_or_a_little_is_found() -> None:
    texts = [
        "The delivery came two days late and nobody told me anything",
        "The battery is empty after three hours of normal use",
        "the delivery came two days late, and nobody told me anything!!!",
        "The delivery came two days late and nobody told me anything at all",
        "我买的手机用了一个星期电池就鼓包了，客服一直不理人",
        "我买的手机用了一个星期电池就鼓包了。客服一直不理人啊",
    ]
    assert near_duplicates(texts, seed=7).tolist() == [0, 1, 0, 0, 4, 4]


def test_very_short_texts_are_alike_only_where_nothing_else_is_different() -> None:
    texts = ["Good", "good!", "Goods", "不错", "不错。", "不", "👍", "…"]
    assert near_duplicates(texts, seed=7).tolist() == [0, 0, 2, 3, 3, 5, 6, 7]


@pytest.mark.parametrize(
    ("alphabet", "words", "joint", "mark"),
    [(WORDS, 14, " ", " indeed"), (list(CHINESE), 30, "", "啊")],
    ids=["english", "chinese"],
)
def test_nearly_all_are_found_and_each_is_like_its_stand_in(
    alphabet: list[str], words: int, joint: str, mark: str
) -> None:
    kept = sentences(400, seed=1, alphabet=alphabet, words=words, joint=joint)
    texts = [*kept, *changed(kept[:200], mark)]
    found = near_duplicates(texts, seed=7)

    assert (found[found] == found).all()  # no chains
    assert (found <= np.arange(len(texts))).all()
    later = np.flatnonzero(found != np.arange(len(texts)))
    assert all(resemblance(texts[row], texts[found[row]]) >= LEAST_RESEMBLANCE for row in later.tolist())
    alike = [
        two for one, two in combinations(range(200), 2) if resemblance(texts[one], texts[two]) >= LEAST_RESEMBLANCE
    ]
    assert len(later) >= 0.98 * (200 + len(set(alike)))


def test_the_same_texts_and_seed_give_the_same() -> None:
    texts = changed(sentences(300, seed=2, alphabet=WORDS, words=9), " x") + sentences(
        300, seed=2, alphabet=WORDS, words=9
    )
    assert np.array_equal(near_duplicates(texts, seed=3), near_duplicates(texts, seed=3))


def test_many_repeats_of_few_texts_all_go_to_the_first() -> None:
    base = sentences(3, seed=5, alphabet=WORDS, words=40)
    texts = [f"{base[row % 3]} {row}" for row in range(900)]
    assert near_duplicates(texts, seed=7).tolist() == [row % 3 for row in range(900)]


def test_a_huge_text_is_compared_by_its_beginning() -> None:
    huge = " ".join(sentences(4000, seed=6, alphabet=WORDS, words=12))
    assert near_duplicates([huge, huge + " end", "something quite different here"], seed=7).tolist() == [0, 0, 2]


@pytest.mark.parametrize("texts", [[], ["one text only here"], [""], ["\ud800 lone surrogate here", "x"]])
def test_few_texts_repeat_nothing(texts: list[str]) -> None:
    assert near_duplicates(texts, seed=7).tolist() == list(range(len(texts)))


def test_it_tells_how_far_it_is_and_can_be_stopped() -> None:
    texts = [" ".join(WORDS) + f" {row} {row * row}" for row in range(3000)]
    told: list[tuple[int, int]] = []
    near_duplicates(texts, seed=7, report=lambda done, total: told.append((done, total)))
    assert told[-1] == (3000, 3000)
    assert [done for done, _total in told] == sorted(done for done, _total in told)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        near_duplicates(texts, seed=7, report=stop)


def test_resemblance_is_the_share_of_what_both_have() -> None:
    assert resemblance("abcdefgh", "abcdefgh!") == 1
    assert resemblance("abcdefg", "bcdefgh") == pytest.approx(1 / 3)
    assert resemblance("abc", "abc") == 0
