"""Preferences are saved the moment they change."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.preferences import PreferenceFile, Scheme
from verbatlas.shared_settings import SharedSettings


@pytest.fixture
def own(qtbot: QtBot, tmp_path: Path) -> LivePreferences:
    return LivePreferences(PreferenceFile(tmp_path / "verbatlas.ini"))


def test_a_change_is_announced_and_on_the_disk(qtbot: QtBot, own: LivePreferences, tmp_path: Path) -> None:
    with qtbot.waitSignal(own.changed):
        own.use_scheme(Scheme.DARK)
    own.use_language("zh_CN")
    own.remember_study(tmp_path / "a.verbatlas", title="a.csv")
    saved = PreferenceFile(tmp_path / "verbatlas.ini").load()
    assert (saved.scheme, saved.language, saved.recent[0].title) == (Scheme.DARK, "zh_CN", "a.csv")


def test_what_another_window_has_set_for_all_is_announced_here_too(
    qtbot: QtBot, own: LivePreferences, tmp_path: Path
) -> None:
    other = LivePreferences(PreferenceFile(tmp_path / "verbatlas.ini"))
    with qtbot.waitSignal(own.shared_changed):
        own.stay_offline(is_offline=True)
    with qtbot.waitSignal(other.shared_changed):
        other.look_at_shared()
    with qtbot.waitSignal(own.shared_changed):
        other.limit_cache(1000)
        own.look_at_shared()
    assert own.shared == other.shared == SharedSettings(is_offline=True, cache_bytes=1000)
    with qtbot.assertNotEmitted(own.shared_changed):
        own.limit_cache(1000)


def test_what_is_so_already_is_no_change(qtbot: QtBot, own: LivePreferences) -> None:
    with qtbot.assertNotEmitted(own.changed):
        own.use_scheme(Scheme.AUTO)


def test_an_output_is_suggested_where_it_can_be_written(own: LivePreferences, tmp_path: Path) -> None:
    assert own.writable_beside(tmp_path / "a.csv") == tmp_path / "a.csv"
    own.remember_folder(tmp_path)
    assert own.writable_beside(tmp_path / "gone" / "a.csv") == tmp_path / "a.csv"
