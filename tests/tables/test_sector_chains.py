"""An old .xls whose sectors follow each other in a circle is found out before its reader goes round in it."""

import struct
from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.tables.sector_chains import chains_end
from verbatlas.tables.source import Unpacked

_NUMBERS = {"directory": 48, "small table": 60}


@pytest.fixture
def old(shared_data: Path) -> bytes:
    return (shared_data / "import" / "messytables" / "simple.xls").read_bytes()


def changed(data: bytes, at: int, number: int) -> bytes:
    return data[:at] + struct.pack("<I", number) + data[at + 4 :]


def number_at(data: bytes, at: int) -> int:
    return int(struct.unpack_from("<I", data, at)[0])


def place_in_table(data: bytes, sector: int) -> int:
    """Return where the number of the sector behind ``sector`` stands."""
    table = number_at(data, 76 + 4 * (sector // 128))
    return (table + 1) * 512 + 4 * (sector % 128)


def start_of_book(data: bytes) -> int:
    return number_at(data, data.index("Workbook".encode("utf-16-le")) + 116)


def ends(data: bytes) -> bool:
    return chains_end(Unpacked(Path("a.xls"), data))


def test_whole_workbooks_and_what_is_none_come_to_an_end(shared_data: Path) -> None:
    for path in (shared_data / "import").rglob("*.xls"):
        assert chains_end(path), path
    for data in (b"", b"\xd0\xcf\x11\xe0" * 20, b"\xd0\xcf\x11\xe0" * 400):
        assert ends(data)


def test_a_circle_of_the_directory_or_of_the_workbook_is_found(old: bytes, tmp_path: Path) -> None:
    assert ends(old)
    for start in (number_at(old, _NUMBERS["directory"]), start_of_book(old)):
        bad = changed(old, place_in_table(old, start), start)

        assert not ends(bad)
        path = tmp_path / "a.xls"
        path.write_bytes(bad)
        for read in (tables.read, tables.parts):
            with pytest.raises(UserError) as caught:
                read(path)
            assert caught.value.problem is Problem.FILE_DAMAGED


def test_a_list_of_the_table_in_a_circle_or_longer_than_the_file_is_found(old: bytes) -> None:
    sector = len(old) // 512 - 2
    last = (sector + 1) * 512 + 508
    assert not ends(changed(changed(old, 68, sector), last, sector))

    repeated = old[: 512 * 100]
    for entry in range(109):
        repeated = changed(repeated, 76 + 4 * entry, 0)
    assert not ends(repeated)


def test_a_circle_of_small_sectors_is_found(shared_data: Path) -> None:
    data = (shared_data / "import" / "messytables" / "encrypted_no_password.xls").read_bytes()
    start = start_of_book(data)
    table = number_at(data, _NUMBERS["small table"])

    assert not ends(changed(data, (table + 1) * 512 + 4 * start, start))
