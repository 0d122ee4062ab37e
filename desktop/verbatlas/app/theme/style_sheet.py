"""The style sheet of the window, grown from the roles of its theme."""

from dataclasses import asdict
from string import Template

from verbatlas.app.theme.roles import Roles
from verbatlas.resources import resource

_SHEET = Template(
    """
QWidget { color: $text; }
QMainWindow, QDialog, #empty_state, #empty_page, #import_page, #comment_page { background: $window; }
QToolTip { background: $panel; color: $text; border: 1px solid $border; padding: 6px; }
QLabel[role="display"] { font-size: 26px; font-weight: 600; }
QLabel[role="lead"] { font-size: 15px; color: $muted; }
QLabel[role="heading"] { font-size: 16px; font-weight: 600; }
QLabel[role="section"] { font-size: 12px; font-weight: 600; color: $muted; padding-top: 4px; }
QLabel[role="section"][marked="true"] { color: $accent; }
QLabel[role="secondary"], QLabel[role="mark"] { color: $muted; }
QLabel[role="comment_line"] { background: $window; border: 1px solid $border; border-radius: 6px; padding: 7px 9px; }
QLabel[role="comment_line"]:hover { border-color: $strong_border; }
QLabel[role="comment_line"]:focus { border-color: $accent; }
QLabel[role="dense_comment_line"]:hover { background: $raised; }
QLabel[role="dense_comment_line"]:focus { background: $selection; }
QLabel[role="notice"] { background: $notice_ground; border-radius: 6px; padding: 8px 12px; }
QLabel[role="problem"] { color: $danger; }

QPushButton {
    background: $panel; border: 1px solid $strong_border; border-radius: 6px; padding: 6px 14px; min-height: 20px;
}
QPushButton:hover { background: $raised; }
QPushButton:pressed { background: $selection; }
QPushButton:focus { border: 2px solid $accent; padding: 5px 13px; }
QPushButton:disabled { color: $muted; border-color: $border; background: transparent; }
QPushButton[kind="primary"] { background: $accent; border-color: $accent; color: $on_accent; font-weight: 600; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $raised; border-color: $raised; color: $muted; }
QPushButton[kind="place"] { padding: 3px 8px; min-height: 16px; border-color: $border; }
QPushButton[kind="link"] {
    background: transparent; border: none; color: $accent; padding: 4px 2px; text-align: left;
}
QPushButton[kind="link"]:hover { text-decoration: underline; }
QPushButton[kind="link"]:focus { border: 1px solid $accent; border-radius: 4px; }
QPushButton[kind="card"] {
    text-align: left; padding: 14px 16px; min-height: 40px; border-color: $border; border-radius: 8px;
}
QPushButton[kind="card"]:hover { border-color: $accent; background: $panel; }
QPushButton[kind="card"]:focus { border: 2px solid $accent; padding: 13px 15px; }

#drop_zone { background: $panel; border: 2px dashed $strong_border; border-radius: 10px; }
#left_panel, #controls, #comment_panel, #history_panel, #review_panel, #review_page, #doubt_panel,
#doubt_page, #noise_panel {
    background: $panel;
}
#finding { background: $panel; border-bottom: 1px solid $border; }
#fold_controls { padding: 3px 4px 3px 0; color: $muted; font-weight: 600; }
#controls { border-top: 1px solid $border; }
#comment_panel QScrollArea, #comment_page { background: $panel; }
#map_tools, #legend { background: $panel; border: 1px solid $border; border-radius: 8px; }
#map_tools QToolButton { padding: 5px; }
#map_tools QToolButton:checked { background: $selection; }
#map_tools QComboBox { border: none; padding: 3px 24px 3px 6px; }
#map_tools QComboBox:focus { border: 2px solid $accent; padding: 1px 22px 1px 4px; }
#tool_line { color: $border; max-width: 1px; margin: 4px 3px; }
#selection_count { background: $accent; color: $on_accent; border-radius: 12px; padding: 5px 14px; font-weight: 600; }
QPushButton[kind="legend"] {
    background: transparent; border: none; border-radius: 4px; padding: 3px 6px; min-height: 16px; text-align: left;
}
QPushButton[kind="legend"]:hover { background: $raised; }
QPushButton[kind="legend"]:checked { background: $selection; font-weight: 600; }
QPushButton[kind="legend"]:focus { border: 1px solid $accent; padding: 2px 5px; }
#filter_chip { background: $selection; border-radius: 13px; }
#filter_chip QPushButton {
    background: transparent; border: none; border-radius: 11px; padding: 3px 8px; min-height: 18px; text-align: left;
}
#filter_chip QPushButton:hover { background: $raised; }
#filter_chip QPushButton:focus { border: 2px solid $accent; padding: 1px 6px; }
#hover_card { background: $panel; border: 1px solid $border; border-radius: 8px; }
#progress_panel { background: $panel; border: 1px solid $border; border-radius: 10px; }
#proposal_bar { background: $notice_ground; border-bottom: 1px solid $border; }
#message_bar { background: $notice_ground; border-bottom: 1px solid $border; }
#message_bar[tone="problem"] { background: $danger_ground; }
#message_bar[tone="problem"] QLabel { color: $danger; }

QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit, QTextBrowser {
    background: $panel; border: 1px solid $strong_border; border-radius: 6px; padding: 5px 8px;
    selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QTextBrowser:focus {
    border: 2px solid $accent; padding: 4px 7px;
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled { color: $muted; border-color: $border; }
QComboBox QAbstractItemView { background: $panel; border: 1px solid $border; selection-background-color: $selection;
    selection-color: $text; outline: none; }
QComboBox { padding-right: 26px; combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 26px; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 14px; height: 14px; }
QAbstractSpinBox { padding-right: 24px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; background: transparent; width: 22px; }
QAbstractSpinBox::up-arrow { image: url("$icons/chevron-up.svg"); width: 11px; height: 11px; }
QAbstractSpinBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 11px; height: 11px; }
QDateEdit::drop-down { border: none; width: 24px; }
QDateEdit::down-arrow { image: url("$icons/chevron-down.svg"); width: 14px; height: 14px; }
#qt_calendar_navigationbar { background: $panel; border-bottom: 1px solid $border; }
#qt_calendar_calendarview { border: none; selection-background-color: $accent; selection-color: $on_accent; }
QCheckBox { spacing: 8px; }
QCheckBox::indicator, QAbstractItemView::indicator {
    width: 15px; height: 15px; border: 1px solid $strong_border; border-radius: 4px; background: $panel;
}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $check; border-color: $check; image: url("$icons/check-on-accent.svg");
}
QCheckBox::indicator:focus { border: 2px solid $accent; }
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QAbstractItemView {
    background: $panel; border: 1px solid $border; border-radius: 6px; gridline-color: $border;
    selection-background-color: $selection; selection-color: $text; outline: none; alternate-background-color: $window;
}
#cluster_view, #history_view { border: none; border-radius: 0; }
#history_view::item { padding: 6px 2px; }
#type_ahead_list::item, #split_parts::item { padding: 5px 4px; }
#column_list::item { padding: 2px 0px; }
QHeaderView { background: $panel; }
QHeaderView::section {
    background: $window; border: none; border-right: 1px solid $border; border-bottom: 1px solid $border;
    padding: 6px 8px; font-weight: 600;
}

QMenuBar { background: $panel; border-bottom: 1px solid $border; }
QMenuBar::item { padding: 6px 10px; background: transparent; }
QMenuBar::item:selected { background: $raised; border-radius: 4px; }
QMenu { background: $panel; border: 1px solid $border; padding: 6px 0; }
QMenu::item { padding: 6px 28px 6px 14px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $muted; }
QMenu::separator { height: 1px; background: $border; margin: 6px 0; }
QToolBar { background: $panel; border: none; border-bottom: 1px solid $border; padding: 5px 8px; spacing: 4px; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: 5px 9px; }
QToolButton:hover { background: $raised; }
QToolButton:pressed { background: $selection; }
QToolButton:focus { border-color: $accent; }
QToolButton:disabled { color: $muted; }
QStatusBar { background: $panel; border-top: 1px solid $border; color: $muted; }
QStatusBar QLabel { color: $muted; padding: 2px 6px; }
QStatusBar::item { border: none; }

QDockWidget {
    font-weight: 600; titlebar-close-icon: url("$icons/panel-close.svg");
    titlebar-normal-icon: url("$icons/panel-float.svg");
}
QDockWidget::title { background: $panel; padding: 7px 12px; border-bottom: 1px solid $border; text-align: left; }
QDockWidget::close-button, QDockWidget::float-button {
    /* Qt takes 9 pixels off the height of such a button: by this it is 15. */
    border: none; background: transparent; padding: 0; icon-size: 24px;
}
QDockWidget::close-button:hover, QDockWidget::float-button:hover { background: $raised; border-radius: 4px; }
QMainWindow::separator { background: $border; width: 1px; height: 1px; }
QMainWindow::separator:hover { background: $accent; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab {
    background: transparent; border: none; border-bottom: 2px solid transparent; padding: 7px 12px; color: $muted;
}
QTabBar::tab:selected { color: $text; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:hover { background: $raised; }
QTabBar::tab:focus { color: $accent; }

QSplitter::handle { background: $border; width: 1px; }
QProgressBar { background: $raised; border: none; border-radius: 3px; height: 6px; text-align: center; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { height: 4px; background: $raised; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal {
    background: $accent; border: 2px solid $panel; width: 14px; height: 14px; margin: -7px 0; border-radius: 9px;
}
QSlider::handle:horizontal:focus { border-color: $text; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 0; }
QScrollBar::handle { background: $scroll; border-radius: 4px; min-height: 28px; min-width: 28px; margin: 1px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
"""
)


def style_sheet(roles: Roles) -> str:
    """Return the style sheet in the colours of ``roles``."""
    icons = resource("icons").as_posix()
    return _SHEET.substitute(asdict(roles), icons=icons)
