"""Numbers, a colon and a name typed into the one field name parts."""

import pytest

from verbatlas.app.review.part_entry import KeptName, PartEntry, numbers_in


@pytest.mark.parametrize(
    ("text", "numbers", "name"),
    [
        ("3: lost card", (3,), "lost card"),
        (" 12：快递太慢 ", (12,), "快递太慢"),
        ("2:", (2,), ""),
        ("3 5 : late", (3, 5), "late"),
        ("7,3, 5:late: by days", (3, 5, 7), "late: by days"),
        ("3、5，8；13：快递太慢", (3, 5, 8, 13), "快递太慢"),
        ("2, 5-7: late", (2, 5, 6, 7), "late"),
        ("7 – 5, 6: late", (5, 6, 7), "late"),
        ("3到5：太慢", (3, 4, 5), "太慢"),
        ("3, 5, : late", (3, 5), "late"),
    ],
)
def test_only_numbers_before_a_colon_are_parts(text: str, numbers: tuple[int, ...], name: str) -> None:
    assert PartEntry.of(text) == PartEntry(numbers, name)


@pytest.mark.parametrize(
    "text", ["3 days late", "lost card", "24/7: help", "", ":", "3.5: x", "2024: plans", "3, x: y"]
)
def test_all_else_is_a_name(text: str) -> None:
    assert PartEntry.of(text) is None
    assert numbers_in(text) == ()


def test_numbers_are_known_while_they_are_typed() -> None:
    whole = "3, 5-7 9: late"
    found = [numbers_in(whole[:length]) for length in range(1, len(whole) + 1)]
    assert found[:6] == [(3,), (3,), (3,), (3, 5), (3, 5), (3, 5, 6, 7)]
    assert set(found[8:]) == {(3, 5, 6, 7, 9)}


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((3,), "Name part 3"),
        ((3, 5, 7), "Name parts 3, 5, 7"),
        (tuple(range(1, 8)), "Name 7 parts"),
        ((3, 9), "Part 9 is further down"),
        ((3, 13), "There is no part 13"),
        ((0, 3), "There is no part 0"),
    ],
)
def test_it_says_what_it_would_do(numbers: tuple[int, ...], words: str) -> None:
    assert PartEntry(numbers, "late").words(n_shown=8, total=12) == words


def typed(*texts: str) -> str:
    kept = KeptName("delivery, late")
    for text in texts:
        kept.see(text)
    return kept.text


def test_the_name_before_the_number_is_kept() -> None:
    assert typed() == "delivery, late"
    assert typed("3", "3:", "3: x") == "delivery, late"
    assert typed("3", "3,", "3, ", "3, 5", "3, 5-", "3, 5-7", "3, 5-7:", "3, 5-7: x") == "delivery, late"
    assert typed("l", "la", "late", "3", "3:") == "late", "typed over what was there, then a part over that"
    assert typed("late", "lat", "la", "l", "", "3", "3:") == "late", "taken away letter by letter"
    assert typed("", "late", "lat", "3", "3:") == "lat", "made shorter"
