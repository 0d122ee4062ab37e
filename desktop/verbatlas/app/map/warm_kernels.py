"""Have the compiled loops ready before anyone waits for them: the first computer-wide call compiles, others load."""

from types import ModuleType

import numpy as np

from verbatlas.app.map.camera import Camera
from verbatlas.app.map.picking import documents_inside, rectangle
from verbatlas.app.map.point_colours import PointColours, cluster_colours, colour_table
from verbatlas.app.map.point_store import PointStore
from verbatlas.app.map.renderer import Renderer


def warm(kernels: ModuleType) -> None:
    """Call each of ``kernels`` once with the types that it is called with later."""
    layout = np.array([[0, 0], [1, 1]], np.float32)
    points = PointStore(layout)
    plain = cluster_colours([0], {0: 0}, scheme="light", alone=())
    table = colour_table(plain, scheme="light", has_selection=False)
    colours = PointColours(np.ones(2, np.uint16), np.zeros(2, np.uint8), table)
    camera = Camera.fitting(points.bounds, width=8, height=8)
    Renderer(kernels, n_threads=1).render(points, colours, camera, scheme="light")
    documents_inside(points, rectangle(0, 0, 1, 1), kernels=kernels)
