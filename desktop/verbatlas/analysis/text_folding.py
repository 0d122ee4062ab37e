"""Text as it is compared by a search: case, width and kinds of blanks make no difference."""

import itertools
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_BLANKS = ("\n", "\r", "\t")  # NFKC makes the other kinds of blanks one already


def fold(text: str) -> str:
    """Return ``text`` as it is compared: compatibility forms joined (NFKC), case folded, line breaks as blanks.

    Full-width letters become narrow ones and ``，`` a comma, so the length may change.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    text = text.casefold()
    for blank in _BLANKS:
        text = text.replace(blank, " ")
    return text


def fold_with_places(text: str) -> tuple[str, NDArray[np.int64]]:
    """Fold ``text`` and say where each character came from.

    Returns:
        The folded text, and int64, shape (n_folded_characters + 1,): per character the place in ``text`` of the piece
        that it was made of, and at last the length of ``text``.
    """
    starts = _piece_starts(text)
    pieces = [fold(text[start:stop]) for start, stop in itertools.pairwise([*starts, len(text)])]
    places = np.repeat(np.array(starts, np.int64), [len(piece) for piece in pieces])
    return "".join(pieces), np.append(places, len(text))


def piece_end(places: NDArray[np.int64], stop: int) -> int:
    """Return where in the text the piece ends to which the folded character before ``stop`` belongs.

    Args:
        places: As :func:`fold_with_places` returns them.
        stop: Behind a folded character, so at least 1.
    """
    return int(places[np.searchsorted(places, places[stop - 1], side="right")])


def _piece_starts(text: str) -> Sequence[int]:
    """Return where the smallest pieces of ``text`` begin that can be folded one by one."""
    starts: list[int] = []
    for place, character in enumerate(text):
        if not starts or character.isascii() or not _joins(text[starts[-1] : place], character):
            starts.append(place)
    return starts


def _joins(before: str, character: str) -> bool:
    """Return whether ``character``, such as a combining accent, changes when it stands behind ``before``."""
    if "\u3400" <= character <= "\u9fff":  # Chinese characters never do
        return False
    if unicodedata.combining(character):
        return True
    apart = unicodedata.normalize("NFKC", before) + unicodedata.normalize("NFKC", character)
    return unicodedata.normalize("NFKC", before + character) != apart
