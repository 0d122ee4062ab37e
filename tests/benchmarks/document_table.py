"""The table of comments with a million rows: the longest time for which the window's thread stood still.

    python tests/benchmarks/document_table.py [--rows 1000000]

A timer of 1 ms in the window's thread notes the longest pause between two of its ticks while something is done, and how
long it took until the answer was there. The limit that the window keeps is 100 ms.
"""

import argparse
import os
import random
import time
from collections.abc import Callable
from dataclasses import replace

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from verbatlas.app.background import Background
from verbatlas.app.documents.document_table import DocumentTable
from verbatlas.app.documents.listing import CLUSTER, COMMENT, STRENGTH, Listing
from verbatlas.app.fonts import use_fonts
from verbatlas.app.theme import Theme
from verbatlas.study import Cluster, Labelling
from verbatlas.tables import TableFormat, from_columns

_WORDS = ("delivery", "late", "parcel", "refund", "battery", "slow", "great", "broken", "快递", "很慢", "电池", "退款")
_CLUSTERS = 60


class Pulse(QObject):
    """Notes the longest pause of the event loop."""

    def __init__(self) -> None:
        super().__init__()
        self._timer = QTimer(self, interval=1, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)
        self._last = time.perf_counter()
        self.longest = 0.0
        self._timer.start()

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest, self._last = max(self.longest, now - self._last), now

    def measure(self, name: str, work: Callable[[], object], is_done: Callable[[], bool] = lambda: True) -> None:
        """Print a row: the longest pause and the time until ``is_done``."""
        self._wait(lambda: True)
        self.longest, self._last = 0.0, time.perf_counter()
        started = self._last
        QTimer.singleShot(0, work)
        self._wait(is_done)
        print(
            f"| {name} | {1000 * self.longest:.0f} | {1000 * (time.perf_counter() - started - 0.06):,.0f} |", flush=True
        )

    def _wait(self, is_done: Callable[[], bool]) -> None:
        """Let the event loop run until ``is_done``, and 60 ms longer for what is painted then."""
        loop = QEventLoop()
        asking = QTimer(interval=10)
        asking.timeout.connect(lambda: QTimer.singleShot(50, loop.quit) if is_done() else None)
        asking.start()
        loop.exec()


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    n = parser.parse_args().rows
    application = QApplication([])
    use_fonts(application)
    Theme(application, wanted="light")
    listing = _listing(n)
    assert listing.labelling is not None
    background = Background()
    background.start()
    table = DocumentTable(background)
    table.resize(1400, 900)
    table.show()
    pulse = Pulse()
    print(f"{n:,} rows\n\n| | longest pause, ms | until done, ms |\n| --- | --- | --- |")
    pulse.measure("nothing", lambda: None)
    pulse.measure("show the study", lambda: table.show_listing(listing))
    _scroll(pulse, table)
    is_sorted = lambda: not table._sorting.is_busy  # noqa: E731
    for name, column in (("comment", COMMENT), ("cluster", CLUSTER), ("strength", STRENGTH)):
        pulse.measure(f"sort by {name}", lambda column=column: table.sort_by(column), is_sorted)
    for place, label in enumerate(listing.labels, start=4):
        pulse.measure(f"sort by {label}, falling", lambda place=place: table.sort_by(place, descending=True), is_sorted)
    pulse.measure("select all", table.view.selectAll)
    pulse.measure("Shift+End after Home", lambda: _from_first_to_last(table))
    every_other = np.arange(n) % 2 == 0
    pulse.measure("select every other row, from outside", lambda: table.show_selected(every_other))
    pulse.measure("Ctrl+click with 500,000 ranges selected", lambda: _ctrl_click(table))
    few = np.zeros(n, np.bool_)
    few[:: max(1, n // 400)] = True
    pulse.measure("select 400 separate rows", lambda: table.show_selected(few))
    pulse.measure("Ctrl+click with 400 ranges selected", lambda: _ctrl_click(table))
    pulse.measure("show half of the rows", lambda: table.show_only(every_other))
    pulse.measure("show all again", lambda: table.show_only(None))
    table.sort_by(-1)
    other = replace(listing.labelling, members=np.roll(listing.labelling.members, 1))
    pulse.measure("another labelling", lambda: table.show_labelling(other))
    table.sort_by(CLUSTER)
    pulse.measure("another labelling, sorted by cluster", lambda: table.show_labelling(listing.labelling), is_sorted)
    background.close()


def _scroll(pulse: Pulse, table: DocumentTable) -> None:
    bar = table.view.verticalScrollBar()
    steps = iter(range(60))

    def wheel() -> None:
        bar.setValue(bar.value() + 240)
        if next(steps, None) is not None:
            QTimer.singleShot(0, wheel)

    pulse.measure("scroll, 60 steps", wheel, lambda: bar.value() >= 60 * 240)
    pulse.measure("jump to the end", lambda: bar.setValue(bar.maximum()))
    pulse.measure("go to a row in the middle", lambda: table.select_row(table.model.n_documents // 2))


def _from_first_to_last(table: DocumentTable) -> None:
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(table.view, Qt.Key.Key_Home, control)
    QTest.keyClick(table.view, Qt.Key.Key_End, control | shift)


def _ctrl_click(table: DocumentTable) -> None:
    place = table.view.visualRect(table.model.index(table.view.rowAt(200), 1)).center()
    QTest.mouseClick(table.view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place)


def _listing(n: int) -> Listing:
    chance = random.Random(1)
    documents = tuple(" ".join(chance.choices(_WORDS, k=chance.randint(4, 30))) for _ in range(n))
    dates = [f"2026-{i % 12 + 1:02d}-{i % 28 + 1:02d} {i % 24:02d}:{i % 60:02d}:{i // 60 % 60:02d}" for i in range(n)]
    prices = [f"{chance.random() * 100:.4f}" for _ in range(n)]
    cities = [chance.choice(("上海", "Berlin", "北京", "")) for _ in range(n)]
    table = from_columns(["comment", "date", "price", "city"], [documents, dates, prices, cities], TableFormat())
    random_of = np.random.default_rng(1)
    members = random_of.integers(-1, _CLUSTERS, n).astype(np.int32)
    clusters = {id_: Cluster(id_, f"{_WORDS[id_ % len(_WORDS)]} {id_}", colour=id_ % 18) for id_ in range(_CLUSTERS)}
    labelling = Labelling(members, random_of.random(n, np.float32), clusters, _CLUSTERS)
    return Listing(table, documents, (1, 2, 3), ("date", "price", "city"), labelling)


if __name__ == "__main__":
    main()
