"""Weigh a Parquet file before it is decoded: a value can be written once and stand in any number of rows.

What a damaged file says of a column of a row group aborts its reader when it is asked for (in pyarrow 26,
``RowGroupMetaData.column``), so that is asked in a process of its own, and only where lists make it necessary.
"""

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING

from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.tables.apart import apart
from verbatlas.tables.packed import LARGEST, refuse_bomb
from verbatlas.tables.source import Source

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_MOST_ROWS_AT_ONCE = 2000
_MOST_AT_ONCE = 64 * 1024**2  # bytes of text
_ROWS_WEIGHED_AT_ONCE = 100_000
_SMALLEST_CELL = 8  # bytes, as a pointer to it


def refuse_large_parquet(source: Source, metadata: "pq.FileMetaData", path: Path, *, report: Report) -> None:
    """Let a file pass that says it unpacks to a size which is possible for a table.

    Raises:
        UserError: UNPACKED_TOO_LARGE, or FILE_DAMAGED.
        Cancelled: The reporter no longer wants it.
    """
    packed = source.stat().st_size
    groups = [metadata.row_group(group) for group in range(metadata.num_row_groups)]
    n_cells = metadata.num_rows * metadata.num_columns
    if any(column.max_repetition_level for column in _leaves(metadata)):
        n_cells = max(n_cells, sum(apart(partial(_numbers_of_values, source), path, report=report)))
    refuse_bomb(path, packed=packed, unpacked=_SMALLEST_CELL * n_cells)
    refuse_bomb(path, packed=packed, unpacked=sum(group.total_byte_size for group in groups))


def _numbers_of_values(source: Source) -> Iterator[int]:
    """Yield how many values each column of each row group has: a row may have any number of them."""
    import pyarrow.parquet as pq  # noqa: PLC0415

    with source.open("rb") as file:
        metadata = pq.read_metadata(file)
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        yield from (row_group.column(index).num_values for index in range(row_group.num_columns))


def rows_at_once(file: IO[bytes], metadata: "pq.FileMetaData", group: int, path: Path) -> int:
    """Return how many rows of a row group can be decoded at once, whatever their text is.

    The longest text of each column is looked up in its dictionary, which is decoded without the rows.

    Raises:
        UserError: UNPACKED_TOO_LARGE, if a list could be too long even in one row.
        pa.ArrowException, OSError: The file is damaged.
    """
    import pyarrow as pa  # noqa: PLC0415 - only where a Parquet file is read
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    texts = [column for column in _leaves(metadata) if column.physical_type == "BYTE_ARRAY"]
    row_group = metadata.row_group(group)
    may_repeat = any(column.max_repetition_level for column in texts)
    if not texts or (row_group.total_byte_size * row_group.num_rows <= _MOST_AT_ONCE and not may_repeat):
        return _MOST_ROWS_AT_ONCE
    names = [column.path for column in texts]
    opened = pq.ParquetFile(file, read_dictionary=names, pre_buffer=False)
    first = next(opened.iter_batches(batch_size=1, row_groups=[group], use_threads=False), None)
    longest = 1
    for column in first.columns if first is not None else []:
        lengths = [pc.max(pc.binary_length(words.dictionary)).as_py() or 0 for words in _dictionaries(column)]
        longest += sum(lengths)
        if may_repeat and any(lengths) and not pa.types.is_dictionary(column.type):
            _refuse_long_lists(opened, group, path)
    return max(1, min(_MOST_ROWS_AT_ONCE, _MOST_AT_ONCE // longest))


def size_of(batch: "pa.RecordBatch") -> int:
    """Return how many bytes some rows come to when each has its own text."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    size = int(batch.nbytes)
    for column in batch.columns:
        for words in _dictionaries(column):
            if _has_length(words.type.value_type):
                size += pc.sum(pc.take(pc.binary_length(words.dictionary), words.indices).cast(pa.int64())).as_py() or 0
    return size


def _refuse_long_lists(opened: "pq.ParquetFile", group: int, path: Path) -> None:
    """Let a row group pass whose texts come to no more than a table can have: one row of it may have any number."""
    size = 0
    for batch in opened.iter_batches(batch_size=_ROWS_WEIGHED_AT_ONCE, row_groups=[group], use_threads=False):
        size += size_of(batch)
        if size > LARGEST:
            raise UserError(Problem.UNPACKED_TOO_LARGE, path=path)


def _leaves(metadata: "pq.FileMetaData") -> "list[pq.ColumnSchema]":
    return [metadata.schema.column(index) for index in range(metadata.num_columns)]


def _has_length(kind: "pa.DataType") -> bool:
    import pyarrow as pa  # noqa: PLC0415

    return any(
        is_kind(kind)
        for is_kind in (pa.types.is_string, pa.types.is_large_string, pa.types.is_binary, pa.types.is_large_binary)
    )


def _dictionaries(values: "pa.Array") -> "Iterator[pa.DictionaryArray]":
    """Yield the texts in a column, those in its lists and structures too."""
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_dictionary(values.type):
        yield values
    elif pa.types.is_struct(values.type):
        for part in values.flatten():
            yield from _dictionaries(part)
    elif pa.types.is_map(values.type):
        yield from _dictionaries(values.keys)
        yield from _dictionaries(values.items)
    elif (
        pa.types.is_list(values.type) or pa.types.is_large_list(values.type) or pa.types.is_fixed_size_list(values.type)
    ):
        yield from _dictionaries(values.flatten())
