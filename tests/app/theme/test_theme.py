"""The theme follows what is preferred, at once."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QDockWidget, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from verbatlas.app.theme import ROLES, Theme, scheme_of
from verbatlas.app.theme.style_sheet import style_sheet


def test_a_theme_changes_at_once_and_says_so(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("VERBATLAS_THEME", raising=False)
    theme = Theme(qapp, wanted="light")
    assert scheme_of(qapp.palette()) == "light"

    with qtbot.waitSignal(theme.changed) as heard:
        theme.use("dark")

    assert heard.args == ["dark"]
    assert scheme_of(qapp.palette()) == "dark"
    assert ROLES["dark"].panel in qapp.styleSheet()
    theme.use("light")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_gap_is_left_in_the_style_sheet(scheme: str) -> None:
    assert "$" not in style_sheet(ROLES[scheme])


def test_the_buttons_that_float_and_close_a_panel_can_be_seen(qtbot: QtBot, qapp: QApplication) -> None:
    theme = Theme(qapp, wanted="light")
    window, panel = QMainWindow(), QDockWidget("Clusters")
    qtbot.addWidget(window)
    panel.setWidget(QLabel("list"))
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, panel)
    window.show()
    qtbot.waitExposed(window)
    for name in ("qt_dockwidget_floatbutton", "qt_dockwidget_closebutton"):
        button = panel.findChild(QAbstractButton, name)
        assert min(button.width(), button.height()) >= 14
    theme.deleteLater()
