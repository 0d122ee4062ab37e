"""Run by the model server's own Python: infinity-emb, until no test process wants it any more."""

import fcntl
import os
import sys
import threading
import time
from pathlib import Path

_SECONDS = 0.5


def end_when_unwanted(wanted: Path) -> None:
    """End this process when nobody holds the lock on ``wanted`` any more, however those who held it ended."""
    with wanted.open("rb") as file:
        while True:
            time.sleep(_SECONDS)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                continue
            os._exit(0)


if __name__ == "__main__":
    threading.Thread(target=end_when_unwanted, args=(Path(sys.argv.pop(1)),), daemon=True).start()
    from infinity_emb.cli import cli

    cli()
