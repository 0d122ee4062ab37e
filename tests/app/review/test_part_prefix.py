"""A number, a colon and a name typed into the one field name a part."""

import pytest

from verbatlas.app.review.part_prefix import KeptName, named_part


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("3: lost card", (3, "lost card")),
        (" 12：快递太慢 ", (12, "快递太慢")),
        ("2:", (2, "")),
        ("3 days late", None),
        ("lost card", None),
        ("24/7: support", None),
        ("", None),
    ],
)
def test_only_a_number_before_a_colon_is_a_part(text: str, part: tuple[int, str] | None) -> None:
    assert named_part(text) == part


def typed(*texts: str) -> str:
    kept = KeptName("delivery, late")
    for text in texts:
        kept.see(text)
    return kept.text


def test_the_name_before_the_number_is_kept() -> None:
    assert typed() == "delivery, late"
    assert typed("3", "3:", "3: x") == "delivery, late"
    assert typed("l", "la", "late", "3", "3:") == "late", "typed over what was there, then a part over that"
    assert typed("late", "lat", "la", "l", "", "3", "3:") == "late", "taken away letter by letter"
    assert typed("", "late", "lat", "3", "3:") == "lat", "made shorter"
