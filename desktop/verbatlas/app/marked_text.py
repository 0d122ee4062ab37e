"""A text as HTML in which some parts stand out."""

import html
from collections.abc import Iterable


def marked_text(text: str, spans: Iterable[tuple[int, int]], *, before: str = "<b>", after: str = "</b>") -> str:
    """Return ``text`` as HTML, each of ``spans`` between two tags; what looks like markup in it is shown as it is.

    Args:
        text: Any text.
        spans: (start, stop) in characters, rising, apart.
        before: The tag that begins a part.
        after: The tag that ends it.
    """
    parts, end = [], 0
    for start, stop in spans:
        parts += [html.escape(text[end:start]), before, html.escape(text[start:stop]), after]
        end = stop
    return "".join([*parts, html.escape(text[end:])])
