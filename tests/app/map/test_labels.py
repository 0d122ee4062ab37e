"""Names never cover one another, stand inside their clusters, appear as one comes near, and do not flicker."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from map_points import groups

from verbatlas.app.map.camera import Bounds, Camera
from verbatlas.app.map.labels import Anchor, PlacedLabel, anchors, elide, place_labels, text_size

PLACES = st.tuples(st.floats(0, 800), st.floats(0, 600))
CAMERA = Camera(400, 300, 1, 800, 600, 1)  # pixels are layout units, y turned over


def measure(text: str, size: int) -> tuple[float, float]:
    return 0.6 * size * len(text), 1.3 * size


def anchor(number: int, x: float, y: float, *, reach: float = 30) -> Anchor:
    return Anchor(number, x, y, 100 - number, Bounds(x - reach, y - reach, x + reach, y + reach))


def placed(
    found: list[Anchor], camera: Camera = CAMERA, *, most: int = 60, shown: set[int] = frozenset()
) -> list[PlacedLabel]:  # type: ignore[assignment]
    names = {one.cluster: f"Name of cluster {one.cluster}" for one in found}
    return place_labels(found, names, camera=camera, measure=measure, most=most, shown=shown)


@settings(max_examples=100, deadline=None)
@given(places=st.lists(PLACES, max_size=60), most=st.integers(0, 50), zoom=st.floats(0.3, 8))
def test_names_never_overlap_nor_leave_the_view_nor_their_clusters(
    places: list[tuple[float, float]], most: int, zoom: float
) -> None:
    found = [anchor(number, x, y) for number, (x, y) in enumerate(places)]
    camera = CAMERA.zoomed(zoom, at_x=200, at_y=500)

    labels = placed(found, camera, most=most)

    assert len(labels) <= most
    for label in labels:
        assert -1e-6 <= label.left <= label.left + label.width <= 800 + 1e-6
        assert -1e-6 <= label.top <= label.top + label.height <= 600 + 1e-6
        own = found[label.cluster].bounds
        x, y = camera.to_layout(label.left + label.width / 2, label.top + label.height / 2)
        slack = 1.5 / camera.scale
        assert own.left - slack <= x <= own.right + slack
        assert own.bottom - slack <= y <= own.top + slack
    for one, two in itertools.combinations(labels, 2):
        apart = (
            one.left + one.width <= two.left
            or two.left + two.width <= one.left
            or one.top + one.height <= two.top
            or two.top + two.height <= one.top
        )
        assert apart


def test_more_names_appear_as_one_comes_near() -> None:
    layout, members = groups(6000, n_groups=60)
    found = anchors(layout, members)
    bounds = Bounds.of(layout)
    far = Camera.fitting(bounds, width=800, height=600)
    seen = {label.cluster for label in placed(found, far)}
    for x, y in itertools.product((100, 300, 500, 700), (75, 225, 375, 525)):
        seen |= {label.cluster for label in placed(found, far.zoomed(4, at_x=x, at_y=y))}

    assert len(placed(found, far)) < len(seen)
    assert len(seen) > 40


def test_a_name_that_is_shown_stays_when_another_one_is_as_good() -> None:
    one, two = anchor(0, 400, 300), anchor(1, 410, 300)

    assert [label.cluster for label in placed([one, two])] == [0]
    assert [label.cluster for label in placed([one, two], shown={1})] == [1]


def test_the_name_of_a_selected_cluster_has_its_place_before_larger_ones() -> None:
    found = [anchor(9, 0, 0), anchor(3, 1, 0)]
    camera = Camera.fitting(Bounds(-50, -50, 50, 50), width=300, height=300)
    names = {one.cluster: f"name {one.cluster}" for one in found}

    def named(first: tuple[int, ...]) -> list[int]:
        labels = place_labels(
            found, names, camera=camera, measure=measure, most=9, shown=[found[0].cluster], first=first
        )
        return [label.cluster for label in labels]

    assert named(()) == [found[0].cluster]
    assert named((found[1].cluster,)) == [found[1].cluster]


def test_deep_inside_a_cluster_its_name_is_still_in_view() -> None:
    large = anchor(0, 100, 100, reach=300)
    near = CAMERA.zoomed(4, at_x=330, at_y=330)
    left, top = near.to_pixels(100, 100)
    assert not (0 <= left <= 800 and 0 <= top <= 600)

    assert [label.cluster for label in placed([large], near)] == [0]


def test_larger_clusters_have_larger_names() -> None:
    assert text_size(100, 100) > text_size(30, 100) > text_size(1, 1000)


def test_a_name_stands_where_its_cluster_is_dense() -> None:
    random = np.random.default_rng(0)
    dense = random.normal(5, 0.1, size=(300, 2))
    thin = random.uniform(-5, 5, size=(40, 2))
    layout = np.concatenate([dense, thin, [[np.nan, np.nan]]]).astype(np.float32)

    (found,) = anchors(layout, np.zeros(len(layout), np.int32))

    assert abs(found.x - 5) < 0.5
    assert abs(found.y - 5) < 0.5
    assert found.size == 340
    assert found.bounds.left < 5 < found.bounds.right


def test_no_cluster_has_no_names() -> None:
    assert anchors(np.zeros((3, 2), np.float32), np.full(3, -1, np.int32)) == []
    assert placed([]) == []


def test_long_names_are_cut_and_chinese_counts_double() -> None:
    assert elide("short", 20) == "short"
    assert elide("a name that is much too long", 12) == "a name that…"
    assert elide("电池不耐用充电太慢", 8) == "电池不…"
