"""Preferences outlive the window, and a damaged file costs no more than the preferences in it."""

from pathlib import Path

import pytest
from PySide6.QtCore import QByteArray

from verbatlas.app.preferences import MOST_RECENT, PreferenceFile, Preferences, Recent, Scheme


def test_what_was_saved_is_there_at_the_next_start(tmp_path: Path) -> None:
    file = tmp_path / "verbatlas.ini"
    preferences = Preferences(
        scheme=Scheme.DARK, language="zh_CN", folder="/data/反馈", recent=(Recent("/a/b.verbatlas", 'b, "c".csv'),)
    )
    PreferenceFile(file).save(preferences)
    assert PreferenceFile(file).load() == preferences


def test_a_first_start_has_the_defaults(tmp_path: Path) -> None:
    assert PreferenceFile(tmp_path / "verbatlas.ini").load() == Preferences()


@pytest.mark.parametrize("saved", ["{", "[]", '"text"', '{"scheme": "purple", "recent": 3}', '{"recent": [{}]}'])
def test_damaged_preferences_fall_back_to_the_defaults(tmp_path: Path, saved: str) -> None:
    file = PreferenceFile(tmp_path / "verbatlas.ini")
    file._settings.setValue("preferences", saved)
    assert file.load() == Preferences()


def test_one_unreadable_field_leaves_the_others(tmp_path: Path) -> None:
    file = PreferenceFile(tmp_path / "verbatlas.ini")
    file._settings.setValue("preferences", '{"scheme": "purple", "language": "zh_CN"}')
    assert file.load() == Preferences(language="zh_CN")


def test_the_latest_study_is_first_and_is_listed_once(tmp_path: Path) -> None:
    preferences = Preferences()
    for number in (1, 2, 1):
        preferences = preferences.opened(tmp_path / f"{number}.verbatlas", title=f"{number}.csv")
    assert [entry.title for entry in preferences.recent] == ["1.csv", "2.csv"]


def test_the_list_of_recent_studies_does_not_grow_for_ever(tmp_path: Path) -> None:
    preferences = Preferences()
    for number in range(20):
        preferences = preferences.opened(tmp_path / f"{number}.verbatlas", title=str(number))
    assert len(preferences.recent) == MOST_RECENT
    assert preferences.recent[0].title == "19"


def test_a_study_that_is_gone_leaves_the_list(tmp_path: Path) -> None:
    preferences = Preferences().opened(tmp_path / "1.verbatlas", title="1")
    assert preferences.without(tmp_path / "1.verbatlas").recent == ()


def test_the_shape_of_the_window_is_remembered(tmp_path: Path) -> None:
    PreferenceFile(tmp_path / "verbatlas.ini").save_shape("window", QByteArray(b"shape"))
    assert PreferenceFile(tmp_path / "verbatlas.ini").shape("window") == QByteArray(b"shape")
    assert PreferenceFile(tmp_path / "verbatlas.ini").shape("desk").isEmpty()
