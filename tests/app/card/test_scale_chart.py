"""The histogram shows a column's ends and is drawn anew for another cluster."""

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from verbatlas.app.card.breakdown import Bar, Breakdown
from verbatlas.app.card.scale_chart import ScaleChart

LOW = Breakdown("stars", tuple(Bar("", 1, share, 0.1) for share in (0.7, 0.2, 0.1, 0, 0)), ("1", "5"), 0)
HIGH = Breakdown("date", tuple(Bar("", 1, share, 0.1) for share in (0, 0, 0.9)), ("2026-01-01", "2026-03-31"), 0)


def coloured(chart: ScaleChart, name: str) -> list[int]:
    """The columns of pixels in which a colour is seen."""
    picture = chart.grab().toImage()
    size = range(picture.width()), range(picture.height())
    return [x for x in size[0] if any(picture.pixelColor(x, y).name() == name for y in size[1])]


def test_the_bars_are_those_of_the_cluster_that_was_shown_last(qtbot: QtBot) -> None:
    chart = ScaleChart()
    qtbot.addWidget(chart)
    chart.resize(300, 110)
    chart.show()
    chart.show_breakdown(LOW, colour=QColor("#ff0000"))
    qtbot.waitUntil(lambda: bool(coloured(chart, "#ff0000")))
    assert coloured(chart, "#ff0000")[0] < 60
    chart.show_breakdown(HIGH, colour=QColor("#0000ff"))
    qtbot.waitUntil(lambda: bool(coloured(chart, "#0000ff")))
    assert coloured(chart, "#ff0000") == []
    assert coloured(chart, "#0000ff")[0] > 150
    assert {"2026-01-01", "2026-03-31"} <= {label.text() for label in chart.findChildren(QLabel)}
