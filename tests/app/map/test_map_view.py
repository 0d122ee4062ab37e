"""The map answers to mouse and keyboard as people expect."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from verbatlas.app.map.map_view import MapView

NAMES = {0: "Late delivery", 1: "电池"}
COLOURS = {0: 0, 1: 1}


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MapView]:
    made = MapView()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    layout = np.array([[0, 0], [10, 0], [0, 10], [10, 10], [np.nan, np.nan], [5, 5]], np.float32)
    members = np.array([0, 0, 1, 1, -1, -1], np.int32)
    made.set_points(layout, members, names=NAMES, colours=COLOURS, documents=["a", "b <i>", "c " * 400, "d", "e", "f"])
    qtbot.wait(30)
    yield made


def drawing(view: MapView) -> QWidget:
    return view._plot.viewport()


def at(view: MapView, row: int) -> QPoint:
    place = view.place_of(row)
    assert place is not None
    return place.toPoint()


def test_a_click_on_a_point_announces_its_comment(view: MapView, qtbot: QtBot) -> None:
    for row in (0, 3, 5):
        with qtbot.waitSignal(view.document_clicked) as clicked:
            QTest.mouseClick(drawing(view), Qt.MouseButton.LeftButton, pos=at(view, row))
        assert clicked.args == [row]


def test_a_click_on_the_ground_announces_none(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.document_clicked) as clicked:
        QTest.mouseClick(drawing(view), Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, 5))
    assert clicked.args == [None]


def test_hovering_shows_the_comment_inside_the_map(view: MapView, qtbot: QtBot) -> None:
    for row in (2, 1):
        with qtbot.waitSignal(view.document_hovered) as hovered:
            QTest.mouseMove(drawing(view), at(view, row))
        assert hovered.args == [row]
        assert view._card.isVisible()
        assert view.rect().contains(view._card.geometry())


def test_a_comment_without_a_place_is_nowhere(view: MapView) -> None:
    assert view.place_of(4) is None
    view.select_document(4)


def test_keys_zoom_pan_and_fit(view: MapView, qtbot: QtBot) -> None:
    view.setFocus()
    whole = view.visible_extent()
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert view.visible_extent() < whole
    before = at(view, 5)
    QTest.keyClick(view, Qt.Key.Key_Right)
    assert at(view, 5).x() < before.x()
    QTest.keyClick(view, Qt.Key.Key_F)
    assert view.visible_extent() == pytest.approx(whole)


def test_the_wheel_zooms_where_the_pointer_is(view: MapView, qtbot: QtBot) -> None:
    place = QPointF(at(view, 3))
    whole = view.visible_extent()
    event = QWheelEvent(
        place,
        drawing(view).mapToGlobal(place),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(drawing(view), event)
    qtbot.wait(30)

    assert view.visible_extent() < whole
    assert (at(view, 3) - place.toPoint()).manhattanLength() <= 4


def test_names_are_shown_and_the_rest_is_dimmed(view: MapView, qtbot: QtBot) -> None:
    qtbot.wait(30)
    assert {label.text for label in view._overlay._labels} == set(NAMES.values())

    view.highlight(1)

    opacities = [brush.color().alphaF() for brush in view._item.data["brush"]]
    assert min(opacities[2:4]) > 3 * max(opacities[:2])


def test_new_clusters_keep_what_is_in_view(view: MapView, qtbot: QtBot) -> None:
    view.zoom(0.5)
    extent, place = view.visible_extent(), at(view, 5)

    view.set_clusters(np.array([2, 2, 2, 2, -1, -1], np.int32), names={2: "All"}, colours={2: 4})

    assert view.visible_extent() == extent
    assert at(view, 5) == place


def test_selecting_a_comment_out_of_sight_brings_it_into_view(view: MapView, qtbot: QtBot) -> None:
    for _ in range(6):
        view.zoom(0.5)
    assert not view.rect().contains(at(view, 0))

    view.select_document(0)

    assert view.rect().contains(at(view, 0))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_both_themes_draw(view: MapView, scheme: str) -> None:
    view.use_scheme(scheme)

    assert not view.grab().isNull()


@pytest.mark.parametrize("count", [0, 1, 50])
def test_no_point_one_point_and_many_in_one_place_are_sane(view: MapView, count: int) -> None:
    view.set_points(np.zeros((count, 2), np.float32), np.zeros(count, np.int32), names={0: "x"}, colours={0: 0})

    assert np.isfinite(view.visible_extent())
    assert not view.grab().isNull()
