"""Tables in archives are read as they are; what would fill the memory is refused."""

import gzip
import io
import zipfile
from pathlib import Path

import pytest

from verbatlas import tables
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled

CSV = "编号,评论\n007,太慢了，不满意\n008,很好\n".encode("gb18030")


def zip_file(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


def problem_of(path: Path) -> Problem:
    with pytest.raises(UserError) as caught:
        tables.read(path)
    assert caught.value.values["path"] == path
    return caught.value.problem


def test_a_table_in_gzip_is_read_as_the_table_itself(tmp_path: Path) -> None:
    path = tmp_path / "feedback.csv.gz"
    path.write_bytes(gzip.compress(CSV[:20]) + gzip.compress(CSV[20:]))  # gzip files may follow each other
    table = tables.read(path)
    assert table.names == ("编号", "评论")
    assert table.row(0) == ("007", "太慢了，不满意")
    assert table.format.encoding == "gb18030"


def test_the_only_table_in_a_zip_is_read_and_nothing_is_offered(tmp_path: Path) -> None:
    path = zip_file(
        tmp_path / "export.zip",
        {"__MACOSX/._a.csv": b"x", ".hidden": b"x", "readme.md": b"x", "a/b.csv": CSV, "c/": b""},
    )
    assert tables.read(path).row(1) == ("008", "很好")
    assert tables.parts(path) == tables.Parts()


def test_of_several_tables_the_largest_is_read_and_another_can_be_chosen(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "export.zip", {"small.csv": b"id,text\n1,late\n", "large.csv": CSV})
    table = tables.read(path)
    assert table.format.member == "large.csv"
    assert tables.parts(path, table.format).members == ("large.csv", "small.csv")

    other = tables.read(path, format=tables.TableFormat(kind="", member="small.csv"))
    assert other.row(0) == ("1", "late")
    assert other.format.member == "small.csv"


@pytest.mark.parametrize("ending", ["gz", "zip"])
def test_a_bomb_is_refused_before_it_is_unpacked(ending: str, tmp_path: Path) -> None:
    content = b"a,b\n" + b"0" * (80 * 1024**2)
    path = tmp_path / f"bomb.{ending}"
    if ending == "gz":
        path.write_bytes(gzip.compress(content))
    else:
        zip_file(path, {"a.csv": content})
    assert problem_of(path) is Problem.UNPACKED_TOO_LARGE


def test_a_zip_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "lie.zip", {"a.csv": CSV * 100})
    data = path.read_bytes()
    path.write_bytes(data.replace(len(CSV * 100).to_bytes(4, "little"), (40).to_bytes(4, "little")))
    assert problem_of(path) is Problem.FILE_DAMAGED


def test_archives_without_a_table_get_a_sentence(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("a.csv", CSV)
    assert problem_of(zip_file(tmp_path / "a.zip", {"picture.png": b"x"})) is Problem.ARCHIVE_NO_TABLE
    assert problem_of(zip_file(tmp_path / "b.zip", {"inner": inner.getvalue()})) is Problem.ARCHIVE_NO_TABLE


def test_damaged_archives_get_a_sentence(tmp_path: Path) -> None:
    for name, content in {
        "a.gz": gzip.compress(CSV)[:-6],
        "b.gz": b"\x1f\x8b\x08\x00nonsense that is no gzip",
        "c.zip": zip_file(tmp_path / "whole.zip", {"a.csv": CSV * 50}).read_bytes()[:-30],
        "d.zip": b"PK\x03\x04nonsense",
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert problem_of(path) is Problem.FILE_DAMAGED, name


def test_a_zip_with_a_password_gets_a_sentence(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "locked.zip", {"a.csv": CSV})
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1
    path.write_bytes(data)
    assert problem_of(path) is Problem.FILE_PROTECTED


def test_unpacking_can_be_stopped(tmp_path: Path) -> None:
    path = tmp_path / "feedback.csv.gz"
    path.write_bytes(gzip.compress(CSV))

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        tables.read(path, report=stop)


def test_nothing_is_left_beside_the_archive(tmp_path: Path) -> None:
    path = zip_file(tmp_path / "export.zip", {"a.csv": CSV})
    tables.read(path)
    assert list(tmp_path.iterdir()) == [path]
