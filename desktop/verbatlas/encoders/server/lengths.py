"""Texts that a server can take: nothing blank, no half characters, and what is too long made shorter."""

import re

# A model of 8,192 tokens reads about 40,000 characters; sending megabytes of one cell helps nobody.
LONGEST = 100_000
# No usual text has more characters per token, so what is longer than this is too long for certain.
_CHARACTERS_PER_TOKEN = 12
_SMALLEST_LIMIT = 16  # smaller numbers in a server's words are positions and counts of something else
_A_LITTLE_LESS = 0.95  # the tokens of a text are not spread evenly over it


def longest_sent(max_tokens: int | None) -> int:
    """Return how many characters of a text are sent at most.

    Args:
        max_tokens: The longest text that the server says it takes; None where it says nothing.
    """
    return LONGEST if max_tokens is None else min(LONGEST, _CHARACTERS_PER_TOKEN * max_tokens)


def sendable(text: str, *, longest: int) -> str:
    """Return the part of ``text`` that is sent, with halves of a character pair, which are no text, replaced."""
    return text[:longest].encode("utf-8", "replace").decode("utf-8")


def length_to_try(length: int, words: str) -> int:
    """Return how many characters of a refused text to send instead; 0 when there is nothing left to try.

    Servers say how long a text may be and how long it was, in tokens or characters; where they do not, half is tried.

    Args:
        length: How many characters were refused.
        words: What the server said.
    """
    # No text has many more tokens than characters, so larger numbers are of something else, too.
    numbers = [number for found in re.findall(r"\d+", words) if _SMALLEST_LIMIT <= (number := int(found)) <= 2 * length]
    limit, given = (min(numbers), max(numbers)) if numbers else (0, 0)
    if limit < given and re.search("token|character|length", words, re.IGNORECASE):
        return int(length * limit / given * _A_LITTLE_LESS)
    return length // 2
