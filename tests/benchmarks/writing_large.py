"""Writing 1,000,000 rows with four columns added, and how long another thread waits meanwhile, against polars.

    python tests/benchmarks/writing_large.py [--rows 1000000] [--kinds csv,xlsx] [--guard] [--peer-python PATH]

The table is read from a file first, as in the program. A second thread wants to run every millisecond; its longest wait
is given in processor time of the thread that writes, because other programs may run on the machine.
"""

import argparse
import subprocess
import tempfile
import threading
import time
from importlib import import_module
from pathlib import Path

from verbatlas import tables

_KINDS = ("csv", "xlsx", "jsonl", "parquet")
_COMMENT = "The parcel was late and nobody answered the phone; 客服不理人。" * 3


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--kinds", default=",".join(_KINDS))
    parser.add_argument("--guard", action="store_true", help="protect against formulas, as the window does")
    parser.add_argument("--peer-python")
    parser.add_argument("--as-peer", nargs=2, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.as_peer:
        _write_as_peer(*options.as_peer)
        return
    print("| | seconds | polars, seconds | longest wait of another thread, ms |\n| --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "in.csv"
        with source.open("w", encoding="utf-8", newline="") as file:
            file.write("id,text\n")
            file.writelines(f'{row},"{_COMMENT} {row}"\n' for row in range(options.rows))
        table = tables.read(source)
        added = [
            tables.AddedColumn("cluster_id", [str(row % 50) for row in range(options.rows)]),
            tables.AddedColumn("cluster", [f"late {row % 50}" for row in range(options.rows)]),
            tables.AddedColumn("x", [f"{row / 7:.4f}" for row in range(options.rows)]),
            tables.AddedColumn("y", [f"{row / 3:.4f}" for row in range(options.rows)]),
        ]
        for kind in options.kinds.split(","):
            path = Path(folder) / f"out.{kind}"
            seconds, longest = _watched(path, table, added, guards=options.guard)
            peer = "–"
            if options.peer_python and kind != "xlsx":  # it has no writer of its own for those
                command = [options.peer_python, __file__, "--as-peer", str(Path(folder) / "out.csv"), str(path)]
                peer = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
            print(f"| {kind} | {seconds:.1f} | {peer} | {1000 * longest:.0f} |", flush=True)


def _watched(path: Path, table: tables.Table, added: list[tables.AddedColumn], *, guards: bool) -> tuple[float, float]:
    """Return the seconds that writing took and the longest wait of another thread."""
    clock = time.pthread_getcpuclockid(threading.get_ident())
    is_done = threading.Event()
    longest = 0.0

    def watch() -> None:
        nonlocal longest
        before = time.clock_gettime(clock)
        while not is_done.wait(0.001):
            now = time.clock_gettime(clock)
            longest, before = max(longest, now - before), now

    watcher = threading.Thread(target=watch)
    watcher.start()
    started = time.perf_counter()
    tables.write(path, table, added=added, guard_formulas=guards)
    seconds = time.perf_counter() - started
    is_done.set()
    watcher.join()
    return seconds, longest


def _write_as_peer(source: str, output: str) -> None:
    polars = import_module("polars")
    table = polars.read_csv(source)
    started = time.perf_counter()
    kind = Path(output).suffix
    write = {".csv": table.write_csv, ".jsonl": table.write_ndjson, ".parquet": table.write_parquet}[kind]
    write(f"{output}.peer")
    print(f"{time.perf_counter() - started:.1f}")


if __name__ == "__main__":
    main()
