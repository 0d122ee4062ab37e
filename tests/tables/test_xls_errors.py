"""Where a formula failed in an old Excel sheet stands what the spreadsheet shows.

The file beside this one was saved by LibreOffice; its formulas divide by nothing, look up what is not there, and so on.
"""

from pathlib import Path

from verbatlas import tables
from verbatlas.tables.lost_cells import LostCells
from verbatlas.tables.source import Unpacked
from verbatlas.tables.xls_errors import xls_errors

_FILE = Path(__file__).with_name("failed_formulas.xls")


def test_failed_formulas_show_their_errors() -> None:
    table = tables.read(_FILE)

    assert table.column(1) == (
        *("#DIV/0!", "#N/A", "#VALUE!", "#NAME?", "#VALUE!", "#VALUE!", "#REF!"),
        *("late", "", "fine"),
    )
    assert table.column(2)[-1] == "#DIV/0!"


def test_only_the_sheet_that_is_read_counts() -> None:
    assert LostCells(1, 1, "#DIV/0!") in xls_errors(_FILE, sheet="S")
    assert xls_errors(_FILE, sheet="another") == []


def test_a_damaged_file_has_no_errors_to_show() -> None:
    whole = _FILE.read_bytes()

    for cut in (600, 1_200, 2_600):
        assert xls_errors(Unpacked(_FILE, whole[:cut]), sheet="S") == []
