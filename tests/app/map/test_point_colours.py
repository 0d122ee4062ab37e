"""Another style is another table; the points keep their codes."""

import numpy as np
import pytest
from map_points import groups

from verbatlas.app.map.palette import cluster_colour, noise_colour
from verbatlas.app.map.point_colours import (
    CONTEXT,
    NORMAL,
    SELECTED,
    PointColours,
    cluster_codes,
    cluster_colours,
    colour_table,
)
from verbatlas.app.map.point_store import PointStore

CLUSTERS = {3: 0, 70_000: 1}


def test_every_document_has_the_colour_of_its_cluster_and_noise_is_grey() -> None:
    codes, order = cluster_codes(np.array([3, -1, 70_000, 5], np.int32), CLUSTERS)
    colours = cluster_colours(order, CLUSTERS, scheme="dark", alone=())

    expected = [cluster_colour(0, "dark"), noise_colour("dark"), cluster_colour(1, "dark"), noise_colour("dark")]
    np.testing.assert_array_equal(colours[codes][:, :3], expected)


@pytest.mark.parametrize("alone", [3, -1])
def test_all_but_one_are_dimmed(alone: int) -> None:
    codes, order = cluster_codes(np.array([3, -1, 70_000], np.int32), CLUSTERS)

    weights = cluster_colours(order, CLUSTERS, scheme="light", alone=[alone])[codes][:, 3]

    bright = 0 if alone == 3 else 1
    assert weights[bright] > 2 * np.delete(weights, bright).max()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_found_in_other_clusters_stands_out_from_the_context(scheme: str) -> None:
    _codes, order = cluster_codes(np.array([3, -1, 70_000], np.int32), CLUSTERS)
    found = cluster_colours(order, CLUSTERS, scheme=scheme, alone=[3], among_found=True)
    table = colour_table(found, scheme=scheme, has_selection=False)
    alone, other = order.index(3) + 1, order.index(70_000) + 1
    assert table[NORMAL, alone, 3] > table[NORMAL, other, 3] > 3 * table[CONTEXT, other, 3]


def test_what_is_not_selected_steps_back_only_while_something_is() -> None:
    colours = np.array([[100, 100, 100, 1]], np.float32)
    with_some, with_none = (colour_table(colours, scheme="light", has_selection=some) for some in (True, False))

    assert with_some[NORMAL, 0, 3] < with_none[NORMAL, 0, 3]
    assert with_some[SELECTED, 0, 3] > with_none[NORMAL, 0, 3]


def test_codes_are_sorted_once_for_every_level() -> None:
    layout, members = groups(1000)
    level = PointStore(layout).levels[0]
    table = np.zeros((3, 20, 4), np.float32)
    colours = PointColours(members.astype(np.uint16), np.zeros(1000, np.uint8), table)

    codes, _flags = colours.of(level)

    np.testing.assert_array_equal(codes, members[level.rows])
    assert colours.with_table(table + 1).of(level)[0] is codes
    assert colours.with_flags(np.ones(1000, np.uint8)).of(level)[0] is codes
    assert colours.with_flags(np.ones(1000, np.uint8)).of(level)[1].all()
