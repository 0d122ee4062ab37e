"""What of a file that was mapped for this process alone is in its memory, as Linux tells it."""

from pathlib import Path


def resident_bytes(path: Path) -> int:
    """Return how many bytes of the file are in this process's memory, other mappings that are shared not counted.

    Raises:
        LookupError: It is not mapped privately.
    """
    sizes = []
    of_file = False
    for line in Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines():
        first = line.split(maxsplit=1)[0]
        if not first.endswith(":"):
            of_file = line.endswith(str(path)) and "p" in line.split()[1]
        elif of_file and first == "Rss:":
            sizes.append(int(line.split()[1]) * 1024)
    if not sizes:
        raise LookupError(path)
    return sum(sizes)
