"""A small table and a clustering of it."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from verbatlas.analysis import Clustering, Description
from verbatlas.study import ReplaceClustering, Settings, Study
from verbatlas.tables import Table, TableFormat, from_columns

sys.path.insert(0, str(Path(__file__).parent))

N = 12


@pytest.fixture
def table() -> Table:
    texts = [f"comment {row} 太慢了" for row in range(N)]
    return from_columns(["id", "text"], [[str(row) for row in range(N)], texts], TableFormat(encoding="gb18030"))


def clustering_of(ids: list[int]) -> ReplaceClustering:
    """Return the edit that makes these clusters."""
    array = np.array(ids, dtype=np.int32)
    descriptions = {
        cluster: Description((f"word{cluster}",), f"Name {cluster}", (int(np.flatnonzero(array == cluster)[0]),))
        for cluster in sorted({*ids} - {-1})
    }
    layout = np.zeros((len(ids), 2), np.float32)
    return ReplaceClustering.of(Clustering(array, np.linspace(0, 1, len(ids), dtype=np.float32)), descriptions, layout)


@pytest.fixture
def study(table: Table, tmp_path: Path) -> Iterator[Study]:
    with Study.create(
        tmp_path / "工作 📊 work.verbatlas", table=table, text_columns=(1,), settings=Settings(), source=Path("in.csv")
    ) as made:
        made.do(clustering_of([0] * 5 + [1] * 4 + [2] * 2 + [-1]))
        yield made


@pytest.fixture
def clustering() -> Callable[[list[int]], ReplaceClustering]:
    return clustering_of
