"""What is uncertain or out of order in a file is said in sentences with line numbers, and nothing else is."""

import codecs

from verbatlas.reading_words import (
    ENCODING_NAMES,
    WITH_MARKS,
    delimiter_name,
    encoding_choices,
    encoding_name,
    oddity_words,
    reading_notices,
    sureness,
)
from verbatlas.tables import Oddity, OddRow, Places, ReadReport
from verbatlas.tables.encoding import KNOWN_ENCODINGS


def test_a_file_in_order_needs_no_words() -> None:
    assert reading_notices(ReadReport(encoding="utf-8", delimiter=",", has_header=True)) == []


def test_everything_out_of_order_is_said_with_its_lines() -> None:
    report = ReadReport(
        encoding="cp1250",
        delimiter=";",
        has_header=True,
        encoding_sure=0.6,
        next_encoding="cp1252",
        lines_above=("Report", ""),
        ragged=Places(1_200, tuple(range(2, 102))),
        mended=Places(1, (7,)),
        replaced=Places(3, (4, 5)),
    )

    assert reading_notices(report) == [
        "3 characters could not be read in Windows-1250 and show as �: lines 4, 5.",
        "The encoding is probably Windows-1250, but could be Windows-1252. Do the letters look right?",
        "2 lines above the column names are no part of the table.",
        "1,200 rows have more or fewer cells than the others; all of them are kept: lines 2, 3, 4, 5, 6, ….",
        "1 row has a quotation mark out of place; please look at it: line 7.",
    ]


def test_encodings_and_delimiters_have_the_names_that_people_use() -> None:
    assert encoding_name("gb18030") == "GB18030 / GBK"
    assert encoding_name("iso8859_5") == "ISO 8859-5"
    assert delimiter_name("\t") == "Tab"
    assert delimiter_name("^") == "^"


def test_sureness_and_odd_rows_are_told_in_words() -> None:
    assert (sureness(1.0), sureness(0.612)) == ("certain", "61% sure")
    odd = OddRow(3, 1044, (Oddity.TOO_FEW, Oddity.QUOTE), 2, 4)
    assert oddity_words(odd) == "Line 1,044: 2 cells instead of 4, quotation mark out of place"


def test_zero_bytes_are_said() -> None:
    report = ReadReport(encoding="utf-8", delimiter=",", has_header=True, zeros=Places(3, (2, 4)), padding=4096)

    assert reading_notices(report) == [
        "The last 4,096 bytes of the file are zeros or end-of-file signs and no part of the table; "
        "if they are many, the end of the file was lost.",
        "3 zero bytes, which belong in no text, are in cells: lines 2, 4.",
    ]
    assert oddity_words(OddRow(3, 5, (Oddity.ZEROS,), 4, 4)) == "Line 5: zero bytes, which belong in no text"


def test_whatever_encoding_can_be_found_out_can_be_chosen() -> None:
    assert set(ENCODING_NAMES) >= KNOWN_ENCODINGS
    assert len(set(ENCODING_NAMES.values())) == len(ENCODING_NAMES)
    assert all(codecs.lookup(codec) for codec in ENCODING_NAMES)
    assert {codec for codec, has_mark in encoding_choices() if has_mark} == set(WITH_MARKS)
    assert encoding_name("utf-16-le", has_mark=True) == "UTF-16 LE (BOM)"
