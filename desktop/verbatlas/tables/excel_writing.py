"""Write an XLSX file in which every cell of the table is text, so that Excel changes none of them."""

import itertools
import re
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.tables.book_parts import MOST_COLUMNS, MOST_ROWS
from verbatlas.tables.parquet import number_type
from verbatlas.tables.table import Cell

if TYPE_CHECKING:
    import xlsxwriter
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST_CELL = 32_767
_ROWS_AT_ONCE = 500
_UNWRITABLE = re.compile("[\ud800-\udfff\ufffe\uffff]")
_RUN_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ExtraSheet:
    """A sheet behind those of the table; other kinds of files leave it out.

    Attributes:
        name: At most 31 characters, letters and blanks.
        names: Its header.
        columns: Its cells by column; columns of numbers become numbers.
    """

    name: str
    names: Sequence[str]
    columns: Sequence[Sequence[str]]


def write_excel(
    file: BinaryIO,
    path: Path,
    names: Sequence[str],
    columns: Sequence[Sequence[Cell]],
    *,
    n_typed: int,
    above: Sequence[Sequence[Cell]] = (),
    more: Sequence[ExtraSheet] = (),
    report: Report,
) -> None:
    """Write columns below their names, the last ``n_typed`` as numbers where all their cells are, and further sheets.

    The rows ``above`` stand over the names, such as a title.

    More rows than a sheet holds go on in further sheets, each with the header, so that none is lost. A cell that Excel
    cannot hold is refused: cut in silence it would be another comment. Cells that look like formulas are text with
    Excel's mark for text, and stay text when somebody edits them.

    Raises:
        UserError: CELL_TOO_LONG or TOO_MANY_COLUMNS.
        OSError: The file cannot be written.
        Cancelled: The reporter no longer wants it.
    """
    import xlsxwriter  # noqa: PLC0415 - only where an XLSX file is written
    import xlsxwriter.exceptions  # noqa: PLC0415

    if len(names) > MOST_COLUMNS:
        raise UserError(Problem.TOO_MANY_COLUMNS, path=path, columns=len(names), most=MOST_COLUMNS)
    n_rows = len(columns[0]) if columns else 0
    first_typed = len(columns) - n_typed
    numeric = {
        index: kind for index in range(first_typed, len(columns)) if (kind := number_type(columns[index])) is not None
    }
    _refuse_long_cells(path, names, columns)
    with tempfile.TemporaryDirectory(prefix="verbatlas-") as folder:
        book = xlsxwriter.Workbook(file, {"constant_memory": True, "tmpdir": folder})
        try:
            _write_rows(book, [*above, names], columns, numeric, report=report)
            for extra in more:
                _write_extra(book, extra)
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:
            raise error.args[0] if error.args and isinstance(error.args[0], OSError) else OSError(str(error)) from error
        finally:
            for sheet in book.worksheets():
                if sheet.row_data_fh is not None:
                    sheet.row_data_fh.close()
    report(n_rows, n_rows)


def _write_rows(
    book: "xlsxwriter.Workbook",
    head: Sequence[Sequence[Cell]],
    columns: Sequence[Sequence[Cell]],
    numeric: Mapping[int, type[int] | type[float]],
    *,
    report: Report,
) -> None:
    as_text = book.add_format({"quote_prefix": True})
    n_rows = len(columns[0]) if columns else 0
    all_rows = zip(*columns, strict=True)
    for start in range(0, max(n_rows, 1), MOST_ROWS - len(head)):
        sheet = book.add_worksheet()
        sheet.freeze_panes(len(head), 0)
        sheet.ignore_errors({"number_stored_as_text": f"A1:XFD{MOST_ROWS}"})
        # Never a copy of a column: to let go of a million cells at once holds all other threads.
        rows = itertools.islice(all_rows, MOST_ROWS - len(head))
        for number, row in enumerate(itertools.chain(head, rows)):
            _write_row(sheet, number, row, {} if number < len(head) else numeric, as_text)
            if number % _ROWS_AT_ONCE == 0:
                report(start + number, n_rows)


def _write_extra(book: "xlsxwriter.Workbook", extra: ExtraSheet) -> None:
    as_text = book.add_format({"quote_prefix": True})
    numeric = {index: kind for index, column in enumerate(extra.columns) if (kind := number_type(column)) is not None}
    sheet = book.add_worksheet(extra.name)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(itertools.chain([extra.names], zip(*extra.columns, strict=True))):
        short = [cell[:LONGEST_CELL] if cell else cell for cell in row]
        _write_row(sheet, number, short, numeric if number else {}, as_text)


def _write_row(
    sheet: "Worksheet",
    number: int,
    row: Sequence[Cell],
    numeric: Mapping[int, type[int] | type[float]],
    as_text: "Format",
) -> None:
    for column, cell in enumerate(row):
        if not cell:
            continue
        if column in numeric:
            sheet.write_number(number, column, numeric[column](cell))
        else:
            sheet.write_string(number, column, _writable(cell), as_text if cell.startswith(_RUN_AS_FORMULA) else None)


def _writable(cell: str) -> str:
    """Replace what XML has no way to write."""
    return _UNWRITABLE.sub("\ufffd", cell) if _UNWRITABLE.search(cell) else cell


def _refuse_long_cells(path: Path, names: Sequence[str], columns: Sequence[Sequence[Cell]]) -> None:
    for name, column in zip(names, columns, strict=True):
        for row, cell in enumerate(column, start=1):
            if cell and len(cell) * 2 > LONGEST_CELL and len(cell.encode("utf-16-le", "replace")) // 2 > LONGEST_CELL:
                raise UserError(Problem.CELL_TOO_LONG, path=path, row=row, column=name, longest=LONGEST_CELL)
