"""Read and write Parquet files, cells as text; numbers that were added keep their type."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.tables.cell_text import number_text, text_of
from verbatlas.tables.packed import refuse_bomb
from verbatlas.tables.parquet_weight import refuse_large_parquet, rows_at_once, size_of
from verbatlas.tables.source import Source
from verbatlas.tables.table import MOST_COLUMNS, Cell, Table, TableFormat, from_columns

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_ROWS_AT_ONCE = 2000  # that are written
_ROWS_PER_GROUP = 50_000
_MOST_CELLS = 500_000_000
_MOST_EXACT = 1e15


def read_parquet(source: Source, path: Path, table_format: TableFormat, *, report: Report) -> Table:
    """Read a Parquet file: text as it is, numbers and dates as a spreadsheet shows them, lists as JSON text.

    Raises:
        UserError: FILE_DAMAGED, FILE_PROTECTED, UNPACKED_TOO_LARGE, TABLE_TOO_LARGE, OUT_OF_MEMORY or TABLE_NO_ROWS.
        Cancelled: The reporter no longer wants the table.
    """
    import pyarrow as pa  # noqa: PLC0415 - only where a Parquet file is read
    import pyarrow.parquet as pq  # noqa: PLC0415

    try:
        with source.open("rb") as file, pq.ParquetFile(file, pre_buffer=False) as opened:
            names, n_rows = opened.schema_arrow.names, opened.metadata.num_rows
            packed = source.stat().st_size
            if len(names) > MOST_COLUMNS:
                raise UserError(Problem.TABLE_TOO_LARGE, path=path, rows=n_rows, columns=len(names))
            if n_rows * len(names) > _MOST_CELLS:
                raise UserError(Problem.UNPACKED_TOO_LARGE, path=path)
            refuse_large_parquet(source, opened.metadata, path, report=report)
            columns: list[list[Cell]] = [[] for _ in names]
            done = unpacked = 0
            for batch in _batches(opened, source, path):
                unpacked += size_of(batch)
                refuse_bomb(path, packed=packed, unpacked=unpacked)
                for index, values in enumerate(batch.columns):
                    columns[index] += _texts(values)
                done += batch.num_rows
                report(done, n_rows)
    except pa.ArrowMemoryError as error:
        raise UserError(Problem.OUT_OF_MEMORY) from error
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:
        problem = Problem.FILE_PROTECTED if "encrypt" in str(error).lower() else Problem.FILE_DAMAGED
        raise UserError(problem, path=path) from error
    if not columns or not columns[0]:
        raise UserError(Problem.TABLE_NO_ROWS, path=path)
    return from_columns(names, columns, replace(table_format, has_header=True))


def _batches(opened: "pq.ParquetFile", source: Source, path: Path) -> "Iterator[pa.RecordBatch]":
    with source.open("rb") as file:
        for group in range(opened.num_row_groups):
            size = rows_at_once(file, opened.metadata, group, path)
            yield from opened.iter_batches(batch_size=size, row_groups=[group], use_threads=False)


def write_parquet(
    file: BinaryIO,
    names: Sequence[str],
    columns: Sequence[Sequence[Cell]],
    *,
    n_typed: int,
    report: Report,
) -> None:
    """Write columns as text, missing cells as null; the last ``n_typed`` as numbers where all their cells are.

    Raises:
        OSError: The file cannot be written.
        Cancelled: The reporter no longer wants it.
    """
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    n_rows = len(columns[0]) if columns else 0
    first_typed = len(columns) - n_typed
    kinds = [number_type(cells) if index >= first_typed else None for index, cells in enumerate(columns)]
    types = {None: pa.string(), int: pa.int64(), float: pa.float64()}
    schema = pa.schema([pa.field(name, types[kind]) for name, kind in zip(names, kinds, strict=True)])
    with pq.ParquetWriter(file, schema) as writer:
        for start in range(0, max(n_rows, 1), _ROWS_PER_GROUP):
            end = min(start + _ROWS_PER_GROUP, n_rows)
            arrays = []
            for cells, kind in zip(columns, kinds, strict=True):
                # In parts: no other thread runs while one is converted.
                parts = [
                    pa.array(_values(cells[part : min(part + _ROWS_AT_ONCE, end)], kind), types[kind])
                    for part in range(start, end, _ROWS_AT_ONCE)
                ]
                arrays.append(pa.chunked_array(parts, types[kind]))
                report(start, n_rows)
            writer.write_table(pa.table(arrays, schema=schema), row_group_size=_ROWS_PER_GROUP)
    report(n_rows, n_rows)


def number_type(cells: Sequence[Cell]) -> type[int] | type[float] | None:
    """Return the type that holds all cells so that the same text comes back, or None; blank cells fit any."""
    for kind in (int, float):
        try:
            # One after the other: while a set of a million cells grows, no other thread runs.
            if any(cells) and all(_same_again(kind(cell), cell) for cell in cells if cell):
                return kind
        except (ValueError, OverflowError):
            continue
    return None


def _same_again(value: float, cell: str) -> bool:
    """Return whether a number becomes the same text again, also after a spreadsheet had it."""
    return abs(value) < _MOST_EXACT and number_text(float(value)) == cell


def _values(cells: Sequence[Cell], kind: type[int] | type[float] | None) -> list[Any]:
    if kind is None:
        return [None if cell is None else cell.encode("utf-8", "replace").decode() for cell in cells]
    return [kind(cell) if cell else None for cell in cells]


def _texts(values: "pa.Array") -> Iterator[Cell]:
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    kind = values.type
    if pa.types.is_timestamp(kind) or pa.types.is_time(kind):
        yield from (_without_empty_fraction(cell) for cell in values.cast(pa.string()).to_pylist())
    elif pa.types.is_floating(kind) and not pa.types.is_float64(kind):
        # 0.1 in 32 bits is another number in 64; its own shortest digits are what was meant.
        yield from (None if cell is None else number_text(float(cell)) for cell in values.cast(pa.string()).to_pylist())
    else:
        yield from (_text(cell) for cell in values.to_pylist())


def _text(value: object) -> Cell:
    if value is None:
        return None
    if isinstance(value, bytes):
        return value.decode("utf-8", "backslashreplace")
    if isinstance(value, (dict, list, tuple)):
        return json.dumps(value, ensure_ascii=False, default=text_of)
    return text_of(value)


def _without_empty_fraction(cell: Cell) -> Cell:
    if cell is None or "." not in cell:
        return cell
    zone = "Z" if cell.endswith("Z") else ""
    return cell.removesuffix("Z").rstrip("0").rstrip(".") + zone
