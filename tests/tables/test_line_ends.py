"""Line ends that were written twice are read as one, and written back as they were."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from verbatlas import tables
from verbatlas.tables.line_ends import ends_once


@given(st.lists(st.text("a\r\n,", max_size=9)))
def test_it_does_not_matter_where_the_text_is_cut(texts: list[str]) -> None:
    pieces = [text.encode() for text in texts]

    assert b"".join(ends_once(iter(pieces))) == b"".join(ends_once(iter([b"".join(pieces)])))


def test_every_end_is_one_end() -> None:
    assert b"".join(ends_once(iter([b"a\r\r", b"\nb\r", b"\n\rc\r"]))) == b"a\r\nb\r\n\rc\r"


def test_a_file_that_was_written_twice_has_its_rows_and_is_written_back_the_same(tmp_path: Path) -> None:
    content = b"id,comment\r\r\n1,slow\r\r\n2,dear\r\r\n"
    path = tmp_path / "twice.csv"
    path.write_bytes(content)

    reading = tables.read_with_report(path)
    tables.write(tmp_path / "back.csv", reading.table)

    assert [reading.table.row(row) for row in range(reading.table.n_rows)] == [("1", "slow"), ("2", "dear")]
    assert reading.report.blank.count == 0
    assert (tmp_path / "back.csv").read_bytes() == content
