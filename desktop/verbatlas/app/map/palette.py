"""The colours of clusters: a slot of the palette to a colour on a light or a dark map."""

import functools

from verbatlas.app.map.oklch import Rgb, to_rgb

LIGHT, DARK = "light", "dark"
# Each step turns the hue by the golden angle, so that slots which are neighbours, and any few together, lie far apart;
# the lightness alternates too, because hue alone is lost on colour-blind eyes.
_GOLDEN_ANGLE = 137.508
_FIRST_HUE = 255.0
_LIGHTNESS = {LIGHT: (0.57, 0.44, 0.63), DARK: (0.72, 0.84, 0.62)}
_CHROMA = {LIGHT: (0.155, 0.13, 0.15), DARK: (0.14, 0.11, 0.16)}
_NOISE = {LIGHT: (158, 163, 171), DARK: (104, 110, 120)}
_BACKGROUND = {LIGHT: (251, 251, 249), DARK: (22, 25, 30)}
_INK = {LIGHT: (32, 36, 43), DARK: (238, 240, 243)}
_FAINT_INK = {LIGHT: (96, 102, 112), DARK: (160, 167, 178)}


@functools.cache
def cluster_colour(slot: int, scheme: str) -> Rgb:
    """Return the colour of a palette slot, the same every time, on the map of a scheme (``light`` or ``dark``)."""
    step = slot % 3
    hue = (_FIRST_HUE + slot * _GOLDEN_ANGLE) % 360
    return to_rgb(_LIGHTNESS[scheme][step], _CHROMA[scheme][step], hue)


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
