"""The controls say in plain words how comments are clustered, and only what counts can be set."""

import pytest
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QSlider, QSpinBox, QToolButton
from pytestqt.qtbot import QtBot

from verbatlas.app.controls import Controls
from verbatlas.study import LeaveOut, Settings


@pytest.fixture
def controls(qtbot: QtBot) -> Controls:
    controls = Controls()
    qtbot.addWidget(controls)
    return controls


def method(controls: Controls) -> QComboBox:
    return controls.findChildren(QComboBox)[1]


def number(controls: Controls) -> QSpinBox:
    return controls.findChild(QSpinBox)


def slider(controls: Controls) -> QSlider:
    return controls.findChild(QSlider)


def test_at_first_the_program_decides(controls: Controls) -> None:
    assert controls.settings == Settings()
    assert number(controls).text() == "as many as fit"


@pytest.mark.parametrize(
    "settings",
    [
        Settings(method="kmeans", n_clusters=12),
        Settings(method="hdbscan", detail=-2.0, every_row=True),
        Settings(method="communities", detail=3.0, seed=11, encoder="lexical"),
    ],
)
def test_settings_shown_are_settings_kept_and_nothing_is_announced(
    qtbot: QtBot, controls: Controls, settings: Settings
) -> None:
    with qtbot.assertNotEmitted(controls.changed):
        controls.show_settings(settings)
    assert controls.settings == settings
    slider(controls).setValue(1)
    assert controls.settings.seed == settings.seed
    assert controls.settings.encoder == settings.encoder


def test_every_change_is_announced_with_all_settings(qtbot: QtBot, controls: Controls) -> None:
    with qtbot.waitSignal(controls.changed) as changed:
        number(controls).setValue(8)
    assert changed.args == [Settings(n_clusters=8)]
    with qtbot.waitSignal(controls.changed) as changed:
        controls.findChild(QCheckBox).setChecked(True)
    assert changed.args == [Settings(n_clusters=8, every_row=True)]


def test_a_number_leaves_nothing_to_the_slider(controls: Controls) -> None:
    number(controls).setValue(8)
    assert not slider(controls).isEnabled()
    number(controls).setValue(0)
    assert slider(controls).isEnabled()


def test_dense_groups_find_their_own_number(controls: Controls) -> None:
    number(controls).setValue(8)
    method(controls).setCurrentText("Dense groups, rest left over (HDBSCAN)")
    assert controls.settings.n_clusters is None
    assert not number(controls).isEnabled()
    assert slider(controls).isEnabled()


def test_the_button_runs_and_says_what_it_does(qtbot: QtBot, controls: Controls) -> None:
    button = next(button for button in controls.findChildren(QPushButton) if button.menu() is None)
    controls.offer_run(title="Make the map", is_possible=True)
    assert button.text() == "Make the map"
    with qtbot.waitSignal(controls.run_asked):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    controls.offer_run(title="Update", is_possible=False)
    assert not button.isEnabled()


def test_every_control_has_a_name_for_a_screen_reader(controls: Controls) -> None:
    for part in (method(controls), number(controls), slider(controls)):
        assert part.accessibleName()


def test_what_is_left_out_can_be_changed(qtbot: QtBot, controls: Controls) -> None:
    controls.show_settings(Settings(leave_out=(LeaveOut.SHORT,)))
    assert controls.settings.leave_out == (LeaveOut.SHORT,)
    button = next(button for button in controls.findChildren(QPushButton) if button.menu() is not None)
    assert button.text() == "Leave out (1)"
    named = {action.text(): action for action in button.menu().actions()}
    assert named["Very short"].isChecked()
    assert all(action.toolTip() for action in named.values())
    with qtbot.waitSignal(controls.changed) as changed:
        named["Nearly the same"].trigger()
    assert changed.args[0].leave_out == (LeaveOut.SHORT, LeaveOut.NEAR_DUPLICATES)
    controls.show_settings(Settings())
    assert button.text() == "Leave out"


def test_folded_up_they_leave_their_room_and_update_appears_when_it_is_due(qtbot: QtBot, controls: Controls) -> None:
    controls.offer_run(title="Update", is_possible=False)
    controls.show()
    qtbot.waitExposed(controls)
    before = controls.sizeHint().height()
    button = controls.findChild(QToolButton)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert controls.is_folded
    assert not number(controls).isVisible()
    assert controls.sizeHint().height() < before / 3
    controls.offer_run(title="Update", is_possible=True)
    run = next(one for one in controls.findChildren(QPushButton) if one.text() == "Update")
    assert run.isVisible()
    controls.offer_run(title="Update", is_possible=False)
    assert not run.isVisible()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert not controls.is_folded
    assert number(controls).isVisible()
    assert run.isVisible()


@pytest.mark.parametrize("is_folded", [True, False])
def test_it_is_remembered_whether_they_are_folded_up(qtbot: QtBot, controls: Controls, is_folded: bool) -> None:
    controls.fold(is_folded)
    other = Controls()
    qtbot.addWidget(other)
    other.fold(not is_folded)
    other.restore_shape(controls.save_shape())
    assert other.is_folded == is_folded
    other.restore_shape(QByteArray(b"of another version"))
    assert not other.is_folded
