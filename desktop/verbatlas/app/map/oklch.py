"""Colours by lightness, chroma and hue as people see them: OKLCH to sRGB and back (Björn Ottosson 2020, OKLab)."""

import math

import numpy as np
from numpy.typing import NDArray

Rgb = tuple[int, int, int]

_LAB_TO_LMS = np.array(
    [[1.0, 0.3963377774, 0.2158037573], [1.0, -0.1055613458, -0.0638541728], [1.0, -0.0894841775, -1.2914855480]]
)
_LMS_TO_LINEAR = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def to_rgb(lightness: float, chroma: float, hue: float) -> Rgb:
    """Return the sRGB colour, with as much of the chroma as a screen can show.

    Args:
        lightness: 0 (black) to 1 (white).
        chroma: 0 (grey) to about 0.3.
        hue: Degrees.
    """
    low, high = 0.0, chroma
    if _in_gamut(_linear(lightness, chroma, hue)):
        low = chroma
    else:
        for _ in range(20):
            middle = (low + high) / 2
            low, high = (middle, high) if _in_gamut(_linear(lightness, middle, hue)) else (low, middle)
    linear = _linear(lightness, low, hue).clip(0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (encoded * 255).round().astype(int).tolist()
    return red, green, blue


def to_oklab(colour: Rgb) -> NDArray[np.float64]:
    """Return lightness and the two opponent axes of an sRGB colour, shape (3,); distances are as people see them."""
    lms = np.linalg.inv(_LMS_TO_LINEAR) @ to_linear(colour)
    return np.linalg.inv(_LAB_TO_LMS) @ np.cbrt(lms)


def to_linear(colour: Rgb) -> NDArray[np.float64]:
    """Return the light of an sRGB colour, shape (3,), 0..1."""
    encoded = np.asarray(colour) / 255
    light: NDArray[np.float64] = np.where(encoded <= 0.04045, encoded / 12.92, ((encoded + 0.055) / 1.055) ** 2.4)
    return light


def contrast(first: Rgb, second: Rgb) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2)."""
    one, two = (float(to_linear(colour) @ (0.2126, 0.7152, 0.0722)) for colour in (first, second))
    return (max(one, two) + 0.05) / (min(one, two) + 0.05)


def _linear(lightness: float, chroma: float, hue: float) -> NDArray[np.float64]:
    angle = math.radians(hue)
    lab = np.array([lightness, chroma * math.cos(angle), chroma * math.sin(angle)])
    light: NDArray[np.float64] = _LMS_TO_LINEAR @ (_LAB_TO_LMS @ lab) ** 3
    return light


def _in_gamut(linear: NDArray[np.float64]) -> bool:
    return bool((linear > -1e-4).all() and (linear < 1 + 1e-4).all())


def mix(one: Rgb, other: Rgb, share: float) -> Rgb:
    """Return the colour between two, ``share`` (0..1) of the way to the other, as sRGB blends."""
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue
