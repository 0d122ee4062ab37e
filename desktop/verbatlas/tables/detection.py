"""Find out how a file is written, from its beginning or from what of it says most."""

from dataclasses import dataclass, replace
from pathlib import Path

from verbatlas.errors import Problem, UserError
from verbatlas.tables.dialect import detect_dialect
from verbatlas.tables.encoding import Encoding, detect_encoding
from verbatlas.tables.source import Source
from verbatlas.tables.table import TableFormat
from verbatlas.tables.wide_encoding import unit_bytes

_SAMPLE_BYTES = 256 * 1024
_DIALECT_CHARACTERS = 100_000
_BLOCK = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Detected:
    """A format and how sure it is; a person who chose it is sure.

    Attributes:
        format: How the file is written.
        encoding_sure: 0 to 1.
        next_encoding: The likeliest codec that would give another text; may be empty.
        delimiter_sure: 0 to 1.
    """

    format: TableFormat
    encoding_sure: float = 1.0
    next_encoding: str = ""
    delimiter_sure: float = 1.0


def detect(source: Source, path: Path) -> Detected:
    """Return how delimited text is written.

    Args:
        source: The text.
        path: The file that it is or comes out of.

    Raises:
        UserError: It is empty or no text.
        OSError: It cannot be read.
    """
    sample, is_whole = _beginning(source)
    if not sample.strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00\x1a"):
        raise UserError(Problem.FILE_EMPTY, path=path)
    encoding = detect_encoding(sample, is_whole=is_whole)
    if encoding is None:
        raise UserError(Problem.FILE_BINARY, path=path)
    if encoding.is_thin and not is_whole:
        encoding = detect_encoding(foreign_part(source), is_whole=True) or encoding
    return _with_dialect(source, sample, encoding, is_whole=is_whole)


def refine(source: Source, chosen: TableFormat) -> Detected:
    """Return how a file is written whose encoding and delimiter are chosen.

    Raises:
        OSError: It cannot be read.
    """
    sample, is_whole = _beginning(source)
    encoding = Encoding(chosen.encoding, byte_order_mark=chosen.byte_order_mark)
    return _with_dialect(source, sample, encoding, is_whole=is_whole, delimiter=chosen.delimiter)


def detect_by_the_rest(source: Source, found: Detected) -> Detected:
    """Return how the file is written, judged by all its lines beyond ASCII: its beginning has led astray.

    Raises:
        OSError: It cannot be read.
    """
    # Lines of UTF-16 and UTF-32 cannot be told apart byte by byte, and where such a file is cut it is still in them.
    if found.format.byte_order_mark or unit_bytes(found.format.encoding) > 1:
        return found
    encoding = detect_encoding(foreign_part(source), is_whole=True)
    if encoding is None or encoding.name == found.format.encoding:
        return found
    sample, is_whole = _beginning(source)
    return _with_dialect(source, sample, encoding, is_whole=is_whole)


def foreign_part(source: Source) -> bytes:
    """Return up to a sample's length of the lines that are not ASCII, wherever in the file they are."""
    kept: list[bytes] = []
    size, rest = 0, b""
    with source.open("rb") as file:
        while (block := file.read(_BLOCK)) and size < _SAMPLE_BYTES:
            if block.isascii() and rest.isascii():
                rest = b""
                continue
            *lines, rest = (rest + block).splitlines(keepends=True)
            kept += (foreign := [line for line in lines if not line.isascii()])
            size += sum(map(len, foreign))
            if len(rest) > _SAMPLE_BYTES:
                kept.append(rest)
                size, rest = size + len(rest), b""
    return b"".join([*kept, b"" if rest.isascii() else rest])[: 2 * _SAMPLE_BYTES]


def _beginning(source: Source) -> tuple[bytes, bool]:
    with source.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
        return sample, not file.read(1)


def _with_dialect(
    source: Source, sample: bytes, encoding: Encoding, *, is_whole: bool, delimiter: str = ""
) -> Detected:
    # Marks are not part of the text; a character cut off at the end is left out.
    marked = sample.decode(encoding.name, "ignore")
    text = marked.lstrip("\ufeff")
    dialect = detect_dialect(
        text[:_DIALECT_CHARACTERS],
        is_whole=is_whole and len(text) <= _DIALECT_CHARACTERS,
        one_a_line=source.suffix.lower() == ".txt",
        delimiter=delimiter,
    )
    table_format = TableFormat(
        encoding=encoding.name,
        byte_order_mark=encoding.byte_order_mark,
        delimiter=dialect.delimiter,
        quote=dialect.quote,
        line_end=dialect.line_end,
        has_header=dialect.has_header,
        quote_all=dialect.quote_all,
        ends_with_line_end=_ends_with_line_end(source, encoding.name),
        escape=dialect.escape,
        skip_spaces=dialect.skip_spaces,
        above=dialect.above,
        more_marks=max(0, len(marked) - len(text) - 1) if encoding.byte_order_mark else 0,
    )
    return replace(
        Detected(table_format),
        encoding_sure=encoding.sure,
        next_encoding=encoding.next_best,
        delimiter_sure=dialect.sure,
    )


def _ends_with_line_end(source: Source, encoding: str) -> bool:
    with source.open("rb") as file:
        file.seek(max(0, source.stat().st_size - 4))
        tail = file.read()
    return tail.endswith(("\n".encode(encoding), "\r".encode(encoding)))
