"""Dragging, wheel, pinch, keys: what people know from other maps."""

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QEnterEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from seen_everywhere import move_to

from verbatlas.app.map.gestures import Combine, Gestures, Tool
from verbatlas.app.map.map_canvas import MapCanvas
from verbatlas.app.map.render_worker import RenderWorker

LEFT = Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier
PLACE = (3.0, 4.0)


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[MapCanvas]:
    worker = RenderWorker()
    made = MapCanvas(worker)
    qtbot.addWidget(made)
    made.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    with qtbot.waitSignal(made.points_placed):
        made.show_layout(np.array([[0, 0], [10, 10], [3, 4]], np.float32))
    yield made
    worker.close()


@pytest.fixture
def gestures(canvas: MapCanvas) -> Gestures:
    return Gestures(canvas)


def drag(
    canvas: MapCanvas, places: list[QPoint], modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.mousePress(canvas, LEFT, modifier, places[0])
    for place in places[1:]:
        QTest.mouseMove(canvas, place)
    QTest.mouseRelease(canvas, LEFT, modifier, places[-1])


def test_dragging_takes_the_ground_along(canvas: MapCanvas, gestures: Gestures) -> None:
    left, top = canvas.camera.to_pixels(*PLACE)

    drag(canvas, [QPoint(300, 200), QPoint(310, 210), QPoint(360, 170)])

    assert canvas.camera.to_pixels(*PLACE) == pytest.approx((left + 60, top - 30))


def test_a_click_is_no_drag_even_when_the_hand_shakes(canvas: MapCanvas, gestures: Gestures, qtbot: QtBot) -> None:
    before = canvas.camera
    with qtbot.waitSignal(gestures.clicked) as clicked:
        drag(canvas, [QPoint(300, 200), QPoint(301, 201), QPoint(302, 200)])

    assert canvas.camera == before
    assert clicked.args == [QPointF(302, 200), Combine.REPLACE]


@pytest.mark.parametrize(
    ("modifier", "combine"),
    [
        (Qt.KeyboardModifier.NoModifier, Combine.REPLACE),
        (Qt.KeyboardModifier.ShiftModifier, Combine.ADD),
        (Qt.KeyboardModifier.ControlModifier, Combine.REMOVE),
    ],
)
@pytest.mark.parametrize("tool", [Tool.RECTANGLE, Tool.LASSO])
def test_shapes_are_drawn_and_keys_say_what_becomes_of_the_selection(
    canvas: MapCanvas, gestures: Gestures, qtbot: QtBot, tool: Tool, modifier: Qt.KeyboardModifier, combine: Combine
) -> None:
    before = canvas.camera
    gestures.use_tool(tool)
    with qtbot.waitSignal(gestures.shape_drawn) as drawn:
        drag(canvas, [QPoint(100, 100), QPoint(200, 110), QPoint(210, 200), QPoint(120, 190)], modifier)

    corners, found = drawn.args
    assert found is combine
    assert corners[0] == QPointF(100, 100)
    assert len(corners) == 4
    assert canvas.camera == before
    assert not canvas.overlay.shape


def test_escape_drops_the_shape_that_is_being_drawn_and_then_says_so(
    canvas: MapCanvas, gestures: Gestures, qtbot: QtBot
) -> None:
    gestures.use_tool(Tool.LASSO)
    QTest.mousePress(canvas, LEFT, pos=QPoint(100, 100))
    QTest.mouseMove(canvas, QPoint(150, 150))
    assert canvas.overlay.shape
    with qtbot.assertNotEmitted(gestures.escaped), qtbot.assertNotEmitted(gestures.shape_drawn):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)
        QTest.mouseRelease(canvas, LEFT, pos=QPoint(150, 150))
    assert not canvas.overlay.shape

    with qtbot.waitSignal(gestures.escaped):
        QTest.keyClick(canvas, Qt.Key.Key_Escape)


def test_the_wheel_zooms_where_the_pointer_is(canvas: MapCanvas, gestures: Gestures) -> None:
    place = QPointF(*canvas.camera.to_pixels(*PLACE))
    before = canvas.camera.scale
    wheel = QWheelEvent(
        place,
        canvas.mapToGlobal(place),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, wheel)

    assert canvas.camera.scale == pytest.approx(before * 1.25**2)
    assert canvas.camera.to_pixels(*PLACE) == pytest.approx(place.toTuple())


def test_a_double_click_comes_nearer_to_what_is_under_it(canvas: MapCanvas, gestures: Gestures) -> None:
    place = QPointF(*canvas.camera.to_pixels(*PLACE)).toPoint()
    before, under = canvas.camera.scale, canvas.camera.to_layout(place.x(), place.y())

    QTest.mouseDClick(canvas, LEFT, pos=place)

    assert canvas.camera.scale > before
    assert canvas.camera.to_pixels(*under) == pytest.approx(place.toTuple())


def test_keys_zoom_pan_and_fit(canvas: MapCanvas, gestures: Gestures) -> None:
    canvas.setFocus()
    whole = canvas.camera
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    assert canvas.camera.scale > whole.scale
    QTest.keyClick(canvas, Qt.Key.Key_Minus)
    assert canvas.camera.scale == pytest.approx(whole.scale)
    for key, right, up in (
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Up, 0, 1),
        (Qt.Key.Key_Down, 0, -1),
    ):
        before = canvas.camera
        QTest.keyClick(canvas, key)
        assert np.sign([canvas.camera.x - before.x, canvas.camera.y - before.y]).tolist() == [right, up]
    QTest.keyClick(canvas, Qt.Key.Key_F)
    assert canvas.camera == whole


def test_hovering_stops_when_the_pointer_leaves(canvas: MapCanvas, gestures: Gestures, qtbot: QtBot) -> None:
    with qtbot.waitSignal(gestures.hovered, check_params_cb=lambda place: place == QPointF(50, 60)):
        move_to(canvas, QPointF(50, 60))
    with qtbot.waitSignal(gestures.hovered, check_params_cb=lambda place: place is None):
        QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))


def test_of_many_moves_the_pointer_rests_at_the_last(canvas: MapCanvas, gestures: Gestures, qtbot: QtBot) -> None:
    rested: list[QPointF] = []
    gestures.hovered.connect(rested.append)
    for number in range(20):
        move_to(canvas, QPointF(50 + number, 60))
    qtbot.waitUntil(lambda: bool(rested))
    assert rested == [QPointF(69, 60)]


def test_every_move_counts_for_a_lasso_and_only_there(canvas: MapCanvas) -> None:
    compresses = Qt.ApplicationAttribute.AA_CompressHighFrequencyEvents
    usual = QApplication.testAttribute(compresses)
    QApplication.setAttribute(compresses)
    try:
        on_x11 = Gestures(canvas)
        seen = {}
        for tool in Tool:
            on_x11.use_tool(tool)
            QApplication.sendEvent(canvas, QEnterEvent(QPointF(9, 9), QPointF(9, 9), QPointF(9, 9)))
            seen[tool] = QApplication.testAttribute(compresses)
            QApplication.sendEvent(canvas, QEvent(QEvent.Type.Leave))
            assert QApplication.testAttribute(compresses)
    finally:
        QApplication.setAttribute(compresses, usual)

    assert seen == {Tool.PAN: True, Tool.RECTANGLE: True, Tool.LASSO: False}
