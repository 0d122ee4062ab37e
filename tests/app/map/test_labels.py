"""Names on the map never cover one another, and stand where their cluster is dense."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas.app.map.labels import Anchor, anchors, elide, place_labels

PLACES = st.tuples(st.floats(0, 800), st.floats(0, 600))


@settings(max_examples=100, deadline=None)
@given(places=st.lists(PLACES, max_size=60), most=st.integers(0, 50))
def test_names_never_overlap_nor_leave_the_picture(places: list[tuple[float, float]], most: int) -> None:
    found = [Anchor(number, x, y, 100 - number) for number, (x, y) in enumerate(places)]
    names = {number: f"Name of cluster {number}" for number in range(len(places))}

    labels = place_labels(
        found,
        names,
        to_pixels=lambda x, y: (x, y),
        measure=lambda text: (7.0 * len(text), 16.0),
        size=(800.0, 600.0),
        most=most,
    )

    assert len(labels) <= most
    for label in labels:
        assert 0 <= label.left <= label.left + label.width <= 800
        assert 0 <= label.top <= label.top + label.height <= 600
    for one, two in itertools.combinations(labels, 2):
        apart = (
            one.left + one.width <= two.left
            or two.left + two.width <= one.left
            or one.top + one.height <= two.top
            or two.top + two.height <= one.top
        )
        assert apart


def test_a_name_stands_where_its_cluster_is_dense() -> None:
    random = np.random.default_rng(0)
    dense = random.normal(5, 0.1, size=(300, 2))
    thin = random.uniform(-5, 5, size=(40, 2))
    layout = np.concatenate([dense, thin, [[np.nan, np.nan]]]).astype(np.float32)

    (anchor,) = anchors(layout, np.zeros(len(layout), np.int32))

    assert abs(anchor.x - 5) < 0.5
    assert abs(anchor.y - 5) < 0.5
    assert anchor.size == 340


def test_long_names_are_cut_and_chinese_counts_double() -> None:
    assert elide("short", 20) == "short"
    assert elide("a name that is much too long", 12) == "a name that…"
    assert elide("电池不耐用充电太慢", 8) == "电池不…"
