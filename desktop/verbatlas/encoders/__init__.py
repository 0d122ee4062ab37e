"""Ground floor: documents to embeddings, by encoders that all keep one protocol."""

from verbatlas.encoders.choice import Choice, ChoiceReason, choose, made_by
from verbatlas.encoders.names import AUTO, LEXICAL, MINILM
from verbatlas.encoders.protocol import Embedding, Encoded, Encoder, EncoderIdentity, LearningEncoder

__all__ = [
    "AUTO",
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
    "made_by",
]


def load(name: str, *, seed: int) -> Encoder:
    """Return the encoder called ``name``; its model is loaded by ``prepare``, not here.

    Args:
        name: ``minilm`` or ``lexical``.
        seed: Where the random steps of an encoder that has some begin.

    Raises:
        ValueError: There is no such encoder.
    """
    # Neither is imported above: the window needs only the types, and each encoder has heavy libraries of its own.
    if name == MINILM:
        from verbatlas.encoders.minilm import MiniLMEncoder  # noqa: PLC0415

        return MiniLMEncoder()
    if name == LEXICAL:
        from verbatlas.encoders.lexical import LexicalEncoder  # noqa: PLC0415

        return LexicalEncoder(seed=seed)
    raise ValueError(f"no encoder is called {name!r}")
