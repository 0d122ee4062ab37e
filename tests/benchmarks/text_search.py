"""The search for words against SQLite's full text search with the trigram tokenizer, which peers use.

    python tests/benchmarks/text_search.py [--rows 1000000] [--rounds 3]

By turns in one process: each makes its index of the same comments, which are drawn from the bundled samples, and then
finds all rows with a word. The peer cannot find words of fewer than three characters by its index.
"""

import argparse
import random
import sqlite3
import statistics
import time
from collections.abc import Callable

import numpy as np

from verbatlas import tables
from verbatlas.analysis.text_query import SearchKind
from verbatlas.analysis.text_search import TextIndex
from verbatlas.resources import resource

_WORDS = ("的", "电池", "太慢", "不理人", "coffee", "the", "电池 充电", "nothing has this")
_PATTERN = "电池.*(慢|热)|late.*delivery"


def main() -> None:
    """Print a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    documents = _comments(options.rows)
    index, index_seconds = _timed(lambda: TextIndex(documents))
    peer, peer_seconds = _timed(lambda: _fts(documents))
    print(f"{options.rows:,} comments, {sum(map(len, documents)) / len(documents):.0f} characters each\n")
    print("| | Verbatlas, s | rows | FTS5 trigram, s | rows |\n| --- | --- | --- | --- | --- |")
    print(f"| make the index | {index_seconds:.2f} | | {peer_seconds:.2f} | |")
    for word in _WORDS:
        ours, found = _median(lambda word=word: index.find(word), options.rounds)
        theirs, peer_found = _median(lambda word=word: _fts_find(peer, word), options.rounds)
        print(f"| {word} | {ours:.3f} | {int(found.sum()):,} | {theirs:.3f} | {len(peer_found):,} |")
    seconds, found = _median(lambda: index.find(_PATTERN, kind=SearchKind.PATTERN), options.rounds)
    print(f"| pattern {_PATTERN.replace('|', chr(92) + '|')} | {seconds:.3f} | {int(found.sum()):,} | – | – |")


def _comments(n: int) -> list[str]:
    texts = []
    for name in ("phone_reviews_zh", "coffee_subscription_en"):
        table = tables.read(resource("samples", f"{name}.csv"))
        texts += [text for text in tables.documents(table, tables.guess_text_columns(table)) if text]
    drawn = random.Random(7)
    return [f"{drawn.choice(texts)} {row}" for row in range(n)]


def _fts(documents: list[str]) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE comments USING fts5(text, tokenize='trigram', content='', columnsize=0)")
    connection.executemany("INSERT INTO comments(rowid, text) VALUES (?, ?)", enumerate(documents))
    return connection


def _fts_find(connection: sqlite3.Connection, query: str) -> np.ndarray:
    words = " AND ".join(f'"{word}"' for word in query.split())
    rows = connection.execute("SELECT rowid FROM comments WHERE comments MATCH ?", (words,)).fetchall()
    return np.array([row for (row,) in rows], np.int64)


def _timed(work: Callable[[], object]) -> tuple[object, float]:
    started = time.perf_counter()
    result = work()
    return result, time.perf_counter() - started


def _median(work: Callable[[], np.ndarray], rounds: int) -> tuple[float, np.ndarray]:
    found = [_timed(work) for _ in range(rounds)]
    return statistics.median(seconds for _result, seconds in found), found[-1][0]


if __name__ == "__main__":
    main()
