import os
import subprocess
import sys
from pathlib import Path

import pytest

from verbatlas.engine.folder import PrivateFolder

_FORGET = "import os; from verbatlas.engine.folder import PrivateFolder; PrivateFolder(); os._exit(9)"


def forget_a_folder(root: Path) -> None:
    """Let another program make a folder and die without a word."""
    environment = {**os.environ, "TMPDIR": str(root), "TEMP": str(root), "TMP": str(root)}
    assert subprocess.run([sys.executable, "-c", _FORGET], env=environment, check=False).returncode == 9


def test_a_folder_goes_with_all_that_is_in_it(temporary_root: Path) -> None:
    folder = PrivateFolder()
    (folder.path / "job-1").mkdir()
    (folder.path / "job-1" / "vectors.npy").write_bytes(b"1")
    folder.remove()
    assert not list(temporary_root.iterdir())


@pytest.mark.skipif(os.name == "nt", reason="Windows has no mode bits")
def test_nobody_else_can_look_into_it(temporary_root: Path) -> None:
    folder = PrivateFolder()
    assert folder.path.stat().st_mode & 0o077 == 0
    folder.remove()


def test_what_a_dead_program_forgot_goes_when_the_next_one_starts(temporary_root: Path) -> None:
    forget_a_folder(temporary_root)
    (forgotten,) = temporary_root.iterdir()
    folder = PrivateFolder()
    assert not forgotten.exists()
    assert list(temporary_root.iterdir()) == [folder.path]
    folder.remove()


def test_the_folder_of_a_living_program_stays(temporary_root: Path) -> None:
    first = PrivateFolder()
    second = PrivateFolder()
    forget_a_folder(temporary_root)
    assert first.path.is_dir()
    assert second.path.is_dir()
    first.remove()
    second.remove()


def test_folders_that_are_not_ours_stay(temporary_root: Path) -> None:
    (temporary_root / "verbatlas-engine-without-a-lock").mkdir()
    (temporary_root / "somebody-elses").mkdir()
    PrivateFolder().remove()
    assert len(list(temporary_root.iterdir())) == 2


def test_files_that_the_system_still_holds_are_found_at_the_next_start(
    temporary_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = PrivateFolder()
    held = folder.path / "vectors.npy"
    held.write_bytes(b"1")
    with monkeypatch.context() as windows:
        windows.setattr(Path, "unlink", lambda path: (_ for _ in ()).throw(PermissionError(path)))
        folder.remove()
    assert held.exists()
    PrivateFolder().remove()
    assert not list(temporary_root.iterdir())


def test_a_file_system_without_locks_is_good_enough(temporary_root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verbatlas.engine.folder._try_lock", lambda _: False)
    first, second = PrivateFolder(), PrivateFolder()
    assert first.path != second.path
    assert sorted(temporary_root.iterdir()) == sorted([first.path, second.path])
    first.remove()
    second.remove()
    assert not list(temporary_root.iterdir())
