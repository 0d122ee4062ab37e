"""Workbooks that tests write themselves, by a library other than the one that the program writes with."""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import openpyxl
import xlsxwriter


def write_xlsx(path: Path, sheets: dict[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = ()) -> Path:
    """Write sheets of plain values."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    book.save(path)
    return path


def write_shared(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    """Write one sheet whose cells name their texts by number, as Excel does."""
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def write_ods(path: Path, name: str, rows: Sequence[Sequence[str]]) -> Path:
    """Write one sheet whose cells are given as the XML of ``table:table-cell``."""
    return write_ods_rows(path, name, "".join(ods_row(*row) for row in rows))


def write_ods_rows(path: Path, name: str, body: str) -> Path:
    """Write one sheet whose rows are given as XML."""
    content = (
        '<?xml version="1.0"?><office:document-content'
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="{name}">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
        archive.writestr("content.xml", content)
    return path


def ods_row(*cells: str, times: int = 1) -> str:
    """Return the XML of one row, or of so many that are alike."""
    repeated = f' table:number-rows-repeated="{times}"' if times > 1 else ""
    return f"<table:table-row{repeated}>{''.join(cells)}</table:table-row>"


def ods_cell(text: str, *, kind: str = "string", value: str = "", times: int = 1) -> str:
    """Return the XML of one cell, or of so many that are alike."""
    stored = f' office:{"date-value" if kind == "date" else "value"}="{value}"' if value else ""
    repeated = f' table:number-columns-repeated="{times}"' if times > 1 else ""
    return f'<table:table-cell office:value-type="{kind}"{stored}{repeated}><text:p>{text}</text:p></table:table-cell>'


def with_part(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    """Change one part of a workbook."""
    with zipfile.ZipFile(path) as before:
        parts = {part: before.read(part) for part in before.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as after:
        for part, data in parts.items():
            after.writestr(part, data)
    return path


def with_lie(path: Path, name: str, *, size: int) -> Path:
    """Let the directory of a workbook say that a part is so large."""
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        place = archive.start_dir
        while not data[place + 46 :].startswith(name.encode()):
            place = data.index(b"PK\x01\x02", place + 4)
    data[place + 24 : place + 28] = size.to_bytes(4, "little")
    path.write_bytes(data)
    return path
