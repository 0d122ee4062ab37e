"""What a file is shows in its bytes, whatever its name ends with."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from verbatlas.tables.kinds import kind_of
from verbatlas.tables.source import Unpacked


def zip_of(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), "x")  # no clock: the test's id must be the same in every worker
    return held.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "delimited"),
        (b"id,text\n1,late\n", "delimited"),
        (b"[1] see note,text\n", "delimited"),
        (b'{"a": 1},text\n2,late\n', "delimited"),
        (b"{name},text\n", "delimited"),
        (b'{"a": 1}\n{"a": 2}\n', "jsonl"),
        (b'\xef\xbb\xbf\n {"a": 1}', "jsonl"),
        ('{"a": 1}\n'.encode("utf-16"), "jsonl"),
        (b'{\n  "a": 1\n}\n{\n  "a": 2\n}', "jsonl"),
        (b'{"a": "' + b"x" * 100_000 + b'"}\n', "jsonl"),
        (b' [\n {"a": 1}, {"a": 2}]', "json"),
        (b"PAR1....", "parquet"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "xls"),
        (b"\xef\xbb\xbf<!DOCTYPE HTML><html><table>", "markup"),
        (b"\r\n<!-- made by a CRM --><html xmlns:x='urn'>", "markup"),
        (b'<?xml version="1.0"?><Workbook>', "markup"),
        ("<table border=1><tr><td>id".encode("utf-16"), "markup"),
        (b"MIME-Version: 1.0\nX-Document-Type: Workbook\n", "markup"),
        (b"<p>The parcel was late</p>\n<p>Too dear</p>\n", "delimited"),
        (b"<tables>,text\n1,late\n", "delimited"),
        (gzip.compress(b"id,text", mtime=0), "gzip"),
        (zip_of("table.csv"), "zip"),
        (zip_of("[Content_Types].xml", "xl/workbook.xml"), "xlsx"),
        (zip_of("[Content_Types].xml", "xl/workbook.bin"), "xlsb"),
        (zip_of("mimetype", "content.xml"), "ods"),
        (b"PK\x03\x04 cut off", "zip"),
    ],
)
def test_the_kind_is_found_by_content(content: bytes, kind: str) -> None:
    assert kind_of(Unpacked(Path("any.csv"), content)) == kind
