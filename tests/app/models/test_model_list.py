"""The list of models says what each is, and keeps the current one when something changes."""

import pytest
from pytestqt.qtbot import QtBot

from verbatlas.app.models.model_list import ModelList
from verbatlas.app.models.shelf import shelf


@pytest.fixture
def models(qtbot: QtBot) -> ModelList:
    models = ModelList()
    qtbot.addWidget(models)
    models.show_models(shelf(()), busy={})
    models.resize(300, 400)
    models.show()
    return models


def spoken(models: ModelList) -> list[str]:
    role = 11  # Qt.ItemDataRole.AccessibleTextRole
    return [models.item(row).data(role) for row in range(models.count())]


def test_the_first_model_is_current_from_the_start(models: ModelList) -> None:
    assert models.current_name == "lexical"


def test_each_model_says_what_it_reads_and_what_it_costs_or_that_it_is_here(models: ModelList) -> None:
    assert spoken(models)[0] == "Shared characters (no model), any language  ·  on this computer"
    assert "bge-m3, multilingual  ·  2.3 GB" in spoken(models)


def test_the_current_model_stays_while_others_are_worked_on(qtbot: QtBot, models: ModelList) -> None:
    models.choose("bge-m3")
    with qtbot.waitSignal(models.chosen) as chosen:
        models.show_models(shelf((), wanted=["owner/name"]), busy={"bge-m3": "downloading…"})
    assert chosen.args == ["bge-m3"]
    assert models.current_name == "bge-m3"
    assert "bge-m3, multilingual  ·  downloading…" in spoken(models)


def test_it_is_drawn(models: ModelList) -> None:
    picture = models.grab().toImage()
    colours = {picture.pixelColor(x, 20).name() for x in range(300)}
    assert len(colours) > 5  # a selection, letters and their edges
