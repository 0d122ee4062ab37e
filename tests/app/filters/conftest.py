"""A small study with a column of every kind, and two clusters."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from verbatlas.analysis import Clustering, Description
from verbatlas.study import ReplaceClustering, Settings, Study
from verbatlas.tables import TableFormat, from_columns

_TEXTS = [f"评论 {row}：电池太慢" for row in range(24)]
_COLUMNS: dict[str, list[str | None]] = {
    "评论": list(_TEXTS),
    "channel & shop": [("App", "Web ", " 门店", "", None, "App")[row % 6] for row in range(24)],
    "stars": [str(row % 5 + 1) for row in range(24)],
    "price": [f"¥{row * 1.5:,.1f}" if row else "free" for row in range(24)],
    "date": [f"2026-03-{row + 1:02d} 08:30" if row != 3 else "" for row in range(24)],
}


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    table = from_columns(list(_COLUMNS), list(_COLUMNS.values()), TableFormat())
    ids = np.array([0] * 12 + [1] * 8 + [-1] * 4, np.int32)
    described = {0: Description(("电池",), "电池发热", (0,)), 1: Description(("slow",), "Slow delivery", (12,))}
    found = Clustering(ids, np.ones(24, np.float32))
    with Study.create(tmp_path / "s.verbatlas", table=table, text_columns=(0,), settings=Settings()) as made:
        made.do(ReplaceClustering.of(found, described, np.zeros((24, 2), np.float32)))
        yield made
