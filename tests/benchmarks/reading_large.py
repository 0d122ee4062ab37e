"""Reading 1,000,000 rows of 384 bytes, found out without help, against pandas and polars, which are told the encoding.

    python tests/benchmarks/reading_large.py [--rows 1000000] [--rounds 3] [--peer-python PATH]

Every reading is a process of its own, by turns; memory is the highest above that of the process before it reads. The
smallest figure of all rounds counts.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reading_texts import TEXTS

_FILES = {
    "ASCII": ("en cafe", "ascii"),
    "UTF-8, Chinese": ("zh-Hans app", "utf-8"),
    "UTF-8, English with an emoji in every comment": ("en cafe", "utf-8"),
    "GB18030": ("zh-Hans app", "gb18030"),
}
_ROW_BYTES = 384


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-python")
    parser.add_argument("--as", dest="reader", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.reader:
        _read(*options.reader)
        return
    readers = {"Verbatlas": sys.executable}
    if options.peer_python:
        readers |= dict.fromkeys(("pandas", "polars"), options.peer_python)
    print("| | reader | seconds | processor seconds | memory, times the file |\n| --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        for name, (text_name, encoding) in _FILES.items():
            path = Path(folder) / "large.csv"
            _write(path, text_name, encoding, n_rows=options.rows, begins="😀 " if "emoji" in name else "")
            found: dict[str, list[tuple[float, ...]]] = {reader: [] for reader in readers}
            for _round in range(options.rounds):
                for reader, python in readers.items():
                    found[reader].append(_measured(python, reader, path, encoding))
            for reader, figures in found.items():
                cells = " | ".join(f"{min(column):.2f}" for column in zip(*figures, strict=True))
                print(f"| {name} | {reader} | {cells} |", flush=True)


def _write(path: Path, text_name: str, encoding: str, *, n_rows: int, begins: str) -> None:
    comments = " ".join(TEXTS[text_name][1]).replace('"', "'")
    content = (comments * 20).encode(encoding, "ignore")
    with path.open("wb") as file:
        file.write(b"id,text\n")
        for row in range(n_rows):
            head = b'%d,"' % row + begins.encode(encoding)
            start = 2 * (row % 97)
            text = content[start : start + _ROW_BYTES - len(head) - 2].decode(encoding, "ignore")
            file.write(head + text.encode(encoding) + b'"\n')


def _measured(python: str, reader: str, path: Path, encoding: str) -> tuple[float, ...]:
    command = [python, __file__, "--as", reader, str(path), encoding]
    return tuple(map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()))


def _read(reader: str, name: str, encoding: str) -> None:
    path = Path(name)
    library = import_module("verbatlas.tables" if reader == "Verbatlas" else reader)
    before = resource.getrusage(resource.RUSAGE_SELF)
    started = time.perf_counter()
    if reader == "Verbatlas":
        table = library.read(path)
    elif reader == "pandas":
        table = library.read_csv(path, encoding=encoding, dtype=str)
    else:
        table = library.read_csv(path, encoding={"gb18030": "gb18030"}.get(encoding, "utf8"), infer_schema=False)
    seconds = time.perf_counter() - started
    after = resource.getrusage(resource.RUSAGE_SELF)
    assert table is not None
    print(
        seconds,
        after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        (after.ru_maxrss - before.ru_maxrss) * 1024 / path.stat().st_size,
    )


if __name__ == "__main__":
    main()
