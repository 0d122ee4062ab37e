"""Files as somebody's disk, mail program or export may have left them: the hard files of other projects, and damage."""

import codecs
import gzip
import io
import random
import re
import zipfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

_MOST_BYTES = 350_000
_EDITS = 4
_OLD_EXCEL_SHARE = 0.02  # each is read by a process of its own, which takes a second to start
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE, b"")
_SIGNS = (b"\x00", b'"', b"'", b",", b";", b"\t", b"|", b"\n", b"\r", b"\r\n", b"\\", b"\xff", b"\x1b$B", b"=", b"\xe4")
_COUNTS = (b"0", b"7", b"999", b"16384", b"1048576", b"99999999", b"4294967295", b"99999999999999999999")
_ROW_OF_BOTH = [{"id": "1", "comment": "太慢了"}, {"id": "2", "comment": "dear, and slow"}]
_JSON_LINES = '{"id": 1, "comment": "太慢了", "tags": ["a"]}\n{"id": 2, "comment": "dear"}\n'.encode() * 20


@dataclass(frozen=True, slots=True)
class Mutation:
    """A damaged file.

    Attributes:
        data: Its bytes.
        suffix: What its name ends with.
        origin: The file that it was, and what was done to it.
    """

    data: bytes
    suffix: str
    origin: str


class Suite:
    """The files to damage, and the damage of a number: the same one for the same seed."""

    def __init__(self, folder: Path, seed: int) -> None:
        """Read the files of ``folder`` and make some of the kinds that are not there."""
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        found = {path.relative_to(folder).as_posix(): path.read_bytes()[:_MOST_BYTES] for path in files}
        found |= {f"{name}.gz": gzip.compress(found[name], mtime=0) for name in sorted(found)[::9]}
        found |= {f"{name}.zip": _zip({"a.csv": found[name], "b/c.txt": b"notes"}) for name in sorted(found)[::11]}
        found["made.jsonl"] = _JSON_LINES
        found["made.json"] = b"[" + b",".join(_JSON_LINES.splitlines()) + b"]"
        found["made.parquet"] = _parquet()
        found["made.ods"] = _ods()
        found |= _made_to_grow()
        self._seed = seed
        self._files = {name: data for name, data in found.items() if not name.endswith(".xls")}
        self._old_excel = {name: data for name, data in found.items() if name.endswith(".xls")}

    def mutation(self, number: int) -> Mutation:
        """Return one damaged file."""
        chance = random.Random(f"{self._seed}:{number}")
        files = self._old_excel if chance.random() < _OLD_EXCEL_SHARE else self._files
        name = chance.choice(sorted(files))
        data, done = files[name], []
        for _edit in range(chance.randint(1, _EDITS)):
            if chance.random() < 0.5 and (unpacked := _edited_inside(data, chance, self._files)) is not None:
                data, what = unpacked, "inside"
            else:
                edit = chance.choice(_WAYS)
                data, what = edit(data, chance, self._files), edit.__name__.lstrip("_")
            done.append(what)
        return Mutation(data[: 2 * _MOST_BYTES], Path(name).suffix, f"{name}: {', '.join(done)}")


def _flipped(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    changed = bytearray(data)
    for _time in range(chance.choice([1, 1, 3, 20])):
        if changed:
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def _overwritten(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    place = chance.randrange(len(data) + 1)
    noise = chance.randbytes(chance.choice([1, 2, 4, 64]))
    return data[:place] + noise + data[place + len(noise) :]


def _cut_off(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    return data[: chance.randrange(len(data) + 1)]


def _without_a_part(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    start = chance.randrange(len(data) + 1)
    return data[:start] + data[start + chance.choice([1, 2, 3, 100, 5000]) :]


def _with_signs(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    for _time in range(chance.choice([1, 1, 2, 10, 60])):
        place = chance.randrange(len(data) + 1)
        data = data[:place] + chance.choice(_SIGNS) * chance.choice([1, 1, 1, 2, 3, 1000]) + data[place:]
    return data


def _exchanged(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    return data.replace(chance.choice(_SIGNS), chance.choice(_SIGNS))[: 2 * _MOST_BYTES]


def _spliced(data: bytes, chance: random.Random, files: dict[str, bytes]) -> bytes:
    other = files[chance.choice(sorted(files))]
    start = chance.randrange(len(other) + 1)
    return data[: chance.randrange(len(data) + 1)] + other[start : start + _MOST_BYTES]


def _repeated(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    start = chance.randrange(len(data) + 1)
    part = data[start : start + chance.choice([1, 7, 300, 20_000])]
    return data[:start] + part * chance.choice([2, 9, 200]) + data[start:]


def _marked(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    for mark in _MARKS:
        data = data.removeprefix(mark)
    return chance.choice(_MARKS) + data


def _recoded(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    encoding = chance.choice(["utf-16-le", "utf-16-be", "utf-32-le", "gb18030", "cp1252", "shift_jis", "utf-7"])
    return data.decode("utf-8", "replace").encode(encoding, "replace")


def _with_other_numbers(data: bytes, chance: random.Random, _files: dict[str, bytes]) -> bytes:
    """Let a file say that there is more, or less, of something than there is."""
    numbers = [found.span() for found in re.finditer(rb"\d+", data)]
    for begin, end in sorted(chance.sample(numbers, min(len(numbers), chance.choice([1, 2, 20]))), reverse=True):
        data = data[:begin] + chance.choice(_COUNTS) + data[end:]
    return data


_WAYS = (
    _flipped,
    _overwritten,
    _cut_off,
    _without_a_part,
    _with_signs,
    _with_signs,
    _exchanged,
    _spliced,
    _repeated,
    _marked,
    _recoded,
    _with_other_numbers,
)


def _edited_inside(data: bytes, chance: random.Random, files: dict[str, bytes]) -> bytes | None:
    """Return an archive of which one part is damaged, packed properly again; None for what is no archive."""
    edit = chance.choice(_WAYS)
    try:
        if data.startswith(b"\x1f\x8b"):
            return gzip.compress(edit(gzip.decompress(data), chance, files), mtime=0)
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name)[: 2 * _MOST_BYTES] for name in archive.namelist()}
    except Exception:  # damaged before, by any of what archives can be damaged by
        return None
    if not parts:
        return None
    name = chance.choice(sorted(parts))
    return _zip(parts | {name: edit(parts[name], chance, files)})


def _zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 3, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def _parquet() -> bytes:
    # Every old Excel file is read by a new process, which imports this module once more.
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    made = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(_ROW_OF_BOTH * 50), made)
    return made.getvalue()


def _made_to_grow() -> dict[str, bytes]:
    """Return small files of the kinds in which a few bytes can stand for very much, and some in which they do."""
    cell = (
        '<table:table-cell table:number-columns-repeated="{}" office:value-type="string">'
        "<text:p>{}</text:p></table:table-cell>"
    )
    row = '<table:table-row table:number-rows-repeated="{}">{}</table:table-row>'
    spaces = '太<text:s text:c="{}"/>慢'
    return {
        "repeated.ods": _ods_of(row.format(3, cell.format(2, "late") + cell.format(1, spaces.format(4)))),
        "cells.ods": _ods_of(row.format(1_048_576, cell.format(16_384, "x"))),
        "texts.ods": _ods_of(row.format(10_000, cell.format(1000, "x" * 10_000))),
        "spaces.ods": _ods_of(row.format(1, cell.format(1, spaces.format(2_000_000_000)))),
        "shared.xlsx": _xlsx([(str(number), "late " * 10) for number in range(60)]),
        "texts.xlsx": _xlsx([("x" * 32_000,)] * 20_000),
        "words.parquet": _parquet_of("late " * 10, 60),
        "texts.parquet": _parquet_of("x" * 30_000, 300_000),
        "keys.jsonl": b"".join(b'{"id": %d, "k%d": "late"}\n' % (number, number % 7) for number in range(60)),
        "many-keys.jsonl": b"".join(b'{"k%d": 1}\n' % number for number in range(8000)),
        "quotes.csv": b"id,text\n1," + b'"' * 300_000 + b"\n2,late\n",
        "commas.csv": b"," * 300_000 + b"\n1,late\n",
    }


def _xlsx(rows: list[tuple[str, ...]]) -> bytes:
    import xlsxwriter  # noqa: PLC0415 - as for Parquet

    made = io.BytesIO()
    with xlsxwriter.Workbook(made) as book:
        book.set_properties({"created": datetime(2026, 3, 1)})
        sheet = book.add_worksheet("S")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return made.getvalue()


def _parquet_of(text: str, times: int) -> bytes:
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    made = io.BytesIO()
    pq.write_table(
        pa.table({"a": pa.DictionaryArray.from_arrays(pa.array([0] * times, pa.int32()), pa.array([text]))}), made
    )
    return made.getvalue()


def _ods() -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    failed = (
        '<table:table-cell office:value-type="string" office:string-value=""><text:p>#N/A</text:p></table:table-cell>'
    )
    rows = "".join(
        f"<table:table-row>{cell.format(number)}{cell.format('太慢了') if number % 7 else failed}</table:table-row>"
        for number in range(60)
    )
    return _ods_of(rows)


def _ods_of(rows: str) -> bytes:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content {spaces}><office:body><office:spreadsheet>'
        f'<table:table table:name="S">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    return _zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b"<manifest/>",
            "content.xml": content.encode(),
        }
    )
