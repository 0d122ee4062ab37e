"""How a terminal shows the progress of a job: one line a stage, kept up to date where the terminal can."""

import sys
import time
from typing import TextIO

from verbatlas.engine.stages import Stage
from verbatlas.model_words import waiting_words
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
        self._n_shown = 0

    def __call__(self, stage: Stage, done: int, total: int, *, note: str = "") -> None:
        """Show how far a stage of a job has come, and after it a note where one is given."""
        if stage is Stage.WAIT:
            self._show(waiting_words(done, total), 0, 0)
        else:
            self._show(stage_title(stage), done, total, note=note)

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
        self._n_shown = 0

    def _show(self, title: str, done: int, total: int, *, note: str = "") -> None:
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
        line = f"{title} {share} {note}".rstrip()
        print(f"\r{line.ljust(self._n_shown)}", end="", file=self._stream, flush=True)
        self._n_shown = len(line)


def stage_title(stage: Stage) -> str:
    """Return what happens in a stage that is no waiting, in plain words."""
    return {
        Stage.LEAVE_OUT: _("Look for short and repeated comments"),
        Stage.PREPARE: _("Prepare the model"),
        Stage.EMBED: _("Embed the comments"),
        Stage.WORDING: _("Compare the wording"),
        Stage.NEIGHBOURS: _("Find neighbours"),
        Stage.ARRANGE: _("Arrange the map"),
        Stage.CLUSTER: _("Cluster"),
        Stage.NAME: _("Name the clusters"),
        Stage.DOWNLOAD: _("Download the model"),
        Stage.CHECK: _("Check the model"),
    }[stage]
