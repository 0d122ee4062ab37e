"""The map as an SVG: names as text, points as circles while they are few enough to be edited."""

import base64
import io
from collections.abc import Iterator
from functools import lru_cache
from html import escape
from pathlib import Path

from PIL import Image, ImageFont

from verbatlas.app.map.oklch import Rgb
from verbatlas.app.map.palette import background, cluster_colour, faint_ink, ink
from verbatlas.app.map.picture import (
    LINE,
    MapData,
    Page,
    PictureStyle,
    circles_of,
    counts_in_words,
    labels_of,
    lay_out,
    legend_lines,
    points_as_image,
)
from verbatlas.app.map.point_store import PointStore
from verbatlas.resources import resource
from verbatlas.tables.whole_file import write_whole

MOST_CIRCLES = 100_000
_IMAGE_RATIO = 2.0
_FONT_SIZE = 100
_FAMILY = "'Noto Sans SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


def draw_svg(data: MapData, style: PictureStyle | None = None) -> str:
    """Return the map as an SVG document; above MOST_CIRCLES points these are an image inside it."""
    style = style or PictureStyle()
    return "".join(_parts(data, style))


def save_svg(path: Path, svg: str) -> None:
    """Write an SVG document, all of it or nothing.

    Raises:
        UserError: The disk is full, or the file or folder cannot be written.
    """
    write_whole(path, lambda file: file.write(svg.encode()))


def _parts(data: MapData, style: PictureStyle) -> Iterator[str]:
    points = PointStore(data.layout)
    page = lay_out(points, style)
    scheme = style.scheme
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield f'<svg xmlns="http://www.w3.org/2000/svg" width="{style.width}" height="{style.height}" '
    yield f'viewBox="0 0 {page.width:g} {page.height:g}" font-family="{_FAMILY}">\n'
    yield f"<title>{escape(data.title)}</title>\n"
    yield f'<rect width="100%" height="100%" fill="{_hex(background(scheme))}"/>\n'
    yield f'<g transform="translate({page.left:g} {page.top:g})">\n'
    yield from (
        _circles(data, points, page, scheme) if points.n_points <= MOST_CIRCLES else _image(data, points, page, scheme)
    )
    for label in labels_of(data, page, _measure):
        yield _text(
            label.left + 3,
            label.top + label.height / 2,
            label.text,
            label.text_size,
            f'font-weight="600" paint-order="stroke" stroke="{_hex(background(scheme))}" '
            f'stroke-width="{label.text_size / 3.5:.2g}" stroke-linejoin="round" fill="{_hex(ink(scheme))}"',
        )
    yield "</g>\n"
    if style.has_title:
        yield _text(26, 30, data.title, 20, f'fill="{_hex(ink(scheme))}"')
        left = 46 + _measure(data.title, 20)[0] if data.title else 26
        yield _text(left, 30, counts_in_words(data.members), 16, f'fill="{_hex(faint_ink(scheme))}"')
    if style.has_legend:
        yield from _legend(data, page, scheme)
    yield "</svg>\n"


def _circles(data: MapData, points: PointStore, page: Page, scheme: str) -> Iterator[str]:
    for circles in circles_of(data, points, page, scheme):
        name = escape(data.names.get(circles.cluster, ""), quote=True)
        fill = f'fill="{_hex(circles.colour)}" fill-opacity="{circles.opacity:.2f}"'
        yield f'<g id="cluster-{circles.cluster}" aria-label="{name}" {fill}>\n'
        for left, top in circles.places.tolist():
            yield f'<circle cx="{left:.2f}" cy="{top:.2f}" r="{circles.radius:.2f}"/>\n'
        yield "</g>\n"


def _image(data: MapData, points: PointStore, page: Page, scheme: str) -> Iterator[str]:
    pixels = points_as_image(data, points, page, scheme, ratio=_IMAGE_RATIO)
    png = io.BytesIO()
    Image.fromarray(pixels).save(png, format="PNG")
    data_uri = "data:image/png;base64," + base64.b64encode(png.getvalue()).decode()
    yield f'<image width="{page.camera.width:g}" height="{page.camera.height:g}" href="{data_uri}"/>\n'


def _legend(data: MapData, page: Page, scheme: str) -> Iterator[str]:
    for line, (id_, name, size) in enumerate(legend_lines(data, page)):
        middle = page.top + LINE * (line + 0.9)
        colour = _hex(cluster_colour(data.colours.get(id_, 0), scheme))
        yield f'<circle cx="31" cy="{middle:.1f}" r="5" fill="{colour}"/>\n'
        yield _text(44, middle, name, 13, f'fill="{_hex(ink(scheme))}"')
        yield _text(286, middle, f"{size:,}", 13, f'text-anchor="end" fill="{_hex(faint_ink(scheme))}"')


def _text(left: float, middle: float, text: str, size: int, style: str) -> str:
    return (
        f'<text x="{left:.1f}" y="{middle:.1f}" dominant-baseline="central" font-size="{size}" {style}>'
        f"{escape(text)}</text>\n"
    )


def _measure(text: str, size: int) -> tuple[float, float]:
    """Return about how much room a text takes: whoever shows the file may letter it in another font."""
    return _font().getlength(text) * size / _FONT_SIZE + 6, size * 1.5


@lru_cache(maxsize=1)
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(str(resource("fonts", "VerbatlasSansSC.otf")), _FONT_SIZE)


def _hex(colour: Rgb) -> str:
    red, green, blue = colour
    return f"#{red:02x}{green:02x}{blue:02x}"
