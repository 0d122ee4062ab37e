"""How long the placing of names takes: 50 and 300 of them on a map where all have room, and among 2,000 clusters.

QT_QPA_PLATFORM=offscreen python tests/benchmarks/map_labels.py
"""

import statistics
import time

import numpy as np
from PySide6.QtWidgets import QApplication

from verbatlas.app.map import labels
from verbatlas.app.map.camera import Bounds, Camera
from verbatlas.app.map.overlay import MapOverlay

_ROUNDS = 50


def main() -> None:
    """Print the medians in milliseconds."""
    application = QApplication([])
    overlay = MapOverlay(application.font())
    for n, width, height in ((50, 1400, 900), (300, 6000, 4000), (2000, 1400, 900)):
        found, names = _clusters(n)
        camera = Camera.fitting(Bounds(0, 0, 100, 66), width=width, height=height)
        milliseconds, placed = [], 0
        for _ in range(_ROUNDS):
            started = time.perf_counter()
            placed = len(labels.place_labels(found, names, camera=camera, measure=overlay.measure, most=n))
            milliseconds.append(1000 * (time.perf_counter() - started))
        print(f"{n} clusters, {placed} names placed: {statistics.median(milliseconds):.2f} ms")


def _clusters(n: int) -> tuple[list[labels.Anchor], dict[int, str]]:
    side = int(np.ceil(np.sqrt(n)))
    found = []
    for id_ in range(n):
        x, y = (id_ % side + 0.5) * 100 / side, (id_ // side + 0.5) * 66 / side
        found.append(labels.Anchor(id_, x, y, 1000 - id_ // 4, Bounds(x - 5, y - 5, x + 5, y + 5)))
    return found, {id_: f"Cluster {id_}" for id_ in range(n)}


if __name__ == "__main__":
    main()
