"""Write a table back as it was read, with columns added, or leave the old file as it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from verbatlas.progress import Report, no_report
from verbatlas.tables.delimited_writing import text_blocks
from verbatlas.tables.dialect import UNIT_SEPARATOR
from verbatlas.tables.excel_writing import ExtraSheet, write_excel
from verbatlas.tables.formats import TextForm, delimited_format, excel_reads, is_ascii, kind_to_write
from verbatlas.tables.formula_guard import MARK, guard, marks
from verbatlas.tables.json_rows import json_blocks
from verbatlas.tables.parquet import write_parquet
from verbatlas.tables.table import AddedColumn, Table, TableFormat, names_to_write, unique_labels
from verbatlas.tables.whole_file import write_whole
from verbatlas.tables.workbook import rows_above_of


@dataclass(frozen=True, slots=True)
class Written:
    """What was written, and how.

    Attributes:
        path: The file.
        format: Its format.
        encoding_changed: Whether it is UTF-8 because the source's encoding has no characters for an added cell.
    """

    path: Path
    format: TableFormat
    encoding_changed: bool


def write(
    path: Path,
    table: Table,
    *,
    added: Sequence[AddedColumn] = (),
    guard_formulas: bool = False,
    form: TextForm = TextForm.SOURCE,
    format: TableFormat | None = None,  # noqa: A002
    more: Sequence[ExtraSheet] = (),
    report: Report = no_report,
) -> Written:
    """Write ``table`` and the added columns to ``path``, all of it or nothing.

    A table without a header gets one when columns are added, because a label without a name is no use; its first line
    then names the original columns by their position.

    Args:
        path: Where to; an old file there is replaced at the very end. Its ending says what kind of file it becomes:
            Excel, JSON Lines, a JSON array, Parquet, or delimited text. Repeated column names become distinct
            in JSON and Parquet, which know columns by their names.
        table: The original rows and columns, which are written untouched.
        added: Columns to append. Their cells are numbers where the kind of file knows numbers and all of them are.
        guard_formulas: Make names and cells harmless that a spreadsheet would run, by an apostrophe before them; where
            there are any, a last column says in which rows, by which :func:`read` undoes it. Only delimited text needs
            that: in the other kinds nothing runs.
        form: Whether delimited text is written as it was read, or so that Excel opens it correctly.
        format: How it was read; as the table says if not given.
        more: Sheets behind the table, for kinds of files that have sheets.
        report: Told how many rows of all are written.

    Raises:
        UserError: The disk is full, the file or folder cannot be written, or this kind of file cannot hold a cell.
        Cancelled: The reporter no longer wants the file; the old one is as it was.
    """
    kind = kind_to_write(path)
    if kind != "delimited":
        return _write_typed(path, table, added, kind, more=more, report=report)
    if guard_formulas:
        added = with_marks(table, added)
    wanted = text_format(path, table, added, form=form, table_format=format)
    used = wanted
    try:
        _write_text(path, table, added, wanted, guard_formulas=guard_formulas, report=report)
    except UnicodeEncodeError:
        used = replace(wanted, encoding="utf-8", byte_order_mark=True)
        _write_text(path, table, added, used, guard_formulas=guard_formulas, report=report)
    return Written(path, used, used is not wanted)


def with_marks(table: Table, added: Sequence[AddedColumn], *, always: bool = False) -> list[AddedColumn]:
    """Return the columns to append with one more where guarding changes something, which says in which rows.

    Args:
        table: The original rows and columns.
        added: The columns to append.
        always: Whether it is known that rows change which are not among these.
    """
    marked = marks([*table.columns, *(column.cells for column in added)])
    has_names = table.format.has_header or bool(added)
    if always or (has_names and any(guard(name) is not name for name in names_to_write(table, added))):
        marked = marked or [""] * table.n_rows
    return [*added, AddedColumn(MARK, marked)] if marked else list(added)


def text_format(
    path: Path,
    table: Table,
    added: Sequence[AddedColumn],
    *,
    form: TextForm,
    table_format: TableFormat | None = None,
) -> TableFormat:
    """Return how a table is written to a file of delimited text, as far as its encoding can hold all cells."""
    read = table_format or table.format
    for_excel = form is TextForm.EXCEL
    if form is TextForm.AUTO and not excel_reads(read, is_ascii=False):
        columns = [table.names, *table.columns, *([column.name, *column.cells] for column in added)]
        for_excel = not excel_reads(read, is_ascii=is_ascii(columns))
    wanted = delimited_format(path, read, for_excel=for_excel)
    # The only column of the source has every usual delimiter in it; now there are others.
    is_widened = added and wanted.delimiter == UNIT_SEPARATOR and table.n_columns == 1
    return replace(wanted, delimiter="\t") if is_widened else wanted


def _write_text(
    path: Path,
    table: Table,
    added: Sequence[AddedColumn],
    table_format: TableFormat,
    *,
    guard_formulas: bool,
    report: Report,
) -> None:
    blocks = text_blocks(table, added, table_format, guard_formulas=guard_formulas, report=report)
    write_whole(path, lambda file: file.writelines(_encoded(blocks, table_format)))


def _encoded(blocks: Iterator[str], table_format: TableFormat) -> Iterator[bytes]:
    if table_format.byte_order_mark:
        yield ("\ufeff" * (1 + table_format.more_marks)).encode(table_format.encoding)
    for block in blocks:
        yield block.encode(table_format.encoding)


def _write_typed(
    path: Path,
    table: Table,
    added: Sequence[AddedColumn],
    kind: str,
    *,
    more: Sequence[ExtraSheet],
    report: Report,
) -> Written:
    """Write a kind of file that knows text from formulas, so that no cell needs a guard."""
    names = names_to_write(table, added)
    columns = [*table.columns, *(column.cells for column in added)]
    if kind == "xlsx":
        n_typed, above = len(added), rows_above_of(table.format)
        write_whole(
            path,
            lambda file: write_excel(
                file, path, names, columns, n_typed=n_typed, above=above, more=more, report=report
            ),
        )
    elif kind == "parquet":
        unique = unique_names(names)
        write_whole(path, lambda file: write_parquet(file, unique, columns, n_typed=len(added), report=report))
    else:
        rows = zip(*columns, strict=True)
        as_array = kind == "json"
        blocks = json_blocks(unique_names(names), rows, n_rows=table.n_rows, as_array=as_array, report=report)
        write_whole(path, lambda file: file.writelines(blocks))
    return Written(path, TableFormat(kind=kind), encoding_changed=False)


def unique_names(names: Sequence[str]) -> Sequence[str]:
    """Return names of which none is there twice: objects and other programs know columns by name only."""
    return names if len(set(names)) == len(names) else unique_labels(names)
