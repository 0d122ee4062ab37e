"""Objects are found wherever the text is cut, with the lines that they begin in."""

import io
from pathlib import Path

import pytest

from verbatlas.tables import json_objects
from verbatlas.tables.json_objects import Found, Spoilt, objects
from verbatlas.tables.json_text import JsonText

TEXT = '{"a": 1.10}\n\n{"a":\n"x\ny"}\nnone\n{"a": "\\ud83d\\ude00"} {"a": 2}\n{"a": \n{"a": "z'


@pytest.mark.parametrize("chunk", [1, 2, 5, 1000])
def test_objects_and_spoilt_lines_come_in_order(chunk: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_objects, "_CHUNK", chunk)
    found = list(objects(JsonText(io.BytesIO(TEXT.encode()), "utf-8", replaces=False), Path("a.jsonl")))

    assert found == [
        Found(1, {"a": "1.10"}),
        Found(3, {"a": "x\ny"}),
        Spoilt(6, "none"),
        Found(7, {"a": "😀"}),
        Found(7, {"a": "2"}),
        Spoilt(8, '{"a": '),
        Spoilt(9, '{"a": "z'),
    ]
