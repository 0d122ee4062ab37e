"""Whether comments in Latin letters are in English, which the English model wants to be."""

import re
from collections.abc import Sequence

from verbatlas.encoders.script import sampled

_FEWEST_WORDS = 4  # fewer need no such word in English either: "Great product"
# Frequent words that German, French, Spanish, Portuguese, Italian, Dutch, Polish and Turkish do not have. Of comments
# of four words and more, 91 to 100 % have one in English (banking77, CLINC150, chit-chat, reviews of clothes).
_ENGLISH_WORDS = (
    "the and it it's its my you your this that have has had are be been not but for with from how why what when where "
    "which who can can't could would should does doesn't did didn't don't i'm i've isn't there they their them she he "
    "if by or just very too get got need want please because about these than then know"
)
_ENGLISH = frozenset(_ENGLISH_WORDS.split())
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")


def english_share(documents: Sequence[str]) -> float:
    """Return how many of an even sample of the documents have an English word, 0..1; 1 where none is long enough."""
    n_long = n_english = 0
    for document in sampled(documents):
        words = _WORD.findall(document.lower().replace("’", "'"))
        if len(words) >= _FEWEST_WORDS:
            n_long += 1
            n_english += not _ENGLISH.isdisjoint(words)
    return n_english / n_long if n_long else 1.0
