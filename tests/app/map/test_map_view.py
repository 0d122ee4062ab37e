"""The map answers to mouse and keyboard as people expect."""

from collections.abc import Iterator

import numpy as np
import pytest
from map_points import groups
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from seen_everywhere import move_to

from verbatlas.app.fonts import use_fonts
from verbatlas.app.map.colouring import by_column
from verbatlas.app.map.gestures import Combine
from verbatlas.app.map.labels import PlacedLabel
from verbatlas.app.map.map_view import MapView
from verbatlas.app.map.overlay import MapOverlay
from verbatlas.app.map.palette import cluster_colour

NAMES = {0: "Late delivery", 1: "电池"}
COLOURS = {0: 0, 1: 1}
LAYOUT = np.array([[0, 0], [10, 0], [0, 10], [10, 10], [np.nan, np.nan], [5, 5]], np.float32)
MEMBERS = np.array([0, 0, 1, 1, -1, -1], np.int32)


def show(view: MapView, qtbot: QtBot, layout: np.ndarray, members: np.ndarray, **more: object) -> None:
    with qtbot.waitSignal(view.drawn, timeout=20_000):
        view.set_points(layout, members, **{"names": NAMES, "colours": COLOURS, **more})  # type: ignore[arg-type]


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[MapView]:
    made = MapView()
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitExposed(made)
    show(made, qtbot, LAYOUT, MEMBERS, documents=["a", "b <i>", "c " * 400, "d", "e", "f"])
    yield made
    made.close_map()


def at(view: MapView, row: int) -> QPoint:
    place = view.place_of(row)
    assert place is not None
    return place.toPoint()


def colour_at(view: MapView, place: QPoint) -> tuple[int, int, int]:
    pixel = view.grab().toImage().pixelColor(place)
    return pixel.red(), pixel.green(), pixel.blue()


def test_points_are_drawn_in_the_colours_of_their_clusters(view: MapView) -> None:
    for row, cluster in ((1, 0), (3, 1)):
        assert np.abs(np.subtract(colour_at(view, at(view, row)), cluster_colour(COLOURS[cluster], "light"))).max() < 40


def test_a_click_on_a_point_announces_its_comment(view: MapView, qtbot: QtBot) -> None:
    for row in (0, 3, 5):
        with qtbot.waitSignal(view.document_clicked) as clicked:
            QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=at(view, row))
        assert clicked.args == [row]


def test_a_click_on_the_ground_announces_none(view: MapView, qtbot: QtBot) -> None:
    with qtbot.waitSignal(view.document_clicked) as clicked:
        QTest.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=QPoint(view.width() // 2, 5))
    assert clicked.args == [None]


def test_hovering_shows_the_comment_inside_the_map(view: MapView, qtbot: QtBot) -> None:
    for row in (2, 1):
        with qtbot.waitSignal(view.document_hovered) as hovered:
            move_to(view.canvas, QPointF(at(view, row)))
        assert hovered.args == [row]
        assert view._card.isVisible()
        assert view.rect().contains(view._card.geometry())


def test_a_comment_without_a_place_is_counted_and_nowhere(view: MapView) -> None:
    assert view.n_unplaced == 1
    assert view.place_of(4) is None
    view.select_document(4)


def test_names_are_shown_and_the_rest_is_dimmed(view: MapView, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: {label.text for label in view.canvas.overlay.labels} == set(NAMES.values()))
    before = colour_at(view, at(view, 1))

    view.highlight([1])

    # Faint on a light ground.
    qtbot.waitUntil(lambda: bool(np.mean(colour_at(view, at(view, 1))) > np.mean(before) + 40))
    assert np.abs(np.subtract(colour_at(view, at(view, 3)), cluster_colour(1, "light"))).max() < 40


def test_names_of_clusters_in_which_nothing_was_found_step_back(view: MapView, qtbot: QtBot) -> None:
    def faint(cluster: int) -> bool:
        """Return whether no pixel of a name is as dark as its ink."""
        label = next(one for one in view.canvas.overlay.labels if one.cluster == cluster)
        box = QRectF(label.left, label.top, label.width, label.height).toAlignedRect()
        image = view.canvas.grab(box).toImage()
        darkest = min(image.pixelColor(x, y).lightness() for x in range(image.width()) for y in range(image.height()))
        return darkest > 100

    qtbot.waitUntil(lambda: len(view.canvas.overlay.labels) == 2)
    assert not faint(0)
    assert not faint(1)
    view.show_only(np.array([True, False, False, False, False, False]))
    assert [faint(0), faint(1)] == [False, True]
    view.show_only(np.zeros(6, np.bool_))
    assert [faint(0), faint(1)] == [True, True]
    view.highlight([1])
    assert [faint(0), faint(1)] == [True, False]
    view.highlight([])
    view.show_only(None)
    assert [faint(0), faint(1)] == [False, False]


def test_new_clusters_keep_what_is_in_view(view: MapView, qtbot: QtBot) -> None:
    view.zoom(2)
    extent, place = view.visible_extent(), at(view, 5)

    view.set_clusters(np.array([2, 2, 2, 2, -1, -1], np.int32), names={2: "All"}, colours={2: 4})

    assert view.visible_extent() == extent
    assert at(view, 5) == place
    qtbot.waitUntil(lambda: [label.text for label in view.canvas.overlay.labels] in ([], ["All"]))


def test_selecting_a_comment_out_of_sight_brings_it_into_view(view: MapView) -> None:
    for _ in range(6):
        view.zoom(2)
    assert not view.rect().contains(at(view, 0))

    view.select_document(0)

    assert view.rect().contains(at(view, 0))


def test_a_shape_announces_the_comments_inside_it(view: MapView, qtbot: QtBot) -> None:
    chosen: list[object] = []
    view.documents_chosen.connect(lambda found, combine: chosen.append((np.flatnonzero(found).tolist(), combine)))
    start, end = at(view, 0) + QPoint(-15, 15), at(view, 1) + QPoint(15, -15)
    for modifier, combine in (
        (Qt.KeyboardModifier.ShiftModifier, Combine.ADD),
        (Qt.KeyboardModifier.ControlModifier, Combine.REMOVE),
    ):
        QTest.mousePress(view.canvas, Qt.MouseButton.LeftButton, modifier, start)
        QTest.mouseMove(view.canvas, (start + end) / 2)
        QTest.mouseMove(view.canvas, end)
        QTest.mouseRelease(view.canvas, Qt.MouseButton.LeftButton, modifier, end)
        assert chosen.pop() == ([0, 1], combine)


def test_chosen_comments_are_counted_and_stand_out(view: MapView, qtbot: QtBot) -> None:
    before = colour_at(view, at(view, 3))

    view.show_chosen(np.array([True, True, False, False, False, False]))

    assert view._count.text() == "2 comments selected"
    assert view._count.isVisible()
    qtbot.waitUntil(lambda: bool(np.mean(colour_at(view, at(view, 3))) > np.mean(before)))
    view.show_chosen(np.zeros(6, np.bool_))
    assert not view._count.isVisible()


def test_the_map_is_coloured_by_a_column_and_the_legend_filters(view: MapView, qtbot: QtBot) -> None:
    colouring = by_column("Channel", ["App", "App", "Shop", "Shop", "App", ""])
    place = at(view, 1)

    def is_in_its_colour() -> bool:
        return bool(np.abs(np.subtract(colour_at(view, place), colouring.colour(1, "light"))).max() < 40)

    def is_grey() -> bool:
        return bool(np.ptp(colour_at(view, place)) < 30)

    view.colour_by(colouring)
    qtbot.waitUntil(is_in_its_colour)
    assert view.legend.isVisible()
    buttons = {button.text().split()[0]: button for button in view.legend.findChildren(QPushButton)}
    QTest.mouseClick(buttons["Shop"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(is_grey)
    QTest.mouseClick(buttons["Shop"], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(is_in_its_colour)
    view.colour_by(None)
    assert not view.legend.isVisible()


def test_the_minimap_appears_when_not_everything_is_in_view_and_leads_elsewhere(view: MapView, qtbot: QtBot) -> None:
    assert not view.minimap.isVisible()
    for _ in range(5):
        view.zoom(2)
    assert view.minimap.isVisible()

    QTest.mouseClick(view.minimap, Qt.MouseButton.LeftButton, pos=QPoint(2, view.minimap.height() // 2))

    assert view.canvas.camera.x < 0
    view.fit()
    assert not view.minimap.isVisible()


def test_the_context_menu_offers_the_tools(view: MapView, qtbot: QtBot) -> None:
    place = QPoint(30, 300)
    QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, view.mapToGlobal(place)))
    (menu,) = [part for part in QApplication.topLevelWidgets() if isinstance(part, QMenu) and part.isVisible()]

    titles = [action.text() for action in menu.actions()]
    assert any("lasso" in title for title in titles)
    assert "Select nothing (Esc)" in titles
    menu.close()


def test_the_context_menu_at_a_point_is_about_its_cluster(view: MapView, qtbot: QtBot) -> None:
    of_cluster, of_noise, of_comments = QAction("Rename", view), QAction("Assign", view), QAction("Move", view)
    view.offer_actions([of_comments])
    view.offer_actions_of_point([of_cluster], [of_noise])
    first, alone = 0, 5
    asked: list[int] = []
    view.menu_asked.connect(asked.append)
    places = (view.place_of(first).toPoint(), view.place_of(alone).toPoint(), QPoint(2, 2))
    for at, expected in zip(places, ({of_cluster}, {of_noise}, set()), strict=True):
        QApplication.sendEvent(view, QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, view.mapToGlobal(at)))
        (menu,) = [part for part in QApplication.topLevelWidgets() if isinstance(part, QMenu) and part.isVisible()]
        assert of_comments in menu.actions()
        assert {of_cluster, of_noise} & {*menu.actions()} == expected
        menu.close()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert asked == [view.document_at(view.place_of(row)) for row in (first, alone)]


def test_both_themes_draw_and_can_change_in_the_middle_of_a_picture(view: MapView, qtbot: QtBot) -> None:
    layout, members = groups(120_000, n_groups=2)
    view.set_points(layout, members, names=NAMES, colours=COLOURS)
    for scheme in ("dark", "light", "dark"):
        view.use_scheme(scheme)
    qtbot.waitSignal(view.drawn, timeout=20_000).wait()

    assert np.mean(colour_at(view, QPoint(5, 590))) < 60


def test_the_window_can_change_its_size_in_the_middle_of_a_picture(view: MapView, qtbot: QtBot) -> None:
    layout, members = groups(120_000, n_groups=2)
    view.set_points(layout, members, names=NAMES, colours=COLOURS)
    for size in ((300, 200), (1, 1), (0, 0), (640, 480)):
        view.resize(*size)
        QApplication.processEvents()
    qtbot.waitSignal(view.drawn, timeout=20_000).wait()

    assert view.canvas.is_everything_in_view


def test_the_map_can_be_closed_in_the_middle_of_a_picture(qtbot: QtBot) -> None:
    view = MapView()
    qtbot.addWidget(view)
    view.show()
    layout, members = groups(300_000, n_groups=2)
    view.set_points(layout, members, names=NAMES, colours=COLOURS)

    view.close_map()

    view.set_points(LAYOUT, MEMBERS, names=NAMES, colours=COLOURS)
    assert not view.grab().isNull()


@pytest.mark.parametrize("count", [0, 1, 50])
def test_no_point_one_point_and_many_in_one_place_are_sane(view: MapView, qtbot: QtBot, count: int) -> None:
    show(view, qtbot, np.zeros((count, 2), np.float32), np.zeros(count, np.int32), names={0: "x"}, colours={0: 0})

    assert np.isfinite(view.visible_extent())
    assert not view.grab().isNull()


def test_chinese_names_are_letters_and_no_boxes(view: MapView, qapp: QApplication) -> None:
    use_fonts(qapp)
    overlay = MapOverlay(qapp.font())

    def lettered(text: str) -> bytes:
        width, height = overlay.measure(text, 16)
        image = overlay._lettering(PlacedLabel(0, text, 16, 0, 0, width, height), 1.0).toImage()
        return bytes(image.constBits())

    assert lettered("电池") != lettered("\U0001f9ff\U0001f9ff")
    assert lettered("电池") != lettered("客服")


def test_the_picture_can_be_copied(view: MapView) -> None:
    view.tools.copy.trigger()

    assert QApplication.clipboard().pixmap().size() == view.canvas.grab().size()
