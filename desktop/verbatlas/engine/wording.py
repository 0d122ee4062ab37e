"""Whether the wording of documents counts beside the meaning that an encoder found, and what it is."""

from collections.abc import Sequence

from verbatlas.analysis import Wording
from verbatlas.encoders import LEXICAL, EncoderIdentity, is_one_language
from verbatlas.engine.stages import Stage, StageReport, begin

# More axes agree no better with people and make every comparison slower: docs/benchmarks.md.
N_DIMENSIONS = 64
# Of each document, the sequences of characters that tell most: all that a comment of 50 characters has.
N_GRAMS = 128


def wording_beside(
    documents: Sequence[str], *, identity: EncoderIdentity, seed: int, report: StageReport
) -> Wording | None:
    """Return the wording that counts when neighbours are looked for; None where the meaning alone does.

    That is so where the encoder goes by the wording itself, and where the documents are in several languages: in two
    languages nothing is worded alike, so those that mean the same would come apart.

    Args:
        documents: Those that are compared.
        identity: What made their vectors.
        seed: Where random steps begin.
        report: Hears of the stage WORDING, where there is one.

    Raises:
        Cancelled: The reporter no longer wants the result.
    """
    if identity.model == LEXICAL or not is_one_language(documents):
        return None
    from verbatlas.encoders.lexical import wording  # noqa: PLC0415 - heavy

    counted = begin(report, Stage.WORDING, len(documents))
    axes, grams = wording(documents, n_dimensions=N_DIMENSIONS, n_grams=N_GRAMS, seed=seed, report=counted)
    return Wording(axes, grams)
