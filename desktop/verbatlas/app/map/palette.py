"""The colours of clusters: a slot of the palette to a colour on a light or a dark map."""

from verbatlas.app.map.oklch import Rgb

LIGHT, DARK = "light", "dark"
# Chosen one after the other, each the farthest from all before it in OKLab, as all eyes and as deuteranopes (Machado et
# al. 2009) see it, among the colours that stand out from the map: any two differ by 0.10 and 0.05 at least.
_COLOURS = {
    LIGHT: (
        "2c76d3",
        "f9601f",
        "008e1b",
        "a30a78",
        "cc67e3",
        "a86c7e",
        "6b5d22",
        "6c36be",
        "89975e",
        "009eaf",
        "ec6094",
        "8384ff",
        "8d62bd",
        "bb6e00",
        "317e6d",
        "176490",
        "8c4353",
        "c9235b",
    ),
    DARK: (
        "63a6ff",
        "f8e94c",
        "c94c18",
        "35c26d",
        "ffcafc",
        "a552b7",
        "fa960b",
        "398a80",
        "f37ac5",
        "57f9b0",
        "51dfff",
        "4573de",
        "a19500",
        "b7c68b",
        "b5788a",
        "cba0ff",
        "00b3c5",
        "df9da0",
    ),
}
_NOISE = {LIGHT: (158, 163, 171), DARK: (104, 110, 120)}
_BACKGROUND = {LIGHT: (251, 251, 249), DARK: (22, 25, 30)}
_INK = {LIGHT: (32, 36, 43), DARK: (238, 240, 243)}
_ACCENT = {LIGHT: (33, 89, 196), DARK: (126, 170, 248)}
_FAINT_INK = {LIGHT: (96, 102, 112), DARK: (160, 167, 178)}


def cluster_colour(slot: int, scheme: str) -> Rgb:
    """Return the colour of a palette slot, the same every time, on the map of a scheme (``light`` or ``dark``)."""
    colours = _COLOURS[scheme]
    red, green, blue = bytes.fromhex(colours[slot % len(colours)])
    return red, green, blue


def noise_colour(scheme: str) -> Rgb:
    """Return the colour of documents in no cluster."""
    return _NOISE[scheme]


def background(scheme: str) -> Rgb:
    """Return the ground of the map."""
    return _BACKGROUND[scheme]


def ink(scheme: str) -> Rgb:
    """Return the colour of names on the map."""
    return _INK[scheme]


def faint_ink(scheme: str) -> Rgb:
    """Return the colour of what is written beside the map."""
    return _FAINT_INK[scheme]


def accent(scheme: str) -> Rgb:
    """Return the colour of what is being selected."""
    return _ACCENT[scheme]
