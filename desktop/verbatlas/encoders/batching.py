"""Batches of documents: of bounded size for counting, of like length so that little work goes into padding.

And what comes before and after: how much of a document is read, and every vector back in the places of its text.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

TOKENS_PER_BATCH = 1024
# Of longer texts only the beginning is read: one vector cannot say more, and a 10 MB cell would take minutes.
READ_CHARACTERS = 20_000


def batches_by_size(
    documents: Sequence[str], *, characters: int, longest: int, most: int | None = None
) -> Iterator[Sequence[str]]:
    """Yield the documents in order, in batches of about as many characters; at least one document each.

    Args:
        documents: Of any length.
        characters: A batch ends with the document that reaches this.
        longest: How many characters of one document count; no more are read of it.
        most: The most documents of a batch; None for any number.
    """
    start, total = 0, 0
    for place, document in enumerate(documents):
        total += min(len(document), longest)
        if total >= characters or place + 1 - start == most:
            yield documents[start : place + 1]
            start, total = place + 1, 0
    if start < len(documents):
        yield documents[start:]


def batches_by_length(lengths: NDArray[np.int64], *, tokens: int = TOKENS_PER_BATCH) -> Iterator[NDArray[np.int64]]:
    """Yield positions in batches of at most ``tokens`` tokens, padding included; at least one document each.

    The order depends on nothing but the lengths, so that the same documents always meet in the same batches.

    Args:
        lengths: Tokens per document, shape (n_documents,).
        tokens: The largest batch; about 1,000 keeps two cores busy and a batch below 100 ms.
    """
    order = np.argsort(lengths, kind="stable")
    start = 0
    for stop in range(1, len(order) + 1):
        # Lengths rise, so the next document sets the padded width of the batch that would take it in.
        if stop == len(order) or lengths[order[stop]] * (stop + 1 - start) > tokens:
            yield order[start:stop]
            start = stop


def places_of(documents: Sequence[str], texts: Sequence[str]) -> NDArray[np.int64]:
    """Return where in ``texts``, which all differ, each document is: int64, shape (n_documents,).

    Raises:
        KeyError: A document is not among them.
    """
    place = {text: number for number, text in enumerate(texts)}
    return np.fromiter((place[document] for document in documents), np.int64, len(documents))


def cut_documents(documents: Sequence[str]) -> NDArray[np.bool_]:
    """Return which documents are longer than READ_CHARACTERS: bool, shape (n_documents,)."""
    return np.fromiter((len(document) > READ_CHARACTERS for document in documents), np.bool_, len(documents))
