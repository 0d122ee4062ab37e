"""Tell the names of the columns from the lines above them and from the rows below."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence

_DIGITS = re.compile(r"\d")
_NUMBER_OR_DATE = re.compile(
    r"\s*[-+(]?[$€£¥]?[\d.,:/\-\s年月日TZ+]*\d[\d.,:/\-\s%年月日TZ+)€]*(?:[eE][-+]?\d+)?\s*|\s*(?:[Nn][Aa][Nn]?|[Nn]ull|NULL)\s*"
)
_YEAR = re.compile(r"\s*(?:19|20)\d\d\s*")
_NAME = re.compile(
    r"id|no|nr|key|date|time|name|user|store|shop|city|country|region|product|category|label|class|type|rating|score|stars?"
    r"|title|comments?|feedback|reviews?|text|message|verbatim|body|questions?|answers?|content|description|remarks?|notes?"
    r"|tweet|response|opinion|sentence|utterance|complaints?|suggestions?"
    r"|编号|序号|日期|时间|评论|评价|反馈|内容|问题|留言|意见|建议|文本|描述|备注|标题|编號|評論|評價|內容|意見|問題"
    r"|コメント|ご?意見|感想|내용|의견|댓글|リビュー|kommentare?|avis|commentaires?|comentarios?|отзывы?|комментари[йи]",
    re.IGNORECASE,
)
_LONGEST_NAME = 60
_MOST_LINES_ABOVE = 20
_LOOKED_AT = 200


def rows_above(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are titles, comments or other lines above the table; blank rows count.

    They have fewer than half of the cells that the rows below have, and are no rows of figures.
    """
    looked_at = rows[:_LOOKED_AT]
    filled = [sum(1 for cell in row if cell.strip()) for row in looked_at]
    widths = Counter(len(row) for row in looked_at if row)
    counts = Counter(count for count in filled if count)
    if not counts:
        return 0
    width = widths.most_common(1)[0][0]
    typical = counts.most_common(1)[0][0] if width > 1 else 1
    leading = next(index for index, count in enumerate(filled) if count)
    for index in range(leading, min(len(looked_at) - 1, leading + _MOST_LINES_ABOVE)):
        row = looked_at[index]
        if filled[index] and not _is_above(row, filled[index], typical=typical, width=width):
            below = filled[index:]
            regular = sum(count > typical // 2 for count in below)
            return index if index == leading or 2 * regular > len(below) else leading
    return leading


def _is_above(row: Sequence[str], filled: int, *, typical: int, width: int) -> bool:
    is_comment = row[0].lstrip().startswith("#") and len(row) != width
    if typical < 2:
        return is_comment and width > 1
    if typical < 4 and len(row) >= width:
        # Of two or three columns any may be empty in any row.
        return False
    return is_comment or (filled <= typical // 2 and not (len(row) >= width and is_figure(row[0])))


def is_figure(cell: str) -> bool:
    """Return whether a cell is a number, a date, a time or a word for nothing."""
    return len(cell) <= _LONGEST_NAME and bool(_NUMBER_OR_DATE.fullmatch(cell))


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns.

    In doubt it does: feedback files come with a header nearly always. It plainly does not when a name would be a
    number, a date, a sentence, or stand a second time in its own column.
    """
    if len(rows) < 2:
        return not (rows and any(is_figure(cell) for cell in rows[0]))
    first, rest = rows[0], rows[1:_LOOKED_AT]
    if any(is_figure(cell) for cell in first) and not _names_are_years(first, rest):
        return False
    if any(len(cell) > _LONGEST_NAME or "\n" in cell for cell in first) or not any(cell.strip() for cell in first):
        return False
    columns = [[row[index] for row in rest if index < len(row)] for index in range(len(first))]
    if _repeats(first, columns):
        return False
    if len(first) == 1:
        return _names_one_column(first[0], columns[0])
    return not _is_like_its_rows(first, columns)


def header_sure(rows: Sequence[Sequence[str]], *, has_header: bool) -> float:
    """Return how sure it is whether the first row names the columns, 0.5 to 1: by how much speaks for it.

    Args:
        rows: The first rows, the one in question among them.
        has_header: What was decided.
    """
    if len(rows) < 2:
        return 0.5
    first, rest = rows[0], rows[1:_LOOKED_AT]
    if not has_header:
        plain = (
            any(map(is_figure, first)) + any(map(is_sentence, first)) + any(len(cell) > _LONGEST_NAME for cell in first)
        )
        return 1 - 0.3 * 0.25**plain
    named = sum(bool(_NAME.fullmatch(cell.strip())) for cell in first)
    columns = [[row[index] for row in rest if index < len(row)] for index in range(len(first))]
    unlike = sum(_is_unlike(name, column) for name, column in zip(first, columns, strict=True))
    return 1 - 0.4 * 0.2**named * 0.5**unlike


def _is_unlike(name: str, column: Sequence[str]) -> bool:
    """Return whether a column holds figures or long texts below a name that is neither."""
    filled = [cell for cell in column if cell.strip()]
    if not filled or not name.strip() or is_figure(name):
        return False
    return sum(map(is_figure, filled)) > 0.8 * len(filled) or 3 * len(name) < statistics.median(map(len, filled))


def _names_are_years(first: Sequence[str], rest: Sequence[Sequence[str]]) -> bool:
    years = [index for index, cell in enumerate(first) if is_figure(cell)]
    below = [row[index] for row in rest[:20] for index in years if index < len(row)]
    return (
        len(years) > 1
        and len(years) < len(first)
        and all(_YEAR.fullmatch(first[index]) for index in years)
        and 2 * sum(bool(_YEAR.fullmatch(cell)) for cell in below) < len(below)
    )


def _repeats(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    return any(
        name.strip() and len(column) > 5 and column.count(name) > 1 for name, column in zip(first, columns, strict=True)
    )


def _names_one_column(first: str, column: Sequence[str]) -> bool:
    if _NAME.fullmatch(first.strip()):
        return True
    if is_sentence(first):
        return False
    lengths = [len(cell) for cell in column if cell.strip()]
    return bool(lengths) and (all(map(is_figure, column)) or 2.5 * len(first) <= statistics.median(lengths))


def _is_like_its_rows(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row is as long as the others where they hold sentences, and says nothing like a name."""
    if any(_NAME.fullmatch(cell.strip()) for cell in first):
        return False
    like, unlike = 0, 0
    for name, column in zip(first, columns, strict=True):
        filled = [cell for cell in column if cell.strip()]
        if not filled or not name.strip():
            continue
        if sum(map(is_figure, filled)) > 0.8 * len(filled):
            unlike += 1
            continue
        length = statistics.median(map(len, filled))
        if length >= 12 and 3 * len(name) < length:
            unlike += 1
        elif is_sentence(name) or _is_code_like(name, filled[:50]):
            like += 1
    return like > unlike


def _is_code_like(name: str, cells: Sequence[str]) -> bool:
    return _shape(name) != "word" and all(_shape(cell) == _shape(name) for cell in cells)


def _shape(cell: str) -> str:
    """Return the kind of a code such as ``C1_39500`` or ``a@b.c``, or that the cell is a word or some."""
    if not _DIGITS.search(cell) and "@" not in cell and "://" not in cell:
        return "word"
    return re.sub(r"[^\W\d_]+", "a", _DIGITS.sub("0", cell)).replace("00", "0")[:20]


def is_sentence(text: str) -> bool:
    """Return whether a cell is more than a name."""
    return bool(re.search(r"[.!?。！？…；]\s*$|[，。！？；]", text)) or len(text.split()) > 5
