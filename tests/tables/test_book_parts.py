"""Parts of workbooks that are larger than they say, or than a table can be, are not unpacked."""

import zipfile
from pathlib import Path

import pytest
from workbooks import with_lie, with_part, write_shared

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.tables.book_parts import has_too_many_cells, part_called

ROWS = [("id", "comment"), (1, "late")]
PARTS = ["xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("lies", [False, True])
def test_a_part_that_unpacks_to_far_more_than_it_is_packed_is_refused(part: str, lies: bool, tmp_path: Path) -> None:
    path = write_shared(tmp_path / "a.xlsx", ROWS)
    with_part(path, part, lambda data: data + b"<!--" + b"a" * 80_000_000 + b"-->")
    if lies:
        with_lie(path, part, size=5000)

    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.problem is Problem.UNPACKED_TOO_LARGE


def test_to_name_the_sheets_unpacks_no_more(tmp_path: Path) -> None:
    path = write_shared(tmp_path / "a.xlsx", ROWS)
    with_part(path, "xl/styles.xml", lambda data: data + b"<!--" + b"a" * 80_000_000 + b"-->")

    with pytest.raises(UserError) as caught:
        tables.parts(with_lie(path, "xl/styles.xml", size=5000))
    assert caught.value.problem is Problem.UNPACKED_TOO_LARGE


def test_a_part_is_found_as_the_reader_finds_it_and_must_be_the_only_one(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("xl\\SharedStrings.xml", "a")
        archive.writestr("Content.xml", "a")
        archive.writestr("content.xml", "b")
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        assert part_called(archive, "xl/sharedStrings.xml").file_size == 1
        with pytest.raises(KeyError):
            part_called(archive, "xl/styles.xml")
        with pytest.raises(zipfile.BadZipFile):
            part_called(archive, "content.xml")


@pytest.mark.parametrize(
    ("cells", "columns", "filled", "is_too_much"),
    [
        (1_048_576 * 20, 20, 40, False),  # one cell in the last row
        (1_048_576 * 30, 30, 40, True),
        (1_048_576 * 30, 30, 1_048_576 * 30, False),
        (60_000_000, 60, 60_000_000, True),
        (20_000, 20_000, 20_000, True),
    ],
)
def test_empty_cells_count_less_than_filled_ones(cells: int, columns: int, filled: int, is_too_much: bool) -> None:
    assert has_too_many_cells(cells, columns, filled=filled) is is_too_much
