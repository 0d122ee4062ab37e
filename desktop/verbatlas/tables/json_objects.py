"""Find the objects in a text of JSON, one after the other, and the lines that are none."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from verbatlas.errors import Problem, UserError
from verbatlas.tables.json_text import JsonText

_CHUNK = 256 * 1024  # characters
_NEAR_END = 16  # characters of what may be cut: a literal, a number or an escape
_BETWEEN = re.compile(r"[\s,]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Number(str):
    """A number as the file writes it: 1.10 is not 1.1 to somebody who looks for a version."""

    __slots__ = ()


_DECODER = json.JSONDecoder(strict=False, parse_int=_Number, parse_float=_Number, parse_constant=_Number)


@dataclass(frozen=True, slots=True)
class Found:
    """An object and the line, from 1, that it begins in."""

    line: int
    value: dict[str, object]


@dataclass(frozen=True, slots=True)
class Spoilt:
    """A line that is no whole object, or what is left of it."""

    line: int
    text: str


def objects(text: JsonText, path: Path) -> Iterator[Found | Spoilt]:
    """Yield what is in ``text``: what is not decoded yet is held, and grows until an object is whole.

    Args:
        text: Objects, with or without commas between them, or an array of them.
        path: The file, for errors.

    Raises:
        UserError: JSON_NOT_TABLE with the line in an array that is none of objects or has no end.
        UnicodeDecodeError: The text is in another encoding.
    """
    held = text.read(_CHUNK).removeprefix("\ufeff")
    line, wanted = 1, _CHUNK
    is_array = held.lstrip().startswith("[")
    position = held.find("[") + 1 if is_array else 0
    line += held.count("\n", 0, position)
    while True:
        begin = _BETWEEN.match(held, position).end()  # type: ignore[union-attr] # it matches nothing, too
        line += held.count("\n", position, begin)
        position = begin
        if is_array and held.startswith("]", position):
            if (held[position + 1 :] + text.read()).strip():
                raise UserError(Problem.JSON_NOT_TABLE, path=path, line=line)
            return
        try:
            value, end = _DECODER.raw_decode(held, position)
        except (json.JSONDecodeError, RecursionError) as error:
            may_go_on = _may_go_on(error, held) or (not is_array and held.find("\n", position) < 0)
            if may_go_on and (more := text.read(wanted)):
                held, position = held[position:] + more, 0
                wanted *= 2  # one long object is tried few times
                continue
            if position == len(held) and not is_array:
                return
            value, end = None, position
        if isinstance(value, dict):
            yield Found(line, value)
        elif is_array:
            raise UserError(Problem.JSON_NOT_TABLE, path=path, line=line)
        else:
            end = held.find("\n", position)
            end = len(held) if end < 0 else end
            yield Spoilt(line, held[position:end].rstrip("\r"))
        line += held.count("\n", position, end)
        position, wanted = end, _CHUNK


def _may_go_on(error: json.JSONDecodeError | RecursionError, held: str) -> bool:
    """Return whether an object may be whole when more of the text is there."""
    if isinstance(error, RecursionError):
        return False
    return error.pos >= len(held) - _NEAR_END or error.msg.startswith("Unterminated string")


def json_text(value: object) -> str:
    """Return a value as JSON again, its numbers as they were written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}: {json_text(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(json_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def whole_characters(text: str) -> str:
    """Replace halves of characters, which JSON can write and no other file can hold."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text
