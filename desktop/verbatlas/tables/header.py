"""Tell the names of the columns from the lines above them and from the rows below."""

import re
import statistics
from collections import Counter
from collections.abc import Sequence

_DIGITS = re.compile(r"\d")
_NUMBER_OR_DATE = re.compile(
    r"\s*[-+(]?[$€£¥]?[\d.,:/\-\s年月日TZ+]*\d[\d.,:/\-\s%年月日TZ+)€]*(?:[eE][-+]?\d+)?\s*|\s*(?:[Nn][Aa][Nn]?|[Nn]ull|NULL)\s*"
)
_NAME = re.compile(
    r"id|no|nr|key|date|time|name|user|store|shop|city|country|region|product|category|label|class|type|rating|score|stars?"
    r"|title|comments?|feedback|reviews?|text|message|verbatim|body|questions?|answers?|content|description|remarks?|notes?"
    r"|tweet|response|opinion|sentence|utterance|complaints?|suggestions?"
    r"|编号|序号|日期|时间|评论|评价|反馈|内容|问题|留言|意见|建议|文本|描述|备注|标题|编號|評論|評價|內容|意見|問題"
    r"|コメント|ご?意見|感想|내용|의견|댓글|リビュー|kommentare?|avis|commentaires?|comentarios?|отзывы?|комментари[йи]",
    re.IGNORECASE,
)
# Of a single word, such as ``Kundenmeinung`` or ``q3_comment``, a part is enough.
_NAME_PART = re.compile(
    r"comment|feedback|review|verbatim|answer|response|opinion|kommentar|meinung|bewertung|antwort|commentaire|réponse"
    r"|comentario|respuesta|отзыв|评论|评价|反馈|内容|留言|意见|建议|評論|評價|內容|意見|コメント|感想|의견|댓글",
    re.IGNORECASE,
)
_CODED_NAME = re.compile(r"[^\W\d]\w*_\w+|[Qq]\d{1,3}[a-z]?|[^\W\d_]+\d{1,3}")
_QUESTION = re.compile(r"[?？:：]\s*(?:\([^()]*\)|（[^（）]*）|\*)?\s*$")
_DATE_NAME = re.compile(
    r"\s*(?:(?:19|20)\d\d(?:[-/.年]?(?:0?[1-9]|1[0-2])月?)?年?|(?:0?[1-9]|1[0-2])[-/.](?:19|20)\d\d)\s*"
)
_LONGEST_NAME = 60
_REMARKS = ("#", "%", "//", ";", "!", "--")
_MOST_LINES_ABOVE = 20
_LOOKED_AT = 200


def rows_above(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows are titles, comments or other lines above the table; blank rows count.

    They have fewer than half of the cells that the rows below have, and are no rows of figures; or a row that plainly
    names the columns stands below them, and they look like remarks or titles.
    """
    n_short = _short_rows_above(rows)
    return n_short + _remarks_above(rows[n_short:])


def _short_rows_above(rows: Sequence[Sequence[str]]) -> int:
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


def _remarks_above(rows: Sequence[Sequence[str]]) -> int:
    """Return how many of the first rows look like remarks, where the next one plainly names the columns.

    Of tables of few columns titles have as many cells as the rows.
    """
    looked_at = rows[:_LOOKED_AT]
    for index, row in enumerate(looked_at[:_MOST_LINES_ABOVE]):
        if not any(cell.strip() for cell in row):
            continue
        if not _is_remark(row, looked_at[index + 1 :]):
            return index if index and len(row) > 1 and _plainly_names(looked_at[index:]) else 0
    return 0


def _is_remark(row: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Return whether a row may be a comment, a title, a sentence with commas, or one of ``Date:,2020``."""
    first = row[0].strip()
    if (
        first.startswith(_REMARKS)
        or (first and not any(cell.strip() for cell in row[1:]))
        or first.endswith((":", "："))
    ):
        return True
    later = [cell for some in below[:50] for cell in some[1:]]
    is_spaced = len(row) > 1 and all(cell.startswith(" ") for cell in row[1:])
    return is_spaced and 10 * sum(cell.startswith(" ") for cell in later) < len(later)


def _plainly_names(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names all columns, by what it says or by how unlike the rows below it is."""
    first, rest = rows[0], [row for row in rows[1:] if row]
    last = next((index for index in range(len(first) - 1, 0, -1) if first[index].strip()), 0)
    first = first[: last + 1]
    if not rest or not all(cell.strip() for cell in first) or not looks_like_header([first, *rest]):
        return False
    columns = _columns_of(first, rest)
    return any(_NAME.fullmatch(cell.strip()) for cell in first) or any(map(_is_unlike, first, columns))


def is_figure(cell: str) -> bool:
    """Return whether a cell is a number, a date, a time or a word for nothing."""
    return len(cell) <= _LONGEST_NAME and bool(_NUMBER_OR_DATE.fullmatch(cell))


def has_header_below(rows: Sequence[Sequence[str]], n_above: int) -> bool:
    """Return whether the first row below the lines above a table names the columns; blank rows do not count."""
    below = [row for row in rows[n_above:] if any(row)]
    named = [cell for cell in below[0] if cell.strip()] if below else []
    has_words = 2 * sum(map(is_figure, named)) < len(named)
    return looks_like_header(below) or (n_above > 0 and has_words)


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row names the columns.

    In doubt it does: feedback files come with a header nearly always. It plainly does not when a name would be a
    number, a date, a sentence like those below, or stand a second time in its own column.
    """
    if len(rows) < 2:
        return not (rows and any(is_figure(cell) for cell in rows[0]))
    first, rest = rows[0], rows[1:_LOOKED_AT]
    if len(first) > 1:  # files that were put one behind the other have their names in each
        rest = [row for row in rest if list(row) != list(first)] or rest
    columns = _columns_of(first, rest)
    if not any(cell.strip() for cell in first) or _repeats(first, columns):
        return False
    if any(is_figure(cell) for cell in first) and not _names_are_dates(first, columns):
        return False
    if len(first) == 1:
        return _names_one_column(first[0], columns[0])
    return not _is_like_its_rows(first, columns)


def _columns_of(first: Sequence[str], rest: Sequence[Sequence[str]]) -> list[list[str]]:
    return [[row[index] for row in rest if index < len(row)] for index in range(len(first))]


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
    columns = _columns_of(first, rest)
    unlike = sum(_is_unlike(name, column) for name, column in zip(first, columns, strict=True))
    return 1 - 0.4 * 0.2**named * 0.5**unlike


def _is_unlike(name: str, column: Sequence[str]) -> bool:
    """Return whether a column holds figures or long texts below a name that is neither."""
    filled = [cell for cell in column if cell.strip()]
    if not filled or not name.strip() or is_figure(name):
        return False
    return sum(map(is_figure, filled)) > 0.8 * len(filled) or 3 * len(name) < statistics.median(map(len, filled))


def _names_are_dates(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Return whether all figures of the first row are years or months, and what is below them are none."""
    dates = [index for index, cell in enumerate(first) if is_figure(cell)]
    others = [cell for cell in first if not is_figure(cell)]
    below = [cell for index in dates for cell in columns[index][:20]]
    return (
        all(_DATE_NAME.fullmatch(first[index]) for index in dates)
        and bool(others)
        and (len(dates) > 1 or any(_NAME.fullmatch(cell.strip()) for cell in others))
        and 2 * sum(bool(_DATE_NAME.fullmatch(cell)) for cell in below) < max(1, len(below))
    )


def _repeats(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Return whether a name stands in its own column again: more than once, or where few different cells do."""
    return any(
        name.strip()
        and name in column
        and ((len(column) > 5 and column.count(name) > 1) or (len(column) > 3 and 2 * len(set(column)) <= len(column)))
        for name, column in zip(first, columns, strict=True)
    )


def _names_one_column(first: str, column: Sequence[str]) -> bool:
    name = first.strip()
    if _NAME.fullmatch(name):
        return True
    filled = [cell for cell in column if cell.strip()]
    if len(name.split()) == 1 and not is_sentence(name):
        if _NAME_PART.search(name) and not any(map(_NAME_PART.search, filled)):
            return True
        if _CODED_NAME.fullmatch(name) and not any(_CODED_NAME.fullmatch(cell.strip()) for cell in filled):
            return True
    if is_sentence(first):
        return _is_question(first, filled)
    lengths = list(map(len, filled))
    if lengths and _NAME_PART.search(name) and len(name) > 2 * statistics.median(lengths):
        return True
    return bool(lengths) and (all(map(is_figure, column)) or 2.5 * len(first) <= statistics.median(lengths))


def _is_question(name: str, cells: Sequence[str]) -> bool:
    """Return whether a name is a question, and what is below it seldom is one."""
    return bool(_QUESTION.search(name)) and 5 * sum(bool(_QUESTION.search(cell)) for cell in cells) < len(cells)


def _is_like_its_rows(first: Sequence[str], columns: Sequence[Sequence[str]]) -> bool:
    """Return whether the first row is as long as the others where they hold sentences, and says nothing like a name."""
    if any(_NAME.fullmatch(cell.strip()) for cell in first):
        return False
    like, unlike = 0, 0
    for name, column in zip(first, columns, strict=True):
        filled = [cell for cell in column if cell.strip()]
        if not filled or not name.strip():
            continue
        if sum(map(is_figure, filled)) > 0.8 * len(filled) or _is_question(name, filled):
            unlike += 1
            continue
        length = statistics.median(map(len, filled))
        if length >= 12 and 3 * len(name) < length:
            unlike += 1
        elif is_sentence(name) or len(name) > _LONGEST_NAME or "\n" in name or _is_code_like(name, filled[:50]):
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
