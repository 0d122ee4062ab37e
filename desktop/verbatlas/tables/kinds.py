"""Tell by its first bytes what kind of file one is; what its name ends with does not count."""

import json
import re
import zipfile
from typing import Literal

from verbatlas.tables.source import Source

Kind = Literal["delimited", "xlsx", "xlsb", "ods", "xls", "json", "jsonl", "parquet", "markup", "gzip", "zip"]

WORKBOOKS: frozenset[str] = frozenset({"xlsx", "xlsb", "ods", "xls"})
_SAMPLE = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OBJECT = re.compile(r'\s*(\[\s*)?(?=\{\s*["}])')
_AFTER_OBJECT = re.compile(r"[ \t]*(\r?\n|,|\]|\Z)\s*([\[\]{,]|\Z)")
_MARKUP = re.compile(
    r"\s*(?:<!--.{0,9999}?-->\s*)?(?:<\?xml\s|<!doctype\s+html|<(?:html|head|meta|table|workbook)[\s>]|mime-version:)",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = {"xl/workbook.xml": "xlsx", "xl/workbook.bin": "xlsb"}


def kind_of(source: Source) -> Kind:
    """Return what kind of file ``source`` is; ``delimited`` is all that is nothing else.

    ``markup`` is a web page or XML, which many programs call .xls so that Excel opens it.

    Raises:
        OSError: It cannot be read.
    """
    with source.open("rb") as file:
        head = file.read(_SAMPLE)
    if head.startswith(b"\x1f\x8b"):
        return "gzip"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _kind_of_zip(source)
    if head.startswith(_OLE):
        return "xls"
    if head.startswith((b"PAR1", b"PARE")):
        return "parquet"
    return _kind_of_text(head)


def _kind_of_zip(source: Source) -> Kind:
    try:
        with source.open("rb") as file, zipfile.ZipFile(file) as archive:
            names = set(archive.namelist())
            for part, kind in _PARTS.items():
                if part in names:
                    return "xlsx" if kind == "xlsx" else "xlsb"
            if "mimetype" in names and "content.xml" in names:
                return "ods"
    except (zipfile.BadZipFile, NotImplementedError, ValueError, IndexError, EOFError):
        pass  # whoever unpacks it says that it is damaged
    return "zip"


def _kind_of_text(head: bytes) -> Kind:
    try:
        text = head.decode(json.detect_encoding(head), "ignore").removeprefix("\ufeff")
    except UnicodeDecodeError:
        return "delimited"
    if _MARKUP.match(text):
        return "markup"
    start = _OBJECT.match(text)
    if start is None:
        return "delimited"
    try:
        _value, end = json.JSONDecoder(strict=False).raw_decode(text, start.end())
    except (json.JSONDecodeError, RecursionError):
        # A first object may be longer than what was looked at, or damaged, which its reader tells better.
        is_object = re.match(r'\{\s*"[^"]*"\s*:', text[start.end() :]) is not None
        return ("json" if start[1] else "jsonl") if is_object else "delimited"
    if not _AFTER_OBJECT.match(text, end):
        return "delimited"
    return "json" if start[1] else "jsonl"
