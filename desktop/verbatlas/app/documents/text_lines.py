"""Drawing a text on a few lines, the last one with an ellipsis where it does not fit."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QTextLayout, QTextLine, QTextOption

_LEADING = 2


def line_step(metrics: QFontMetrics) -> int:
    """Return the distance between two lines: the same for every script, so that rows are equally high."""
    return metrics.lineSpacing() + _LEADING


def draw_lines(painter: QPainter, rect: QRect, text: str, *, n_lines: int, alignment: Qt.AlignmentFlag) -> None:
    """Draw ``text``, wrapped at the edges of ``rect``, on at most ``n_lines`` lines from its top.

    Args:
        painter: With font and pen set.
        rect: Where; nothing is drawn beside it.
        text: Without line breaks, already cut to what may be seen: all of it is laid out.
        n_lines: At least 1.
        alignment: Where lines begin; texts from right to left begin at the other side.
    """
    if not text or rect.width() <= 0:
        return
    metrics = painter.fontMetrics()
    option = QTextOption(alignment & Qt.AlignmentFlag.AlignHorizontal_Mask)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(_direction(text))
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    layout = _layout(text, painter.font(), option)
    layout.beginLayout()
    for number in range(n_lines):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(rect.width())
        left_over = _from(text, line.textStart()) if _ends_early(line, text) and number == n_lines - 1 else ""
        if left_over:
            shown = metrics.elidedText(left_over, Qt.TextElideMode.ElideRight, rect.width())
            option.setWrapMode(QTextOption.WrapMode.NoWrap)
            last = _layout(shown, painter.font(), option)
            last.beginLayout()
            line = last.createLine()
            line.setLineWidth(rect.width())
            last.endLayout()
        # Lines that hold Chinese are higher than others: all stand on their own base line.
        top = number * line_step(metrics) + metrics.ascent() - line.ascent()
        line.draw(painter, QPointF(rect.left(), rect.top() + top))
    layout.endLayout()
    painter.restore()


def _layout(text: str, font: QFont, option: QTextOption) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    return layout


def _direction(text: str) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.LayoutDirectionAuto if not text.isascii() else Qt.LayoutDirection.LeftToRight


def _ends_early(line: QTextLine, text: str) -> bool:
    return line.textStart() + line.textLength() < _units(text)


def _units(text: str) -> int:
    """Return the length as Qt counts it: characters beyond the basic plane, such as emoji, are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _from(text: str, start: int) -> str:
    return text[start:] if text.isascii() else text.encode("utf-16-le")[2 * start :].decode("utf-16-le", "replace")
