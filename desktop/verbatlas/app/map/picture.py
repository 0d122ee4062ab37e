"""The map as a picture, drawn without Qt: for the command line and for files."""

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from verbatlas.app.map.labels import PlacedLabel, anchors, place_labels
from verbatlas.app.map.palette import background, cluster_colour, faint_ink, ink, noise_colour
from verbatlas.resources import resource
from verbatlas.tables.failures import writing_problem
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

_MARGIN = 0.05
_MOST_LABELS = 60
_SUBPIXELS = 4


def draw_map(
    layout: NDArray[np.float32],
    members: NDArray[np.int32],
    *,
    names: Mapping[int, str],
    colours: Mapping[int, int],
    scheme: str = "light",
    width: int = 1600,
    height: int = 1200,
    title: str = "",
) -> Image.Image:
    """Return the map with its clusters' names; the same arguments give the same pixels.

    Args:
        layout: float32, shape (n_documents, 2); documents with NaN are left out.
        members: int32, shape (n_documents,): cluster ids, -1 for noise.
        names: By cluster id.
        colours: Palette slots by cluster id.
        scheme: ``light`` or ``dark``.
        width: Pixels.
        height: Pixels.
        title: Written above, beside how many comments and clusters there are.
    """
    placed = np.flatnonzero(np.isfinite(layout).all(axis=1))
    points, ids = layout[placed], members[placed]
    caption = round(height * 0.055)
    view = _View(points, width=width, height=height - caption, top=caption)
    pixels = _stamp_points(view, points, _point_colours(ids, colours, scheme), scheme=scheme, height=height)
    image = Image.fromarray(pixels)
    lettering = _Lettering(image, scheme=scheme)
    size = round(height * 0.0165)
    labels = place_labels(
        anchors(points, ids),
        names,
        to_pixels=view.to_pixels,
        measure=lambda text: lettering.measure(text, size),
        size=(width, height),
        most=_MOST_LABELS,
    )
    for label in labels:
        lettering.write_label(label, size)
    lettering.write_caption(title, _counts(len(members), members), height=caption)
    return image


def save_picture(path: Path, image: Image.Image) -> None:
    """Write ``image`` as a PNG, all of it or nothing.

    Raises:
        UserError: The disk is full, or the file or folder cannot be written.
    """
    try:
        handle, part = tempfile.mkstemp(prefix=".map-", suffix=".part", dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                image.save(file, format="PNG", optimize=False)
            Path(part).chmod(0o644)
            Path(part).replace(path)
        except BaseException:
            Path(part).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise writing_problem(path, error) from error


class _View:
    """Where layout units fall on the picture; the layout's aspect ratio is kept."""

    def __init__(self, points: NDArray[np.float32], *, width: int, height: int, top: int) -> None:
        low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (np.zeros(2), np.ones(2))
        extent = np.maximum(high - low, 1e-3)
        room = np.array([width, height]) * (1 - 2 * _MARGIN)
        self._scale = float((room / extent).min())
        self._middle = (low + high) / 2
        self._centre = np.array([width / 2, top + height / 2])
        self.width, self.height = width, height

    def all_to_pixels(self, points: NDArray[np.float32]) -> NDArray[np.float64]:
        # A map has its north above: y grows upwards, rows of pixels downwards.
        return self._centre + (points - self._middle) * (self._scale, -self._scale)

    def to_pixels(self, x: float, y: float) -> tuple[float, float]:
        left, top = self.all_to_pixels(np.array([[x, y]], dtype=np.float32))[0]
        return float(left), float(top)


def _point_colours(ids: NDArray[np.int32], colours: Mapping[int, int], scheme: str) -> NDArray[np.float32]:
    table = np.empty((int(ids.max(initial=-1)) + 2, 3), np.float32)
    table[:] = noise_colour(scheme)
    for cluster, slot in colours.items():
        if 0 <= cluster < len(table) - 1:
            table[cluster] = cluster_colour(slot, scheme)
    return table[ids]


def _stamp_points(
    view: _View, points: NDArray[np.float32], colours: NDArray[np.float32], *, scheme: str, height: int
) -> NDArray[np.uint8]:
    """Add up antialiased discs and lay the mean colour over the ground, the more the denser; order does not matter."""
    n = max(len(points), 1)
    area = view.width * view.height
    radius = float(np.clip(np.sqrt(0.10 * area / n / np.pi), 1.6, 0.0065 * height))
    strength = float(np.clip(2.2e-6 * area / np.sqrt(n) * 0.12, 0.30, 0.85))
    weight = np.zeros((height, view.width), np.float32)
    light = np.zeros((height, view.width, 3), np.float32)
    pixels = view.all_to_pixels(points)
    whole = np.floor(pixels * _SUBPIXELS).astype(np.int64)
    base, phase = whole // _SUBPIXELS, whole % _SUBPIXELS
    for shift_y in range(_SUBPIXELS):
        for shift_x in range(_SUBPIXELS):
            chosen = np.flatnonzero((phase[:, 0] == shift_x) & (phase[:, 1] == shift_y))
            for dx, dy, cover in _disc(radius, shift_x / _SUBPIXELS, shift_y / _SUBPIXELS):
                x, y = base[chosen, 0] + dx, base[chosen, 1] + dy
                inside = (x >= 0) & (x < view.width) & (y >= 0) & (y < height)
                place = (y[inside], x[inside])
                np.add.at(weight, place, cover)
                np.add.at(light, place, cover * colours[chosen[inside]])
    mean = light / np.maximum(weight, 1e-6)[:, :, None]
    opacity = (1 - (1 - strength) ** weight)[:, :, None]
    # Where many lie on one another the colour deepens on a light ground and glows on a dark one.
    density = (1 - np.exp(-np.maximum(weight - 1.2, 0) / 6))[:, :, None]
    deeper = mean * 0.72 if scheme == "light" else mean + (255 - mean) * 0.35
    mean += (deeper - mean) * density
    ground = np.asarray(background(scheme), np.float32)
    blended: NDArray[np.float32] = ground + (mean - ground) * opacity
    return blended.round().clip(0, 255).astype(np.uint8)


def _disc(radius: float, shift_x: float, shift_y: float) -> list[tuple[int, int, float]]:
    """Return the pixels that a disc covers and how much of each, its centre shifted by parts of a pixel."""
    reach = int(np.ceil(radius)) + 1
    covered = []
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            distance = float(np.hypot(dx + 0.5 - shift_x, dy + 0.5 - shift_y))
            cover = float(np.clip(radius + 0.5 - distance, 0, 1))
            if cover > 0:
                covered.append((dx, dy, cover))
    return covered


class _Lettering:
    """Writes on a picture with the font that comes with the program."""

    def __init__(self, image: Image.Image, *, scheme: str) -> None:
        self._draw = ImageDraw.Draw(image)
        self._scheme = scheme
        self._font_file = str(resource("fonts", "VerbatlasSansSC.otf"))
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        if size not in self._fonts:
            self._fonts[size] = ImageFont.truetype(self._font_file, size)
        return self._fonts[size]

    def measure(self, text: str, size: int) -> tuple[float, float]:
        return self._font(size).getlength(text) + 6, size * 1.5

    def write_label(self, label: PlacedLabel, size: int) -> None:
        self._draw.text(
            (label.left + 3, label.top + label.height / 2),
            label.text,
            font=self._font(size),
            anchor="lm",
            fill=ink(self._scheme),
            stroke_width=max(2, size // 7),
            stroke_fill=background(self._scheme),
        )

    def write_caption(self, title: str, counts: str, *, height: int) -> None:
        left, middle = round(height * 0.5), height * 0.62
        size = round(height * 0.36)
        if title:
            self._draw.text((left, middle), title, font=self._font(size), anchor="lm", fill=ink(self._scheme))
            left += round(self._font(size).getlength(title) + size)
        small = round(size * 0.8)
        self._draw.text((left, middle), counts, font=self._font(small), anchor="lm", fill=faint_ink(self._scheme))


def _counts(n_documents: int, members: NDArray[np.int32]) -> str:
    n_clusters = len(np.unique(members[members >= 0]))
    documents = ngettext("{count} comment", "{count} comments", n_documents).format(count=f"{n_documents:,}")
    clusters = ngettext("{count} cluster", "{count} clusters", n_clusters).format(count=f"{n_clusters:,}")
    return _("{documents} in {clusters}").format(documents=documents, clusters=clusters)
