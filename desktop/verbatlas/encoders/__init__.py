"""Ground floor: documents to embeddings, by encoders that all keep one protocol."""

from verbatlas.encoders.choice import AUTO, ENCODERS, LEXICAL, MINILM, Choice, ChoiceReason, choose
from verbatlas.encoders.protocol import Embedding, Encoded, Encoder, EncoderIdentity, LearningEncoder

__all__ = [
    "AUTO",
    "ENCODERS",
    "LEXICAL",
    "MINILM",
    "Choice",
    "ChoiceReason",
    "Embedding",
    "Encoded",
    "Encoder",
    "EncoderIdentity",
    "LearningEncoder",
    "choose",
    "load",
]


def load(name: str, *, seed: int) -> Encoder:
    """Return the encoder called ``name``; its model is loaded by ``prepare``, not here.

    Args:
        name: ``minilm`` or ``lexical``.
        seed: Where the random steps of an encoder that has some begin.

    Raises:
        ValueError: There is no such encoder.
        UserError: MODEL_MISSING: the package that brings MiniLM is not installed.
    """
    # Neither is imported above: the window needs only the types, and each encoder has heavy libraries of its own.
    if name == MINILM:
        from verbatlas.encoders.local.encoder import LocalEncoder  # noqa: PLC0415
        from verbatlas.encoders.local.packaged import MODEL, check_model, find_model  # noqa: PLC0415

        return LocalEncoder(find_model(), name=MINILM, model=MODEL, check=check_model)
    if name == LEXICAL:
        from verbatlas.encoders.lexical import LexicalEncoder  # noqa: PLC0415

        return LexicalEncoder(seed=seed)
    raise ValueError(f"no encoder is called {name!r}")
