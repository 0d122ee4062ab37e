"""What can be left out of the clustering, in words."""

from verbatlas.study import LeaveOut
from verbatlas.words import gettext as _


def leave_out_title(kind: LeaveOut) -> str:
    """Return what ``kind`` is, short enough for a switch."""
    return {
        LeaveOut.SHORT: _("Very short"),
        LeaveOut.DUPLICATES: _("Same as an earlier one"),
        LeaveOut.NEAR_DUPLICATES: _("Nearly the same"),
    }[kind]


def leave_out_tip(kind: LeaveOut) -> str:
    """Return what ``kind`` means exactly, and what becomes of it."""
    return {
        LeaveOut.SHORT: _(
            "A single word, or up to three Chinese characters. They get no cluster and stay in every export."
        ),
        LeaveOut.DUPLICATES: _(
            "Exactly the same text as in an earlier row. It is clustered and counted once, and all rows with it get "
            "its cluster in the export."
        ),
        LeaveOut.NEAR_DUPLICATES: _(
            "At least 80% the same as an earlier text, whatever the case and the punctuation. It is clustered and "
            "counted once, and all rows like it get its cluster in the export."
        ),
    }[kind]
