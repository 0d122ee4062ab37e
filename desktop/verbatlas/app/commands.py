"""One short method for everything that a person can do; menus, buttons, keys and drops all end here."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QObject, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu, QMessageBox

import verbatlas
from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.export_dialog import ExportDialog, default_name, main_ending, table_ending
from verbatlas.app.export_preview import ExportPreview
from verbatlas.app.findable import Findable, of_desk, of_menu_bar
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.places import log_folder
from verbatlas.app.reading_card import neighbour_in_cluster
from verbatlas.app.samples import sample
from verbatlas.app.save_dialog import ask_where_to_save
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.app.theme import scheme_of
from verbatlas.app.type_ahead import Choice, TypeAhead
from verbatlas.app.work import save_copy
from verbatlas.study import ENDING
from verbatlas.tables import READABLE_ENDINGS
from verbatlas.words import gettext as _

if TYPE_CHECKING:
    from verbatlas.app.desk import Desk
    from verbatlas.app.map.picture import PictureStyle

_FIRST_LINES = "first lines of the export"


class Commands(QObject):
    """Turn a person's wishes into what the session does.

    Args:
        window: The parent of the dialogs, with the menus.
        session: Does the work.
        selection: What the wishes are about.
        own: What the person prefers.
        desk: The page with map and list; built when it is first needed.
    """

    def __init__(
        self,
        window: QMainWindow,
        *,
        session: Session,
        selection: Selection,
        own: LivePreferences,
        desk: "Callable[[], Desk]",
    ) -> None:
        super().__init__(window)
        self._window = window
        self._session = session
        self._selection = selection
        self._own = own
        self._desk = desk

    def choose_file(self) -> None:
        """Ask for a table or a study and open it."""
        tables_kind = " ".join(f"*{ending}" for ending in READABLE_ENDINGS)
        kinds = ";;".join(
            (
                _("Tables and studies") + f" ({tables_kind} *{ENDING})",
                _("Tables") + f" ({tables_kind})",
                _("Studies") + f" (*{ENDING})",
                _("All files") + " (*)",
            )
        )
        folder = self._own.preferences.folder
        chosen, _kind = QFileDialog.getOpenFileName(self._window, _("Open a file"), folder, kinds)
        if chosen:
            self.open_file(Path(chosen))

    def open_file(self, path: Path) -> None:
        """Open a study, or read a table."""
        if self._session.is_busy:
            self._session.told.emit([_("Wait until the calculation is done, or cancel it first.")])
            return
        self._own.remember_folder(path.parent)
        if path.suffix == ENDING:
            self._session.open(path)
        else:
            self._session.read(path)

    def open_sample(self, name: str) -> None:
        """Make the map of one of the tables that come with the program."""
        if not self._session.is_busy:
            self._session.read_and_map(sample(name).path)

    def export_table(self) -> None:
        """Ask where the labelled table goes and write it."""
        study = self._session.study
        assert study is not None
        own, selected = self._own.preferences, np.flatnonzero(self._selection.chosen)
        dialog = ExportDialog(
            source=study.source,
            read_as=study.table.format,
            begin=ExportChoice(
                self._suggested(own.export_ending or table_ending(study.source)),
                guard_formulas=own.export_guards,
                left_out=frozenset(own.left_out),
                one_per_cluster=own.export_one_per_cluster,
                form=own.export_form,
            ),
            n_rows=study.table.n_rows,
            added=study.export_names,
            n_selected=len(selected),
            parent=self._window,
        )
        preview = ExportPreview(study, selected)

        def ask(choice: ExportChoice) -> None:
            self._session.ask(_FIRST_LINES, lambda: preview.of(choice))

        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._export(dialog.choice, ending=dialog.ending))
        dialog.finished.connect(lambda: self._session.forget(_FIRST_LINES))
        dialog.changed.connect(ask)
        self._session.answered.connect(dialog.on_answer)
        dialog.ask_for_first_lines()
        dialog.open()

    def _export(self, choice: ExportChoice, *, ending: str) -> None:
        study = self._session.study
        is_usual = study is not None and ending == main_ending(Path(f"a{table_ending(study.source)}"))
        self._own.remember_export(choice, ending="" if is_usual else ending)
        rows = np.flatnonzero(self._selection.chosen) if choice.only_selected else None
        self._session.export(choice, rows)

    def export_picture(self) -> None:
        """Ask how the picture of the map should look and where it goes, and draw it."""
        from verbatlas.app.picture_dialog import PictureDialog  # noqa: PLC0415 - brings the drawing along

        dialog = PictureDialog(scheme=scheme_of(self._window.palette()), parent=self._window)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self._save_picture(dialog.style_wanted))
        dialog.open()

    def _save_picture(self, style: "PictureStyle") -> None:
        from verbatlas.app.map_picture import save_map_picture  # noqa: PLC0415

        ask_where_to_save(
            self._window,
            title=_("Export the map as a picture"),
            suggested=self._suggested(".png"),
            kinds=(_("PNG pictures") + " (*.png)", _("SVG drawings") + " (*.svg)", _("PDF pages") + " (*.pdf)"),
            then=lambda path: self._session.write(path, partial(save_map_picture, style=style)),
        )

    def export_report(self) -> None:
        """Ask where a report for others goes and write it."""
        from verbatlas.app.report.html_report import save_report  # noqa: PLC0415 - brings the drawing along

        ask_where_to_save(
            self._window,
            title=_("Export a report"),
            suggested=self._suggested(".html"),
            kinds=(_("Web pages") + " (*.html)",),
            then=lambda path: self._session.write(path, save_report),
        )

    def save_copy(self) -> None:
        """Ask where a copy of the study goes and write it."""
        ask_where_to_save(
            self._window,
            title=_("Save a copy of the study"),
            suggested=self._suggested(ENDING),
            kinds=(_("Studies") + f" (*{ENDING})",),
            then=lambda path: self._session.write(path, save_copy),
        )

    def close_study(self) -> None:
        """Go back to the first page."""
        self._session.close_study()

    def quit(self) -> None:
        """Close the window."""
        self._window.close()

    def undo(self) -> None:
        """Take the last edit back."""
        self._session.undo()

    def redo(self) -> None:
        """Bring the last undone edit back."""
        self._session.redo()

    def find_cluster(self) -> None:
        """Put the keyboard into the filter of the cluster list."""
        self._desk().clusters.focus_filter()

    def next_comment(self) -> None:
        """Select the next comment of the cluster."""
        self._step(1)

    def previous_comment(self) -> None:
        """Select the comment before, of the same cluster."""
        self._step(-1)

    def update(self) -> None:
        """Compute what the controls ask for."""
        self._session.run()

    def cancel(self) -> None:
        """Stop the running job."""
        self._session.cancel()

    def fit_map(self) -> None:
        """Show the whole map."""
        self._desk().map.fit()

    def fill_panels(self, menu: QMenu) -> None:
        """Offer to show and hide each panel around the map."""
        if self._session.study is not None:
            menu.addActions(self._desk().panel_actions())

    def search(self) -> None:
        """Put the keyboard into the search of the comments."""
        self._desk().search.focus_search()

    def find_action(self) -> None:
        """Let the person find any action by its words and do it."""
        everything = [*of_menu_bar(self._window.menuBar()), *self._of_desk()]
        found = sorted(everything, key=lambda one: bool(one.place))  # what has keys of its own comes first
        choices = [Choice(number, one.title, one.detail) for number, one in enumerate(found)]
        dialog = TypeAhead(choices, title=_("Find an action"), parent=self._window)
        dialog.chosen.connect(lambda number: found[number].run())
        dialog.open()

    def show_history(self) -> None:
        """Bring the history to the front."""
        self._desk().show_panel("history")
        self._desk().history.view.setFocus()

    def show_log(self) -> None:
        """Open the folder of the log in the system's file manager."""
        folder = log_folder()
        folder.mkdir(parents=True, exist_ok=True)
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))

    def show_about(self) -> None:
        """Say what this is."""
        QMessageBox.about(
            self._window,
            _("About Verbatlas"),
            _("Verbatlas {version}\n\nCustomer comments as a map that you can read, correct and export.").format(
                version=verbatlas.__version__
            )
            + "\n"
            + _("It works without a network: your comments stay on this computer."),
        )

    def _of_desk(self) -> list[Findable]:
        """Return what the desk offers, while it can be seen."""
        return [*of_desk(self._desk())] if self._session.has_map and self._desk().isVisible() else []

    def _suggested(self, ending: str) -> Path:
        study = self._session.study
        assert study is not None
        return default_name(self._own.writable_beside(study.source or study.path), ending=ending)

    def _step(self, by: int) -> None:
        study = self._session.study
        if study is None or study.labelling is None:
            return
        row = neighbour_in_cluster(
            study.labelling, cluster=self._selection.cluster, document=self._selection.document, by=by
        )
        self._selection.select_document(row)
