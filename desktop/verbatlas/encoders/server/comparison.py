"""Whether a server answers as the same model does here: another pooling ruins a clustering without a word."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.protocol import Encoder
from verbatlas.encoders.server.answers import unit
from verbatlas.progress import Report, no_report

# Rounding to 16 bits leaves 0.999; SGLang on MiniLM, which pools in another way, was seen to leave 0.25 to 0.51.
ENOUGH = 0.98
# Of several lengths: a model that puts its prompt or its special tokens elsewhere shows it in short texts first.
TEXTS = (
    "Late.",
    "The parcel arrived two days late and the box was damaged.",
    "I have called three times now, and every time I was told that somebody would call me back. Nobody ever did. "
    "Please tell me what I have to do to get a refund.",
    "包裹晚到了两天，箱子也坏了。",
    "客服态度很好，问题当天就解决了。",
    "The app 很好用, but it logs me out every day.",
)


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far a server's vectors are those of a local copy of the model.

    Attributes:
        cosines: One for each of some texts; none where the vectors do not even have the same length.
    """

    cosines: tuple[float, ...]

    @property
    def lowest(self) -> float:
        """The lowest cosine; 0 where the vectors cannot be compared at all."""
        return min(self.cosines, default=0.0)

    @property
    def is_enough(self) -> bool:
        """Whether both are the same model, used in the same way."""
        return self.lowest >= ENOUGH


def compare(server: Encoder, local: NDArray[np.float32], *, report: Report = no_report) -> Agreement:
    """Compare the server's vectors of TEXTS with those of a local copy of its model.

    Args:
        server: The server's encoder.
        local: What the local copy made of TEXTS, float32, shape (len(TEXTS), n_dimensions).
        report: As ``Encoder.encode`` has it.

    Raises:
        UserError: What is wrong with the server.
        Cancelled: The reporter no longer wants the answer.
    """
    sent = server.encode(TEXTS, report=report).vectors
    if sent.shape != local.shape:
        return Agreement(())
    return Agreement(tuple(np.einsum("ij,ij->i", sent, unit(local)).tolist()))
