"""Python's collector of cycles, kept away from what is large: a look at a million objects stops every thread."""

import contextlib
import gc
from collections.abc import Iterator


@contextlib.contextmanager
def collector_at_rest() -> Iterator[None]:
    """Collect nothing while much is made that stays, and leave all that there is by then aside.

    The objects of a library, or the texts of a study, would be gone through several times while they become more, for a
    tenth of a second and more each time, with the interpreter's lock held. What is left aside is let go of as ever when
    nobody holds it; only cycles live on until the program ends.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_at_work:  # otherwise whoever stopped it starts it again, somewhat early for one of the two
            gc.enable()
