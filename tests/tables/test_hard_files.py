"""The hard files of other projects open as those projects expect, or the note says why another answer is better."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError


@dataclass(frozen=True)
class Expected:
    """What a file holds: its shape below the header, how it is written, and the beginnings of some cells."""

    shape: tuple[int, int]
    encoding: str = "utf-8"
    delimiter: str = ","
    names: tuple[str, ...] = ()
    first: tuple[str | None, ...] = ()
    above: int = 0
    ragged: int = 0
    mended: tuple[int, ...] = ()
    why: str = ""


EXPECTED = {
    "cfpb_complaints_sample.csv": Expected(
        (2068, 18),
        names=("Date received", "Product"),
        first=("2023-08-25", "Credit reporting"),
        ragged=1,
        mended=(3302,),
        why="the file is cut off within a quoted cell, which is kept as far as it goes",
    ),
    "messytables/begrotingsanalyse-2011.csv": Expected(
        (39, 20), names=("", "", "provincie"), first=("", "", "A"), above=3, why="titles stand above the header"
    ),
    "messytables/characters.csv": Expected(
        (382, 18),
        "big5hkscs",
        names=("id", "景點編號", "景點中文名稱"),
        first=("v_1", "C1_395000000A_000001", "雲嘉南"),
    ),
    "messytables/complex.csv": Expected(
        (3, 4), names=("date", "another date", "temperature", "place"), first=("2011-01-01", "24 October 2011", "0", "")
    ),
    "messytables/example.tsv": Expected((140, 17), delimiter="\t", names=("hour", "expr1_0_imp")),
    "messytables/excel_pasting.csv": Expected(
        (17, 9), names=("Year", "2000", "2001"), first=("Timber", "2,666"), above=3
    ),
    "messytables/long.csv": Expected((4000, 1), first=("foo",), why="a header that all rows repeat is none"),
    "messytables/mixedGLB.csv": Expected((133, 19), names=("Year", "Jan"), first=("1880", "-43"), above=3),
    "messytables/null.csv": Expected(
        (10, 4), first=("1", "null", "0", "0"), why="the file says null, so the cell does; nothing is converted"
    ),
    "messytables/simple.csv": Expected(
        (6, 3), names=("date", "temperature", "place"), first=("2011-01-01", "1", "Gal")
    ),
    "messytables/simple.psv": Expected(
        (28, 6), delimiter="|", names=("Year", "New dwellings"), first=("1986", "44000")
    ),
    "messytables/simple.ssv": Expected((6, 3), delimiter=";", names=("date",), first=("2011-01-01", "1", "Galway")),
    "messytables/skip_initials.csv": Expected(
        (2, 2),
        names=("field1", "field2"),
        first=("hello", "    goodbye"),
        why="messytables drops the spaces; without quotes after them they are part of the text and are kept",
    ),
    "messytables/spanish_chars.csv": Expected(
        (116, 8), "cp1252", names=("GF_ID", "FN_ID", "SF_ID", "GF", "F", "SF", "Gasto total 2011", "Descripción")
    ),
    "messytables/sparse_with_column_errors.csv": Expected(
        (2237, 4), "cp1252", names=("LP", "Bezeichnung", "Kapitel/Titel", ""), first=("A", "Trägerorganisationen")
    ),
    "messytables/utf-16le_encoded.csv": Expected(
        (327, 19), "utf-16-le", names=("Organisation_code",), first=("5C1", "Enfield PCT")
    ),
    "messytables/weird_head_padding.csv": Expected(
        (82, 11), delimiter=";", names=("", "1985", "1993"), first=("   Chirurgie",), above=11, ragged=16
    ),
    "openrefine/big5.txt": Expected((3, 1), "big5hkscs", "\t", first=("科技紫微網",)),
    "openrefine/csv-with-bom.csv": Expected((2, 2), names=("ColA", "ColB"), first=("A1", "B1")),
    "openrefine/euc-jp.txt": Expected((3, 1), "euc_jp", first=("mixi(ミクシィ)は、友人",)),
    "openrefine/euc-kr.txt": Expected((10, 1), "cp949", "\t", first=("쇼핑몰핫딜, 쿠폰 및 이벤트",)),
    "openrefine/example-latin1.tsv": Expected(
        (2, 12), "cp1252", "\t", names=("Start", "End", "Country"), first=("02042003",), ragged=2
    ),
    "openrefine/example-linebreaks-in-cells.csv": Expected((2, 3), names=("name",), first=("Mary II", "Mary II was")),
    "openrefine/example-linebreaks-in-cells.tsv": Expected((2, 4), delimiter="\t", names=("1st", "2nd"), first=("aa",)),
    "openrefine/example-utf16be-bom.tsv": Expected((2, 12), "utf-16-be", "\t", names=("Start",), ragged=2),
    "openrefine/example-utf16le-bom.tsv": Expected((2, 12), "utf-16-le", "\t", names=("Start",), ragged=2),
    "openrefine/example-utf8.tsv": Expected((2, 12), "utf-8", "\t", names=("Start",), ragged=2),
    "openrefine/food.small.csv": Expected((199, 51), names=("NDB_No",), first=("01001", "BUTTER,WITH SALT")),
    "openrefine/movies-condensed.tsv": Expected((20, 8), delimiter="\t", names=("name",), first=("Wayne's World",)),
    "openrefine/movies.tsv": Expected((232, 9), "cp1252", "\t", names=("name",), first=("Wayne's World",)),
    "openrefine/persons.csv": Expected((3, 3), names=("Name", "Age", "Gender"), first=("Person1", "21", "M")),
    "openrefine/persons_with_empty_column.csv": Expected(
        (3, 3), names=("Name", "Age", "Gender"), first=("Person4", "24", "")
    ),
    "openrefine/presidents.tsv": Expected((43, 4), delimiter="\t", names=("name",), first=("Abraham Lincoln", "#92")),
    "openrefine/shift_jis.txt": Expected((20, 1), "cp932", "\t", first=("価格.com - 「買ってよかった」",)),
    "papaparse/long-sample.csv": Expected((8, 7), first=("Grant", "Dyer", "Donec.elementum@")),
    "papaparse/malformed.tsv": Expected(
        (9, 9),
        delimiter="\t",
        names=("site", "lon"),
        first=("1V4", "-72.02"),
        ragged=2,
        mended=(9,),
        why="a stray quote stays in its cell and the rows after it stay rows; Papa Parse makes one cell of them",
    ),
    "papaparse/sample-header.csv": Expected((2, 2), names=("title", "name"), first=("test title 01", "test name 01")),
    "papaparse/sample.csv": Expected((1, 3), names=("A", "B", "C"), first=("X", "Y", "Z")),
    "papaparse/utf-8-bom-sample.csv": Expected((1, 3), names=("A", "B", "C"), first=("X", "Y", "Z")),
    "papaparse/verylong-sample.csv": Expected(
        (2000, 3), names=("placeholder", "meaning of life", "TLD"), first=("Lorem ipsum dolor sit", "42"), ragged=4
    ),
}
# Nothing but one row, which names the columns: an analyst is told that there are no comments.
WITHOUT_ROWS = ("messytables/small.csv", "messytables/utf8bom.csv")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_hard_file_opens_as_its_project_expects(name: str, shared_data: Path) -> None:
    expected = EXPECTED[name]

    reading = tables.read_with_report(shared_data / "import" / name)

    table, report = reading.table, reading.report
    assert (table.n_rows, table.n_columns) == expected.shape, expected.why
    assert (report.encoding, report.delimiter) == (expected.encoding, expected.delimiter)
    assert report.has_header is bool(expected.names)
    assert table.names[: len(expected.names)] == expected.names
    assert all(
        (cell or "").startswith(start or "") for cell, start in zip(table.row(0), expected.first, strict=False)
    ), table.row(0)
    assert len(report.lines_above) == expected.above
    assert report.ragged.count == expected.ragged
    assert report.mended.lines == expected.mended, expected.why
    assert report.replaced.count == 0


@pytest.mark.parametrize("name", WITHOUT_ROWS)
def test_a_file_of_one_row_has_no_comments(name: str, shared_data: Path) -> None:
    with pytest.raises(UserError) as caught:
        tables.read(shared_data / "import" / name)

    assert caught.value.problem is Problem.TABLE_NO_ROWS


def test_every_delimited_file_of_the_suite_is_expected_here(shared_data: Path) -> None:
    folder = shared_data / "import"
    delimited = {
        path.relative_to(folder).as_posix()
        for path in folder.rglob("*")
        if path.suffix in {".csv", ".tsv", ".txt", ".psv", ".ssv"} and path.parent.name != "csv-spectrum"
    }

    assert delimited - {"MANIFEST.csv"} == {*EXPECTED, *WITHOUT_ROWS}
