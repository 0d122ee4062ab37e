"""Keywords of clusters: the phrases that are frequent in one and not in the others."""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from verbatlas.analysis.segmentation import phrases
from verbatlas.progress import Report, no_report

N_KEYWORDS = 10
_REPORT_EVERY = 500
_PHRASE_BONUS = 1.3


def keywords(
    documents: Sequence[str], ids: NDArray[np.int32], *, report: Report = no_report
) -> dict[int, tuple[str, ...]]:
    """Return up to ten keywords per cluster, the most telling first.

    Class-based TF-IDF (Grootendorst 2022, BERTopic) on the number of documents that hold a phrase, so that one long
    comment does not speak for its cluster. Words that differ by an ending count together; a keyword that another one
    contains is left out.

    Args:
        documents: One text per document.
        ids: int32, shape (n_documents,): the clusters; noise is left aside.
        report: Told how many documents of all are read.

    Raises:
        Cancelled: The reporter no longer wants the keywords.
    """
    counts, forms = _count(documents, ids, report=report)
    total: Counter[str] = Counter()
    for count in counts.values():
        total.update(count)
    sizes = np.bincount(ids[ids >= 0], minlength=1)
    mean = sum(total.values()) / max(len(counts), 1)
    return {
        cluster: _best(count, total, forms, size=int(sizes[cluster]), mean=mean)
        for cluster, count in sorted(counts.items())
    }


def _count(
    documents: Sequence[str], ids: NDArray[np.int32], *, report: Report
) -> tuple[dict[int, Counter[str]], dict[str, Counter[str]]]:
    """Return per cluster in how many documents each stem is, and per stem the phrases it was written as."""
    counts: dict[int, Counter[str]] = {int(cluster): Counter() for cluster in np.unique(ids[ids >= 0])}
    forms: dict[str, Counter[str]] = {}
    for row, (document, cluster) in enumerate(zip(documents, ids.tolist(), strict=True)):
        if row % _REPORT_EVERY == 0:
            report(row, len(documents))
        if cluster < 0:
            continue
        found = {stem(phrase): phrase for phrase in phrases(document)}
        counts[cluster].update(found.keys())
        for key, phrase in found.items():
            forms.setdefault(key, Counter())[phrase] += 1
    report(len(documents), len(documents))
    return counts, forms


def stem(phrase: str) -> str:
    """Return what English phrases share that differ by the plural's ending only."""
    return " ".join(_without_ending(word) for word in phrase.split(" "))


def _without_ending(word: str) -> str:
    word = word.removesuffix("'s")
    if not word.isascii() or len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith("ies") and len(word) > 6:
        return word[:-3] + "y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word.removesuffix("s")


def _best(
    count: Counter[str], total: Counter[str], forms: dict[str, Counter[str]], *, size: int, mean: float
) -> tuple[str, ...]:
    # What a single document of many says is no theme.
    least = min(max(2, math.ceil(0.01 * size)), max(count.values(), default=1))
    scores = {
        key: n / size * math.log(1 + mean / total[key]) * (_PHRASE_BONUS if " " in key else 1.0)
        for key, n in count.items()
        if n >= least
    }
    chosen: list[str] = []
    for key in sorted(scores, key=lambda key: (-scores[key], key)):
        if any(_overlaps(key, other) for other in chosen):
            continue
        chosen.append(key)
        if len(chosen) == N_KEYWORDS:
            break
    return tuple(_most_written(forms[key]) for key in chosen)


def _overlaps(key: str, other: str) -> bool:
    if key in other or other in key:
        return True
    first, second = set(key.split(" ")), set(other.split(" "))
    return bool(first & second) or any(_alike(a, b) for a in first for b in second)


def _alike(first: str, second: str) -> bool:
    """Return whether two words are one word with different endings, such as charge, charged and charging."""
    shared = 0
    for a, b in zip(first, second, strict=False):
        if a != b:
            break
        shared += 1
    return first.isascii() and shared >= 4 and shared >= 0.6 * max(len(first), len(second))


def _most_written(forms: Counter[str]) -> str:
    return min(forms, key=lambda form: (-forms[form], form))
