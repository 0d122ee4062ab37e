"""Ground floor: documents to embeddings, by encoders that all keep one protocol."""

from functools import partial

from verbatlas.encoders.choice import Choice, ChoiceReason, choose, made_by
from verbatlas.encoders.local.precision import Precision
from verbatlas.encoders.names import AUTO, LEXICAL, MINILM, UNIVERSAL
from verbatlas.encoders.one_language import is_one_language
from verbatlas.encoders.protocol import Embedding, Encoded, Encoder, EncoderIdentity, LearningEncoder
from verbatlas.encoders.reference import Reference, ReferenceKind, parse
from verbatlas.progress import Report, no_report

__all__ = [
    "AUTO",
    "LEXICAL",
    "MINILM",
    "UNIVERSAL",
    "Choice",
    "ChoiceReason",
    "Embedding",
    "Encoded",
    "Encoder",
    "EncoderIdentity",
    "LearningEncoder",
    "Precision",
    "choose",
    "is_one_language",
    "load",
    "made_by",
]


def load(name: str, *, seed: int, precision: Precision = Precision.AUTO, waiting: Report = no_report) -> Encoder:
    """Return the encoder called ``name``; its model is loaded, or its server asked, by ``prepare``, not here.

    Args:
        name: As ``encoders.reference.parse`` understands it, but not ``auto``.
        seed: Where the random steps of an encoder that has some begin.
        precision: How exact the vectors of a model on this computer have to be.
        waiting: Told which try of how many a server is waited for, while it is.

    Raises:
        UserError: There is no such encoder (ENCODER_UNKNOWN), or its model is not on this computer (MODEL_MISSING,
            MODEL_NOT_INSTALLED, FILE_MISSING).
        ValueError: ``auto``: which encoder that is depends on the documents.
    """
    # None is imported above: the window needs only the types, and each encoder has heavy libraries of its own.
    reference = parse(name)
    match reference.kind:
        case ReferenceKind.AUTO:
            raise ValueError("which encoder 'auto' is, choose() tells")
        case ReferenceKind.LEXICAL:
            from verbatlas.encoders.lexical import LexicalEncoder  # noqa: PLC0415

            return LexicalEncoder(seed=seed)
        case ReferenceKind.SERVER:
            return _load_server(reference, waiting=waiting)
        case _ if reference.name == UNIVERSAL:
            from verbatlas.encoders.universal.encoder import UniversalEncoder  # noqa: PLC0415

            return UniversalEncoder()
        case _:
            return _load_local(reference, precision=precision)


def _load_server(reference: Reference, *, waiting: Report) -> Encoder:
    from verbatlas.encoders.server.encoder import ServerEncoder  # noqa: PLC0415

    return ServerEncoder(reference.name, reference.model, waiting=waiting)


def _load_local(reference: Reference, *, precision: Precision) -> Encoder:
    from verbatlas.encoders.family import known_prompts, names_in  # noqa: PLC0415
    from verbatlas.encoders.hub.installed import find_installed  # noqa: PLC0415
    from verbatlas.encoders.local.encoder import LocalEncoder  # noqa: PLC0415
    from verbatlas.encoders.local.packaged import check_model, find_model  # noqa: PLC0415
    from verbatlas.encoders.packages import MINILM_PACKAGE  # noqa: PLC0415

    name, model = reference.text(), reference.hub_id
    if reference.name == MINILM:
        folder, check = find_model(MINILM_PACKAGE), partial(check_model, MINILM_PACKAGE)
        return LocalEncoder(folder, name=name, model=model, precision=precision, check=check)
    folder = find_installed(reference)
    prompts = known_prompts((model, *names_in(folder)))
    return LocalEncoder(folder, name=name, model=model, precision=precision, prompts=prompts)
