"""The map as a picture of any size, drawn without Qt: for the command line and for files."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from verbatlas.app.map.camera import Camera
from verbatlas.app.map.labels import PlacedLabel, anchors, place_labels
from verbatlas.app.map.look import dot_for
from verbatlas.app.map.oklch import Rgb
from verbatlas.app.map.palette import LIGHT, background, cluster_colour, faint_ink, ink, noise_colour
from verbatlas.app.map.point_colours import NOISE_WEIGHT, PointColours, cluster_codes, cluster_colours, colour_table
from verbatlas.app.map.point_store import PointStore
from verbatlas.app.map.renderer import Renderer
from verbatlas.resources import resource
from verbatlas.tables.whole_file import write_whole
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

WIDEST = 8000
_WIDTH = 1400.0  # logical pixels that every picture is wide, however many device pixels that is
_CAPTION, _LEGEND = 52.0, 300.0  # logical pixels
_MOST_LABELS = 60
LINE = 24.0  # logical pixels from one line of a legend to the next


@dataclass(frozen=True, slots=True, eq=False)
class MapData:
    """What a picture of the map shows.

    Attributes:
        layout: float32, shape (n_documents, 2); documents with NaN are left out.
        members: int32, shape (n_documents,): cluster ids, -1 for noise.
        names: By cluster id.
        colours: Palette slots by cluster id.
        title: Written above, beside how many comments and clusters there are.
    """

    layout: NDArray[np.float32]
    members: NDArray[np.int32]
    names: Mapping[int, str]
    colours: Mapping[int, int]
    title: str = ""


@dataclass(frozen=True, slots=True)
class PictureStyle:
    """How a picture of the map looks.

    Attributes:
        width: In pixels, at most WIDEST.
        height: Likewise.
        scheme: ``light`` or ``dark``.
        has_title: Whether the title is written above.
        has_legend: Whether the clusters are listed beside the map.
    """

    width: int = 1600
    height: int = 1200
    scheme: str = LIGHT
    has_title: bool = True
    has_legend: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """Where things lie on a picture, in logical pixels.

    Attributes:
        width: Of the page.
        height: Likewise.
        left: Where the map begins.
        top: Likewise.
        camera: Of the map.
    """

    width: float
    height: float
    left: float
    top: float
    camera: Camera


def lay_out(points: PointStore, style: PictureStyle) -> Page:
    """Return where things lie on a picture of ``points``."""
    width, height = _WIDTH, _WIDTH * style.height / style.width
    left = _LEGEND if style.has_legend else 0.0
    top = _CAPTION if style.has_title else 0.0
    camera = Camera.fitting(points.bounds, width=width - left, height=max(height - top, 1.0))
    return Page(width, height, left, top, camera)


def draw_map(data: MapData, style: PictureStyle | None = None) -> Image.Image:
    """Return the map with its clusters' names; the same arguments give the same pixels.

    Raises:
        ValueError: The picture would be wider or higher than WIDEST.
    """
    style = style or PictureStyle()
    if max(style.width, style.height) > WIDEST:
        raise ValueError(f"a picture has at most {WIDEST} pixels a side")
    points = PointStore(data.layout)
    page = lay_out(points, style)
    ratio = style.width / page.width
    image = Image.new("RGB", (style.width, style.height), background(style.scheme))
    pixels = points_as_image(data, points, page, style.scheme, ratio=ratio)
    image.paste(Image.fromarray(pixels), (round(page.left * ratio), round(page.top * ratio)))
    pen = _Pen(image, scheme=style.scheme, ratio=ratio)
    for label in labels_of(data, page, pen.measure):
        pen.write_label(label, page)
    if style.has_title:
        pen.write_caption(data.title, counts_in_words(data.members))
    if style.has_legend:
        pen.write_legend(data, page)
    return image


def colours_of(data: MapData, scheme: str) -> PointColours:
    """Return the colours of all documents by their clusters."""
    codes, order = cluster_codes(data.members, data.colours)
    colours = cluster_colours(order, data.colours, scheme=scheme, alone=())
    table = colour_table(colours, scheme=scheme, has_selection=False)
    return PointColours(codes, np.zeros(len(codes), np.uint8), table)


def points_as_image(data: MapData, points: PointStore, page: Page, scheme: str, *, ratio: float) -> NDArray[np.uint8]:
    """Return the points of a page without its words: uint8, shape (height, width, 3), red, green, blue."""
    from verbatlas.app.map import kernels  # noqa: PLC0415 - importing the compiler takes half a second

    renderer = Renderer(kernels)
    try:
        return renderer.render_large(points, colours_of(data, scheme), page.camera, scheme=scheme, ratio=ratio)
    finally:
        renderer.close()


@dataclass(frozen=True, slots=True, eq=False)
class Circles:
    """The points of one cluster as circles.

    Attributes:
        cluster: Its id; -1 for noise.
        colour: Of all of them.
        opacity: Of each, 0..1.
        radius: In logical pixels.
        places: float32, shape (n, 2): left and top in logical pixels of the page's map.
    """

    cluster: int
    colour: Rgb
    opacity: float
    radius: float
    places: NDArray[np.float32]


def circles_of(data: MapData, points: PointStore, page: Page, scheme: str) -> Iterator[Circles]:
    """Yield the circles of every cluster, noise first."""
    camera, level = page.camera, points.levels[0]
    dot = dot_for(points.n_points, width=camera.width, height=camera.height)
    members = level.arrange(data.members)
    across = camera.width / 2 + (level.x - camera.x) * camera.scale
    down = camera.height / 2 - (level.y - camera.y) * camera.scale
    places = np.stack([across, down], axis=1)
    for cluster in np.unique(members).tolist():
        slot = data.colours.get(cluster)
        colour = noise_colour(scheme) if slot is None else cluster_colour(slot, scheme)
        opacity = dot.opacity * (NOISE_WEIGHT if slot is None else 1.0)
        yield Circles(cluster, colour, opacity, dot.radius, places[members == cluster])


def labels_of(data: MapData, page: Page, measure: Callable[[str, int], tuple[float, float]]) -> list[PlacedLabel]:
    """Return the names that fit on a page, in logical pixels of its map."""
    found = anchors(data.layout, data.members)
    return place_labels(found, data.names, camera=page.camera, measure=measure, most=_MOST_LABELS)


def counts_in_words(members: NDArray[np.int32]) -> str:
    """Return how many comments and clusters there are, in words."""
    n_clusters = len(np.unique(members[members >= 0]))
    documents = ngettext("{count} comment", "{count} comments", len(members)).format(count=f"{len(members):,}")
    clusters = ngettext("{count} cluster", "{count} clusters", n_clusters).format(count=f"{n_clusters:,}")
    return _("{documents} in {clusters}").format(documents=documents, clusters=clusters)


def legend_lines(data: MapData, page: Page) -> list[tuple[int, str, int]]:
    """Return id, name and size of the largest clusters for which a page has room."""
    ids, sizes = np.unique(data.members[data.members >= 0], return_counts=True)
    ranked = sorted(zip(ids.tolist(), sizes.tolist(), strict=True), key=lambda item: (-item[1], item[0]))
    most = max(0, int((page.height - page.top) / LINE) - 1)
    return [(id_, data.names.get(id_, ""), size) for id_, size in ranked[:most]]


def save_picture(path: Path, image: Image.Image) -> None:
    """Write ``image`` as a PNG, all of it or nothing.

    Raises:
        UserError: The disk is full, or the file or folder cannot be written.
    """
    write_whole(path, lambda file: image.save(file, format="PNG", optimize=False))


class _Pen:
    """Writes on a picture with the font that comes with the program; takes logical pixels."""

    def __init__(self, image: Image.Image, *, scheme: str, ratio: float) -> None:
        self._draw = ImageDraw.Draw(image)
        self._scheme = scheme
        self._ratio = ratio
        self._font_file = str(resource("fonts", "VerbatlasSansSC.otf"))
        self._fonts: dict[int, ImageFont.FreeTypeFont] = {}

    def measure(self, text: str, size: int) -> tuple[float, float]:
        return self._font(size).getlength(text) / self._ratio + 6, size * 1.5

    def write_label(self, label: PlacedLabel, page: Page) -> None:
        size = label.text_size
        self._write(
            page.left + label.left + 3, page.top + label.top + label.height / 2, label.text, size, halo=size / 7
        )

    def write_caption(self, title: str, counts: str) -> None:
        left, middle, size = 26.0, 30.0, 20
        if title:
            self._write(left, middle, title, size)
            left += self.measure(title, size)[0] + size
        self._write(left, middle, counts, 16, is_faint=True)

    def write_legend(self, data: MapData, page: Page) -> None:
        for line, (id_, name, size) in enumerate(legend_lines(data, page)):
            middle = page.top + LINE * (line + 0.9)
            colour = cluster_colour(data.colours.get(id_, 0), self._scheme)
            box = [at * self._ratio for at in (26, middle - 5, 36, middle + 5)]
            self._draw.ellipse(box, fill=colour)
            self._write(44, middle, self._cut(name, 13, 190), 13)
            count = f"{size:,}"
            self._write(_LEGEND - 14 - self.measure(count, 13)[0], middle, count, 13, is_faint=True)

    def _cut(self, text: str, size: int, room: float) -> str:
        while text and self.measure(text, size)[0] > room:
            text = text[:-2].rstrip(" ·…") + "…"
        return text

    def _write(
        self, left: float, middle: float, text: str, size: int, *, halo: float = 0.0, is_faint: bool = False
    ) -> None:
        self._draw.text(
            (left * self._ratio, middle * self._ratio),
            text,
            font=self._font(size),
            anchor="lm",
            fill=faint_ink(self._scheme) if is_faint else ink(self._scheme),
            stroke_width=max(2, round(halo * self._ratio)) if halo else 0,
            stroke_fill=background(self._scheme),
        )

    def _font(self, size: int) -> ImageFont.FreeTypeFont:
        pixels = max(round(size * self._ratio), 1)
        if pixels not in self._fonts:
            self._fonts[pixels] = ImageFont.truetype(self._font_file, pixels)
        return self._fonts[pixels]
