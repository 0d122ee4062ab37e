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
        ('{"a": 1}\n{"a": 2}\n{"a": \n', 3),
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
