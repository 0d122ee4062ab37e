"""Drawing a text on a few lines, the last one with an ellipsis where it does not fit."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QTextCharFormat, QTextLayout, QTextLine, QTextOption

_LEADING = 2


def line_step(metrics: QFontMetrics) -> int:
    """Return the distance between two lines: the same for every script, so that rows are equally high."""
    return metrics.lineSpacing() + _LEADING


def draw_lines(
    painter: QPainter,
    rect: QRect,
    text: str,
    *,
    n_lines: int,
    alignment: Qt.AlignmentFlag,
    marks: Sequence[tuple[int, int]] = (),
    ground: QColor | None = None,
) -> None:
    """Draw ``text``, wrapped at the edges of ``rect``, on at most ``n_lines`` lines from its top.

    Args:
        painter: With font and pen set.
        rect: Where; nothing is drawn beside it.
        text: Without line breaks, already cut to what may be seen: all of it is laid out.
        n_lines: At least 1.
        alignment: Where lines begin; texts from right to left begin at the other side.
        marks: The parts of ``text`` that stand out: (start, stop) in characters, rising, apart.
        ground: The colour under them.
    """
    if not text or rect.width() <= 0:
        return
    metrics = painter.fontMetrics()
    option = QTextOption(alignment & Qt.AlignmentFlag.AlignHorizontal_Mask)
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTextDirection(_direction(text))
    painter.save()
    painter.setClipRect(rect, Qt.ClipOperation.IntersectClip)
    formats = _formats(text, marks, ground)
    layout = _layout(text, painter.font(), option, formats)
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
            last = _layout(shown, painter.font(), option, _later(formats, line.textStart()))
            last.beginLayout()
            line = last.createLine()
            line.setLineWidth(rect.width())
            last.endLayout()
        # Lines that hold Chinese are higher than others: all stand on their own base line.
        top = number * line_step(metrics) + metrics.ascent() - line.ascent()
        line.draw(painter, QPointF(rect.left(), rect.top() + top))
    layout.endLayout()
    painter.restore()


def _layout(text: str, font: QFont, option: QTextOption, formats: Sequence[QTextLayout.FormatRange]) -> QTextLayout:
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    if formats:
        layout.setFormats(formats)
    return layout


def _formats(text: str, marks: Sequence[tuple[int, int]], ground: QColor | None) -> list[QTextLayout.FormatRange]:
    """Return how the marked parts look: bold too, for eyes to which the ground looks the same."""
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    if ground is not None:
        look.setBackground(ground)
    return [_range(_units(text[:start]), _units(text[start:stop]), look) for start, stop in marks]


def _later(formats: Sequence[QTextLayout.FormatRange], first: int) -> list[QTextLayout.FormatRange]:
    """Return the formats of the text that begins ``first`` units later."""
    return [
        _range(max(one.start - first, 0), one.length + min(one.start - first, 0), one.format)
        for one in formats
        if one.start + one.length > first
    ]


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, look
    return made


def _direction(text: str) -> Qt.LayoutDirection:
    return Qt.LayoutDirection.LayoutDirectionAuto if not text.isascii() else Qt.LayoutDirection.LeftToRight


def _ends_early(line: QTextLine, text: str) -> bool:
    return line.textStart() + line.textLength() < _units(text)


def _units(text: str) -> int:
    """Return the length as Qt counts it: characters beyond the basic plane, such as emoji, are two."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def _from(text: str, start: int) -> str:
    return text[start:] if text.isascii() else text.encode("utf-16-le")[2 * start :].decode("utf-16-le", "replace")
