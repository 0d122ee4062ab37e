"""From the empty window to the exported file, by real mouse and keyboard, on real data."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from screen import missing_tools, virtual_screen

from verbatlas.study import COLUMNS

_DRIVER = Path(__file__).with_name("drive_window.py")


@pytest.mark.window
@pytest.mark.timeout(600)
def test_an_analyst_gets_from_the_empty_window_to_the_exported_file(shared_data: Path, tmp_path: Path) -> None:
    if missing := missing_tools():
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    source, output = shared_data / "csv" / "banking77_test.csv", tmp_path / "labelled.csv"
    with virtual_screen() as display:
        environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "VERBATLAS_CONFIG_DIR": str(tmp_path / "config"),
            "VERBATLAS_DATA_DIR": str(tmp_path / "data"),
        }
        finished = subprocess.run(
            [sys.executable, str(_DRIVER), str(source), str(output)],
            env=environment,
            capture_output=True,
            text=True,
            timeout=500,
            check=False,
        )

    assert finished.returncode == 0, finished.stdout + finished.stderr
    seen = json.loads(finished.stdout.splitlines()[-1])
    assert seen["clicked"] == seen["hovered"]["row"]
    assert seen["zoomed"]
    assert seen["panned"]
    with source.open(encoding="utf-8", newline="") as file:
        before = list(csv.reader(file))
    with output.open(encoding="utf-8-sig", newline="") as file:
        after = list(csv.reader(file))
    assert after[0] == [*before[0], *COLUMNS]
    assert [row[: len(before[0])] for row in after] == before
    renamed = {row[2] for row in after[1:] if row[3] == "Lost or stolen cards"}
    assert renamed == {str(seen["cluster"])}
    assert Path(seen["study"]).read_bytes().startswith(b"SQLite format 3")
