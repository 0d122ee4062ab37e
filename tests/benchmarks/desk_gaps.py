"""How long the window stands still while an analyst works at the desk: the longest gap in its event loop, by step.

    python tests/benchmarks/desk_gaps.py [--rows 100000]

The real window, offscreen, on a study of made-up comments in 59 clusters and noise, with 64 dimensions.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis import Description, NeighbourGraph
from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.study import Delete, Merge, Move, ReplaceClustering, Settings, Study
from verbatlas.tables import TableFormat, from_columns

_GROUPS, _DIMENSIONS, _NEIGHBOURS = 60, 64, 15
_WORDS = ("parcel", "late", "refund", "电池", "太慢", "coffee", "app", "login", "broken", "price", "好", "客服")
_TICK = 4  # ms
_SETTLED = 2500  # ms after a step in which what it set off may still stop the window


def make_study(path: Path, n_rows: int) -> None:
    """Write a study with everything but meaning."""
    random = np.random.default_rng(0)
    ids = random.integers(0, _GROUPS, n_rows).astype(np.int32)
    layout = (random.normal(size=(_GROUPS, 2))[ids] * 8 + random.normal(size=(n_rows, 2))).astype(np.float32)
    vectors = random.normal(size=(_GROUPS, _DIMENSIONS))[ids] + 0.7 * random.normal(size=(n_rows, _DIMENSIONS))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    texts = [" ".join(_WORDS[word] for word in row) for row in random.integers(0, len(_WORDS), (n_rows, 6)).tolist()]
    stars = [str(star) for star in random.integers(1, 6, n_rows).tolist()]
    months, days = random.integers(1, 13, n_rows).tolist(), random.integers(1, 29, n_rows).tolist()
    dates = [f"2026-{month:02d}-{day:02d}" for month, day in zip(months, days, strict=True)]
    table = from_columns(["comment", "stars", "date"], [texts, stars, dates], TableFormat())
    with Study.create(path, table=table, text_columns=(0,), settings=Settings(encoder="lexical")) as study:
        study.store_embedding(Embedding(vectors, EncoderIdentity("made up", "1", "mean", "", "fp32")))
        study.store_arrangement(_neighbours(ids, random), layout)
        about = {
            id_: Description((_WORDS[id_ % 12],), f"Cluster {id_}", tuple(np.flatnonzero(ids == id_)[:5].tolist()))
            for id_ in range(_GROUPS)
        }
        study.do(ReplaceClustering(ids, random.random(n_rows, dtype=np.float32), about))
        study.do(Delete([_GROUPS - 1]))


def _neighbours(ids: NDArray[np.int32], random: np.random.Generator) -> NeighbourGraph:
    """Return others of the same group, drawn at random."""
    order = np.argsort(ids, kind="stable")
    firsts = np.searchsorted(ids[order], np.arange(_GROUPS))
    sizes = np.bincount(ids, minlength=_GROUPS)
    drawn = (random.random((len(ids), _NEIGHBOURS)) * sizes[ids][:, None]).astype(np.int64) + firsts[ids][:, None]
    similarities = -np.sort(-random.uniform(0.4, 0.9, drawn.shape).astype(np.float32), axis=1)
    return NeighbourGraph(order[drawn].astype(np.int32), similarities)


def measure(path: Path, folder: Path) -> None:
    """Walk over the desk and print the longest gap of every step."""
    from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: PLC0415 - after the platform is chosen

    from verbatlas.app.application import begin, build_window  # noqa: PLC0415
    from verbatlas.app.charts import load_charts  # noqa: PLC0415
    from verbatlas.app.filters.filter import CategoryFilter  # noqa: PLC0415
    from verbatlas.app.live_preferences import LivePreferences  # noqa: PLC0415
    from verbatlas.app.preferences import PreferenceFile  # noqa: PLC0415
    from verbatlas.app.qt_application import create_application  # noqa: PLC0415

    application = create_application(["verbatlas"], language="en")
    load_charts()
    window = build_window(application, LivePreferences(PreferenceFile(folder / "benchmark.ini")))
    window.resize(1440, 900)
    window.show()
    begin(window, None)
    longest, last = [0.0], [time.perf_counter()]

    def tick() -> None:
        now = time.perf_counter()
        longest[0] = max(longest[0], now - last[0])
        last[0] = now

    timer = QTimer()
    # A window that never slept would lose its turn on a core to whoever works beside it.
    timer.setInterval(_TICK)
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(tick)
    timer.start()

    def wait(milliseconds: int) -> None:
        loop = QEventLoop()
        QTimer.singleShot(milliseconds, loop.quit)
        loop.exec()

    def step(name: str, do: Callable[[], object]) -> None:
        wait(200)
        longest[0] = 0.0
        last[0] = time.perf_counter()
        do()
        wait(_SETTLED)
        while session.is_busy or session._questions:
            wait(50)
        wait(300)
        print(f"| {name} | {1000 * longest[0]:.0f} |", flush=True)

    session = window.session
    wait(3000)
    print("| step | longest gap, ms |\n| --- | --- |")
    step("open the study", lambda: session.open(path))
    desk, study = window.desk, session.study
    assert study is not None
    assert study.labelling is not None
    first, second, third, fourth, *_ = study.labelling.clusters
    step("select a cluster, with its card and chart", lambda: window.selection.select_cluster(fourth))
    step("rename", lambda: session.rename(fourth, "New name"))
    step("merge", lambda: session.edit(Merge([first, second])))
    step("undo", session.undo)
    step("search", lambda: desk.search.ask("电池"))
    step("select what was found", desk.search.select.click)
    step("move it", lambda: session.edit(Move(np.flatnonzero(window.selection.chosen), third)))
    step("clear the search", desk.search.clear_search)
    step("filter", lambda: desk.filters._use((CategoryFilter(1, ("1", "2")),)))
    step("clear the filter", desk.filters.clear.click)
    step("open the tray of what is in no cluster", lambda: desk.show_panel("noise"))
    step("move its slider", lambda: desk.noise.slider.setValue(70))
    step("go through the clusters", window.deeds.review)
    step("go back in the history", lambda: session.go_to(2))
    window.close()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    options = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ |= {"VERBATLAS_CONFIG_DIR": name, "VERBATLAS_DATA_DIR": name, "VERBATLAS_LANGUAGE": "en"}
        make_study(folder / "desk.verbatlas", options.rows)
        print(f"{options.rows:,} comments, {os.cpu_count()} cores\n")
        measure(folder / "desk.verbatlas", folder)


if __name__ == "__main__":
    main()
