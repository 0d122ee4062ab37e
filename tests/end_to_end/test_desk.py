"""Work at the labelling desk by real mouse and keyboard, on a small screen, in both languages; then start again."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from screen import missing_tools, virtual_screen

from verbatlas.app.samples import sample
from verbatlas.study import COLUMNS, Study

_DRIVER = Path(__file__).with_name("drive_desk.py")
_SMALL = "1280x720"


@pytest.mark.window
@pytest.mark.timeout(600)
@pytest.mark.parametrize(("name", "language", "theme"), [("en", "en", "light"), ("zh", "zh_CN", "dark")])
def test_an_analyst_works_at_the_desk(tmp_path: Path, name: str, language: str, theme: str) -> None:
    if missing := missing_tools():
        pytest.skip(f"not on this machine: {', '.join(missing)}")
    output = tmp_path / "labelled.csv"
    with virtual_screen(_SMALL) as display:
        environment = os.environ | {
            "DISPLAY": display,
            "QT_QPA_PLATFORM": "xcb",
            "VERBATLAS_CONFIG_DIR": str(tmp_path / "config"),
            "VERBATLAS_DATA_DIR": str(tmp_path / "data"),
            "VERBATLAS_THEME": theme,
        }
        seen = driven(environment, "work", name, language, str(output))
        again = driven(environment, "again", seen["study"], language)

    check_edits(seen)
    check_finding(seen)
    assert {place: parts for place, parts in seen["reach"].items() if parts} == {}
    assert seen["panels"]["area"] == "RightDockWidgetArea"
    assert again["panels"] == seen["panels"]["shape"]
    assert again["clusters"] == seen["clusters"]
    assert again["list"] == seen["list"]
    check_export(output, sample(name).path, Path(seen["study"]))


def driven(environment: dict[str, str], *words: str) -> dict[str, Any]:
    """Run the driver to its end and return what it saw."""
    finished = subprocess.run(
        [sys.executable, str(_DRIVER), *words],
        env=environment,
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert finished.returncode == 0, finished.stdout + finished.stderr
    return json.loads(finished.stdout.splitlines()[-1])


def check_edits(seen: dict[str, Any]) -> None:
    """Check what was made, moved, joined and named."""
    for drawn in (seen["new"], seen["moved"]):
        assert set(drawn["surely"]) <= set(drawn["rows"]) <= set(drawn["perhaps"])
        assert str(len(drawn["rows"])) in drawn["said"]
    new = seen["new"]
    assert len(new["surely"]) > 3
    assert new["members"] == new["rows"]
    assert new["listed"] == len(new["rows"])
    assert new["in_table"] == ["Drawn by hand"] * len(new["rows"])
    assert "Drawn by hand" in new["history"]
    assert "Drawn by hand" in new["message"]
    assert new["undone"]
    assert new["keyboard"][0] == new["keyboard"][1] != ""
    assert seen["moved"]["n_selected"] == 0
    assert seen["merged"]["size"] == sum(seen["merged"]["sizes"])
    assert seen["grouped"]["parents"] == ["Both of them"] * 2
    assert "Both of them" in seen["grouped"]["message"]
    assert seen["renamed"] == {"renamed": "Named by keys", "others_stay": True, "has_focus": True}
    assert seen["history"]["is_other"]
    assert seen["history"]["is_back"]
    reviewed = seen["reviewed"]
    assert reviewed["accepted"]
    assert reviewed["typed"] == "Typed in the review"
    begun, ended = (numbers(reviewed[when]) for when in ("begun", "ended"))
    assert ended == (begun[0] + 2, begun[1])
    assert reviewed["has_focus"]


def check_finding(seen: dict[str, Any]) -> None:
    """Check that search and filter count what they show, and let go of it."""
    searched, filtered = seen["searched"], seen["filtered"]
    assert searched["found"]
    assert searched["counted"] == len(searched["found"])
    assert str(len(searched["found"])) in searched["said"]
    assert searched["members"] == searched["found"]
    assert searched["counted_after"] == searched["n_comments"]
    assert 0 < filtered["passing"] < searched["n_comments"]
    assert filtered["counted"] == filtered["passing"]
    assert str(filtered["passing"]) in filtered["said"]
    assert filtered["counted_after"] == searched["n_comments"]
    assert not filtered["looks_hovered"]
    assert searched["reach"] == filtered["reach"] == seen["reviewed"]["reach"] == []


def check_export(output: Path, source: Path, study: Path) -> None:
    """Check that the file says what the study on the disk says."""
    with source.open(encoding="utf-8-sig", newline="") as file:
        before = list(csv.reader(file))
    with output.open(encoding="utf-8-sig", newline="") as file:
        after = list(csv.reader(file))
    assert [row[: len(before[0])] for row in after] == before
    assert after[0][len(before[0]) :] == list(COLUMNS)
    with Study.open(study) as opened:
        labelling = opened.labelling
        assert labelling is not None
        names = {id_: cluster.name for id_, cluster in labelling.clusters.items()}
        members, by_hand = labelling.members.tolist(), labelling.by_hand.tolist()
    columns = {title: [row[place] for row in after[1:]] for place, title in enumerate(after[0])}
    assert [int(cell) for cell in columns["cluster_id"]] == members
    assert columns["cluster"] == [names.get(id_, "") for id_ in members]
    assert columns["moved_by_hand"] == ["yes" if one else "" for one in by_hand]
    assert {"Found by a word", "Typed in the review"} <= set(columns["cluster"])


def numbers(words: str) -> tuple[int, ...]:
    """Return the numbers in a sentence."""
    return tuple(int(word) for word in words.replace("/", " ").split() if word.isdigit())
