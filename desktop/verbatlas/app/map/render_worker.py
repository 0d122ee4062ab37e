"""The thread that draws the map, so that the window's thread never waits for a picture."""

import importlib
import logging
import threading
from collections.abc import Callable
from enum import IntEnum
from types import ModuleType

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from verbatlas.app.collector import collector_at_rest
from verbatlas.app.map import plain_kernels
from verbatlas.app.map.renderer import Renderer

_log = logging.getLogger(__name__)

Work = Callable[[Renderer], object]


class Kind(IntEnum):
    """What the thread is asked for, in the order in which it is done."""

    PLACE = 0
    LOCATE = 1
    DRAW = 2
    MINIMAP = 3


class RenderWorker(QObject):
    """Do what was asked for last of each kind; what was asked for in between is never done.

    Attributes:
        done: The kind that was asked for and what came of it.
        compiled: The compiled loops are there; the module.
    """

    done = Signal(object, object)
    compiled = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._condition = threading.Condition()
        self._asked: dict[Kind, Work] = {}
        self._kernels: ModuleType = plain_kernels
        self._is_closing = False
        self._thread: threading.Thread | None = None
        self._renderer = Renderer()

    def ask(self, kind: Kind, work: Work) -> None:
        """Let the thread do ``work`` with its renderer; an earlier question of the same kind is forgotten."""
        with self._condition:
            if self._is_closing:
                return
            self._asked[kind] = work
            if self._thread is None:
                # Daemonic, so that a window that was never closed cannot keep the program from ending.
                self._thread = threading.Thread(target=self._run, name="map", daemon=True)
                self._thread.start()
                threading.Thread(target=self._load_kernels, name="map-kernels", daemon=True).start()
            self._condition.notify()

    def recycle(self, image: NDArray[np.uint32]) -> None:
        """Let a later picture be drawn into ``image``, which nobody looks at any more."""
        self._renderer.recycle(image)

    def close(self) -> None:
        """Let what is being done be finished and end the thread."""
        with self._condition:
            self._is_closing = True
            self._asked.clear()
            self._condition.notify()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        renderer = self._renderer
        try:
            while (asked := self._next()) is not None:
                kind, work = asked
                renderer.kernels = self._kernels
                try:
                    result = work(renderer)
                except Exception:  # the window must outlive a picture that cannot be drawn; the log has the reason
                    _log.exception("The map could not be drawn")
                    continue
                if not self._is_closing:
                    self.done.emit(kind, result)
        finally:
            renderer.close()

    def _next(self) -> tuple[Kind, Work] | None:
        with self._condition:
            while not self._asked and not self._is_closing:
                self._condition.wait()
            if self._is_closing:
                return None
            kind = min(self._asked)
            return kind, self._asked.pop(kind)

    def _load_kernels(self) -> None:
        """Import the compiler and have its loops ready; until then numpy draws."""
        try:
            with collector_at_rest():
                kernels = importlib.import_module("verbatlas.app.map.kernels")
                importlib.import_module("verbatlas.app.map.warm_kernels").warm(kernels)
        except Exception:  # the map goes on without them, slower
            _log.exception("The map's compiled loops could not be loaded")
            return
        self._kernels = kernels
        if not self._is_closing:
            self.compiled.emit(kernels)
