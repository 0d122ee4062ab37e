"""Ground floor: documents to embeddings, by encoders that all keep one protocol."""

from verbatlas.encoders.choice import AUTO, ENCODERS, LEXICAL, MINILM, Choice, ChoiceReason, choose
from verbatlas.encoders.protocol import Embedding, Encoder, EncoderIdentity

__all__ = [
    "AUTO",
    "ENCODERS",
    "LEXICAL",
    "MINILM",
    "Choice",
    "ChoiceReason",
    "Embedding",
    "Encoder",
    "EncoderIdentity",
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
    """
    from verbatlas.encoders.lexical import LexicalEncoder  # noqa: PLC0415 - the window needs only the types above
    from verbatlas.encoders.minilm import MiniLMEncoder  # noqa: PLC0415

    if name == MINILM:
        return MiniLMEncoder()
    if name == LEXICAL:
        return LexicalEncoder(seed=seed)
    raise ValueError(f"no encoder is called {name!r}")
