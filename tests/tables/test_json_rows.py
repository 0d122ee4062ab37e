"""JSON Lines and arrays of objects: every value the text that it was."""

import json
from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled


def read(tmp_path: Path, content: str | bytes) -> tables.Table:
    path = tmp_path / "feedback.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tables.read(path)


def test_values_stay_what_they_were(tmp_path: Path) -> None:
    line = (
        '{"id": "007", "n": 1.10, "big": 12345678901234567890, "ok": true, "none": null, "empty": "",'
        ' "tags": ["慢", 1.0, {"a": null}], "e": 1e5}'
    )
    table = read(tmp_path, line + "\n")
    assert table.row(0) == ("007", "1.10", "12345678901234567890", "true", None, "", '["慢", 1.0, {"a": null}]', "1e5")
    assert table.format.kind == "jsonl"


def test_keys_that_come_later_widen_the_table(tmp_path: Path) -> None:
    table = read(tmp_path, '{"a": "1"}\n\n{"b": "2", "a": "3"}\r\n')
    assert table.names == ("a", "b")
    assert [table.row(row) for row in range(2)] == [("1", None), ("3", "2")]


@pytest.mark.parametrize(
    "text", ['[{"a": "x"}, {"a": "y"}]', ' [\n{"a": "x"},\n{"a": "y"}\n]\n\n', '[{"a":"x"},{"a":"y"}]']
)
def test_an_array_of_objects_is_a_table(text: str, tmp_path: Path) -> None:
    table = read(tmp_path, text)
    assert table.column(0) == ("x", "y")
    assert table.format.kind == "json"


def test_pretty_printed_objects_and_other_encodings_are_read(tmp_path: Path) -> None:
    rows = [{"comment": "很慢" * 50, "n": i} for i in range(3000)]
    text = "\n".join(json.dumps(row, indent=2, ensure_ascii=False) for row in rows)
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert read(tmp_path, text.encode(encoding)).column(1) == tuple(str(i) for i in range(3000))


def test_an_object_larger_than_what_is_read_at_once(tmp_path: Path) -> None:
    rows = [{"a": "x" * 3_000_000}, {"a": "y"}]
    table = read(tmp_path, "\n".join(map(json.dumps, rows)))
    assert [len(cell or "") for cell in table.column(0)] == [3_000_000, 1]


def test_halves_of_characters_become_a_sign_that_files_can_hold(tmp_path: Path) -> None:
    assert read(tmp_path, r'{"a": "x\ud83d", "b": "\ud83d\ude00"}').row(0) == ("x\ufffd", "😀")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('{"a": 1}\n{"a": \n{"a": \n', 2),
        ('{"a": 1}\n[2]\n', 2),
        ('[{"a": 1},\n{"a": 2},\n 3]', 3),
        ('[{"a": 1},\n{"a": 2}\n', 3),
        ('[{"a": 1}]\n[{"a": 2}]\n', 1),
        ('{"a": ' + "[" * 100_000, 1),
    ],
)
def test_what_is_no_table_gets_a_sentence_with_the_line(text: str, line: int, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, text)
    assert caught.value.problem is Problem.JSON_NOT_TABLE
    assert caught.value.values["line"] == line


def test_reading_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text('{"a": 1}\n' * 2000)

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tables.read(path, report=stop)


def read_with_report(tmp_path: Path, content: str | bytes) -> tables.Reading:
    path = tmp_path / "feedback.jsonl"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return tables.read_with_report(path)


@pytest.mark.parametrize(
    ("spoilt", "ending"),
    [
        ('{"id": 3, "c": "x', ""),
        ('{"id": 3, "c": "x', "\n"),
        ('{"id": 3, "c": x}', "\r\n"),
        ('{"id": 3, "c": "x}', "\n"),
        ('{"id": 3, "c": "', "\n\n"),
        ('{"id": 3, "c": tr', ""),
        ("[3]", "\n"),
        ("not JSON at all", "\n"),
        ('{"id": ' + "[" * 100_000, "\n"),
    ],
)
@pytest.mark.parametrize("is_last", [False, True])
def test_a_line_that_is_no_whole_object_is_a_row_of_its_own(
    spoilt: str, ending: str, is_last: bool, tmp_path: Path
) -> None:
    after = "" if is_last else '{"id": 4, "c": "last"}\n'
    found = read_with_report(
        tmp_path, '{"id": 1, "c": "a"}\n\n{"id": 2, "c": "b"}\n' + spoilt + (ending if is_last else "\n") + after
    )

    assert found.table.column(1) == ("a", "b", spoilt, *([] if is_last else ["last"]))
    assert found.table.column(0)[2] is None
    assert (found.report.broken.count, found.report.broken.lines) == (1, (4,))
    assert [(odd.row, odd.line, odd.oddities) for odd in tables.odd_rows(found.table, found.report)] == [
        (2, 4, (tables.Oddity.BROKEN,))
    ]


def test_many_spoilt_lines_are_counted_and_none_is_dropped(tmp_path: Path) -> None:
    lines = [f'{{"c": "text {number}"}}' if number % 3 else f'{{"c": text {number}' for number in range(1, 3001)]
    found = read_with_report(tmp_path, "\n".join(lines))

    assert found.table.n_rows == 3000
    assert found.table.column(0)[2] == '{"c": text 3'
    assert found.report.broken.count == 1000
    assert found.report.broken.lines[:2] == (3, 6)


def test_a_file_of_mostly_spoilt_lines_is_refused_before_its_end(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, '{"a": 1}\n' * 10 + "x\n" * 200_000)
    assert caught.value.problem is Problem.JSON_NOT_TABLE
    assert caught.value.values["line"] == 11


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("gb18030", "服务很差，再也不来了，太慢了"),
        ("cp1252", "Schöne Größe, aber für mich zu spät geliefert"),
        ("utf-16-le", "服务很差"),
        ("utf-16-be", "Schöne Größe"),
        ("utf-8", "服务很差"),
    ],
)
def test_other_encodings_than_unicode_are_read(encoding: str, text: str, tmp_path: Path) -> None:
    lines = "".join(f'{{"id": {number}, "c": "{text}"}}\n' for number in range(400))
    found = read_with_report(tmp_path, lines.encode(encoding))

    assert found.table.column(1) == (text,) * 400
    assert found.report.encoding == encoding
    assert not found.report.broken.count


def test_bytes_that_mean_nothing_are_shown_and_counted(tmp_path: Path) -> None:
    lines = [f'{{"c": "服务很差，再也不来了 {number}"}}\n'.encode() for number in range(300)]
    lines[200] = '{"c": "服务'.encode() + b"\xff\xfe" + '很差"}\n'.encode()
    found = read_with_report(tmp_path, b"".join(lines))

    assert found.report.encoding == "utf-8"
    assert found.table.column(0)[200] == "服务\ufffd\ufffd很差"
    assert (found.report.replaced.count, found.report.replaced.lines) == (1, (201,))


def test_a_last_character_that_is_cut_spoils_its_own_line_only(tmp_path: Path) -> None:
    found = read_with_report(tmp_path, '{"c": "a"}\n{"c": "b"}\n{"c": "x好'.encode()[:-1])

    assert found.table.column(0) == ("a", "b", '{"c": "x\ufffd')


@pytest.mark.parametrize("count", [8_000, 100_000])
def test_objects_that_each_have_a_key_of_their_own_are_no_table(count: int, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, "".join(f'{{"k{number}": 1}}\n' for number in range(count)))
    assert caught.value.problem is Problem.TABLE_TOO_LARGE
    assert caught.value.values["columns"] <= 6_000


def test_thousands_of_keys_are_a_table(tmp_path: Path) -> None:
    wide = json.dumps({f"k{number}": number for number in range(5000)})
    table = read(tmp_path, f"{wide}\n" * 20 + '{"k7": "x"}\n' * 500)

    assert (table.n_rows, table.n_columns) == (520, 5000)
    assert table.column(7)[19:21] == ("7", "x")
