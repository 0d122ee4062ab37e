"""Weigh a Parquet file before it is decoded: a value can be written once and stand in any number of rows."""

from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

from verbatlas.errors import Problem, UserError
from verbatlas.tables.packed import LARGEST, refuse_bomb

if TYPE_CHECKING:
    import pyarrow as pa
    import pyarrow.parquet as pq

_MOST_ROWS_AT_ONCE = 2000
_MOST_AT_ONCE = 64 * 1024**2  # bytes of text
_ROWS_WEIGHED_AT_ONCE = 100_000
_SMALLEST_CELL = 8  # bytes, as a pointer to it


def refuse_large_parquet(metadata: "pq.FileMetaData", path: Path, *, packed: int) -> None:
    """Let a file pass that says it unpacks to a size which is possible for a table.

    Raises:
        UserError: UNPACKED_TOO_LARGE.
    """
    leaves = [leaf for group in range(metadata.num_row_groups) for leaf in _leaves(metadata, group)]
    n_cells = max(metadata.num_rows * metadata.num_columns, sum(leaf.num_values for leaf in leaves))
    refuse_bomb(path, packed=packed, unpacked=_SMALLEST_CELL * n_cells)
    refuse_bomb(path, packed=packed, unpacked=sum(leaf.total_uncompressed_size for leaf in leaves))


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

    leaves = [leaf for leaf in _leaves(metadata, group) if leaf.physical_type == "BYTE_ARRAY"]
    names = [leaf.path_in_schema for leaf in leaves if leaf.has_dictionary_page]
    if sum(leaf.total_uncompressed_size * leaf.num_values for leaf in leaves) <= _MOST_AT_ONCE or not names:
        return _MOST_ROWS_AT_ONCE
    opened = pq.ParquetFile(file, read_dictionary=names, pre_buffer=False)
    first = next(opened.iter_batches(batch_size=1, row_groups=[group], use_threads=False), None)
    longest = 1
    for column in first.columns if first is not None else []:
        texts = [pc.max(pc.binary_length(words.dictionary)).as_py() or 0 for words in _dictionaries(column)]
        longest += sum(texts)
        may_be_long = max(texts, default=0) * max(leaf.num_values for leaf in leaves) > _MOST_AT_ONCE
        if may_be_long and not pa.types.is_dictionary(column.type):
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


def _leaves(metadata: "pq.FileMetaData", group: int) -> "list[pq.ColumnChunkMetaData]":
    row_group = metadata.row_group(group)
    return [row_group.column(index) for index in range(row_group.num_columns)]


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
