"""The shared strings of XLSX files are measured before cells make copies of them."""

import zipfile
from pathlib import Path

import pytest
from workbooks import with_part, write_shared

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import no_report
from verbatlas.tables import xlsx_strings
from verbatlas.tables.xlsx_strings import string_lengths

STRINGS = "xl/sharedStrings.xml"


def test_the_lengths_are_those_of_the_xml_wherever_it_is_cut(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = ["short", "late " * 3000, *(f"comment {number}" for number in range(300))]
    path = write_shared(tmp_path / "a.xlsx", [(text,) for text in texts])
    with_part(path, STRINGS, lambda data: data.replace(b"<si>", b"<x:si a='1'>", 1))
    for size in (1500, 4099, 10**6):
        monkeypatch.setattr(
            xlsx_strings,
            "chunks_of",
            lambda archive, part, _path, size=size: (
                archive.read(part)[start : start + size] for start in range(0, part.file_size, size)
            ),
        )
        with zipfile.ZipFile(path) as archive:
            lengths = string_lengths(archive, path, report=no_report)
        assert len(lengths) == len(texts)
        assert all(len(text) < length < len(text) + 80 for text, length in zip(texts, lengths, strict=True))


def test_a_file_that_announces_more_strings_than_it_has_is_refused(tmp_path: Path) -> None:
    path = write_shared(tmp_path / "a.xlsx", [("id", "comment"), (1, "late")])
    with_part(path, STRINGS, lambda data: data.replace(b'uniqueCount="', b'uniqueCount="90000000000000'))

    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.problem is Problem.UNPACKED_TOO_LARGE


def test_a_workbook_without_strings_has_none(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        assert not len(string_lengths(archive, tmp_path, report=no_report))


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="A{row}" t="s"><v>0</v></c>',
        "<c t='s' r = 'A{row}' ><v>0</v></c>",
        '<x:c r="A{row}" t="s"><x:v>0</x:v></x:c>',
        '<c r="A{row}" t="s"><f>A1</f><v>0</v></c>',
        '<c r="A{row}" t="s"><!-- --><v> 0</v></c>',
        '<c t="s"><v>0</v></c>',
    ],
)
def test_a_long_string_in_very_many_cells_is_refused_however_they_are_written(cell: str, tmp_path: Path) -> None:
    path = write_shared(tmp_path / "a.xlsx", [("id", "comment"), (1, "late")])
    with_part(path, STRINGS, lambda data: data.replace(b"<t>id</t>", b"<t>" + b"a" * 32_000 + b"</t>"))
    rows = "".join(f'<row r="{row}">{cell.format(row=row)}</row>' for row in range(10, 30_010)).encode()
    with_part(path, "xl/worksheets/sheet1.xml", lambda data: data.replace(b"</sheetData>", rows + b"</sheetData>"))

    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.problem is Problem.UNPACKED_TOO_LARGE
