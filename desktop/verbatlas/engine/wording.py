"""Whether the wording of documents counts beside the meaning that an encoder found, and what it is."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders import LEXICAL, EncoderIdentity, is_one_language
from verbatlas.engine.stages import Stage, StageReport, begin

# More axes agree no better with people and make every comparison slower: docs/benchmarks.md.
N_DIMENSIONS = 64


def wording_beside(
    documents: Sequence[str], *, identity: EncoderIdentity, seed: int, report: StageReport
) -> NDArray[np.float32] | None:
    """Return the wording that counts when neighbours are looked for; None where the meaning alone does.

    That is so where the encoder goes by the wording itself, and where the documents are in several languages: in two
    languages nothing is worded alike, so those that mean the same would come apart.

    Args:
        documents: Those that are compared.
        identity: What made their vectors.
        seed: Where random steps begin.
        report: Hears of the stage WORDING, where there is one.

    Returns:
        float32, shape (n_documents, at most 64), rows of unit length or zero.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    if identity.model == LEXICAL or not is_one_language(documents):
        return None
    from verbatlas.encoders.lexical import wording  # noqa: PLC0415 - heavy

    counted = begin(report, Stage.WORDING, len(documents))
    return wording(documents, n_dimensions=N_DIMENSIONS, seed=seed, report=counted)
