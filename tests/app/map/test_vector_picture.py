"""The SVG has every point, every name as text, and nothing that a name could break."""

from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from map_points import groups

from verbatlas.app.map.picture import MapData, PictureStyle
from verbatlas.app.map.vector_picture import draw_svg, save_svg
from verbatlas.errors import Problem, UserError

SVG = "{http://www.w3.org/2000/svg}"


def data(n: int, names: dict[int, str]) -> MapData:
    layout, members = groups(n, n_groups=3)
    layout[0] = np.nan
    return MapData(layout, members, names, {0: 0, 1: 1, 2: 2}, title="a & b <c>.csv")


def test_every_placed_point_is_a_circle_and_every_name_is_text() -> None:
    names = {0: "电池 <b>", 1: "R&D", 2: '"quoted"'}
    tree = ElementTree.fromstring(draw_svg(data(400, names), PictureStyle(has_legend=False)))

    assert len(list(tree.iter(f"{SVG}circle"))) == 399
    texts = [text.text for text in tree.iter(f"{SVG}text")]
    assert set(names.values()) <= set(texts)
    assert "a & b <c>.csv" in texts


def test_the_legend_lists_the_clusters_with_their_sizes() -> None:
    tree = ElementTree.fromstring(draw_svg(data(400, {0: "A", 1: "B", 2: "C"}), PictureStyle(has_legend=True)))

    assert len(list(tree.iter(f"{SVG}circle"))) == 399 + 3


def test_very_many_points_are_an_image_under_the_names() -> None:
    tree = ElementTree.fromstring(draw_svg(data(100_050, {0: "A", 1: "B", 2: "C"})))

    assert not list(tree.iter(f"{SVG}circle"))
    (image,) = tree.iter(f"{SVG}image")
    assert image.attrib["href"].startswith("data:image/png;base64,")
    assert [text.text for text in tree.iter(f"{SVG}text")]


def test_saving_is_all_or_nothing(tmp_path: Path) -> None:
    save_svg(tmp_path / "map.svg", draw_svg(data(10, {})))
    assert (tmp_path / "map.svg").read_text(encoding="utf-8").startswith("<?xml")

    with pytest.raises(UserError) as caught:
        save_svg(tmp_path / "nowhere" / "map.svg", "<svg/>")

    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE
