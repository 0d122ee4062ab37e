"""What is drawn is where it belongs, whatever the order, the sample, the scale or the number of threads."""

import numpy as np
import pytest
from map_points import colours, groups, rgb

from verbatlas.app.map import kernels
from verbatlas.app.map.camera import Camera
from verbatlas.app.map.look import Dot
from verbatlas.app.map.palette import background, cluster_colour
from verbatlas.app.map.point_colours import CONTEXT, SELECTED
from verbatlas.app.map.point_store import PointStore
from verbatlas.app.map.renderer import Renderer, Sharpness

SCHEMES = ("light", "dark")


def drawn(layout: np.ndarray, members: np.ndarray, camera: Camera | None = None, **more: object) -> np.ndarray:
    points = PointStore(layout)
    scheme = str(more.setdefault("scheme", "light"))
    camera = camera or Camera.fitting(points.bounds, width=400, height=300)
    return rgb(Renderer(kernels).render(points, colours(members, scheme=scheme), camera, **more))  # type: ignore[arg-type]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_a_point_is_where_it_must_be_in_its_colour(scheme: str, ratio: float) -> None:
    layout = np.array([[0, 0], [10, 10]], np.float32)
    camera = Camera.fitting(PointStore(layout).bounds, width=400, height=300)

    picture = drawn(layout, np.array([0, 1]), camera, scheme=scheme, sharpness=Sharpness(ratio), dot=Dot(5, 0.999))

    assert picture.shape == (300 * ratio, 400 * ratio, 3)
    for row, slot in ((0, 0), (1, 1)):
        left, top = (int(at * ratio) for at in camera.to_pixels(*layout[row].tolist()))
        np.testing.assert_allclose(picture[top, left], cluster_colour(slot, scheme), atol=3)
    is_ground = (picture == background(scheme)).all(axis=2)
    assert (~is_ground).sum() == pytest.approx(2 * np.pi * (5 * ratio) ** 2, rel=0.25)


def test_the_order_of_the_points_does_not_matter() -> None:
    layout, members = groups(20_000)
    order = np.random.default_rng(5).permutation(len(layout))

    assert np.abs(drawn(layout, members) - drawn(layout[order], members[order])).max() <= 1


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("zoom", "most"), [(1.0, 220_000), (1.0, 120_000), (3.0, 100_000)])
def test_a_sample_is_as_bright_as_all_of_them(scheme: str, zoom: float, most: int) -> None:
    layout, members = groups(400_000)
    camera = Camera.fitting(PointStore(layout).bounds, width=700, height=450).zoomed(zoom, at_x=350, at_y=225)

    whole = drawn(layout, members, camera, scheme=scheme)
    sample = drawn(layout, members, camera, scheme=scheme, sharpness=Sharpness(1.0, most))

    ground = np.array(background(scheme))
    one, two = (np.abs(picture - ground).sum() for picture in (whole, sample))
    assert (whole != sample).any()
    assert two == pytest.approx(one, rel=0.06)


def test_the_number_of_threads_does_not_matter() -> None:
    layout, members = groups(30_000)
    points, camera = PointStore(layout), Camera.fitting(PointStore(layout).bounds, width=500, height=400)

    pictures = [
        Renderer(kernels, n_threads=n).render(points, colours(members), camera, scheme="light") for n in (1, 2, 5)
    ]

    assert np.abs(rgb(pictures[0]) - rgb(pictures[1])).max() <= 1
    assert np.abs(rgb(pictures[0]) - rgb(pictures[2])).max() <= 1


def test_drawing_twice_with_the_same_renderer_gives_the_same_pixels() -> None:
    layout, members = groups(5000)
    points, renderer = PointStore(layout), Renderer(kernels)
    camera = Camera.fitting(points.bounds, width=200, height=150)

    first = renderer.render(points, colours(members), camera, scheme="light")
    renderer.render(points, colours(members), camera.zoomed(3, at_x=10, at_y=10), scheme="dark")

    np.testing.assert_array_equal(renderer.render(points, colours(members), camera, scheme="light"), first)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_dense_places_turn_darker_on_light_and_glow_on_dark(scheme: str) -> None:
    random = np.random.default_rng(0)
    layout = np.concatenate([random.normal(0, 0.3, (20_000, 2)), random.normal(10, 3, (2000, 2))]).astype(np.float32)
    camera = Camera.fitting(PointStore(layout).bounds, width=400, height=400)

    picture = drawn(layout, np.zeros(len(layout), np.int32), camera, scheme=scheme)

    left, top = (round(at) for at in camera.to_pixels(0, 0))
    plain = np.mean(cluster_colour(0, scheme))
    assert (picture[top, left].mean() < plain - 8) if scheme == "light" else (picture[top, left].mean() > plain + 8)


def test_a_large_picture_is_the_small_one_drawn_strip_by_strip() -> None:
    layout, members = groups(8000)
    points = PointStore(layout)
    camera = Camera.fitting(points.bounds, width=500, height=700)
    renderer = Renderer(kernels)

    whole = rgb(renderer.render(points, colours(members), camera, scheme="light", sharpness=Sharpness(2.0)))
    strips = renderer.render_large(points, colours(members), camera, scheme="light", ratio=2.0)

    assert strips.shape == (1400, 1000, 3)
    assert (np.abs(whole - strips.astype(int)).max(axis=2) > 2).mean() < 0.02


def test_selected_points_stand_out_and_filtered_ones_stay_as_grey_context() -> None:
    layout = np.array([[0, 0], [5, 0], [10, 0]], np.float32)
    points, members = PointStore(layout), np.zeros(3, np.int32)
    camera = Camera.fitting(points.bounds, width=300, height=100)
    flags = np.array([0, SELECTED, CONTEXT], np.uint8)

    picture = rgb(
        Renderer(kernels).render(points, colours(members).with_flags(flags), camera, scheme="light", dot=Dot(5, 0.6))
    )

    plain, selected, context = (
        picture[int(top), int(left)] for left, top in (camera.to_pixels(float(x), 0.0) for x in (0, 5, 10))
    )
    ground = np.array(background("light"))
    assert np.abs(selected - ground).sum() > np.abs(plain - ground).sum() > np.abs(context - ground).sum() > 0
    assert np.ptp(context) < 12


@pytest.mark.parametrize("size", [(0.0, 0.0), (1.0, 900.0), (3.0, 2.0)])
@pytest.mark.parametrize("n", [0, 1, 30])
def test_hardly_any_room_or_points_is_no_trouble(size: tuple[float, float], n: int) -> None:
    layout = np.full((n, 2), np.nan if n == 30 else 1.0, np.float32)
    camera = Camera.fitting(PointStore(layout).bounds, width=size[0], height=size[1])

    assert drawn(layout, np.zeros(n, np.int32), camera).shape[2] == 3
