"""How well each encoder agrees with people, and whether ``auto`` picks the better one.

``python tests/benchmarks/encoder_quality.py [--rows 4000] [--encoders lexical minilm] [--only NAME ...]``

Pairs: Spearman's correlation of cosine and people's scores on STS-B, English and Chinese; an encoder that learns does
so from the sentences of all pairs. Tables: adjusted mutual information of people's labels with KMeans at their true
number, mean of three seeds, of ``--rows`` rows; mixed tables are made of a Chinese and an English one, the labels of
each its own. Data from ``../shared/data``. ``auto`` is right where no other encoder here is better by more than 0.01.
"""

import argparse
import csv
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.stats import spearmanr
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_mutual_info_score

from verbatlas import encoders

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
_PAIRS = ("stsb_en_dev", "stsb_en_test", "stsb_zh_valid", "stsb_zh_test")
_TABLES = (
    "ms_chitchat_zh",
    "thucnews_titles",
    "crosswoz_user_turns",
    "banking77_test",
    "clinc150_test",
    "ms_chitchat_en",
)
# A Chinese and an English table, and how much of the rows is Chinese.
_MIXED = {
    "mixed, 10 % Chinese": ("ms_chitchat_zh", "banking77_test", 0.1),
    "mixed, 20 % Chinese": ("ms_chitchat_zh", "banking77_test", 0.2),
    "mixed, 30 % Chinese": ("ms_chitchat_zh", "banking77_test", 0.3),
    "mixed, 50 % Chinese": ("ms_chitchat_zh", "banking77_test", 0.5),
    "mixed, 70 % Chinese": ("ms_chitchat_zh", "banking77_test", 0.7),
}
_SEED = 7
_KMEANS_SEEDS = (0, 1, 2)
_ALIKE = 0.01


def main() -> None:
    """Print one line per table and pair file."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=4000)
    parser.add_argument("--encoders", nargs="+", default=[encoders.LEXICAL, encoders.MINILM, encoders.UNIVERSAL])
    parser.add_argument("--only", nargs="+", default=[*_PAIRS, *_TABLES, *_MIXED])
    options = parser.parse_args()
    for name in options.only:
        if name in _PAIRS:
            documents, scores = pairs(name)
            found = {encoder: _spearman(_vectors(encoder, documents), scores) for encoder in options.encoders}
        else:
            documents, labels = _mixed(name, options.rows) if name in _MIXED else table(name, options.rows)
            found = {encoder: _agreement(_vectors(encoder, documents), labels) for encoder in options.encoders}
        picked = encoders.choose(documents)
        verdict = "right" if found.get(picked.encoder, 0.0) >= max(found.values()) - _ALIKE else "WRONG"
        figures = ", ".join(f"{encoder} {figure:.3f}" for encoder, figure in found.items())
        sys.stdout.write(f"{name}: {figures}; auto: {picked.encoder} ({picked.reason}), {verdict}\n")
        sys.stdout.flush()


def pairs(name: str) -> tuple[list[str], list[float]]:
    rows = _rows(_DATA / "pairs" / f"{name}.csv")
    return [row["text_a"] for row in rows] + [row["text_b"] for row in rows], [float(row["score"]) for row in rows]


def table(name: str, n_rows: int) -> tuple[list[str], list[str]]:
    rows = _rows(_DATA / "csv" / f"{name}.csv")
    chosen = np.random.default_rng(_SEED).permutation(len(rows))[:n_rows]
    rows = [rows[row] for row in np.sort(chosen).tolist()]
    return [row["text"] for row in rows], [row["label"] for row in rows]


def _mixed(name: str, n_rows: int) -> tuple[list[str], list[str]]:
    chinese, english, share = _MIXED[name]
    one, other = table(chinese, round(share * n_rows)), table(english, round((1 - share) * n_rows))
    return one[0] + other[0], one[1] + other[1]


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _vectors(name: str, documents: Sequence[str]) -> NDArray[np.float32]:
    encoder = encoders.load(name, seed=_SEED)
    encoder.prepare()
    return encoder.encode(documents).vectors


def _spearman(vectors: NDArray[np.float32], scores: Sequence[float]) -> float:
    one, other = np.split(vectors, 2)
    return float(spearmanr((one * other).sum(axis=1), scores).statistic)


def _agreement(vectors: NDArray[np.float32], labels: Sequence[str]) -> float:
    n_clusters = len(set(labels))
    found = (KMeans(n_clusters, n_init=2, random_state=seed).fit_predict(vectors) for seed in _KMEANS_SEEDS)
    return float(np.mean([adjusted_mutual_info_score(labels, clusters) for clusters in found]))


if __name__ == "__main__":
    main()
