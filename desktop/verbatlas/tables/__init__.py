"""Ground floor: files to tables and back, every cell the text it was."""

from verbatlas.tables.column_types import as_dates, as_numbers
from verbatlas.tables.excel_writing import ExtraSheet
from verbatlas.tables.first_lines import first_lines
from verbatlas.tables.formats import (
    READABLE_ENDINGS,
    WRITABLE_ENDINGS,
    Parts,
    TextForm,
    excel_reads,
    is_ascii,
    kind_to_write,
    parts,
    sheets,
)
from verbatlas.tables.formula_guard import marks as guard_marks
from verbatlas.tables.header import header_sure
from verbatlas.tables.odd_rows import Oddity, OddRow, odd_rows
from verbatlas.tables.read_report import Places, ReadReport
from verbatlas.tables.reading import Reading, read, read_with_report
from verbatlas.tables.table import AddedColumn, Cell, Table, TableFormat, from_columns, some_rows
from verbatlas.tables.template import Template
from verbatlas.tables.text_columns import documents, guess_text_columns, is_blank, iter_documents
from verbatlas.tables.whole_file import write_whole_folder
from verbatlas.tables.writing import Written, with_marks, write

__all__ = [
    "READABLE_ENDINGS",
    "WRITABLE_ENDINGS",
    "AddedColumn",
    "Cell",
    "ExtraSheet",
    "OddRow",
    "Oddity",
    "Parts",
    "Places",
    "ReadReport",
    "Reading",
    "Table",
    "TableFormat",
    "Template",
    "TextForm",
    "Written",
    "as_dates",
    "as_numbers",
    "documents",
    "excel_reads",
    "first_lines",
    "from_columns",
    "guard_marks",
    "guess_text_columns",
    "header_sure",
    "is_ascii",
    "is_blank",
    "iter_documents",
    "kind_to_write",
    "odd_rows",
    "parts",
    "read",
    "read_with_report",
    "sheets",
    "some_rows",
    "with_marks",
    "write",
    "write_whole_folder",
]
