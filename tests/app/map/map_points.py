"""Points for the tests of the map."""

import numpy as np

from verbatlas.app.map.point_colours import PointColours, cluster_codes, cluster_colours, colour_table


def groups(n: int, *, n_groups: int = 12, seed: int = 0) -> tuple[np.ndarray, np.ndarray]:
    """Return a layout of ``n`` points in round groups, and their groups."""
    random = np.random.default_rng(seed)
    middles, spread = random.normal(0, 6, (n_groups, 2)), random.gamma(2, 0.5, n_groups)
    members = random.integers(0, n_groups, n)
    layout = middles[members] + random.normal(size=(n, 2)) * spread[members][:, None]
    return layout.astype(np.float32), members.astype(np.int32)


def colours(members: np.ndarray, *, scheme: str = "light") -> PointColours:
    """Return each group in its own colour."""
    slots = {int(id_): int(id_) for id_ in np.unique(members[members >= 0])}
    codes, order = cluster_codes(members, slots)
    table = colour_table(cluster_colours(order, slots, scheme=scheme, alone=()), scheme=scheme, has_selection=False)
    return PointColours(codes, np.zeros(len(codes), np.uint8), table)


def rgb(pixels: np.ndarray) -> np.ndarray:
    """Return red, green and blue, shape (height, width, 3), of 0xffrrggbb pixels."""
    return np.stack([(pixels >> shift) & 255 for shift in (16, 8, 0)], axis=-1).astype(int)
