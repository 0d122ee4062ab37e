"""The words for what happened: choices, notices, edits, in the window as on the command line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from verbatlas.encoders import LEXICAL, MINILM, UNIVERSAL, Choice, ChoiceReason
from verbatlas.encoders.server import Agreement, is_loopback
from verbatlas.model_words import encoder_title
from verbatlas.study import Change, HistoryEntry, Labelling, Losses
from verbatlas.tables import is_blank
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

# Each entry is a function so that the words are looked up when they are needed, in the language of that moment.
_CHOICES: dict[ChoiceReason, Callable[[], str]] = {
    ChoiceReason.ASKED: lambda: _("Read by {encoder}, as you chose."),
    ChoiceReason.MADE_BEFORE: lambda: _("Read by {encoder} when the map was made."),
    ChoiceReason.LATIN_TEXT: lambda: _("Read by {encoder}, because the comments are in Latin script."),
    ChoiceReason.OTHER_LATIN: lambda: _("Read by {encoder}, because the comments do not seem to be in English."),
    ChoiceReason.CHINESE_MODEL: lambda: _("Read by {encoder}, because {share} of the text is Chinese."),
    ChoiceReason.MULTILINGUAL_MODEL: lambda: _("Read by {encoder}, because the comments are in several languages."),
    ChoiceReason.CHINESE_TEXT: lambda: _(
        "Read by {encoder}, because {share} of the text is Chinese and no Chinese model is installed."
    ),
    ChoiceReason.MIXED_TEXT: lambda: _(
        "Read by {encoder}, because {share} of the text is Chinese and no multilingual model is installed."
    ),
    ChoiceReason.SCRIPT_MODEL: lambda: _("Read by {encoder}, which knows the script of these comments."),
    ChoiceReason.OTHER_SCRIPT: lambda: _(
        "Read by {encoder}, because no model is installed that knows the script of these comments."
    ),
    ChoiceReason.MODEL_SLOW: lambda: _(
        "Read by {encoder}, because the installed models for these comments would take very long for so many. "
        "You can choose one all the same."
    ),
    ChoiceReason.MODEL_MISSING: lambda: _("Read by {encoder}, because the model all-MiniLM-L6-v2 is not installed."),
}
_SETS = 64  # in which different texts are counted
_ENCODERS: dict[str, Callable[[], str]] = {
    MINILM: lambda: _("the English model all-MiniLM-L6-v2 (by meaning)"),
    UNIVERSAL: lambda: _("the Universal Sentence Encoder for 15 languages (by meaning)"),
    LEXICAL: lambda: _("the lexical encoder (by the characters they share)"),
}


def choice_sentence(choice: Choice) -> str:
    """Return which encoder was taken, and why."""
    encoder = _ENCODERS[choice.encoder]() if choice.encoder in _ENCODERS else encoder_title(choice.encoder)
    return _CHOICES[choice.reason]().format(encoder=encoder, share=f"{choice.han_share:.0%}")


@dataclass(frozen=True, slots=True)
class TextCounts:
    """What a person should know about the documents before trusting their clusters.

    Attributes:
        n_documents: All rows of the table.
        n_blank: Rows without any text.
        n_distinct: Different texts among the rows that have one.
    """

    n_documents: int
    n_blank: int
    n_distinct: int

    @classmethod
    def of(cls, documents: Sequence[str]) -> "TextCounts":
        """Count ``documents``; takes a fraction of a second for a million.

        In many small sets: one of a million texts holds the interpreter's lock for a tenth of a second when it grows.
        """
        n_blank, different = 0, [set[str]() for _ in range(_SETS)]
        for document in documents:
            if is_blank(document):
                n_blank += 1
            else:
                different[hash(document) % _SETS].add(document)
        n_distinct = 0
        while different:  # let go of one by one too
            n_distinct += len(different.pop())
        return cls(len(documents), n_blank, n_distinct)


def agreement_sentence(agreement: Agreement) -> str:
    """Return a warning where a server does not answer as the same model does here; blank where it does."""
    if agreement.is_enough:
        return ""
    return _(
        "The server does not answer as the same model on this computer does (similarity {lowest}, it should be 1.00): "
        "its pooling or its prompt is another one, and clusters would be poor. Use the model on this computer, or ask "
        "whoever runs the server."
    ).format(lowest=f"{agreement.lowest:.2f}")


def leaves_computer_sentence(address: str) -> str:
    """Return the warning that the text of the comments is sent away; blank where it stays on this computer."""
    if is_loopback(address):
        return ""
    return _(
        "The text of all comments will be sent to {address}: it leaves this computer. Go on only if you may share it "
        "with whoever runs that server."
    ).format(address=address)


def search_leaves_computer_sentence(address: str) -> str:
    """Return the warning that what is looked for is sent away, and later comments too; blank where both stay here."""
    if is_loopback(address):
        return ""
    return _(
        "What you look for will be sent to {address}, which has read the comments of this study, and so will comments "
        "that it reads from now on: they leave this computer. Go on only if you may share them with whoever runs that "
        "server."
    ).format(address=address)


def notices(counts: TextCounts, *, n_cut: int = 0) -> list[str]:
    """Return one sentence for everything about the documents that would otherwise pass in silence.

    Args:
        counts: What was counted in the documents.
        n_cut: Documents longer than the model reads.
    """
    with_text = counts.n_documents - counts.n_blank
    said = []
    if counts.n_blank:
        said.append(
            ngettext(
                "{count} row has no text: it stays in the file, without a cluster.",
                "{count} rows have no text: they stay in the file, without a cluster.",
                counts.n_blank,
            ).format(count=f"{counts.n_blank:,}")
        )
    if with_text in {1, 2}:
        said.append(
            ngettext(
                "There is only {count} comment with text: nothing to compare, so there is one cluster.",
                "There are only {count} comments with text: nothing to compare, so there is one cluster.",
                with_text,
            ).format(count=with_text)
        )
    elif with_text > 2 and counts.n_distinct == 1:
        said.append(
            _("All {count} comments are the same text, so there is one cluster.").format(count=f"{with_text:,}")
        )
    if n_cut:
        said.append(
            ngettext(
                "{count} comment is longer than the model reads: only its beginning counts.",
                "{count} comments are longer than the model reads: only their beginnings count.",
                n_cut,
            ).format(count=f"{n_cut:,}")
        )
    return said


def left_out_sentences(labelling: Labelling | None) -> list[str]:
    """Return what was left out of the clustering, besides blank rows, and what became of it."""
    if labelling is None:
        return []
    left_out = labelling.left_out
    n_repeats = int((left_out & (labelling.stand_ins >= 0)).sum())
    n_short = int(left_out.sum()) - n_repeats
    said = []
    if n_repeats:
        said.append(
            ngettext(
                "{count} row was left out because it repeats another: it has the cluster of the row that it repeats.",
                "{count} rows were left out because they repeat others: each has the cluster of the row it repeats.",
                n_repeats,
            ).format(count=f"{n_repeats:,}")
        )
    if n_short:
        said.append(
            ngettext(
                "{count} row was left out because it is very short: it stays in the file, without a cluster.",
                "{count} rows were left out because they are very short: they stay in the file, without a cluster.",
                n_short,
            ).format(count=f"{n_short:,}")
        )
    return said


def names_carried(change: Change, labelling: Labelling | None) -> list[str]:
    """Return what became of the names that a person typed, in sentences.

    Args:
        change: What a new clustering changed.
        labelling: The labelling after it.
    """
    said = []
    clusters = labelling.clusters.values() if labelling is not None else ()
    n_kept = sum(cluster.named_by_hand for cluster in clusters)
    if n_kept:
        said.append(
            ngettext("{count} name of yours was kept.", "{count} names of yours were kept.", n_kept).format(
                count=n_kept
            )
        )
    if change.names_lost:
        names = _(", ").join(change.names_lost)
        said.append(
            _("No longer there, because their comments are spread over other clusters now: {names}.").format(
                names=names
            )
            + " "
            + _("Undo brings them back.")
        )
    return said


def rescue_sentences(path: Path, losses: Losses) -> str:
    """Return what was saved of a damaged study and what was not."""
    said = [
        _(
            "{path} is damaged. What could be read of it has been saved in a new study, which you see now; the "
            "damaged file stays where it is."
        ).format(path=path)
    ]
    if losses.n_cells:
        said.append(
            ngettext(
                "{count} cell of the table could not be read and is empty now.",
                "{count} cells of the table could not be read and are empty now.",
                losses.n_cells,
            ).format(count=f"{losses.n_cells:,}")
        )
    if losses.column_names:
        said.append(_("The names of the columns are lost."))
    if losses.n_places:
        said.append(
            ngettext(
                "Of {count} comment it is lost where it belonged; it is in no cluster now.",
                "Of {count} comments it is lost where they belonged; they are in no cluster now.",
                losses.n_places,
            ).format(count=f"{losses.n_places:,}")
        )
    if losses.n_clusters:
        said.append(
            ngettext(
                "The name of {count} cluster is lost.", "The names of {count} clusters are lost.", losses.n_clusters
            ).format(count=losses.n_clusters)
        )
    if losses.history:
        said.append(_("The list of what you did before is lost: it cannot be undone any more."))
    if losses.vectors:
        said.append(_("The map must be computed again."))
    if len(said) == 1:
        said.append(_("Nothing of yours is lost."))
    return " ".join(said)


_EDITS: dict[str, Callable[[int], str]] = {
    "rename": lambda _count: _("Renamed '{old}' to '{name}'"),
    "set_note": lambda _count: _("Wrote a note on '{old}'"),
    "recolour": lambda _count: _("Gave '{old}' another colour"),
    "lock": lambda count: ngettext("Locked '{old}'", "Locked {count} clusters", count),
    "unlock": lambda count: ngettext("Unlocked '{old}'", "Unlocked {count} clusters", count),
    "group": lambda count: ngettext("Put '{old}' under '{name}'", "Put {count} clusters under '{name}'", count),
    "ungroup": lambda _count: _("Dissolved the group '{old}'"),
    "merge": lambda count: ngettext(
        "Merged {count} cluster into '{old}'", "Merged {count} clusters into '{old}'", count
    ),
    "split": lambda count: ngettext("Split '{old}' into {count} part", "Split '{old}' into {count} parts", count),
    "delete": lambda count: ngettext("Deleted '{old}'", "Deleted {count} clusters", count),
    "move": lambda count: ngettext("Moved {count} comment to '{old}'", "Moved {count} comments to '{old}'", count),
    "move_to_noise": lambda count: ngettext(
        "Took {count} comment out of its cluster", "Took {count} comments out of their clusters", count
    ),
    "move_to_new": lambda count: ngettext(
        "Made '{name}' of {count} comment", "Made '{name}' of {count} comments", count
    ),
    "assign_noise": lambda count: ngettext(
        "Found a cluster for {count} comment", "Found clusters for {count} comments", count
    ),
    "name_parts": lambda count: ngettext(
        "Named '{old}': '{name}'", "Named the parts of '{old}': '{name}' and others, {count} in all", count
    ),
    "correct_names": lambda count: ngettext(
        "Corrected the name of a part: '{name}'", "Corrected the names of {count} parts", count
    ),
    "move_proposed": lambda count: ngettext(
        "Moved {count} comment as proposed", "Moved {count} comments as proposed", count
    ),
    "found_in_noise": lambda count: ngettext(
        "Found {count} cluster in what was left over", "Found {count} clusters in what was left over", count
    ),
    "rescue": lambda count: ngettext(
        "Saved {count} cluster from a damaged file", "Saved {count} clusters from a damaged file", count
    ),
    "replace_clustering": lambda count: ngettext("Found {count} cluster", "Found {count} clusters", count),
}


def edit_sentence(entry: HistoryEntry) -> str:
    """Return what an edit of the history did, in words; an unknown one, of a newer version, is named as it is."""
    facts, kind = entry.facts, entry.kind
    names = facts.get("names", [])
    if kind == "set_locked":
        kind = "lock" if facts.get("locked") else "unlock"
    if kind == "move" and not names:
        kind = "move_to_noise"
    if kind not in _EDITS:
        return kind
    count = facts.get("count", len(names))
    return _EDITS[kind](count).format(old=names[0] if names else "", name=facts.get("name", ""), count=f"{count:,}")
