"""Everything that is read can be read, in both themes."""

import pytest

from verbatlas.app.map.oklch import Rgb, contrast
from verbatlas.app.theme import ROLES


def rgb(colour: str) -> Rgb:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("words", "ground"),
    [
        ("text", "window"),
        ("text", "panel"),
        ("text", "raised"),
        ("text", "selection"),
        ("text", "found"),
        ("text", "notice_ground"),
        ("muted", "window"),
        ("muted", "panel"),
        ("muted", "raised"),
        ("accent", "panel"),
        ("accent", "window"),
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("danger", "danger_ground"),
        ("danger", "window"),
    ],
)
def test_words_stand_out_from_their_ground(words: str, ground: str, scheme: str) -> None:
    roles = ROLES[scheme]

    assert contrast(rgb(getattr(roles, words)), rgb(getattr(roles, ground))) >= 4.5


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_of_what_can_be_used_are_seen(scheme: str) -> None:
    roles = ROLES[scheme]

    assert contrast(rgb(roles.strong_border), rgb(roles.panel)) >= 3
