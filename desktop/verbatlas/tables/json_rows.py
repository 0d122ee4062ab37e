"""Read and write tables of JSON objects: one a line (JSON Lines), or all in one array."""

import io
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import IO

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.tables.source import Source
from verbatlas.tables.table import Cell, Table, TableFormat, from_columns

_CHUNK = 256 * 1024  # characters
_ROWS_AT_ONCE = 500
_BETWEEN = re.compile(r"[\s,]*")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Number(str):
    """A number as the file writes it: 1.10 is not 1.1 to somebody who looks for a version."""

    __slots__ = ()


_DECODER = json.JSONDecoder(strict=False, parse_int=_Number, parse_float=_Number, parse_constant=_Number)


def read_json(source: Source, path: Path, table_format: TableFormat, *, report: Report) -> Table:
    """Read a table of objects; their keys are the columns, in the order in which they first appear.

    Text stays what it is, numbers are as written, ``true`` and ``false`` too, null and keys that an object lacks are
    None, and lists and objects within are JSON text.

    Raises:
        UserError: JSON_NOT_TABLE with the line of the first thing that is no object, or TABLE_NO_ROWS.
        Cancelled: The reporter no longer wants the table.
    """
    size = source.stat().st_size
    columns: dict[str, list[Cell]] = {}
    n_rows = 0
    with source.open("rb") as file:
        encoding = json.detect_encoding(file.read(4))
        file.seek(0)
        try:
            for found in _objects(file, path, encoding):
                for name in found:
                    if name not in columns:
                        columns[name] = [None] * n_rows
                for name, cells in columns.items():
                    cells.append(_text(found.get(name)))
                n_rows += 1
                if n_rows % _ROWS_AT_ONCE == 0:
                    report(min(file.tell(), size), size)
        except UnicodeDecodeError as error:
            raise UserError(Problem.FILE_UNDECODABLE, path=path, encoding=encoding, line=n_rows + 1) from error
    if not columns:
        raise UserError(Problem.TABLE_NO_ROWS, path=path)
    report(size, size)
    used = replace(table_format, encoding="utf-8", byte_order_mark=False, has_header=True)
    return from_columns([_whole_characters(name) for name in columns], list(columns.values()), used)


def json_blocks(
    names: Sequence[str], rows: Iterator[Sequence[Cell]], *, n_rows: int, as_array: bool, report: Report
) -> Iterator[bytes]:
    """Yield the bytes of a table: one object a line, or an array of them; None is null."""
    lines: list[str] = []
    written = 0
    for number, row in enumerate(rows):
        lines.append(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False))
        if len(lines) >= _ROWS_AT_ONCE:
            report(number, n_rows)
            yield _block(lines, as_array=as_array, is_first=written == 0)
            written += len(lines)
            lines.clear()
    report(n_rows, n_rows)
    if lines:
        yield _block(lines, as_array=as_array, is_first=written == 0)
    if as_array:
        yield b"\n]\n" if written or lines else b"[]\n"


def _block(lines: Sequence[str], *, as_array: bool, is_first: bool) -> bytes:
    text = ("[\n" if is_first else ",\n") + ",\n".join(lines) if as_array else "\n".join(lines) + "\n"
    return _whole_characters(text).encode("utf-8")


def _objects(file: IO[bytes], path: Path, encoding: str) -> Iterator[dict[str, object]]:
    """Yield one object after the other; what is not decoded yet is held, and grows until an object is whole."""
    with io.TextIOWrapper(file, encoding=encoding, newline="") as text:
        held, line, wanted = text.read(_CHUNK).removeprefix("\ufeff"), 1, _CHUNK
        is_array = held.lstrip().startswith("[")
        position = held.find("[") + 1 if is_array else 0
        while True:
            position = _BETWEEN.match(held, position).end()  # type: ignore[union-attr] # it matches nothing, too
            if is_array and held.startswith("]", position):
                if (held[position + 1 :] + text.read()).strip():
                    raise _not_a_table(path, line + held.count("\n", 0, position))
                return
            try:
                found, end = _DECODER.raw_decode(held, position)
            except (json.JSONDecodeError, RecursionError) as error:
                more = "" if isinstance(error, RecursionError) else text.read(wanted)
                if not more and position == len(held) and not is_array:
                    return
                if not more:
                    raise _not_a_table(path, line + held.count("\n", 0, position)) from error
                line += held.count("\n", 0, position)
                held, position = held[position:] + more, 0
                wanted *= 2  # one long object is tried few times
                continue
            if not isinstance(found, dict):
                raise _not_a_table(path, line + held.count("\n", 0, position))
            position, wanted = end, _CHUNK
            yield found


def _not_a_table(path: Path, line: int) -> UserError:
    return UserError(Problem.JSON_NOT_TABLE, path=path, line=line)


def _text(value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, str):
        return _whole_characters(value)
    return _whole_characters(_json_text(value))


def _json_text(value: object) -> str:
    """Return a value as JSON again, its numbers as they were written."""
    if isinstance(value, _Number):
        return str(value)
    if isinstance(value, dict):
        pairs = (f"{json.dumps(key, ensure_ascii=False)}: {_json_text(item)}" for key, item in value.items())
        return "{" + ", ".join(pairs) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_json_text, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def _whole_characters(text: str) -> str:
    """Replace halves of characters, which JSON can write and no other file can hold."""
    return _SURROGATE.sub("\ufffd", text) if _SURROGATE.search(text) else text
