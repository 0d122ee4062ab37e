"""What each colour of the window is for, in the light and the dark theme."""

from dataclasses import dataclass

from verbatlas.app.map.palette import DARK, LIGHT


@dataclass(frozen=True, slots=True)
class Roles:
    """The colours of a theme, by what they are for; ``#rrggbb``.

    Attributes:
        window: The ground of pages.
        panel: Lists, cards and bars, which lie on the ground.
        raised: What is pressed, hovered or chosen in a panel.
        border: Lines between parts.
        strong_border: The edge of what can be typed into or pressed.
        scroll: The handle of scroll bars.
        text: What is read.
        muted: What is read second.
        accent: The one thing to do next, and what is selected.
        accent_hover: The accent under the pointer.
        on_accent: Words on the accent.
        check: The ground of a white check mark.
        selection: The ground of selected rows.
        found: The ground of what a search has found in a text.
        danger: Problems.
        danger_ground: The ground of problems.
        notice_ground: The ground of what is worth knowing.
    """

    window: str
    panel: str
    raised: str
    border: str
    strong_border: str
    scroll: str
    text: str
    muted: str
    accent: str
    accent_hover: str
    on_accent: str
    check: str
    selection: str
    found: str
    danger: str
    danger_ground: str
    notice_ground: str


ROLES = {
    LIGHT: Roles(
        window="#f6f6f3",
        panel="#ffffff",
        raised="#eeeeea",
        border="#e2e2dc",
        strong_border="#8b8f96",
        scroll="#c9cbc6",
        text="#20242b",
        muted="#5c626c",
        accent="#2159c4",
        accent_hover="#1a49a4",
        on_accent="#ffffff",
        check="#2159c4",
        selection="#dfe8fa",
        found="#ffe08a",
        danger="#a8261c",
        danger_ground="#fcebe9",
        notice_ground="#eaf1fd",
    ),
    DARK: Roles(
        window="#14171b",
        panel="#1c2026",
        raised="#282d35",
        border="#2d333b",
        strong_border="#737b87",
        scroll="#434b56",
        text="#e9ebee",
        muted="#a2a9b4",
        accent="#7eaaf8",
        accent_hover="#9dbffb",
        on_accent="#0d1a33",
        check="#3d6fd0",
        selection="#263a5e",
        found="#6b5200",
        danger="#ff9c92",
        danger_ground="#3a2022",
        notice_ground="#1f2c44",
    ),
}
