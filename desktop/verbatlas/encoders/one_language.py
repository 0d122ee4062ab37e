"""Whether documents are in one language, as far as scripts and frequent English words can tell."""

from collections.abc import Sequence

from verbatlas.encoders.english import english_share
from verbatlas.encoders.script import script_shares

# Fewer than one in ten in another script are a word or two: "OK", "nice" between Chinese comments.
_NEARLY_ALL = 0.9
# Of comments in English, 91 to 100 % have a word that tells; in other languages hardly any.
_MOSTLY_ENGLISH, _HARDLY_ENGLISH = 0.85, 0.15


def is_one_language(documents: Sequence[str]) -> bool:
    """Return whether nearly all documents are in the same language.

    Several languages in one script are told apart only where one of them is English; languages in neither Chinese
    characters nor Latin letters count as one.
    """
    shares = script_shares(documents)
    if shares.latin_documents >= _NEARLY_ALL:
        english = english_share(documents)
        return english >= _MOSTLY_ENGLISH or english <= _HARDLY_ENGLISH
    return (
        shares.chinese_documents >= _NEARLY_ALL or shares.chinese_documents + shares.latin_documents <= 1 - _NEARLY_ALL
    )
