"""Regular expressions that answer in linear time, whatever a person types."""

import functools
from collections.abc import Iterator

import re2

from verbatlas.errors import Problem, UserError

_SHOWN = 20  # characters of a wrong pattern that the sentence repeats


class TextPattern:
    """A regular expression in RE2's syntax: no look-ahead and no back-reference, and no pattern can take for ever.

    Upper and lower case are the same, and ``.`` means line breaks too.

    Raises:
        UserError: The expression is wrong: PATTERN_UNCLOSED or PATTERN_WRONG, with the place of it.
    """

    def __init__(self, expression: str) -> None:
        options = re2.Options()
        options.case_sensitive = False
        options.dot_nl = True
        options.log_errors = False
        try:
            self._pattern = re2.compile(_readable(expression), options=options)
        except re2.error as error:
            raise _problem(expression, _words(error)) from None

    def is_in(self, text: str) -> bool:
        """Return whether some part of ``text``, possibly an empty one, is as the pattern says."""
        return self._pattern.search(_readable(text)) is not None

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield start and stop of the parts of ``text`` that are as the pattern says; empty parts are left out."""
        for match in self._pattern.finditer(_readable(text)):
            start, stop = match.span()
            if start < stop:
                yield start, stop


@functools.lru_cache(maxsize=4)
def pattern_of(expression: str) -> TextPattern:
    """Return the pattern of ``expression``; one that was used before is not compiled again.

    Raises:
        UserError: PATTERN_UNCLOSED or PATTERN_WRONG.
    """
    return TextPattern(expression)


def _readable(text: str) -> str:
    """Return ``text`` of the same length without the halves of broken characters, which UTF-8 cannot hold."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text


def _words(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else str(said)


def _problem(expression: str, said: str) -> UserError:
    """Return what is wrong with ``expression``; RE2 says ``reason: part of the expression``."""
    place = _unclosed(expression)
    if said.startswith("missing") and place is not None:
        part = expression[place : place + _SHOWN]
        return UserError(Problem.PATTERN_UNCLOSED, position=place + 1, part=part)
    part = said.partition(": ")[2]
    place = expression.find(part) if part else -1
    part = part if place >= 0 else expression
    return UserError(Problem.PATTERN_WRONG, position=max(place, 0) + 1, part=part[:_SHOWN])


def _unclosed(expression: str) -> int | None:
    """Return the place of the last bracket that nothing closes."""
    opened: list[int] = []
    in_class, place = False, 0
    while place < len(expression):
        character = expression[place]
        if character == "\\":
            place += 1
        elif in_class:
            if character == "]" and place > opened[-1] + 1:
                in_class = False
                opened.pop()
        elif character == "[":
            in_class = True
            opened.append(place)
        elif character == "(":
            opened.append(place)
        elif character == ")" and opened:
            opened.pop()
        place += 1
    return opened[-1] if opened else None
