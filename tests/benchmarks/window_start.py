"""Time until the window is usable, against a bare PySide6 window with an empty pyqtgraph plot, by turns.

    python tests/benchmarks/window_start.py [--rounds 7]

Each is a whole process, from its start to the first moment at which the shown window has nothing left to do.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
import pyqtgraph
application = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
application.exec()
"""
_OURS = """
import sys
from PySide6.QtCore import QTimer
from verbatlas.app import places
from verbatlas.app.application import build_window
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.preferences import PreferenceFile
from verbatlas.app.qt_application import create_application
own = LivePreferences(PreferenceFile(places.preferences_file()))
application = create_application(sys.argv, language="en")
window = build_window(application, own)
window.show()
QTimer.singleShot(0, lambda: QTimer.singleShot(0, application.quit))
application.exec()
"""


def main() -> None:
    """Print both medians and the ratio taken round by round."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    for program in (_BARE, _OURS):
        seconds(program)  # the disk's cache is warm for both
    rounds = [(seconds(_OURS), seconds(_BARE)) for _ in range(options.rounds)]
    ours, bare = (statistics.median(times) for times in zip(*rounds, strict=True))
    ratio = statistics.median(mine / theirs for mine, theirs in rounds)
    print("| | Verbatlas | bare window with an empty plot | ratio |\n| --- | --- | --- | --- |")
    print(f"| seconds until usable | {ours:.2f} | {bare:.2f} | {ratio:.2f} |")


def seconds(program: str) -> float:
    """Return how long a program runs until it quits by itself."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen"),
            "VERBATLAS_CONFIG_DIR": folder,
            "VERBATLAS_DATA_DIR": folder,
        }
        started = time.perf_counter()
        subprocess.run([sys.executable, "-c", program], env=environment, check=True)
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
