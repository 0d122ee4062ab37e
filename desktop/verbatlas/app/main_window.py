"""The window: builds its parts, places them, connects them."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QToolBar, QVBoxLayout, QWidget

from verbatlas.app import icons
from verbatlas.app.actions import ActionTable, Menu, Situation
from verbatlas.app.cluster_commands import ClusterCommands
from verbatlas.app.commands import Commands
from verbatlas.app.desk_deeds import DeskDeeds
from verbatlas.app.empty_state import EmptyState
from verbatlas.app.import_flow import ImportFlow
from verbatlas.app.import_page import ImportPage
from verbatlas.app.live_preferences import LivePreferences
from verbatlas.app.message_bar import MessageBar, Tone
from verbatlas.app.overlay import Overlay
from verbatlas.app.preview_model import shortened
from verbatlas.app.progress_panel import ProgressPanel
from verbatlas.app.report_dialog import ReportDialog
from verbatlas.app.selection import Selection
from verbatlas.app.sending import may_send
from verbatlas.app.session import Session, detail_of
from verbatlas.app.shortcuts_dialog import ShortcutsDialog
from verbatlas.app.status_line import StatusLine
from verbatlas.app.steps import Step
from verbatlas.app.window_actions import window_actions
from verbatlas.app.work import ReadTable
from verbatlas.errors import Problem, UserError
from verbatlas.problem_words import sentence
from verbatlas.sentences import edit_sentence, search_leaves_computer_sentence
from verbatlas.study import NOISE, HistoryEntry, steps_beside
from verbatlas.words import gettext as _

if TYPE_CHECKING:  # the desk brings the map along; the first page does not need it
    from verbatlas.app.desk import Desk
    from verbatlas.app.desk_view import DeskView
    from verbatlas.app.models.model_manager import ModelManager
    from verbatlas.app.review.review import Review

_SMALLEST = QSize(900, 560)
_FIRST_SIZE = QSize(1440, 900)
_SHARE_OF_SCREEN = 0.8
_ICON = QSize(18, 18)
_SOON = 50  # ms
_LONGEST_STEP = 60  # characters of an edit in the menu
# The menu of a cluster, in the list and on the map.
_OF_CLUSTER = ("rename", "merge", "split", "group", "ungroup", "lock", "delete", "move_selection")
_OF_COMMENTS = ("new_cluster", "move_selection", "take_out", "alike")  # the menus of map and table
_FRAME = QSize(0, 30)  # what a window manager puts around


class MainWindow(QMainWindow):
    """One window for one study at a time.

    Args:
        session: Does the work.
        own: What the person prefers.
    """

    def __init__(self, session: Session, own: LivePreferences) -> None:
        super().__init__()
        self.session = session
        session.setParent(self)  # not left to Python's collector, which may run in a thread that does not own it
        self.selection = Selection(self)
        self.own = own
        self._report: ReportDialog | None = None
        self._desk: Desk | None = None
        self._building = self._build_desk()
        self._is_begun = False
        self.may_build_ahead = False  # its modules are imported: doing that here would stop the window
        self._view: DeskView | None = None
        self._review: Review | None = None
        self._models: ModelManager | None = None
        self.empty = EmptyState()
        self.messages = MessageBar()
        self.progress = ProgressPanel()
        self.status = StatusLine()
        self.commands = Commands(self, session=session, selection=self.selection, own=own, desk=lambda: self.desk)
        self.clusters = ClusterCommands(self, session=session, selection=self.selection, desk=lambda: self.desk)
        self.deeds = DeskDeeds(self.selection, self)
        actions = window_actions(
            self.commands,
            self.clusters,
            self.deeds,
            own,
            show_models=self.show_models,
            show_shortcuts=self._show_shortcuts,
        )
        self.actions_of_window = ActionTable(actions, self)
        self._pages = QStackedWidget()
        self.importing = ImportFlow(session, self._pages)
        self._place()
        self._connect()
        self._on_study_changed()

    @property
    def desk(self) -> "Desk":
        """The page with map and list, built when it is first needed: the first page opens the faster."""
        if self._desk is None:
            for _step in self._building:
                pass
        assert self._desk is not None
        return self._desk

    def build_ahead(self) -> None:
        """Build the next part of the desk while a file is read or opened, and go on with it when nothing else waits."""
        if self._desk is None and self.session.is_busy:
            if self.may_build_ahead:
                next(self._building, None)
            QTimer.singleShot(0 if self.may_build_ahead else _SOON, self, self.build_ahead)

    def _build_desk(self) -> Iterator[None]:
        """Build the desk; the window can answer wherever this yields."""
        from verbatlas.app.desk import Desk  # noqa: PLC0415 - half of the time until the window opens
        from verbatlas.app.desk_view import DeskView  # noqa: PLC0415
        from verbatlas.app.doubts.second_look import SecondLook  # noqa: PLC0415
        from verbatlas.app.review.review import Review  # noqa: PLC0415

        self._is_begun = True
        desk = Desk()
        yield from desk.build(self.session.background)
        yield
        desk.restore_shape(self.own.shape("desk"))
        desk.documents.restore_shape(self.own.shape("documents"))
        desk.controls.restore_shape(self.own.shape("controls"))
        self._pages.addWidget(desk)
        yield
        yield from desk.dress()
        yield
        self._view = DeskView(desk, session=self.session, selection=self.selection)
        yield
        advice = self._view.advice
        self._review = Review(desk.review, session=self.session, selection=self.selection, advice=advice)
        second_look = SecondLook(
            desk.review_pages, desk.doubts, session=self.session, selection=self.selection, advice=advice
        )
        self.deeds.use(desk, view=self._view, review=self._review, second_look=second_look)
        self._desk = desk
        self._connect_desk(desk)

    @property
    def models(self) -> "ModelManager":
        """The manager of models, built when it is first needed."""
        from verbatlas.app.models.model_manager import ModelManager  # noqa: PLC0415 - not for the first page

        if self._models is None:
            self._models = ModelManager(self, self.session.background, self.own)
            self._models.use_asked.connect(self._use_encoder)
            self._models.changed.connect(self._offer_encoders)
            self._models.bug.connect(lambda error: self.session.bug.emit(detail_of(error)))
            self._models.shelf.look()
            self._on_situation()
        return self._models

    @property
    def import_page(self) -> ImportPage:
        """The page between a file and its map, built when it is first needed."""
        return self.importing.page

    def show_models(self) -> None:
        """Show which models there are."""
        self.models.open()

    def report_bug(self, detail: str) -> None:
        """Show the report of a bug; a second one waits until the first is closed."""
        if self._report is None:
            self._report = ReportDialog(detail, self)
            self._report.finished.connect(self._on_report_closed)
            self._report.open()

    def follow_colours(self) -> None:
        """Show icons and map in the colours of the theme."""
        names = {spec.icon for spec in self.actions_of_window.specs if spec.icon}
        self.actions_of_window.use_icons({name: icons.icon(name) for name in names})
        if self._view is not None:
            self._view.follow_colours(self.palette())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the shape, disappear at once, and stop whatever is running."""
        self.own.save_shape("window", self.saveGeometry())
        if self._is_begun:
            desk = self.desk
            desk.comment.cluster.note.keep()
            self.own.save_shape("desk", desk.save_shape())
            self.own.save_shape("documents", desk.documents.save_shape())
            self.own.save_shape("controls", desk.controls.save_shape())
            desk.map.close_map()
        self.hide()
        if self._models is not None:
            self._models.close()
        self.session.close()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept one file."""
        if _dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the file that was dropped."""
        if (path := _dropped_file(event)) is not None:
            event.acceptProposedAction()
            self.commands.open_file(path)

    def _place(self) -> None:
        self.setWindowTitle("Verbatlas")
        self.setMinimumSize(_SMALLEST)
        room = self.screen().availableSize() - _FRAME
        self.resize((room * _SHARE_OF_SCREEN).expandedTo(_FIRST_SIZE).boundedTo(room))
        self.setAcceptDrops(True)
        self.actions_of_window.fill_menu_bar(self.menuBar())
        self.addToolBar(self._toolbar())
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.messages)
        column.addWidget(self._pages, 1)
        self._pages.addWidget(self.empty)
        self.setCentralWidget(middle)
        self.setStatusBar(self.status)
        self._overlay = Overlay(self.progress, self._pages)
        self.restoreGeometry(self.own.shape("window"))

    def _toolbar(self) -> QToolBar:
        bar = QToolBar(_("Tools"))
        bar.setObjectName("tools")
        bar.setMovable(False)
        bar.setIconSize(_ICON)
        bar.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        bar.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.actions_of_window.fill_toolbar(bar)
        self._bar = bar
        return bar

    def _connect(self) -> None:
        session = self.session
        session.study_changed.connect(self._on_study_changed)
        session.situation_changed.connect(self._on_situation)
        session.labelling_changed.connect(self._on_labelling)
        session.may_send = lambda encoder: may_send(encoder, self.own.preferences)
        session.model_folders = lambda: self.own.preferences.model_places
        session.sending_asked.connect(lambda encoder: self.models.ask_before_sending(encoder, session.run))
        session.choice_changed.connect(self._show_status)
        self.importing.shown.connect(self._on_import_shown)
        self.importing.left.connect(self._on_study_changed)
        session.job_began.connect(self._on_job_began)
        session.job_began.connect(self.build_ahead)
        session.progress.connect(self.progress.advance)
        session.cancelling.connect(self.progress.cancelling)
        session.job_ended.connect(self.progress.end)
        session.problem.connect(self._on_problem)
        session.bug.connect(self.report_bug)
        session.told.connect(self._on_told)
        session.exported.connect(self._on_exported)
        self.selection.clusters_changed.connect(self._on_situation)
        self.selection.chosen_changed.connect(self._on_situation)
        self.selection.document_changed.connect(self._on_situation)
        self.progress.cancel_asked.connect(session.cancel)
        self.messages.retry_asked.connect(session.run)
        self.messages.undo_asked.connect(self.commands.undo)
        session.edited.connect(self._on_edited)
        self.empty.open_asked.connect(self.commands.choose_file)
        self.empty.sample_asked.connect(self.commands.open_sample)
        self.empty.recent_asked.connect(self.commands.open_file)
        self.own.changed.connect(self._on_preferences)

    def _connect_desk(self, desk: "Desk") -> None:
        of_cluster = [self.actions_of_window[name] for name in _OF_CLUSTER]
        of_noise = [self.actions_of_window[spec.name] for spec in self.actions_of_window.of_menu(Menu.NO_CLUSTER)]
        desk.clusters.offer_actions(of_cluster, of_noise)
        of_comments = [self.actions_of_window[name] for name in _OF_COMMENTS]
        desk.documents.offer_actions(of_comments)
        desk.map.offer_actions(of_comments)
        desk.map.offer_actions_of_point(of_cluster, of_noise)
        desk.clusters.rename_asked.connect(self.session.rename)
        desk.clusters.dropped.connect(self.clusters.drop)
        desk.controls.changed.connect(self.session.want)
        desk.controls.run_asked.connect(self.session.run)
        desk.controls.encoder.more_asked.connect(self.show_models)
        assert self._view is not None
        self._view.finding.cluster_asked.connect(self.clusters.new_of_selection)
        self._view.finding.sending_asked.connect(
            partial(self.models.ask_before_sending, words=search_leaves_computer_sentence)
        )
        self._offer_encoders()
        desk.comment.comment.next_asked.connect(self.commands.next_comment)
        desk.comment.comment.previous_asked.connect(self.commands.previous_comment)
        desk.comment.comment.elsewhere.other_asked.connect(self.clusters.move_comment)
        card = desk.comment.cluster
        card.rename_asked.connect(self.clusters.rename)
        card.split_asked.connect(self.deeds.split)
        card.note.written.connect(self.clusters.note)
        card.recoloured.connect(self.clusters.recolour)
        card.merge_asked.connect(self.clusters.merge_two)
        desk.history.asked.connect(self.session.go_to)
        assert self._review is not None
        desk.review.second_look_asked.connect(self.deeds.second_look)
        self._review.merge_asked.connect(self.clusters.merge)
        self._review.split_asked.connect(self.deeds.split)

    def _on_study_changed(self) -> None:
        study = self.session.study
        if study is None:
            self.empty.show_recent(self.own.preferences.recent)
            self._pages.setCurrentWidget(self.empty)
            self.setWindowTitle("Verbatlas")
        else:
            self.messages.dismiss()
            self._pages.setCurrentWidget(self.desk)
            self.desk.clusters.view.setFocus()
            title = study_title(study.source, study.path)
            self.own.remember_study(study.path, title=title)
            shown = _("{name} (read only)").format(name=title) if study.is_read_only else title
            self.setWindowTitle(f"{shown} – Verbatlas")
        self._bar.setVisible(study is not None)
        self.status.setVisible(study is not None)
        self._show_status()
        self._on_situation()

    def _on_labelling(self) -> None:
        self.messages.dismiss_undo()
        self._show_status()
        self._on_situation()

    def _on_situation(self) -> None:
        """Enable what makes sense now: a study behind the import page cannot be seen, so nothing is done to it."""
        session = self.session
        study = None if self.importing.is_shown else session.study
        situation = Situation(
            has_study=study is not None,
            has_map=study is not None and session.has_map,
            busy=session.is_busy,
            is_outdated=study is not None and session.is_outdated,
            has_noise=study is not None and study.labelling is not None and study.labelling.n_noise > 0,
            has_cluster=self.selection.cluster not in {None, NOISE},
            has_chosen=study is not None and bool(self.selection.chosen.any()),
            has_document=study is not None and self.selection.document is not None,
            undo=study is not None and study.can_undo,
            redo=study is not None and study.can_redo,
            read_only=study is not None and study.is_read_only,
        )
        self.actions_of_window.follow(situation)
        self._name_steps()
        if self._models is not None:
            self._models.allow_use(is_possible=situation.has_study and not (situation.busy or situation.read_only))
        if self._desk is not None:
            title = _("Update") if session.has_map else _("Make the map")
            is_possible = situation.is_outdated and not situation.busy
            self._desk.controls.offer_run(title=title, is_possible=is_possible)

    def _offer_encoders(self) -> None:
        self.desk.controls.offer_encoders(self.models.offered())

    def _use_encoder(self, name: str, precision: str) -> None:
        """Read the comments of the open study with another encoder, at once."""
        self.desk.controls.use_encoder(name, precision)
        self.session.run()

    def _name_steps(self) -> None:
        """Let undo and redo say what they would take back and bring back."""
        study = self.session.study
        back, forth = steps_beside(() if study is None else study.history)
        for name, title, entry in (("undo", _("&Undo"), back), ("redo", _("&Redo"), forth)):
            words = title if entry is None else _("{title}: {edit}").format(title=title, edit=_brief(entry))
            self.actions_of_window.retitle(name, words)

    def _on_import_shown(self, read: ReadTable) -> None:
        self.messages.dismiss()
        self.setWindowTitle(f"{read.path.name} – Verbatlas")
        self._bar.hide()
        self.status.hide()
        self._on_situation()
        if not read.guess:
            self._on_problem(UserError(Problem.TABLE_NO_TEXT, path=read.path), can_retry=False)

    def _on_job_began(self, title: str, steps: tuple[Step, ...]) -> None:
        self._overlay.use_corner(self.session.has_map)
        self.progress.begin(title, steps)

    def _on_problem(self, error: UserError, can_retry: bool) -> None:  # noqa: FBT001 - a signal's argument
        self.messages.say(sentence(error), tone=Tone.PROBLEM, can_retry=can_retry)
        if error.problem is Problem.FILE_MISSING:
            self.own.forget_study(Path(str(error.values["path"])))

    def _on_told(self, sentences: list[str]) -> None:
        if sentences:
            self.messages.say(" ".join(sentences))

    def _on_edited(self, said: str) -> None:
        self.messages.say(said, can_undo=True)

    def _on_exported(self, path: Path) -> None:
        self.messages.say(_("Saved as {path}").format(path=path))

    def _on_preferences(self) -> None:
        self.empty.show_recent(self.own.preferences.recent)

    def _on_report_closed(self) -> None:
        if self._report is not None:
            self._report.deleteLater()
            self._report = None

    def _show_status(self) -> None:
        session = self.session
        if session.study is None or session.choice is None or session.counts is None:
            self.status.clear()
        else:
            self.status.show_study(session.counts, session.choice, session.study.labelling)

    def _show_shortcuts(self) -> None:
        dialog = ShortcutsDialog(self.actions_of_window.specs, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()


def _brief(entry: HistoryEntry) -> str:
    """Return an edit in words that fit into a menu, where an ampersand must be doubled."""
    return shortened(edit_sentence(entry), longest=_LONGEST_STEP).replace("&", "&&")


def study_title(source: Path | None, study: Path) -> str:
    """Return what a person knows a study by: the table that it was made from."""
    return source.name if source is not None else study.stem


def _dropped_file(event: QDropEvent) -> Path | None:
    """Return the one local file that is dragged; None for anything else."""
    urls = event.mimeData().urls()
    if len(urls) == 1 and urls[0].isLocalFile():
        return Path(urls[0].toLocalFile())
    return None
