"""Small files that several processes of ours read and write at any moment: whole or not at all."""

import contextlib
import os
import tempfile
from pathlib import Path


def write_small(path: Path, text: str) -> None:
    """Write ``text`` in UTF-8 to ``path``, its folder made where it is not there; what was there is replaced at once.

    Raises:
        OSError: It cannot be written, and what was there is as it was.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=".new-", delete=False, encoding="utf-8") as part:
        try:
            part.write(text)
            part.flush()
            os.fsync(part.fileno())
            part.close()
            Path(part.name).replace(path)
        except BaseException:
            part.close()
            with contextlib.suppress(OSError):
                Path(part.name).unlink()
            raise
