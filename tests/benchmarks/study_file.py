"""The study file against ``numpy.save`` and a CSV of the same data, and what an edit costs.

    python tests/benchmarks/study_file.py [--rows 100000] [--dimensions 384] [--rounds 3]

By turns in one process: the study stores and reopens table, vectors and clusters with their history; the peer writes
and reads two plain files. Edits are measured with the disk's sync, which every one of them waits for.
"""

import argparse
import csv
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from verbatlas.analysis import Description
from verbatlas.encoders import Embedding, EncoderIdentity
from verbatlas.study import Merge, Rename, ReplaceClustering, Settings, Study
from verbatlas.tables import Table, TableFormat, from_columns

_CLUSTERS = 20


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--dimensions", type=int, default=384)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = [f"comment {row} about a parcel that came late and a refund that never came" for row in range(options.rows)]
    vectors = np.random.default_rng(0).normal(size=(options.rows, options.dimensions)).astype(np.float32)
    seconds: dict[str, list[float]] = {}
    ratio = 0.0
    for number in range(options.rounds):
        with tempfile.TemporaryDirectory() as folder:
            ratio = _round(Path(folder), texts, vectors, seconds, seed=number)
    print(
        f"{options.rows:,} rows, {options.dimensions} dimensions, {os.cpu_count()} cores, medians of {options.rounds}\n"
    )
    print("| | seconds |\n| --- | --- |")
    for name, found in seconds.items():
        print(f"| {name} | {statistics.median(found):.4f} |")
    print(f"\nThe study is {ratio:.2f} times as large as the vectors and the CSV.")


def _round(folder: Path, texts: list[str], vectors: np.ndarray, seconds: dict[str, list[float]], *, seed: int) -> float:
    def timed(name: str, work: Callable[[], object]) -> object:
        started = time.perf_counter()
        result = work()
        seconds.setdefault(name, []).append(time.perf_counter() - started)
        return result

    path, array, table = folder / "s.verbatlas", folder / "v.npy", folder / "t.csv"
    timed("write, study", lambda: _write_study(path, texts, vectors, seed))
    timed("write, numpy.save and CSV", lambda: _write_plain(array, table, texts, vectors))
    study = timed("reopen with vectors, study", lambda: _reopen(path))
    timed("reopen, numpy.load and CSV", lambda: _read_plain(array, table))
    assert isinstance(study, Study)
    for number in range(5):
        timed("rename", lambda number=number: study.do(Rename(0, f"name {number}")))
    timed(f"merge of two clusters of {len(texts) // _CLUSTERS:,}", lambda: study.do(Merge([1, 2])))
    timed("undo of it", study.undo)
    study.close()
    return path.stat().st_size / (array.stat().st_size + table.stat().st_size)


def _write_study(path: Path, texts: list[str], vectors: np.ndarray, seed: int) -> None:
    rows: Table = from_columns(["text"], [texts], TableFormat())
    with Study.create(path, table=rows, text_columns=(0,), settings=Settings()) as study:
        study.store_embedding(Embedding(vectors, EncoderIdentity("model", "1", "mean", "", "fp32")))
        ids = np.random.default_rng(seed).integers(0, _CLUSTERS, len(texts)).astype(np.int32)
        described = {id_: Description((f"word{id_}",), f"Name {id_}", (0,)) for id_ in range(_CLUSTERS)}
        study.do(ReplaceClustering(ids, np.ones(len(texts), np.float32), described))


def _reopen(path: Path) -> Study:
    study = Study.open(path)
    assert study.embedding is not None
    return study


def _write_plain(array: Path, table: Path, texts: list[str], vectors: np.ndarray) -> None:
    np.save(array, vectors)
    with table.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([text] for text in texts)
    for path in (array, table):
        with path.open("rb+") as file:
            os.fsync(file.fileno())


def _read_plain(array: Path, table: Path) -> tuple[np.ndarray, list[list[str]]]:
    with table.open(encoding="utf-8", newline="") as file:
        return np.load(array), list(csv.reader(file))


if __name__ == "__main__":
    main()
