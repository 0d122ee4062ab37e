"""Cluster colours can be told apart, also by colour-blind eyes, and from the ground."""

import itertools

import numpy as np
import pytest

from verbatlas.analysis import neighbouring_clusters
from verbatlas.app.map.oklch import contrast, to_linear, to_oklab
from verbatlas.app.map.palette import background, cluster_colour, ink, noise_colour
from verbatlas.study.colours import N_SLOTS, choose_slots

SCHEMES = ("light", "dark")
# Machado, Oliveira, Fernandes 2009: deuteranopia, severity 1.
_DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
)


def seen_by_a_deuteranope(colour: tuple[int, int, int]) -> tuple[int, int, int]:
    linear = (_DEUTERANOPIA @ to_linear(colour)).clip(0, 1)
    encoded = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    red, green, blue = (encoded * 255).round().astype(int).tolist()
    return red, green, blue


@pytest.mark.parametrize("scheme", SCHEMES)
def test_any_two_slots_differ_for_all_eyes(scheme: str) -> None:
    colours = [cluster_colour(slot, scheme) for slot in range(N_SLOTS)]
    for one, two in itertools.combinations(colours, 2):
        assert np.linalg.norm(to_oklab(one) - to_oklab(two)) >= 0.10
        blind = [to_oklab(seen_by_a_deuteranope(colour)) for colour in (one, two)]
        assert np.linalg.norm(blind[0] - blind[1]) >= 0.05


@pytest.mark.parametrize("scheme", SCHEMES)
def test_neighbours_on_a_map_of_many_clusters_differ_for_all_eyes(scheme: str) -> None:
    members = np.repeat(np.arange(90), 40).astype(np.int32)
    random = np.random.default_rng(3)
    middles = np.stack([members % 10, members // 10], axis=1) + random.normal(0, 0.25, (90, 2))[members]
    layout = (middles + random.normal(0, 0.2, (len(members), 2))).astype(np.float32)
    neighbours = neighbouring_clusters(layout, members)

    slots = choose_slots(range(90), {}, neighbours)

    for cluster, others in neighbours.items():
        for other in others:
            one, two = (cluster_colour(slots[id_], scheme) for id_ in (cluster, other))
            assert np.linalg.norm(to_oklab(one) - to_oklab(two)) >= 0.10


@pytest.mark.parametrize("scheme", SCHEMES)
def test_points_and_names_stand_out_from_the_map(scheme: str) -> None:
    assert all(contrast(cluster_colour(slot, scheme), background(scheme)) >= 3 for slot in range(60))
    assert contrast(ink(scheme), background(scheme)) >= 7
    assert contrast(noise_colour(scheme), background(scheme)) >= 2
