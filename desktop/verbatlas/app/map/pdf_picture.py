"""The map as a PDF for print: names and points as vectors, points as an image when they are many."""

from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontDatabase,
    QFontMetricsF,
    QImage,
    QPageSize,
    QPainter,
    QPainterPath,
    QPdfWriter,
    QPen,
)

from verbatlas.app.map.labels import PlacedLabel
from verbatlas.app.map.palette import background, cluster_colour, faint_ink, ink
from verbatlas.app.map.picture import (
    LINE,
    MapData,
    Page,
    PictureStyle,
    circles_of,
    counts_in_words,
    labels_of,
    lay_out,
    legend_lines,
    points_as_image,
)
from verbatlas.app.map.point_store import PointStore
from verbatlas.app.map.vector_picture import MOST_CIRCLES
from verbatlas.resources import resource
from verbatlas.tables.whole_file import write_whole

_POINTS_PER_PIXEL = 0.5


def save_pdf(path: Path, data: MapData, style: PictureStyle) -> None:
    """Write the map as one page in the proportions of ``style``, all of it or nothing.

    Raises:
        UserError: The disk is full, or the file or folder cannot be written.
    """
    with TemporaryDirectory() as folder:
        part = Path(folder) / "map.pdf"
        writer = QPdfWriter(str(part))
        size = QSizeF(style.width * _POINTS_PER_PIXEL, style.height * _POINTS_PER_PIXEL)
        writer.setPageSize(QPageSize(size, QPageSize.Unit.Point, "map", QPageSize.SizeMatchPolicy.ExactMatch))
        writer.setPageMargins(QMarginsF(0, 0, 0, 0))
        writer.setTitle(data.title)
        painter = QPainter(writer)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        _Press(painter, scheme=style.scheme).print_page(data, style, width=writer.width())
        painter.end()
        write_whole(path, lambda file: file.write(part.read_bytes()))


class _Press:
    """Draws a page in logical pixels."""

    def __init__(self, painter: QPainter, *, scheme: str) -> None:
        self._painter = painter
        self._scheme = scheme
        families = QFontDatabase.applicationFontFamilies(
            QFontDatabase.addApplicationFont(str(resource("fonts", "VerbatlasSansSC.otf")))
        )
        self._family = families[0] if families else QFont().family()

    def print_page(self, data: MapData, style: PictureStyle, *, width: float) -> None:
        painter, points = self._painter, PointStore(data.layout)
        page = lay_out(points, style)
        painter.scale(width / page.width, width / page.width)
        painter.fillRect(QRectF(0, 0, page.width, page.height), QColor(*background(self._scheme)))
        painter.save()
        painter.translate(page.left, page.top)
        painter.setClipRect(QRectF(0, 0, page.camera.width, page.camera.height))
        if points.n_points <= MOST_CIRCLES:
            self._print_circles(data, points, page)
        else:
            self._print_image(data, points, page)
        for label in labels_of(data, page, self._measure):
            self._print_label(label)
        painter.restore()
        if style.has_title:
            self._print_text(26, 30, data.title, 20, ink(self._scheme))
            left = 46 + self._measure(data.title, 20)[0] if data.title else 26.0
            self._print_text(left, 30, counts_in_words(data.members), 16, faint_ink(self._scheme))
        if style.has_legend:
            self._print_legend(data, page)

    def _print_circles(self, data: MapData, points: PointStore, page: Page) -> None:
        self._painter.setPen(Qt.PenStyle.NoPen)
        for circles in circles_of(data, points, page, self._scheme):
            colour = QColor(*circles.colour)
            colour.setAlphaF(circles.opacity)
            self._painter.setBrush(colour)
            for left, top in circles.places.tolist():
                self._painter.drawEllipse(QPointF(left, top), circles.radius, circles.radius)

    def _print_image(self, data: MapData, points: PointStore, page: Page) -> None:
        pixels = points_as_image(data, points, page, self._scheme, ratio=2.0)
        height, width, _channels = pixels.shape
        image = QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888)
        self._painter.drawImage(QRectF(0, 0, page.camera.width, page.camera.height), image)

    def _print_label(self, label: PlacedLabel) -> None:
        path = QPainterPath()
        font = self._font(label.text_size, weight=QFont.Weight.DemiBold)
        path.addText(QPointF(label.left + 3, label.top + label.height * 0.72), font, label.text)
        halo = QPen(QColor(*background(self._scheme)), label.text_size / 3.5)
        halo.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        self._painter.strokePath(path, halo)
        self._painter.fillPath(path, QColor(*ink(self._scheme)))

    def _print_legend(self, data: MapData, page: Page) -> None:
        for line, (id_, name, size) in enumerate(legend_lines(data, page)):
            middle = page.top + LINE * (line + 0.9)
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(QColor(*cluster_colour(data.colours.get(id_, 0), self._scheme)))
            self._painter.drawEllipse(QPointF(31, middle), 5, 5)
            shown = QFontMetricsF(self._font(13)).elidedText(name, Qt.TextElideMode.ElideRight, page.left - 110)
            self._print_text(44, middle, shown, 13, ink(self._scheme))
            count = f"{size:,}"
            left = page.left - 14 - self._measure(count, 13)[0]
            self._print_text(left, middle, count, 13, faint_ink(self._scheme))

    def _print_text(self, left: float, middle: float, text: str, size: int, colour: tuple[int, int, int]) -> None:
        font = self._font(size)
        metrics = QFontMetricsF(font)
        self._painter.setFont(font)
        self._painter.setPen(QColor(*colour))
        self._painter.drawText(QPointF(left, middle + (metrics.ascent() - metrics.descent()) / 2), text)

    def _measure(self, text: str, size: int) -> tuple[float, float]:
        return QFontMetricsF(self._font(size)).horizontalAdvance(text) + 6, size * 1.5

    def _font(self, size: int, *, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
        font = QFont(self._family)
        font.setPixelSize(size)
        font.setWeight(weight)
        return font
