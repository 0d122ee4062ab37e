"""The picture of the map shows the points where they are, the same every time, without Qt."""

from pathlib import Path

import numpy as np
import pytest

from verbatlas.app.map.palette import background, cluster_colour
from verbatlas.app.map.picture import WIDEST, MapData, PictureStyle, draw_map, save_picture
from verbatlas.errors import Problem, UserError


def two_groups() -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(1)
    left, right = (random.normal((middle, 0), 0.3, size=(200, 2)) for middle in (0, 10))
    return np.concatenate([left, right]).astype(np.float32), np.repeat([0, 1], 200).astype(np.int32)


def data(names: dict[int, str] | None = None) -> MapData:
    layout, members = two_groups()
    return MapData(layout, members, names or {}, {0: 0, 1: 1}, title="feedback.csv")


def drawn(scheme: str) -> np.ndarray:
    return np.asarray(draw_map(data(), PictureStyle(600, 400, scheme))).astype(int)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_group_is_on_its_side_in_its_colour(scheme: str) -> None:
    pixels = drawn(scheme)[40:]
    coloured = np.abs(pixels - background(scheme)).sum(axis=2) > 60
    columns = np.flatnonzero(coloured.any(axis=0))
    assert columns.min() < 120
    assert columns.max() > 480
    assert not coloured[:, 250:350].any()
    for slot, part in ((0, pixels[:, :200]), (1, pixels[:, 400:])):
        distance = np.abs(part - background(scheme)).sum(axis=2)
        strong = distance >= np.quantile(distance[distance > 60], 0.8)
        mean = part[strong].mean(axis=0)
        other = cluster_colour(1 - slot, scheme)
        assert np.abs(mean - cluster_colour(slot, scheme)).sum() < np.abs(mean - other).sum()


def test_the_order_of_the_points_does_not_matter() -> None:
    layout, members = two_groups()
    order = np.random.default_rng(3).permutation(len(layout))
    style = PictureStyle(400, 300)

    first = np.asarray(draw_map(data(), style)).astype(int)
    second = np.asarray(draw_map(MapData(layout[order], members[order], {}, {0: 0, 1: 1}, title="feedback.csv"), style))

    assert np.abs(first - second).max() <= 1


def test_names_are_written_in_chinese_too() -> None:
    plain, named, boxes = (
        np.asarray(draw_map(data(names))) for names in ({}, {0: "电池", 1: "客服"}, {0: "\ue000\ue000", 1: "客服"})
    )

    assert (plain != named).any()
    assert (boxes != named).any()


def test_title_and_legend_are_there_when_wanted() -> None:
    names = {0: "Late delivery", 1: "电池"}
    bare = PictureStyle(700, 500, has_title=False)
    pictures = [
        np.asarray(draw_map(data(names), style))
        for style in (bare, PictureStyle(700, 500), PictureStyle(700, 500, has_title=False, has_legend=True))
    ]

    ground = np.array(background("light"))
    heads = [(np.abs(picture[:24].astype(int) - ground).sum(axis=2) > 60).any() for picture in pictures]
    sides = [(np.abs(picture[5:30, 10:140].astype(int) - ground).sum(axis=2) > 60).any() for picture in pictures]
    assert heads[:2] == [False, True]
    assert sides[0] != sides[2]


def test_a_picture_for_print_is_as_wide_as_was_asked_for_and_no_wider_than_the_limit() -> None:
    assert draw_map(data(), PictureStyle(WIDEST, 300)).size == (WIDEST, 300)
    with pytest.raises(ValueError, match=str(WIDEST)):
        draw_map(data(), PictureStyle(WIDEST + 1, 300))


@pytest.mark.parametrize("n", [0, 1, 2])
def test_hardly_anything_to_draw_is_no_error(n: int) -> None:
    layout = np.zeros((n + 1, 2), np.float32)
    layout[n] = np.nan

    draw_map(MapData(layout, np.full(n + 1, -1, np.int32), {}, {}), PictureStyle(200, 150))


def test_saving_is_all_or_nothing(tmp_path: Path) -> None:
    image = draw_map(data(), PictureStyle(100, 80))

    save_picture(tmp_path / "map.png", image)
    assert (tmp_path / "map.png").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(UserError) as caught:
        save_picture(tmp_path / "nowhere" / "map.png", image)

    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE
    assert [path.name for path in tmp_path.iterdir()] == ["map.png"]
