"""Which encoder suits a table, and why."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from verbatlas.encoders.catalogue import CatalogueModel, Speed, by_name
from verbatlas.encoders.english import english_share
from verbatlas.encoders.local.precision import Precision
from verbatlas.encoders.names import AUTO, LEXICAL, MINILM, UNIVERSAL
from verbatlas.encoders.protocol import EncoderIdentity
from verbatlas.encoders.reference import ReferenceKind, parse
from verbatlas.encoders.script import ScriptShares, script_shares

_MOSTLY = 0.55
# MiniLM's vocabulary is English. Where English and Chinese comments are mixed, its clusters agree better with people's
# than those of the encoder for many languages while up to three in ten are Chinese (AMI 0.579 and 0.568 there); with
# five in ten they are worse (0.492 and 0.583): tests/benchmarks/encoder_quality.py.
_MOSTLY_LATIN = 0.68
# The best first, by the clustering tasks of https://huggingface.co/spaces/mteb/leaderboard (C-MTEB, MTEB multilingual).
_MULTILINGUAL: tuple[str, ...] = ("Qwen3-Embedding-0.6B", "bge-m3", "multilingual-e5-base", "multilingual-e5-small")
_CHINESE: tuple[str, ...] = (
    "Qwen3-Embedding-0.6B",
    "gte-large-zh",
    "bge-large-zh-v1.5",
    "gte-base-zh",
    "bge-base-zh-v1.5",
    "bge-m3",
    "multilingual-e5-base",
    "bge-small-zh-v1.5",
    "multilingual-e5-small",
)
# How many documents a model may be given without having been asked for by name: about ten minutes on two cores.
_MOST_DOCUMENTS = {Speed.SLOW: 10_000, Speed.MIDDLE: 60_000}


class ChoiceReason(StrEnum):
    """Why an encoder was taken."""

    ASKED = "asked"
    MADE_BEFORE = "made_before"  # the study has its vectors already
    LATIN_TEXT = "latin_text"  # most documents are in Latin script, and so in English as far as can be told
    OTHER_LATIN = "other_latin"  # they are, but in other languages, and a model for many languages is installed
    CHINESE_MODEL = "chinese_model"  # most are Chinese, and a model that knows Chinese is installed
    CHINESE_TEXT = "chinese_text"  # most are Chinese, and none is
    MULTILINGUAL_MODEL = "multilingual_model"  # no one script prevails, and a model for many languages is installed
    MIXED_TEXT = "mixed_text"  # most are Chinese or in Latin script, but neither prevails, and there is no such model
    SCRIPT_MODEL = "script_model"  # most are in neither, but a model that comes with Verbatlas knows their script
    OTHER_SCRIPT = "other_script"  # most are in neither, or have no letters at all, and no model is installed for them
    MODEL_SLOW = "model_slow"  # the installed models that could read them would take very long for so many
    MODEL_MISSING = "model_missing"  # they are in Latin script, but MiniLM is not installed


@dataclass(frozen=True, slots=True)
class Choice:
    """An encoder taken for a table.

    Attributes:
        encoder: Its name, never ``auto``.
        reason: Why.
        han_share: How much of the text is Chinese characters, 0..1.
        latin_share: How many of the documents are mostly in Latin script, 0..1; what MiniLM can read.
        precision: How exact the vectors of a model on this computer have to be.
    """

    encoder: str
    reason: ChoiceReason
    han_share: float
    latin_share: float = 0.0
    precision: Precision = Precision.AUTO


def choose(
    documents: Sequence[str],
    *,
    wanted: str = AUTO,
    installed: Collection[str] = (MINILM, UNIVERSAL),
    made_by: str = "",
    precision: Precision = Precision.AUTO,
) -> Choice:
    """Return the encoder for ``documents``: the wanted one, or the one that reads them best.

    A server is never taken unless it was asked for: text would leave this computer.

    Args:
        documents: The text of every row.
        wanted: ``auto``, or the name of an encoder as :func:`verbatlas.encoders.reference.parse` understands it.
        installed: The names of the models that are on this computer.
        made_by: The encoder whose vectors the study has already; ``auto`` stays with it.
        precision: How exact the vectors of a model on this computer have to be.

    Raises:
        UserError: ``wanted`` is no encoder's name (ENCODER_UNKNOWN).
    """
    reference = parse(wanted)
    shares = script_shares(documents)
    if reference.kind is not ReferenceKind.AUTO:
        encoder, reason = reference.text(), ChoiceReason.ASKED
    else:
        encoder, reason = _suitable(documents, shares, installed=frozenset(installed))
        if made_by and made_by != encoder:
            encoder, reason = made_by, ChoiceReason.MADE_BEFORE
    return Choice(encoder, reason, shares.han, shares.latin_documents, precision)


def made_by(identity: EncoderIdentity) -> str:
    """Return the name of the encoder that has this identity."""
    offered = by_name(identity.model)
    return identity.model if offered is None else offered.name


def _suitable(documents: Sequence[str], shares: ScriptShares, *, installed: frozenset[str]) -> tuple[str, ChoiceReason]:
    fallback = UNIVERSAL if UNIVERSAL in installed else LEXICAL
    is_latin = shares.latin_documents >= _MOSTLY_LATIN
    if is_latin and (fallback == LEXICAL or english_share(documents) >= _MOSTLY):
        return (MINILM, ChoiceReason.LATIN_TEXT) if MINILM in installed else (fallback, ChoiceReason.MODEL_MISSING)
    # Which models, the reason for one of them, for the one that comes with Verbatlas, and for none.
    ranked, found = _MULTILINGUAL, ChoiceReason.MULTILINGUAL_MODEL
    packaged, without = ChoiceReason.SCRIPT_MODEL, ChoiceReason.OTHER_SCRIPT
    if is_latin:
        found = packaged = ChoiceReason.OTHER_LATIN
    elif shares.chinese_documents >= _MOSTLY:
        ranked, without = _CHINESE, ChoiceReason.CHINESE_TEXT
        found = packaged = ChoiceReason.CHINESE_MODEL
    elif shares.latin_documents + shares.chinese_documents >= _MOSTLY:
        packaged, without = found, ChoiceReason.MIXED_TEXT
    elif shares.known_documents < _MOSTLY:
        fallback = LEXICAL
    able = [model for name in ranked if name in installed and (model := by_name(name)) is not None]
    quick = [model.name for model in able if _is_quick_enough(model, len(documents))]
    if quick:
        return quick[0], found
    if able:
        return fallback, ChoiceReason.MODEL_SLOW
    return fallback, without if fallback == LEXICAL else packaged


def _is_quick_enough(model: CatalogueModel, n_documents: int) -> bool:
    return n_documents <= _MOST_DOCUMENTS.get(model.speed, n_documents)
