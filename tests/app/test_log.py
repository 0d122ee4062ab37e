"""The log is there for a developer, and its absence stops nobody."""

import logging
from pathlib import Path

from verbatlas.app.log import start_log, stop_log


def test_what_happens_is_written_to_the_log(tmp_path: Path) -> None:
    handler = start_log(tmp_path / "logs")
    logging.getLogger("verbatlas.app").error("something")
    stop_log(handler)
    text = (tmp_path / "logs" / "verbatlas.log").read_text(encoding="utf-8")
    assert "Verbatlas" in text
    assert "ERROR verbatlas.app: something" in text


def test_a_folder_that_cannot_be_written_leaves_the_program_without_a_log(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    handler = start_log(tmp_path / "file")
    assert handler is None
    stop_log(handler)
