"""A cell's text as it can be drawn: short enough, on one line, with nothing in it that stops a painter."""

import html
import re

LONGEST = 600  # characters: three lines of a comment on the widest screens
_LONGEST_TIP = 2_000
_BEFORE = 40  # characters before what an excerpt is about
_UNPAINTABLE = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufffe\uffff]")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")  # lone surrogates: no Unicode text, Qt drops all that holds one
_MARK = "\N{REPLACEMENT CHARACTER}"


def one_line(text: str, *, longest: int = LONGEST) -> str:
    """Return the beginning of ``text`` on one line; line breaks and runs of blanks become one blank.

    Cut before anything else is done: a cell of 10 MB costs no more than a short one.
    """
    beginning = text[: longest + 1]
    line = " ".join(_without_traps(beginning).split())
    return f"{line[:longest]}…" if len(text) > longest else line


def excerpt(text: str, place: int) -> str:
    """Return a part of ``text`` on one line that begins a few words before ``place``, a position in characters."""
    early = max(place - _BEFORE, 0)
    blank = text.rfind(" ", early, max(place - _BEFORE // 2, 0))
    begin = early if blank < 0 else blank + 1
    return ("…" if begin else "") + one_line(text[begin:])


def for_tip(text: str) -> str:
    """Return the first 2,000 characters of ``text`` for a tool tip, its line breaks kept; empty for an empty one.

    As rich text, because Qt neither wraps the lines of plain tips nor leaves plain text alone that looks like markup.
    """
    if not text:
        return ""
    beginning = html.escape(_without_traps(text[:_LONGEST_TIP]))
    return f'<p style="white-space: pre-wrap">{beginning}{"…" if len(text) > _LONGEST_TIP else ""}</p>'


def _without_traps(text: str) -> str:
    if text.isprintable():  # nearly always, and found out in a blink
        return text
    return _HALF_CHARACTER.sub(_MARK, _UNPAINTABLE.sub(_MARK, text))
