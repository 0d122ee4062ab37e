"""Find where rows end in the middle of a text by counting quotes, before anything is known of what stands before it.

Between rows the number of quotes so far is even. That is true of well-formed text only: who goes by it finds a quote
out of place before anything behind it is believed.
"""

import numpy as np

from verbatlas.tables.row_signs import CR, LF, Signs


def row_borders(signs: Signs, *, is_inside: bool) -> tuple[int, int] | None:
    """Return where the first row that begins in a text begins, and where the last one that ends in it ends.

    Args:
        signs: Those of the text.
        is_inside: Whether the text begins within quotes.

    Returns:
        None if no row ends in it. A carriage return at its end may be half a line end and ends none.
    """
    ends = np.flatnonzero(signs.is_line_end & (signs.is_odd == is_inside))
    places, codes = signs.places[ends], signs.codes[ends]
    if len(places) and places[-1] == signs.end - 1 and codes[-1] == CR:
        places, codes = places[:-1], codes[:-1]
    if not len(places):
        return None
    is_pair = len(places) > 1 and places[1] == places[0] + 1 and codes[0] == CR and codes[1] == LF
    return int(places[0]) + 1 + is_pair, int(places[-1]) + 1
