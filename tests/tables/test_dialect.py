"""Delimiters, line ends, quotes and headers are found out."""

import pytest

from verbatlas.tables.dialect import detect_dialect
from verbatlas.tables.header import looks_like_header


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_delimiter_and_line_end_are_found(delimiter: str, line_end: str) -> None:
    rows = [["id", "comment"], ["1", "so, so; slow"], ["2", "good | cheap"], ["3", "ok"]]
    text = "".join(delimiter.join(f'"{cell}"' for cell in row) + line_end for row in rows)

    found = detect_dialect(text, is_whole=True)

    assert (found.delimiter, found.line_end, found.quote_all) == (delimiter, line_end, True)


def test_a_comma_in_every_sentence_does_not_beat_the_real_delimiter() -> None:
    text = "id;text\n1;Well, it broke, twice\n2;Nice, but dear, sadly\n3;Slow, rude, never again\n"

    assert detect_dialect(text, is_whole=True).delimiter == ";"


def test_one_column_of_sentences_stays_one_column() -> None:
    text = "comment\nToo slow\nToo dear\nLovely people\n"

    found = detect_dialect(text, is_whole=True)

    assert found.delimiter == ","
    assert found.has_header


@pytest.mark.parametrize("mark", [";", "|", "\t"])
def test_a_mark_in_a_few_comments_makes_no_columns_of_one(mark: str) -> None:
    text = 'comment\n"Too slow, and dear"\nToo dear\n"Late' + mark + ' and wet, too"\nLovely people\n"Slow, rude"\n'

    assert detect_dialect(text, is_whole=True).delimiter == ","


def test_a_title_above_the_header_does_not_hide_the_columns() -> None:
    assert detect_dialect("Survey of March\nid;text\n1;Slow\n2;Dear\n", is_whole=True).delimiter == ";"


def test_a_line_break_inside_quotes_is_not_a_line_end() -> None:
    assert detect_dialect('id,text\r\n1,"a\nb"\r\n', is_whole=True).line_end == "\r\n"


@pytest.mark.parametrize(
    ("rows", "is_header"),
    [
        ([["id", "comment"], ["1", "slow"]], True),
        ([["1", "slow"], ["2", "dear"]], False),
        ([["2026-03-01", "slow"], ["2026-03-02", "dear"]], False),
        ([["编号", "评论"], ["1", "太慢"]], True),
        ([["The delivery was late again."], ["Too dear."]], False),
        ([["comment"], ["The delivery was late again."]], True),
        ([["foo", "x"], *[["foo", "y"]] * 9], False),
    ],
)
def test_a_header_is_told_from_data(rows: list[list[str]], *, is_header: bool) -> None:
    assert looks_like_header(rows) is is_header


def test_a_line_that_names_the_delimiter_is_obeyed() -> None:
    found = detect_dialect("sep=;\r\nid;text\r\n1;slow, dear\r\n", is_whole=True)

    assert (found.delimiter, found.above) == (";", "sep=;\r\n")


def test_titles_and_comments_above_the_header_are_kept_as_they_stand() -> None:
    above = '"Report, March 2026"\n\n# by somebody\n'
    found = detect_dialect(above + "id;kind;text\n1;a;slow\n2;b;dear\n", is_whole=True)

    assert (found.delimiter, found.above, found.has_header) == (";", above, True)


def test_decimal_commas_are_no_delimiters() -> None:
    assert detect_dialect("a;b;c\n1,5;2,5;3,5\n2,5;3,5;4,5\n", is_whole=True).delimiter == ";"


@pytest.mark.parametrize("marks", [",", ",;", ",;\t", ",;\t|"])
def test_a_comment_a_line_is_one_column_whatever_the_comments_hold(marks: str) -> None:
    lines = ["comment", *(f"Slow{mark} and dear{mark * 2} very" for mark in marks), "Fine", "Good and cheap"]
    text = "\n".join(lines) + "\n"

    found = detect_dialect(text, is_whole=True, one_a_line=True)

    assert found.delimiter not in text
    assert found.has_header


def test_apostrophes_can_enclose_cells() -> None:
    found = detect_dialect("id,text\n'1','slow, dear'\n'2','fine'\n'3','ok'\n", is_whole=True)

    assert (found.quote, found.delimiter) == ("'", ",")


def test_a_backslash_before_quotes_is_known_by_the_rows_it_puts_in_order() -> None:
    text = 'id,text\n1,"say \\"hi\\", please"\n2,"fine"\n'

    assert detect_dialect(text, is_whole=True).escape == "\\"
    assert detect_dialect('id,text\n1,"C:\\"\n2,"fine"\n', is_whole=True).escape == ""


def test_spaces_before_a_quote_belong_to_no_cell() -> None:
    assert detect_dialect('id, text\n1, "slow, dear"\n', is_whole=True).skip_spaces
    assert not detect_dialect("id, text\n1, slow\n", is_whole=True).skip_spaces


def test_a_delimiter_is_less_sure_where_another_is_as_regular() -> None:
    clear = detect_dialect("id\ttext\n1\tslow\n2\tdear\n", is_whole=True)
    unclear = detect_dialect("a,b;c\nd,e;f\ng,h;i\n", is_whole=True)

    assert unclear.sure < clear.sure


@pytest.mark.parametrize("mark", [";", "|", "\t"])
@pytest.mark.parametrize("first", ["{id},{list}", "{list},{id}"])
def test_a_list_within_quotes_is_one_cell(mark: str, first: str) -> None:
    rows = [first.format(id=row, list=f'"Red shoes{mark}Blue hat{mark}Green coat"') for row in range(20)]
    text = "\n".join([first.format(id="id", list="choices"), *rows]) + "\n"

    found = detect_dialect(text, is_whole=True)

    assert (found.delimiter, found.has_header, found.above) == (",", True, "")


@pytest.mark.parametrize("delimiter", ["^", "~", "¦", "§", ":", "#", "*", " ", "\x01", "\x1e", "\x1f"])
def test_a_seldom_delimiter_is_found_where_it_makes_a_table(delimiter: str) -> None:
    rows = [["id", "name", "score"], ["1", "Ann", "10"], ["2", "Bob", "20"], ["3", "Cid", "30"]]

    assert detect_dialect("\n".join(map(delimiter.join, rows)), is_whole=True).delimiter == delimiter


@pytest.mark.parametrize(
    "lines",
    [
        ["name", "Ann Smith", "Bob Jones", "Cid Brown"],
        ["Ann: good", "Bob: bad", "Cid: so so"],
        ["12:30", "13:45", "14:10"],
        ["Nice #1", "Bad #2", "Great #3"],
        ["1 star only", "2 stars only", "5 stars only"],
    ],
)
def test_words_and_times_are_not_taken_apart(lines: list[str]) -> None:
    assert detect_dialect("\n".join(lines), is_whole=True).delimiter in ",\t"


@pytest.mark.parametrize(
    "rows",
    [
        ["id,name,comment", "1,'Ann','late, really'", "2,'Bob','good'", "3,'Cid','It''s bad'"],
        ["id,name,comment", "1,Ann,'late, really'", "2,Bob,good", "3,Cid,'so, bad'", "4,Dan,'x, y'"],
        ["'id','name','comment'", "'1','Ann','late,\nreally'", "'2','Bob','good'", "'3','Cid','so\nbad'"],
    ],
)
def test_apostrophes_around_cells_are_quotes(rows: list[str]) -> None:
    assert detect_dialect("\n".join(rows) + "\n", is_whole=True).quote == "'"


def test_apostrophes_in_words_are_none() -> None:
    text = "id,comment\n1,'tis bad\n2,'twas late\n3,it's the dogs'\n4,'n' all\n"

    assert detect_dialect(text, is_whole=True).quote == '"'


def test_lines_that_end_twice_make_no_blank_rows() -> None:
    found = detect_dialect("Report\r\r\nid,text\r\r\n1,slow\r\r\n2,dear\r\r\n", is_whole=True)

    assert (found.line_end, found.has_header, found.above) == ("\r\r\n", True, "Report\r\n")


def test_with_a_delimiter_that_was_chosen_the_rest_is_found_by_it() -> None:
    text = "id;name, first\n1;Ann, x\n2;Bob, y\n"

    found = detect_dialect(text, is_whole=True, delimiter=",")

    assert (found.delimiter, found.sure) == (",", 1.0)


def test_a_backslash_that_makes_a_delimiter_part_of_its_cell_is_an_escape() -> None:
    assert detect_dialect("id,test\n1\\,1,2\n3,4\n5,late\\, really\n", is_whole=True).escape == "\\"


def test_a_backslash_at_the_end_of_a_path_is_none() -> None:
    assert detect_dialect("path,id\nC:\\dir\\,1\nD:\\x\\,2\nE:\\,3\n", is_whole=True).escape == ""
