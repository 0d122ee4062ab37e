"""Which rows are left out of the clustering, and which row stands for each: blank, very short and repeated texts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.bare_text import bare, is_very_short
from verbatlas.analysis.near_duplicates import near_duplicates
from verbatlas.progress import Report, no_report
from verbatlas.study import LeaveOut
from verbatlas.tables import is_blank

_AT_ONCE = 2000  # rows between two reports
_LONGEST_SHORT = 200  # characters: a longer text is looked at no further, unless it is one endless word


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many rows are what.

    Attributes:
        n_rows: All rows.
        n_blank: Rows without text, which are left out in any case.
        n_short: Rows with very short texts.
        n_same: Rows with exactly the text of an earlier row.
        n_near: Different texts that are nearly that of an earlier row; None while it is not known.
        n_left: Rows that remain to be clustered.
    """

    n_rows: int
    n_blank: int
    n_short: int
    n_same: int
    n_near: int | None
    n_left: int


@dataclass(frozen=True, slots=True, eq=False)
class Sifted:
    """What the documents are, whatever of it is left out.

    Attributes:
        is_blank: bool, shape (n_rows,): rows without text.
        is_short: bool, shape (n_rows,): rows with very short texts.
        first: int32, shape (n_rows,): the first row with exactly this text; a blank row's own.
        near: int32, shape (n_rows,): the earlier row, a first one, that the text nearly repeats, or else ``first``;
            None while it is not known.
    """

    is_blank: NDArray[np.bool_]
    is_short: NDArray[np.bool_]
    first: NDArray[np.int32]
    near: NDArray[np.int32] | None = None

    def stand_ins(self, leave_out: Collection[str]) -> NDArray[np.int32]:
        """Return the row that stands for each: int32, shape (n_rows,).

        A row that is clustered stands for itself, as does a blank one; one that repeats another is stood for by that,
        and a very short one that is left out by none, which is -1.

        Raises:
            ValueError: Near duplicates are to be left out and not known.
        """
        own = np.arange(len(self.first), dtype=np.int32)
        found = self.first.copy() if LeaveOut.DUPLICATES in leave_out else own.copy()
        if LeaveOut.NEAR_DUPLICATES in leave_out:
            if self.near is None:
                raise ValueError("near duplicates have not been looked for")
            is_near = self.near != self.first
            found[is_near] = self.near[is_near]
        if LeaveOut.SHORT in leave_out:
            found[self.is_short] = -1
        return found

    def amounts(self, leave_out: Collection[str]) -> Amounts:
        """Return how many rows are what, and how many remain without ``leave_out``, as far as that is known."""
        known = set(leave_out) - ({LeaveOut.NEAR_DUPLICATES} if self.near is None else set())
        n = len(self.first)
        remains = (self.stand_ins(known) == np.arange(n)) & ~self.is_blank
        return Amounts(
            n_rows=n,
            n_blank=int(self.is_blank.sum()),
            n_short=int(self.is_short.sum()),
            n_same=int((self.first != np.arange(n)).sum()),
            n_near=None if self.near is None else int(((self.near != self.first) & (self.first == np.arange(n))).sum()),
            n_left=int(remains.sum()),
        )


def sift(documents: Sequence[str], *, report: Report = no_report) -> Sifted:
    """Look which documents are blank, very short, or the same as earlier ones.

    Args:
        documents: The text of every row.
        report: Told how many are done.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    n = len(documents)
    blank, short = np.zeros(n, np.bool_), np.zeros(n, np.bool_)
    first = np.arange(n, dtype=np.int32)
    known: dict[str, int] = {}
    for start in range(0, n, _AT_ONCE):
        report(start, n)
        for row, text in enumerate(documents[start : start + _AT_ONCE], start=start):
            earlier = known.setdefault(text, row)
            if earlier != row:
                first[row], blank[row], short[row] = earlier, blank[earlier], short[earlier]
            elif is_blank(text):
                blank[row] = True
            else:
                short[row] = _is_short(text)
    first[blank] = np.flatnonzero(blank)
    report(n, n)
    return Sifted(blank, short, first)


def sift_near(documents: Sequence[str], sifted: Sifted, *, seed: int, report: Report = no_report) -> Sifted:
    """Look which documents nearly repeat earlier ones too, as ``near_duplicates`` finds them.

    Args:
        documents: The text of every row.
        sifted: What :func:`sift` found in them.
        seed: Where random steps begin.
        report: Told how many different texts are done.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    rows = np.flatnonzero((sifted.first == np.arange(len(documents))) & ~sifted.is_blank).astype(np.int32)
    repeated = near_duplicates([documents[row] for row in rows.tolist()], seed=seed, report=report)
    of_first = np.arange(len(documents), dtype=np.int32)
    of_first[rows] = rows[repeated]
    return replace(sifted, near=of_first[sifted.first])


def _is_short(text: str) -> bool:
    beginning = text[:_LONGEST_SHORT]
    return is_very_short(bare(beginning)) and (len(text) <= _LONGEST_SHORT or is_very_short(bare(text)))
