"""A small listing and the table over it."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.background import Background
from verbatlas.app.documents.document_table import DocumentTable
from verbatlas.app.documents.listing import Listing
from verbatlas.study import Cluster, Labelling
from verbatlas.tables import TableFormat, from_columns

MakeListing = Callable[..., Listing]


@pytest.fixture
def make_listing() -> MakeListing:
    def make(texts: Sequence[str], **columns: Sequence[str | None]) -> Listing:
        table = from_columns(["comment", *columns], [list(texts), *columns.values()], TableFormat())
        clusters = {0: Cluster(0, "Refund", colour=3), 2: Cluster(2, "Delivery"), 3: Cluster(3, "电池")}
        members = np.array([0, 2, 3, -1], np.int32)[np.arange(len(texts)) % 4]
        strengths = np.linspace(1, 0.5, len(texts), dtype=np.float32)
        others = tuple(range(1, 1 + len(columns)))
        return Listing(table, tuple(texts), others, tuple(columns), Labelling(members, strengths, clusters, 4))

    return make


@pytest.fixture
def listing(make_listing: MakeListing) -> Listing:
    """Twelve comments; their numbers grow and wrap round."""
    texts = [f"comment {letter}" for letter in "lkjihgfedcba"]
    return make_listing(texts, stars=[str(i % 5) for i in range(12)], city=["上海", "", "Berlin"] * 4)


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    background.start()
    yield background
    background.close()


@pytest.fixture
def table(qtbot: QtBot, background: Background, listing: Listing) -> DocumentTable:
    table = DocumentTable(background)
    qtbot.addWidget(table)
    table.resize(900, 600)
    table.show_listing(listing)
    table.show()
    qtbot.waitExposed(table)
    return table
