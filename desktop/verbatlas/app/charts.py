"""The library that draws charts, loaded before it is needed."""

import importlib


def load_charts() -> None:
    """Load pyqtgraph, 0.2 s; called before the window is shown, which it would stop.

    Not in another thread: it defines classes of Qt's, and PySide has crashed where that was done while the window's
    thread drew widgets.
    """
    importlib.import_module("pyqtgraph")
