"""Whether clusters agree better with people when the wording counts beside the meaning.

    python tests/benchmarks/wording.py [--rows 20000] [--only NAME ...] [--encoder minilm]

For every table, by the meaning alone and by both: the share of documents whose 15 neighbours have mostly their label,
the number of clusters that the defaults find, and adjusted mutual information with people's labels of the defaults,
of the finest detail, and of communities at the true number; means of three seeds. Last, STS-B's sentences in English
and in Chinese as one table, in which the wording does not count: how many neighbours are in the other language.
"""

import argparse

import numpy as np
from encoder_quality import pairs, table
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score

from verbatlas import analysis, encoders
from verbatlas.analysis import NeighbourGraph, Wording
from verbatlas.analysis.clustering import MOST_DETAIL
from verbatlas.encoders.lexical import wording
from verbatlas.engine import jobs, no_stage_report
from verbatlas.engine.wording import N_DIMENSIONS, N_GRAMS

_TABLES = (
    "banking77_train",
    "banking77_test",
    "clinc150_all",
    "clinc150_test",
    "ms_chitchat_en",
    "ms_chitchat_zh",
    "thucnews_titles",
    "crosswoz_user_turns",
)
_TWO_LANGUAGES = ("stsb_en_test", "stsb_zh_test")
_SEED = 7
_SEEDS = (7, 8, 9)


def main() -> None:
    """Print a Markdown line per table and way."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--only", nargs="+", default=_TABLES)
    parser.add_argument("--encoder", default="auto")
    options = parser.parse_args()
    print(
        "| | neighbours | clusters | defaults | finest | true number |\n| --- | --- | --- | --- | --- | --- |",
        flush=True,
    )
    for name in options.only:
        documents, labels = table(name, options.rows)
        codes = np.unique(labels, return_inverse=True)[1]
        vectors, encoder = _vectors(documents, options.encoder)
        for title, worded in _ways(documents).items():
            graph = analysis.nearest_neighbours(vectors, wording=worded, seed=_SEED)
            print(f"| {name}, {encoder}, {title} | {_figures(vectors, graph, codes)} |", flush=True)
    _two_languages(options.encoder)


def _ways(documents: list[str]) -> dict[str, Wording | None]:
    both = wording(documents, n_dimensions=N_DIMENSIONS, n_grams=N_GRAMS, seed=_SEED)
    return {"meaning": None, "and wording": Wording(*both)}


def _vectors(documents: list[str], wanted: str) -> tuple[NDArray[np.float32], str]:
    choice = encoders.choose(documents, wanted=wanted)
    return jobs.embed(documents, choice=choice, seed=_SEED, report=no_stage_report).vectors, choice.encoder


def _figures(vectors: NDArray[np.float32], graph: NeighbourGraph, codes: NDArray[np.int64]) -> str:
    n_labels = int(codes.max()) + 1
    votes = np.stack([np.bincount(codes[row], minlength=n_labels).argmax() for row in graph.indices])
    agreement = {}
    n_clusters = 0.0
    for way, options in {"defaults": {}, "finest": {"detail": MOST_DETAIL}, "true": {"n_clusters": n_labels}}.items():
        found = [analysis.cluster(vectors, graph, seed=seed, **options) for seed in _SEEDS]
        agreement[way] = np.mean([adjusted_mutual_info_score(codes, one.ids) for one in found])
        if way == "defaults":
            n_clusters = float(np.mean([one.n_clusters for one in found]))
    shares = " | ".join(f"{share:.3f}" for share in agreement.values())
    return f"{(votes == codes).mean():.1%} | {n_clusters:.0f} | {shares}"


def _two_languages(wanted: str) -> None:
    english, chinese = (pairs(name)[0] for name in _TWO_LANGUAGES)
    documents = english + chinese
    is_chinese = np.arange(len(documents)) >= len(english)
    vectors, encoder = _vectors(documents, wanted)
    for title, worded in _ways(documents).items():
        graph = analysis.nearest_neighbours(vectors, wording=worded, seed=_SEED)
        other = (is_chinese[graph.indices] != is_chinese[:, None]).mean()
        print(f"two languages, {encoder}, {title}: {other:.1%} of the neighbours are in the other one", flush=True)
    print(f"taken for one language: {encoders.is_one_language(documents)}", flush=True)


if __name__ == "__main__":
    main()
