"""Learning from corrections: after a move by hand, more comments like the moved ones are offered for the same move."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject

from verbatlas.analysis.corrections import Proposal
from verbatlas.app.advice.advice import Advice
from verbatlas.app.advice.proposal_bar import ProposalBar
from verbatlas.app.selection import Selection
from verbatlas.app.session import Session
from verbatlas.study import NOISE, Change, Labelling, MoveProposed, named_by_hand
from verbatlas.words import gettext as _

_BY_HAND = {"move", "move_to_new"}


class Learning(QObject):
    """Keep the bar in step with what the person does."""

    def __init__(self, bar: ProposalBar, *, session: Session, selection: Selection, advice: Advice) -> None:
        super().__init__(bar)
        self._bar = bar
        self._session = session
        self._selection = selection
        self._advice = advice
        self._target: int | None = None
        self._proposal: Proposal | None = None
        self._is_read: NDArray[np.bool_] | None = None
        session.labelling_changed.connect(self._on_labelling)
        session.study_changed.connect(self._forget)
        session.job_ended.connect(self._on_job_ended)
        advice.more_found.connect(self._on_found)
        advice.learned.connect(self._on_learned)
        bar.look_asked.connect(self._on_look)
        bar.accepted.connect(self._on_accepted)
        bar.refused.connect(self._forget)

    def ask(self) -> None:
        """Ask which comments belong elsewhere by all that a person has named and placed; the bar offers them."""
        self._forget()
        self._advice.learn()

    def _on_learned(self, proposal: Proposal) -> None:
        if not len(proposal.rows):
            self._session.told.emit([_("Nothing to move: your names agree with where the comments are.")])
            return
        study = self._session.study
        labelling = None if study is None else study.labelling
        if labelling is None:
            return
        self._target, self._proposal = None, proposal
        self._is_read = _is_read(proposal, labelling)
        n_read = int(self._is_read.sum())
        self._bar.offer_learned(n_read, len(self._is_read) - n_read)

    def _on_labelling(self, change: Change) -> None:
        """Remember where comments went that a person has moved, and forget what was offered before."""
        if not len(change.rows):
            return
        self._forget()
        study = self._session.study
        done = [] if study is None else [entry for entry in study.history if not entry.is_undone]
        is_new = study is not None and not study.can_redo and bool(change.by_hand[1].all())
        if done and done[-1].kind in _BY_HAND and is_new:
            target = int(change.members[1][0])
            self._target = target if target >= 0 else None

    def _on_job_ended(self) -> None:
        if self._target is not None and self._proposal is None and not self._session.is_busy:
            self._advice.find_more(self._target)

    def _on_found(self, proposal: Proposal, target: int) -> None:
        study = self._session.study
        labelling = None if study is None else study.labelling
        if labelling is None or target != self._target or target not in labelling.clusters or not len(proposal.rows):
            return
        self._proposal = proposal
        self._bar.offer(len(proposal.rows), labelling.clusters[target].name)

    @property
    def _wanted(self) -> Proposal | None:
        """What is offered, without the comments of clusters that nobody named unless they are wanted too."""
        if self._proposal is None or self._is_read is None or not self._is_read.any() or self._bar.also.isChecked():
            return self._proposal
        return self._proposal.take(self._is_read)

    def _on_look(self) -> None:
        found = self._wanted
        if found is not None:
            chosen = np.zeros(len(self._selection.chosen), np.bool_)
            chosen[found.rows] = True
            self._selection.choose(chosen)

    def _on_accepted(self) -> None:
        found = self._wanted
        self._forget()
        if found is not None:
            self._session.edit(MoveProposed(found.rows, found.sources, found.clusters, found.scores))

    def _forget(self) -> None:
        self._target = self._proposal = self._is_read = None
        self._bar.hide()


def _is_read(proposal: Proposal, labelling: Labelling) -> NDArray[np.bool_]:
    """Return which moves are out of no cluster, or out of one that a person has named or put comments in."""
    known = [NOISE, *named_by_hand(labelling).values(), *np.unique(labelling.members[labelling.by_hand]).tolist()]
    is_read: NDArray[np.bool_] = np.isin(proposal.sources, known)
    return is_read
