"""Three clusters and one document of none."""

from collections.abc import Callable

import pytest

from verbatlas.study import Labelling, ReplaceClustering


@pytest.fixture
def labelling(clustering: Callable[[list[int]], ReplaceClustering]) -> Labelling:
    return clustering([0] * 5 + [1] * 4 + [2] * 2 + [-1]).apply(Labelling.empty(12))
