"""The vector cache against encoding: how long a table takes that comes again, as it was or with some new rows.

``python tests/benchmarks/vector_cache.py [--rows 10003] [--rounds 3] [--look-ups 1000000]``

MiniLM on banking77_train from ``../shared/data``, in a cache of its own that each round begins without. Every round
runs by turns, each in a new process so that each start is counted: all rows without a cache; 95 % of them, then all, of
which 5 % are new; then all once more. Two runs more are of 5 % new rows: in a new window, whose engine has loaded the
last model while nothing was asked of it, and in the same window, whose process has just done the 95 % and has kept the
model; each has a cache of its own. ``job`` is ``engine.jobs.embed`` with
the loading of the model, where it is needed, ``encoding`` the same without that stage, ``processors`` what the job took
of all processors, which other programs change less. Imports are not counted: the engine makes them while the analyst
chooses a file. Ratios are of the smallest times.

``--look-ups`` puts so many made-up vectors of 384 dimensions into a cache of their own and looks all of them up, in the
table's order and shuffled.
"""

import argparse
import csv
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

_TABLE = Path(__file__).resolve().parents[3] / "shared" / "data" / "csv" / "banking77_train.csv"
_NEW_SHARE = 0.05
_SAME_WINDOW = "5 % new, same window"
_NEW_WINDOW = "5 % new, new window"
_RUNS = ("without cache", "first", _NEW_WINDOW, "5 % new", "nothing new", _SAME_WINDOW)
_CACHES = {_SAME_WINDOW: "another.sqlite", _NEW_WINDOW: "copy.sqlite"}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=None)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--look-ups", type=int, default=1_000_000)
    parser.add_argument("--only", nargs=2, metavar=("RUN", "CACHE"), help="one run, in this process")
    options = parser.parse_args()
    if options.only:
        sys.stdout.write(json.dumps(_run(options.only[0], Path(options.only[1]), options.rows)))
        return
    _compare(options.rows, options.rounds)
    _look_up_many(options.look_ups)


def _compare(rows: int | None, rounds: int) -> None:
    seen: dict[str, list[dict[str, float]]] = {name: [] for name in _RUNS}
    for _ in range(rounds):
        with tempfile.TemporaryDirectory() as folder:
            for name in _RUNS:
                cache = Path(folder) / _CACHES.get(name, "vectors.sqlite")
                command = [sys.executable, __file__, "--only", name, str(cache)]
                command += [] if rows is None else ["--rows", str(rows)]
                done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
                seen[name].append(json.loads(done.stdout))
                if name == "first":
                    shutil.copy(cache, Path(folder) / _CACHES[_NEW_WINDOW])
    best = {name: {part: min(run[part] for run in runs) for part in runs[0]} for name, runs in seen.items()}
    for name, parts in best.items():
        ratios = ", ".join(f"{part} {seconds / best['without cache'][part]:.4f}" for part, seconds in parts.items())
        _say(f"{name}: " + ", ".join(f"{part} {seconds:.3f} s" for part, seconds in parts.items()) + f" ({ratios})")
    faster = (f"{best['without cache'][part] / best['nothing new'][part]:.0f} ({part})" for part in best["first"])
    _say(f"times as fast with nothing new: {', '.join(faster)}")


def _run(name: str, cache: Path, rows: int | None) -> dict[str, float]:
    from verbatlas import encoders  # noqa: PLC0415 - only where something is measured
    from verbatlas.encoders import vector_cache  # noqa: PLC0415
    from verbatlas.encoders.telemetry import forbid_telemetry  # noqa: PLC0415
    from verbatlas.engine import jobs  # noqa: PLC0415
    from verbatlas.engine.kept_encoder import keep_encoders  # noqa: PLC0415
    from verbatlas.engine.stages import Stage, no_stage_report  # noqa: PLC0415
    from verbatlas.engine.warmup import MODELS, import_libraries  # noqa: PLC0415

    forbid_telemetry()
    import_libraries(MODELS, until=lambda: False)

    vector_cache.vectors_path = lambda: cache
    kept = None if name in {"without cache", "5 % new", "nothing new"} else keep_encoders()
    if kept is not None and name == _NEW_WINDOW:
        kept.load_last(until=lambda: False)
    with _TABLE.open(encoding="utf-8", newline="") as file:
        documents = [row["text"] for row in csv.DictReader(file)][:rows]
    new = set(random.Random(7).sample(range(len(documents)), round(_NEW_SHARE * len(documents))))
    old = [text for row, text in enumerate(documents) if row not in new]
    if name == "first":
        documents = old
    choice = encoders.choose(documents, wanted="minilm")
    size = 0 if name == "without cache" else 10**9
    if name == _SAME_WINDOW:
        jobs.embed(old, choice=choice, seed=7, report=no_stage_report, cache_bytes=size)
    began, processors = time.perf_counter(), time.process_time()
    encoding = [began]

    def report(stage: Stage, done: int, total: int) -> None:
        if stage is Stage.EMBED and len(encoding) == 1:
            encoding.append(time.perf_counter())

    jobs.embed(documents, choice=choice, seed=7, report=report, cache_bytes=size)
    ended = time.perf_counter()
    if kept is not None:
        kept.rest(has_failed=False)
    return {"job": ended - began, "encoding": ended - encoding[-1], "processors": time.process_time() - processors}


def _look_up_many(n: int) -> None:
    from verbatlas.encoders.vector_cache import VectorCache  # noqa: PLC0415

    texts = [f"why is my card payment number {number} still pending" for number in range(n)]
    vectors = np.random.default_rng(7).standard_normal((65_536, 384), dtype=np.float32)
    shuffled = random.Random(7).sample(texts, n)
    with tempfile.TemporaryDirectory(dir=os.environ.get("VERBATLAS_CACHE_DIR")) as folder:
        path = Path(folder) / "vectors.sqlite"
        with VectorCache(path, most_bytes=10**11) as cache:
            began = time.perf_counter()
            for start in range(0, n, 2048):
                some = texts[start : start + 2048]
                first = start % (len(vectors) - 2048)
                cache.keep("made up", some, vectors[first : first + len(some)], np.zeros(len(some), np.bool_))
            _say(f"keep {n:,}: {n / (time.perf_counter() - began):,.0f} texts/s, {cache.size() / n:,.0f} bytes each")
        for name, sought in (("in order", texts), ("shuffled", shuffled)):
            with VectorCache(path, most_bytes=10**11) as cache:
                began = time.perf_counter()
                found = 0
                for start in range(0, n, 65_536):
                    found += int(cache.look_up("made up", sought[start : start + 65_536]).found.sum())
                _say(f"look up {found:,} {name}: {n / (time.perf_counter() - began):,.0f} texts/s")
        began = time.perf_counter()
        VectorCache(path, most_bytes=10**11).clear()
        _say(f"clear: {time.perf_counter() - began:.1f} s")


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
