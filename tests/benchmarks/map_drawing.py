"""The map against pyqtgraph's ScatterPlotItem with shared brushes, by turns in one process for each size and scale.

    python tests/benchmarks/map_drawing.py [--sizes 10000 100000 1000000] [--ratios 1 2] [--rounds 5] [--alone 5000000]

Figures are medians in milliseconds of work on the thread that asks; needs ``pip install matplotlib`` for the lasso's
peer. Both paint a real widget of 1400 x 900 (QT_QPA_PLATFORM=offscreen); ``full frame`` of ours is drawn synchronously,
which the window never does.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np

_WIDTH, _HEIGHT = 1400, 900
_CLUSTERS = 60
_HOVERS = 20  # between two rests: one alone would measure how cold the caches are
_REST = 0.12  # seconds
_EQUAL_DOT = 2.0  # radius of a dot of 4 pixels


def main() -> None:
    """Print a Markdown table for each scale."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--ratios", type=float, nargs="*", default=[1.0, 2.0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--alone", type=int, default=5_000_000, help="a size at which only ours is measured")
    parser.add_argument("--child", nargs=2, type=float, metavar=("N", "PEER"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child is not None:
        print(json.dumps(_measure(int(options.child[0]), options.rounds, with_peer=bool(options.child[1]))))
        return
    for ratio in options.ratios:
        print(f"\n{_WIDTH} x {_HEIGHT} at {ratio:g}x, {os.cpu_count()} cores, ms\n")
        print("| points | | ours | pyqtgraph | times as fast |\n| --- | --- | --- | --- | --- |")
        for n, with_peer in [*((n, True) for n in options.sizes), (options.alone, False)]:
            if n:
                _print_rows(n, _run_child(n, ratio, options.rounds, with_peer=with_peer))


def _run_child(n: int, ratio: float, rounds: int, *, with_peer: bool) -> dict[str, list[float]]:
    finished = subprocess.run(
        [sys.executable, __file__, "--rounds", str(rounds), "--child", str(n), str(int(with_peer))],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": str(ratio)},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, list[float]] = json.loads(finished.stdout.splitlines()[-1])
    return found


def _print_rows(n: int, found: dict[str, list[float]]) -> None:
    for name, (ours, theirs) in found.items():
        peer = f"{theirs:,.2f}" if theirs else ""
        times = f"{theirs / ours:.1f}" if theirs else ""
        print(f"| {n:,} | {name} | {ours:,.2f} | {peer} | {times} |")


def _measure(n: int, rounds: int, *, with_peer: bool) -> dict[str, list[float]]:
    import psutil  # noqa: PLC0415 - the parent needs none of these
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    application = QApplication([])
    layout, members = _points(n)
    process = psutil.Process()
    ours = _Ours(layout, members)
    application.processEvents()
    before = process.memory_info().rss
    ours.set_data()
    bytes_per_point = (process.memory_info().rss - before) / n
    peer = _Peer(layout, members) if with_peer else None
    for _ in range(20):  # what is not exposed is not painted
        application.processEvents()
        time.sleep(0.02)
    lasso = _lasso()
    pairs: list[tuple[str, Callable[[], object], Callable[[], object] | None]] = [
        ("set data and first full frame", ours.set_data, peer and peer.set_data),
        ("drag frame, window thread", ours.drag, peer and peer.drag),
        ("picture while dragging, worker thread", ours.moving_picture, None),
        ("full frame", ours.full_frame, peer and peer.drag),
        ("full frame, equal dots of 4 px", ours.equal_frame, peer and peer.drag),
        (f"{_HOVERS} hovers", _often(ours.hover), peer and _often(peer.hover)),
        ("dim all but one cluster, full frame", ours.dim, peer and peer.dim),
        ("lasso of 200 corners (peer: matplotlib)", lambda: ours.lasso(lasso), peer and (lambda: peer.lasso(lasso))),
    ]
    found = {name: [*_by_turns(rounds, mine, theirs)] for name, mine, theirs in pairs}
    if peer is not None:
        found["lasso: points that differ"] = [float((ours.lasso(lasso) != peer.lasso(lasso)).sum()), 0.0]
    found["bytes per point (resident, first picture included)"] = [bytes_per_point, 0.0]
    ours.worker.close()
    ours.canvas.deleteLater()
    application.processEvents()
    return found


def _often(hover: Callable[[], object]) -> Callable[[], None]:
    def hover_often() -> None:
        for _ in range(_HOVERS):
            hover()

    return hover_often


def _by_turns(rounds: int, ours: Callable[[], object], theirs: Callable[[], object] | None) -> tuple[float, float]:
    seconds: tuple[list[float], list[float]] = [], []
    for _ in range(rounds):
        for side, work in enumerate((ours, theirs)):
            if work is not None:
                started = time.perf_counter()
                work()
                seconds[side].append(1000 * (time.perf_counter() - started))
                time.sleep(
                    max(0.06, 2e-4 * seconds[side][-1]) + _REST
                )  # what it left to other threads must not disturb
    return statistics.median(seconds[0]), statistics.median(seconds[1]) if seconds[1] else 0.0


class _Ours:
    def __init__(self, layout: np.ndarray, members: np.ndarray) -> None:
        from verbatlas.app.map import kernels  # noqa: PLC0415
        from verbatlas.app.map.map_canvas import MapCanvas  # noqa: PLC0415
        from verbatlas.app.map.render_worker import RenderWorker  # noqa: PLC0415
        from verbatlas.app.map.renderer import Renderer  # noqa: PLC0415
        from verbatlas.app.map.warm_kernels import warm  # noqa: PLC0415

        warm(kernels)
        self._layout, self._members, self._kernels = layout, members, kernels
        self.worker = RenderWorker()
        self.canvas = MapCanvas(self.worker)
        self.canvas.resize(_WIDTH, _HEIGHT)
        self.canvas.show()
        self._renderer = Renderer(kernels)
        self._step = 0

    def set_data(self) -> None:
        from verbatlas.app.map.point_colours import PointColours, cluster_codes  # noqa: PLC0415
        from verbatlas.app.map.point_store import PointStore  # noqa: PLC0415

        self._points = PointStore(self._layout)
        codes, self._order = cluster_codes(self._members, {id_: id_ for id_ in range(_CLUSTERS)})
        self._colours = PointColours(codes, np.zeros(len(codes), np.uint8), self._table(alone=()))
        self.canvas._bounds = self._points.bounds
        self.canvas.points, self.canvas.colours = self._points, self._colours
        self.canvas.fit()
        self.full_frame()

    def _table(self, *, alone: int | None) -> np.ndarray:
        from verbatlas.app.map.point_colours import cluster_colours, colour_table  # noqa: PLC0415

        slots = {id_: id_ for id_ in range(_CLUSTERS)}
        colours = cluster_colours(self._order, slots, scheme="light", alone=alone)
        return colour_table(colours, scheme="light", has_selection=False)

    def drag(self) -> None:
        self._step += 1
        self.canvas.look(self.canvas.camera.panned(7 if self._step % 2 else -7, 3))
        self.canvas.repaint()

    def full_frame(self, dot: object = None) -> None:
        from verbatlas.app.map.frame import Frame, Wish  # noqa: PLC0415
        from verbatlas.app.map.renderer import Sharpness  # noqa: PLC0415

        sharpness = Sharpness(self.canvas.devicePixelRatioF())
        camera = self.canvas.camera
        image = self._renderer.render(
            self._points,
            self._colours,
            camera,
            scheme="light",
            sharpness=sharpness,
            dot=dot,  # type: ignore[arg-type]
        )
        shown = self.canvas._frame
        self.canvas._show_frame(Frame(Wish(self._points, self._colours, camera, "light", sharpness), image, True))
        self.canvas.repaint()
        if shown is not None:
            self._renderer.recycle(shown.image)  # as the canvas gives it back to its own renderer

    def moving_picture(self) -> None:
        from verbatlas.app.map.map_canvas import _MOVING_MOST  # noqa: PLC0415
        from verbatlas.app.map.renderer import Sharpness  # noqa: PLC0415

        sharpness = Sharpness(1.0, _MOVING_MOST)
        picture = self._renderer.render(
            self._points, self._colours, self.canvas.camera.widened(168), scheme="light", sharpness=sharpness
        )
        self._renderer.recycle(picture)

    def equal_frame(self) -> None:
        from verbatlas.app.map.look import Dot  # noqa: PLC0415

        self.full_frame(Dot(_EQUAL_DOT, 0.8))

    def hover(self) -> object:
        from verbatlas.app.map.picking import nearest_document  # noqa: PLC0415

        self._step += 1
        return nearest_document(self._points, (self._step % 17) - 8.0, 0.3, within=12 / self.canvas.camera.scale)

    def dim(self) -> None:
        self._step += 1
        self._colours = self._colours.with_table(self._table(alone=[self._step % _CLUSTERS]))
        self.full_frame()

    def lasso(self, corners: np.ndarray) -> np.ndarray:
        from verbatlas.app.map.picking import documents_inside  # noqa: PLC0415

        return documents_inside(self._points, corners, kernels=self._kernels)


class _Peer:
    def __init__(self, layout: np.ndarray, members: np.ndarray) -> None:
        import pyqtgraph  # noqa: PLC0415
        from PySide6.QtGui import QBrush, QColor  # noqa: PLC0415

        self._layout, self._members = layout, members
        self._plot = pyqtgraph.PlotWidget(enableMenu=False, background="w")
        for axis in ("left", "bottom"):
            self._plot.hideAxis(axis)
        self._plot.resize(_WIDTH, _HEIGHT)
        self._item = pyqtgraph.ScatterPlotItem(pxMode=True, pen=None, size=4)
        self._plot.addItem(self._item)
        self._plot.show()
        self._view = self._plot.getViewBox()
        self._bright = [QBrush(QColor.fromHsv(6 * id_, 200, 200, 200)) for id_ in range(_CLUSTERS)]
        self._faint = QBrush(QColor(190, 190, 190, 40))
        self._step = 0

    def set_data(self) -> None:
        brushes = [self._bright[member] for member in self._members.tolist()]
        self._item.setData(x=self._layout[:, 0], y=self._layout[:, 1], brush=brushes, pen=None)
        self._plot.viewport().repaint()

    def drag(self) -> None:
        self._step += 1
        (left, right), _ = self._view.viewRange()
        self._view.translateBy(x=(right - left) / _WIDTH * (7 if self._step % 2 else -7))
        self._plot.viewport().repaint()

    def hover(self) -> object:
        from PySide6.QtCore import QPointF  # noqa: PLC0415

        self._step += 1
        return self._item.pointsAt(QPointF((self._step % 17) - 8.0, 0.3))

    def dim(self) -> None:
        self._step += 1
        alone = self._step % _CLUSTERS
        brushes = [self._faint] * _CLUSTERS
        brushes[alone] = self._bright[alone]
        self._item.setBrush([brushes[member] for member in self._members.tolist()])
        self._plot.viewport().repaint()

    def lasso(self, corners: np.ndarray) -> np.ndarray:
        from matplotlib.path import Path as Polygon  # noqa: PLC0415

        inside: np.ndarray = Polygon(np.concatenate([corners, corners[:1]])).contains_points(self._layout)
        return inside


def _points(n: int) -> tuple[np.ndarray, np.ndarray]:
    random = np.random.default_rng(0)
    middles, spread = random.normal(0, 6, (_CLUSTERS, 2)), random.gamma(2, 0.4, _CLUSTERS)
    members = random.integers(0, _CLUSTERS, n)
    layout = middles[members] + random.normal(size=(n, 2)) * spread[members][:, None]
    return layout.astype(np.float32), members.astype(np.int32)


def _lasso() -> np.ndarray:
    random = np.random.default_rng(1)
    angles = np.sort(random.uniform(0, 2 * np.pi, 200))
    return np.stack([np.cos(angles), np.sin(angles)], axis=1) * random.uniform(3, 7, (200, 1))


if __name__ == "__main__":
    main()
