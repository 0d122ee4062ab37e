"""The switches that leave blank, very short and repeated comments out of the clusters, each with its number."""

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QVBoxLayout, QWidget

from verbatlas.app.flow_layout import FlowLayout
from verbatlas.app.leave_out_words import leave_out_tip, leave_out_title
from verbatlas.app.words_label import words_label
from verbatlas.engine.leaving_out import Sifted
from verbatlas.study import LeaveOut
from verbatlas.words import gettext as _
from verbatlas.words import ngettext


class LeavingOutBox(QWidget):
    """One line of switches, and what remains.

    Attributes:
        changed: Other switches are on.
        near_asked: Look for near duplicates, or no longer.
    """

    changed = Signal()
    near_asked = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sifted: Sifted | None = None
        self._is_looking = False
        self._blank = QCheckBox()
        self._blank.setChecked(True)
        self._blank.setEnabled(False)
        self._blank.setToolTip(_("Rows without text are never clustered. They stay in every export."))
        self._switches = {kind: QCheckBox() for kind in LeaveOut}
        self._near = QPushButton()
        self._near.setProperty("kind", "link")
        self._said = words_label("secondary")
        self._build()
        self.show_counting()

    @property
    def leave_out(self) -> tuple[LeaveOut, ...]:
        """What is to be left out."""
        return tuple(kind for kind, switch in self._switches.items() if switch.isChecked())

    @property
    def n_left(self) -> int | None:
        """How many rows remain to be clustered, as far as it is known; None while nothing is."""
        return None if self._sifted is None else self._sifted.amounts(self.leave_out).n_left

    @property
    def is_whole(self) -> bool:
        """Whether all has been counted."""
        return self._sifted is not None and self._sifted.near is not None

    def leave_out_nothing(self) -> None:
        """Turn all switches off."""
        blockers = [QSignalBlocker(switch) for switch in self._switches.values()]
        for switch in self._switches.values():
            switch.setChecked(False)
        del blockers

    def show_counting(self) -> None:
        """Show that nothing is known yet."""
        self._sifted, self._is_looking = None, False
        self._show()

    def show_nothing(self) -> None:
        """Show that there is nothing to count."""
        self.show_counting()
        self._said.clear()

    def show_sifted(self, sifted: Sifted) -> None:
        """Show what was found."""
        self._sifted = sifted
        self._is_looking = self._is_looking and sifted.near is None
        self._show()

    def show_near_progress(self, done: int, total: int) -> None:
        """Show how far the search for near duplicates has come."""
        if self._is_looking:
            share = f"{done / max(1, total):.0%}"
            self._switches[LeaveOut.NEAR_DUPLICATES].setText(
                _("{title}: {share} looked at").format(title=leave_out_title(LeaveOut.NEAR_DUPLICATES), share=share)
            )

    def look_for_near(self) -> None:
        """Look for near duplicates, which may take a minute."""
        self._is_looking = True
        self._show()
        self.near_asked.emit(True)  # noqa: FBT003 - a signal has no keywords

    def _on_near(self) -> None:
        if not self._is_looking:
            self.look_for_near()
            return
        self._is_looking = False
        self._show()
        self.near_asked.emit(False)  # noqa: FBT003

    def _on_switch(self) -> None:
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        found = None if self._sifted is None else self._sifted.amounts(self.leave_out)
        for switch in self._switches.values():
            switch.setEnabled(found is not None)
        self._near.setVisible(found is not None and found.n_near is None)
        self._near.setText(_("Stop") if self._is_looking else _("Count"))
        if found is None:
            self._blank.setText(_("Blank"))
            for kind, switch in self._switches.items():
                switch.setText(leave_out_title(kind))
            self._said.setText(_("Counting…"))
            return
        self._blank.setText(_titled(_("Blank"), found.n_blank))
        for kind, count in (
            (LeaveOut.SHORT, found.n_short),
            (LeaveOut.DUPLICATES, found.n_same),
            (LeaveOut.NEAR_DUPLICATES, found.n_near),
        ):
            self._switches[kind].setText(_titled(leave_out_title(kind), count))
        self._said.setText(self._remaining(found.n_left, found.n_rows - found.n_left))

    def _remaining(self, n_left: int, n_out: int) -> str:
        count = f"{n_left:,}"
        if self.is_whole or LeaveOut.NEAR_DUPLICATES not in self.leave_out:
            words = ngettext("{count} comment will be clustered.", "{count} comments will be clustered.", n_left)
        else:
            words = ngettext(
                "At most {count} comment will be clustered.", "At most {count} comments will be clustered.", n_left
            )
        said = [words.format(count=count)]
        if n_out:
            words = ngettext(
                "{count} row is left out and stays in every export.",
                "{count} rows are left out and stay in every export.",
                n_out,
            )
            said.append(words.format(count=f"{n_out:,}"))
        if set(self.leave_out) - {LeaveOut.SHORT}:
            said.append(_("What repeats another row gets its cluster there."))
        return " ".join(said)

    def _build(self) -> None:
        line = FlowLayout(spacing=14)
        title = QLabel(_("Leave out of the clusters:"))
        for part in (title, self._blank, *self._switches.values(), self._near):
            line.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addLayout(line)
        column.addWidget(self._said)
        for kind, switch in self._switches.items():
            switch.setToolTip(leave_out_tip(kind))
            switch.toggled.connect(self._on_switch)
        self._near.clicked.connect(self._on_near)


def _titled(title: str, count: int | None) -> str:
    return title if count is None else _("{title}: {count}").format(title=title, count=f"{count:,}")
