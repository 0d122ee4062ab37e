"""Looking over the doubtful parts of all named clusters: when they are looked for, and what Done does."""

from PySide6.QtCore import QObject

from verbatlas.app.advice.advice import Advice
from verbatlas.app.doubts.doubt_cards import correction_of, doubt_cards
from verbatlas.app.doubts.doubt_panel import DoubtPanel
from verbatlas.app.review.review_pages import ReviewPages
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.app.theme import scheme_of
from verbatlas.engine.corrections import Doubtful
from verbatlas.errors import UserError
from verbatlas.problem_words import sentence
from verbatlas.study import Labelling
from verbatlas.words import gettext as _

_FEWEST = 2  # named clusters: with one there is nothing else that a part could be


class SecondLook(QObject):
    """Fill the panel when it is asked for, and keep what a person has answered in it until it is done."""

    def __init__(
        self, pages: ReviewPages, panel: DoubtPanel, *, session: Session, selection: Selection, advice: Advice
    ) -> None:
        super().__init__(panel)
        self._pages = pages
        self._panel = panel
        self._session = session
        self._advice = advice
        self._doubtful: Doubtful | None = None
        self._asked_for: Labelling | None = None
        panel.done.connect(self._on_done)
        panel.left.connect(pages.show_clusters)
        panel.document_chosen.connect(selection.select_document)
        panel.parts.more_asked.connect(self._show_more)
        session.study_changed.connect(self._on_study)
        session.job_ended.connect(self._on_job_ended)
        advice.doubtful_found.connect(self._on_found)
        advice.doubtful_progress.connect(lambda _stage, done, total: panel.show_progress(done, total))

    def begin(self) -> None:
        """Show the list and give it the keyboard; it is made anew where an edit was made and nothing is answered."""
        self._pages.show_doubts()
        is_same = self._asked_for is not None and self._asked_for is self._labelling
        if not is_same and not self._panel.has_answers:
            self._ask()
        self._panel.take_keyboard()

    @property
    def _labelling(self) -> Labelling | None:
        return None if self._session.study is None else self._session.study.labelling

    def _ask(self) -> None:
        study, labelling = self._session.study, self._labelling
        self._doubtful = self._asked_for = None
        if study is None or labelling is None or not study.has_arrangement:
            self._panel.say(_("The map must be computed again."))
            return
        if sum(cluster.named_by_hand for cluster in labelling.clusters.values()) < _FEWEST:
            self._panel.say(_("Name some clusters first: only names that you gave are looked over."))
            return
        self._panel.show_searching()
        if not self._session.is_busy:  # else when the job has ended
            self._asked_for = labelling
            self._advice.find_doubtful()

    def _on_found(self, found: Doubtful | UserError) -> None:
        if isinstance(found, UserError):
            self._panel.say(sentence(found))
            return
        study = self._session.study
        if study is None or self._asked_for is None:
            return
        self._doubtful = found
        if not len(found.order):
            self._panel.say(_("No name is doubtful: all comments are where your names say."))
            return
        cards = doubt_cards(study, found, scheme=scheme_of(self._panel.palette()))
        self._panel.show_parts(cards, total=len(found.order))
        if self._panel.is_seen:
            self._panel.take_keyboard()

    def _show_more(self) -> None:
        """Show the next parts under those that are there."""
        study, n_shown = self._session.study, len(self._panel.parts.parts)
        if study is None or self._doubtful is None:
            return
        cards = doubt_cards(study, self._doubtful, scheme=scheme_of(self._panel.palette()), first=n_shown)
        self._panel.add_parts(cards, total=len(self._doubtful.order))

    def _on_done(self) -> None:
        """Correct what was answered by one edit, and go back to the clusters."""
        study, doubtful = self._session.study, self._doubtful
        if study is None or study.labelling is None or doubtful is None:
            return
        edit = correction_of(study, doubtful, self._panel.parts.names)
        self._forget()
        self._pages.show_clusters()
        if edit is None:
            self._session.told.emit([_("All of these parts keep their names.")])
        else:
            self._session.edit(edit)

    def _on_job_ended(self) -> None:
        """Ask again for what a job has pushed aside, or whose comments an edit has moved."""
        if self._panel.is_seen and self._panel.is_searching:
            self._ask()

    def _on_study(self) -> None:
        self._forget()
        self._pages.show_clusters()

    def _forget(self) -> None:
        self._doubtful = self._asked_for = None
        self._panel.say("")
