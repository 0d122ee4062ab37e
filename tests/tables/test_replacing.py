"""The old file is there until the new one is whole, and nothing else is left behind."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from verbatlas.tables.replacing import replace_file

_POSIX = pytest.mark.skipif(os.name != "posix", reason="this system has no such files")


def test_a_new_file_is_written(tmp_path: Path) -> None:
    replace_file(tmp_path / "out.csv", [b"a", b"b"])

    assert (tmp_path / "out.csv").read_bytes() == b"ab"
    assert len(list(tmp_path.iterdir())) == 1


def test_an_error_in_the_middle_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")

    def blocks() -> Iterator[bytes]:
        yield b"new"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        replace_file(path, blocks())

    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_very_long_name_is_no_problem(tmp_path: Path) -> None:
    path = tmp_path / ("评" * 80 + ".csv")

    replace_file(path, [b"a"])

    assert path.read_bytes() == b"a"


@_POSIX
def test_the_permissions_of_the_old_file_stay_and_new_ones_are_usual(tmp_path: Path) -> None:
    old, new, usual = tmp_path / "old.csv", tmp_path / "new.csv", tmp_path / "usual"
    old.touch()
    old.chmod(0o640)
    usual.touch()

    replace_file(old, [b"a"])
    replace_file(new, [b"a"])

    assert stat.S_IMODE(old.stat().st_mode) == 0o640
    assert new.stat().st_mode == usual.stat().st_mode


@_POSIX
def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_bytes(b"old")
    link.symlink_to(target)

    replace_file(link, [b"new"])

    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@_POSIX
def test_a_protected_file_is_not_replaced(tmp_path: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("root may write to protected files")
    path = tmp_path / "out.csv"
    path.write_bytes(b"old")
    path.chmod(0o444)

    with pytest.raises(PermissionError):
        replace_file(path, [b"new"])

    assert path.read_bytes() == b"old"


def test_a_folder_in_the_place_of_the_file_stays(tmp_path: Path) -> None:
    (tmp_path / "out.csv").mkdir()

    with pytest.raises(OSError, match=r"."):
        replace_file(tmp_path / "out.csv", [b"a"])

    assert (tmp_path / "out.csv").is_dir()
    assert len(list(tmp_path.iterdir())) == 1


@_POSIX
def test_a_device_is_written_to_and_not_replaced() -> None:
    program = "from pathlib import Path; from verbatlas.tables.replacing import replace_file as r; "

    finished = subprocess.run(
        [sys.executable, "-c", program + "r(Path('/dev/stdout'), [b'a', b'b'])"], capture_output=True, check=True
    )

    assert finished.stdout == b"ab"
    with pytest.raises(OSError, match="No space"):
        replace_file(Path("/dev/full"), [b"a" * 100_000])
    assert stat.S_ISCHR(Path("/dev/full").stat().st_mode)
