"""The picture on the first page."""

from pytestqt.qtbot import QtBot

from verbatlas.app.star_map import StarMap


def test_the_picture_has_something_in_it_and_is_the_same_each_time(qtbot: QtBot) -> None:
    pictures = []
    for _number in range(2):
        picture = StarMap()
        qtbot.addWidget(picture)
        pictures.append(picture.grab().toImage())
    assert pictures[0] == pictures[1]
    colours = {pictures[0].pixel(x, y) for x in range(0, 440, 4) for y in range(0, 110, 2)}
    assert len(colours) > 20
