"""How a terminal shows the progress of a job: one line a stage, kept up to date where the terminal can."""

import sys
import time
from typing import TextIO

from verbatlas.engine.stages import Stage
from verbatlas.progress import Report
from verbatlas.words import gettext as _

_SECONDS_BETWEEN = 0.1


class TerminalProgress:
    """Writes stages, counts and notices to a stream; it never cancels."""

    def __init__(self, stream: TextIO = sys.stderr) -> None:
        self._stream = stream
        self._is_live = stream.isatty()
        self._title = ""
        self._shown_at = 0.0

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        """Show how far a stage of the main job has come."""
        self._show(stage_title(stage), done, total)

    def stage(self, title: str) -> Report:
        """Return the reporter of a stage that is not the engine's."""

        def report(done: int, total: int) -> None:
            self._show(title, done, total)

        return report

    def say(self, sentence: str) -> None:
        """Write a sentence on a line of its own."""
        self.end_line()
        print(sentence, file=self._stream, flush=True)

    def end_line(self) -> None:
        """Leave the line that is kept up to date."""
        if self._is_live and self._title:
            print(file=self._stream, flush=True)
        self._title = ""

    def _show(self, title: str, done: int, total: int) -> None:
        now = time.monotonic()
        if title != self._title:
            self.end_line()
            self._title = title
            if not self._is_live:
                print(title, file=self._stream, flush=True)
                return
        elif not self._is_live or (now - self._shown_at < _SECONDS_BETWEEN and done < total):
            return
        self._shown_at = now
        share = f"{done / total:4.0%}" if total else ""
        print(f"\r{title} {share}", end="", file=self._stream, flush=True)


def stage_title(stage: Stage) -> str:
    """Return what happens in a stage, in plain words."""
    return {
        Stage.LEAVE_OUT: _("Look for short and repeated comments"),
        Stage.PREPARE: _("Prepare the model"),
        Stage.EMBED: _("Embed the comments"),
        Stage.NEIGHBOURS: _("Find neighbours"),
        Stage.ARRANGE: _("Arrange the map"),
        Stage.CLUSTER: _("Cluster"),
        Stage.NAME: _("Name the clusters"),
    }[stage]
