"""Which columns hold the comments, and the documents made of them."""

import math
import re
from collections.abc import Iterator, Sequence

from verbatlas.tables.table import Cell, Table
from verbatlas.tables.template import Template

_SAMPLED = 400
_LETTERS = re.compile(r"[^\W\d_]")
_HAN_KANA_HANGUL = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_URL_OR_MAIL = re.compile(r"\s*(https?://\S+|www\.\S+|\S+@\S+\.\S+)\s*")
_GOOD_ENOUGH = 0.35
_NAMES = re.compile(
    r"comment|feedback|review|text|message|verbatim|body|question|answer|content|complaint|description|remark"
    r"|评论|评价|反馈|内容|问题|留言|意见|建议|投诉|文本|描述|备注|評論|評價|內容|問題",
    re.IGNORECASE,
)


def is_blank(text: str) -> bool:
    """Return whether a document has nothing that a person could read."""
    if text.isprintable():  # nearly all are, and this takes no loop
        return not text or text.isspace()
    return not any(char.isprintable() and not char.isspace() for char in text)


def documents(table: Table, columns: Sequence[int], template: Template | None = None) -> tuple[str, ...]:
    """Return the text of every row.

    Args:
        table: The rows and columns.
        columns: Positions of the columns whose text it is; of one column the cells are taken as they are.
        template: How ``columns``, which are its own then, are joined; one a line if not given.
    """
    return tuple(iter_documents(table, columns, template))


def iter_documents(
    table: Table, columns: Sequence[int], template: Template | None = None, *, n_rows: int | None = None
) -> Iterator[str]:
    """Yield what :func:`documents` returns, of the first ``n_rows`` rows if that is given."""
    if template is None and len(columns) == 1:
        yield from (cell or "" for cell in table.column(columns[0])[:n_rows])
        return
    joined = Template.in_lines(columns) if template is None else template
    chosen = [table.column(column)[:n_rows] for column in joined.columns]
    for cells in zip(*chosen, strict=True):
        yield joined.fill(cells, [not cell or is_blank(cell) for cell in cells])


def guess_text_columns(table: Table) -> tuple[int, ...]:
    """Return the column that looks most like comments, by length, variety and words; empty if none does."""
    scores = [
        _score(table.column(index)) * (1.5 if _NAMES.search(name) else 1.0) for index, name in enumerate(table.names)
    ]
    best = max(range(len(scores)), key=lambda index: (scores[index], -index), default=None)
    return () if best is None or scores[best] < _GOOD_ENOUGH else (best,)


def _score(column: Sequence[Cell]) -> float:
    filled = [cell for cell in column if cell and not is_blank(cell)]
    sample = filled[:: max(1, len(filled) // _SAMPLED)][:_SAMPLED]
    if not sample:
        return 0.0
    texts = [cell for cell in sample if _LETTERS.search(cell) and not _URL_OR_MAIL.fullmatch(cell)]
    # Categories repeat, comments hardly ever do; a handful of rows says nothing about that.
    variety = len(set(sample)) / len(sample)
    words = sum(map(_words, texts)) / len(sample)
    return (len(texts) / len(sample)) * math.sqrt(variety) * math.log1p(max(0.0, words - 1))


def _words(text: str) -> float:
    """Count words; two East Asian characters are about one."""
    east_asian = len(_HAN_KANA_HANGUL.findall(text))
    return len(_HAN_KANA_HANGUL.sub(" ", text).split()) + east_asian / 2
