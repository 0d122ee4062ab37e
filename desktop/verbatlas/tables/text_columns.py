"""Which columns hold the comments, and the documents made of them."""

import math
import re
from collections.abc import Iterator, Sequence

from verbatlas.tables.table import Cell, Table
from verbatlas.tables.template import Template

_SAMPLED = 400
_LETTERS = re.compile(r"[^\W\d_]")
_HAN_KANA_HANGUL = re.compile(r"[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")  # Thai, Lao, Burmese and Khmer
_DIGIT = re.compile(r"\d")
_URL_OR_MAIL = re.compile(r"\s*(https?://\S+|www\.\S+|\S+@\S+\.\S+)\s*")
_GOOD_ENOUGH = 0.35
_FIGURES_COUNT, _LEAST_PLAIN = 4, 0.3
_NAMES = re.compile(
    r"comment|feedback|review|text|message|verbatim|body|question|answer|content|complaint|description|remark"
    r"|verbesserung|kommentar|meinung|bewertung|antwort|avis|réponse|comentario|opini[oó]n|respuesta|отзыв|ответ|мнение"
    r"|评论|评价|反馈|内容|问题|留言|意见|建议|投诉|文本|描述|备注|评语|評論|評價|內容|問題|建議|意見"
    r"|コメント|感想|レビュー|口コミ|의견|댓글|리뷰|후기|ความคิดเห็น|رأي|تعليق",
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
    if best is not None and scores[best] >= _GOOD_ENOUGH:
        return (best,)
    # Where every answer is a word or two, only the name of the column tells that they are answers.
    named = [index for index, name in enumerate(table.names) if _NAMES.search(name) and _has_words(table.column(index))]
    return tuple(named[:1])


def _has_words(column: Sequence[Cell]) -> bool:
    texts = _sample(column)
    return 2 * sum(bool(_LETTERS.search(text)) and not _URL_OR_MAIL.fullmatch(text) for text in texts) > len(texts)


def _sample(column: Sequence[Cell]) -> list[str]:
    filled = [cell for cell in column if cell and not is_blank(cell)]
    return filled[:: max(1, len(filled) // _SAMPLED)][:_SAMPLED]


def _score(column: Sequence[Cell]) -> float:
    sample = _sample(column)
    if not sample:
        return 0.0
    texts = [cell for cell in sample if _LETTERS.search(cell) and not _URL_OR_MAIL.fullmatch(cell)]
    # Categories repeat, comments hardly ever do; a handful of rows says nothing about that.
    variety = len(set(sample)) / len(sample)
    words = sum(map(_words, texts)) / len(sample)
    # Addresses, logs and codes are full of figures.
    figures = sum(len(_DIGIT.findall(text)) for text in texts) / max(1, sum(map(len, texts)))
    plain = max(_LEAST_PLAIN, 1 - _FIGURES_COUNT * figures)
    return (len(texts) / len(sample)) * math.sqrt(variety) * math.log1p(max(0.0, words - 1)) * plain


def _words(text: str) -> float:
    """Count words; two East Asian characters are about one, and five of scripts without spaces."""
    east_asian, unspaced = len(_HAN_KANA_HANGUL.findall(text)), len(_UNSPACED.findall(text))
    others = _UNSPACED.sub(" ", _HAN_KANA_HANGUL.sub(" ", text)).split()
    return len(others) + east_asian / 2 + unspaced / 5
