"""The theme of the running application: follows the system's light or dark, or keeps to what the person prefers."""

import os

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication

from verbatlas.app.map.palette import DARK, LIGHT
from verbatlas.app.theme.roles import ROLES, Roles
from verbatlas.app.theme.style_sheet import style_sheet

AUTO = "auto"


class Theme(QObject):
    """Dress an application, and dress it anew when the system or the person changes sides.

    Attributes:
        changed: Another scheme is shown now: ``light`` or ``dark``.
    """

    changed = Signal(str)

    def __init__(self, application: QApplication, *, wanted: str = AUTO) -> None:
        super().__init__(application)
        self._application = application
        self._wanted = wanted
        self.scheme = ""
        application.setStyle("Fusion")
        application.styleHints().colorSchemeChanged.connect(self._follow)
        self._follow()

    def use(self, wanted: str) -> None:
        """Show ``light`` or ``dark``, or ``auto`` for what the system says."""
        self._wanted = wanted
        self._follow()

    def _follow(self) -> None:
        scheme = self._effective()
        if scheme != self.scheme:
            self.scheme = scheme
            roles = ROLES[scheme]
            self._application.setPalette(palette_of(roles))
            self._application.setStyleSheet(style_sheet(roles))
            self.changed.emit(scheme)

    def _effective(self) -> str:
        forced = os.environ.get("VERBATLAS_THEME", "")
        wanted = forced if forced in ROLES else self._wanted
        if wanted in ROLES:
            return wanted
        # Systems that say nothing are nearly always light.
        system = self._application.styleHints().colorScheme()
        return DARK if system == Qt.ColorScheme.Dark else LIGHT


def palette_of(roles: Roles) -> QPalette:
    """Return Qt's palette in the colours of ``roles``, for what the style sheet leaves to the style."""
    palette = QPalette()
    for role, colour in {
        QPalette.ColorRole.Window: roles.window,
        QPalette.ColorRole.WindowText: roles.text,
        QPalette.ColorRole.Base: roles.panel,
        QPalette.ColorRole.AlternateBase: roles.window,
        QPalette.ColorRole.Text: roles.text,
        QPalette.ColorRole.Button: roles.panel,
        QPalette.ColorRole.ButtonText: roles.text,
        QPalette.ColorRole.ToolTipBase: roles.panel,
        QPalette.ColorRole.ToolTipText: roles.text,
        QPalette.ColorRole.PlaceholderText: roles.muted,
        QPalette.ColorRole.Highlight: roles.accent,
        QPalette.ColorRole.HighlightedText: roles.on_accent,
        QPalette.ColorRole.Link: roles.accent,
        QPalette.ColorRole.LinkVisited: roles.accent,
        QPalette.ColorRole.Accent: roles.accent,
        QPalette.ColorRole.Mid: roles.border,
    }.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(roles.muted))
    return palette


def is_dark(palette: QPalette) -> bool:
    """Return whether a palette is that of the dark theme."""
    return palette.color(QPalette.ColorRole.Window).lightness() < 128


def scheme_of(palette: QPalette) -> str:
    """Return the scheme that a palette belongs to."""
    return DARK if is_dark(palette) else LIGHT
