"""The canvas shows a picture at once where the camera is, and a sharp one soon after."""

from collections.abc import Iterator

import numpy as np
import pytest
from map_points import colours, groups
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from verbatlas.app.map.map_canvas import MapCanvas
from verbatlas.app.map.palette import background
from verbatlas.app.map.render_worker import RenderWorker


@pytest.fixture
def canvas(qtbot: QtBot) -> Iterator[MapCanvas]:
    worker = RenderWorker()
    made = MapCanvas(worker)
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    qtbot.waitExposed(made)
    yield made
    worker.close()


def show(canvas: MapCanvas, qtbot: QtBot, n: int) -> np.ndarray:
    layout, members = groups(n)
    canvas.show_colours(colours(members))
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        canvas.show_layout(layout)
    return layout


def ink_of(canvas: MapCanvas) -> np.ndarray:
    """Return where the canvas is not bare, shape (height, width)."""
    image = canvas.grab().toImage()
    pixels = np.array(image.constBits()).reshape(image.height(), image.width(), 4)[:, :, 2::-1].astype(int)
    found: np.ndarray = np.abs(pixels - background("light")).sum(axis=2) > 30
    return found


def test_the_picture_moves_with_the_camera_before_a_new_one_is_drawn(canvas: MapCanvas, qtbot: QtBot) -> None:
    show(canvas, qtbot, 3000)
    before = ink_of(canvas)

    canvas.look(canvas.camera.panned(40, 25))

    np.testing.assert_array_equal(ink_of(canvas)[100:300, 100:300], before[75:275, 60:260])


@pytest.mark.parametrize("n", [3000, 150_000])
def test_after_moving_everything_is_drawn_as_if_one_had_always_been_there(
    canvas: MapCanvas, qtbot: QtBot, n: int
) -> None:
    show(canvas, qtbot, n)
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        for _ in range(5):
            canvas.look(canvas.camera.zoomed(1.2, at_x=100, at_y=100))
    moved = ink_of(canvas)
    with qtbot.waitSignal(canvas.drawn, timeout=30_000):
        canvas.use_scheme("light")

    assert (moved != ink_of(canvas)).mean() < 0.001


def test_documents_are_found_where_they_are_drawn(canvas: MapCanvas, qtbot: QtBot) -> None:
    layout = show(canvas, qtbot, 500)

    for row in range(0, 500, 25):
        place = canvas.place_of(row)
        assert place is not None
        found = canvas.document_at(place)
        assert found is not None
        np.testing.assert_allclose(layout[found], layout[row], atol=0.5 / canvas.camera.scale)
    assert canvas.place_of(None) is canvas.place_of(500) is None


def test_before_the_points_are_there_nothing_is_found(canvas: MapCanvas) -> None:
    canvas.show_layout(np.zeros((4, 2), np.float32))

    assert canvas.document_at(QPointF(250, 200)) is None
    assert canvas.documents_in([QPointF(0, 0), QPointF(500, 0), QPointF(500, 400)]).tolist() == [False] * 4


def test_a_view_of_everything_stays_one_when_the_window_grows(canvas: MapCanvas, qtbot: QtBot) -> None:
    show(canvas, qtbot, 100)
    canvas.resize(900, 300)
    assert canvas.is_everything_in_view
    canvas.look(canvas.camera.zoomed(5, at_x=10, at_y=10))
    middle = (canvas.camera.x, canvas.camera.y)
    canvas.resize(400, 400)
    assert (canvas.camera.x, canvas.camera.y) == middle
    assert not canvas.is_everything_in_view
