"""Which texts go to a server together."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.batching import batches_by_size
from verbatlas.encoders.server.lengths import LONGEST, longest_sent

# With the probe 32: what TEI takes at once unless it is told otherwise.
MOST_TEXTS = 31
_CHARACTERS = 16_000


@dataclass(slots=True)
class Limits:
    """What is known of how much a server takes; it becomes more with every refusal.

    Attributes:
        longest: Characters of a text that are sent at most.
        surely: Texts of so many characters are not refused; longer ones go alone, so that a refusal is theirs only.
        most: Texts in one request.
    """

    longest: int = LONGEST
    surely: int = LONGEST
    most: int = MOST_TEXTS

    @classmethod
    def of(cls, max_tokens: int | None, *, model_tokens: int | None = None) -> "Limits":
        """Return the limits of a server.

        Args:
            max_tokens: The longest text that it says it takes; None where it says nothing.
            model_tokens: The longest text that its model is known to read; None where that is not known. Servers that
                say nothing mostly cut longer texts themselves, so these need not go alone.
        """
        if max_tokens is None:
            return cls(longest_sent(model_tokens))
        # A character is one token at most, but for rare ones.
        return cls(longest_sent(max_tokens), max_tokens)


def batches(texts: Sequence[str], limits: Limits) -> list[NDArray[np.int64]]:
    """Return the positions of ``texts`` in batches, those of like length together and the longest first.

    A server fills texts up to the length of the longest beside them, and what takes longest must not begin last.
    """
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    order = np.argsort(-lengths, kind="stable")
    n_alone = int((lengths > limits.surely).sum())
    together = batches_by_size(
        [texts[place] for place in order[n_alone:]], characters=_CHARACTERS, longest=LONGEST, most=limits.most
    )
    places = iter(order[n_alone:].tolist())
    return [
        *(order[place : place + 1] for place in range(n_alone)),
        *(np.array(list(islice(places, len(batch))), dtype=np.int64) for batch in together),
    ]
