"""Near duplicates: how many are found, how long a million rows take, and how that compares with datasketch.

    python tests/benchmarks/near_duplicates.py [--rows 1000000] [--peer-path DIR]

Recall is against a comparison of all pairs on the developers' data set. The peer, MinHashLSH of datasketch with 128
permutations and the same shingles and threshold, is installed apart: ``pip install --no-deps --target DIR datasketch``.
"""

import argparse
import csv
import resource
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np

from verbatlas.analysis.bare_text import bare, is_very_short
from verbatlas.analysis.near_duplicates import LEAST_RESEMBLANCE, near_duplicates

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "csv"
_SETS = ("ms_chitchat_zh", "crosswoz_user_turns", "clinc150_all", "banking77_train", "womens_clothing_class")
_COMPARED = 6000  # texts of each set, all pairs of which are compared
_PEER_ROWS = 10_000


def main() -> None:
    """Print recall, seconds and memory."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--peer-path", type=Path)
    options = parser.parse_args()
    for name in _SETS:
        print(_recall(name, _texts(_DATA / f"{name}.csv")[:_COMPARED]), flush=True)
    if options.peer_path is not None:
        sys.path.insert(0, str(options.peer_path))
        _against_peer(_made_up(_PEER_ROWS))
    texts = _made_up(options.rows)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    reports, started = [time.perf_counter()], time.perf_counter()
    found = near_duplicates(texts, seed=7, report=lambda _done, _total: reports.append(time.perf_counter()))
    seconds = time.perf_counter() - started
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1e6
    n_near = int((found != np.arange(len(texts))).sum())
    longest = float(np.diff(reports).max())
    print(f"{len(texts):,} rows: {seconds:.1f} s, {n_near:,} found, {memory:.2f} GB, {longest:.2f} s without a report")


def _texts(path: Path) -> list[str]:
    """Return the different texts of the longest column."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        _names, *rows = csv.reader(file)
    lengths = Counter({place: sum(len(row[place]) for row in rows[:200]) for place in range(len(rows[0]))})
    longest = lengths.most_common(1)[0][0]
    return list(dict.fromkeys(row[longest] for row in rows if row[longest].strip()))


def _shingles(text: str) -> set[bytes]:
    body = bare(text)
    return {body[place : place + 6] for place in range(len(body) - 5)}


def _recall(name: str, texts: list[str]) -> str:
    """Compare all pairs; a row is missed where an earlier one that stands for itself is alike enough."""
    found = near_duplicates(texts, seed=7)
    known: defaultdict[bytes, list[int]] = defaultdict(list)
    sets: list[set[bytes]] = []
    n_alike = n_missed = 0
    for row, text in enumerate(texts):
        own = set() if is_very_short(bare(text)) else _shingles(text)
        shared = Counter(other for shingle in own for other in known[shingle])
        alike = [other for other, n in shared.items() if n / (len(own) + len(sets[other]) - n) >= LEAST_RESEMBLANCE]
        n_alike += bool(alike)
        n_missed += found[row] == row and any(found[other] == other for other in alike)
        for shingle in own:
            known[shingle].append(row)
        sets.append(own)
    return f"{name}: {len(texts):,} texts, {n_alike} like an earlier one, {n_missed} missed"


def _made_up(n: int) -> list[str]:
    """Return texts of about 380 characters in the words of real ones; a fifth are others with a word changed."""
    random = np.random.default_rng(3)
    words = np.array(" ".join(_texts(_DATA / "womens_clothing_class.csv")).split())
    n_own = n * 4 // 5
    texts = [" ".join(words[random.integers(0, len(words), 70)].tolist()) for _ in range(n_own)]
    for source in random.integers(0, n_own, n - n_own).tolist():
        changed = texts[source].split()
        changed[len(changed) // 2] = f"changed{source}"
        texts.append(" ".join(changed))
    return texts


def _against_peer(texts: list[str]) -> None:
    from datasketch import MinHash, MinHashLSH  # noqa: PLC0415 - only where it is asked for

    ratios = []
    for _round in range(3):
        started = time.perf_counter()
        near_duplicates(texts, seed=7)
        ours = time.perf_counter() - started
        started = time.perf_counter()
        index = MinHashLSH(threshold=LEAST_RESEMBLANCE, num_perm=128)
        for row, text in enumerate(texts):
            sketch = MinHash(num_perm=128, seed=7)
            sketch.update_batch(list(_shingles(text)))
            index.query(sketch)
            index.insert(row, sketch)
        ratios.append((time.perf_counter() - started) / ours)
    print(f"datasketch on {len(texts):,} rows: {min(ratios):.0f} times as long", flush=True)


if __name__ == "__main__":
    main()
