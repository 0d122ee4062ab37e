"""A study is seen whole at one moment, even while another program changes it as fast as it can."""

import subprocess
import sys
from pathlib import Path

import pytest
from test_any_edits import _EDITOR, fingerprint, new_study

from verbatlas.errors import Problem, UserError
from verbatlas.study import Rename, Study
from verbatlas.study.snapshot import take_snapshot


def test_a_study_that_another_program_changes_is_seen_as_it_was_after_one_of_its_edits(tmp_path: Path) -> None:
    new_study(tmp_path).close()
    path = tmp_path / "s.verbatlas"
    words = [sys.executable, "-c", _EDITOR, str(path), str(Path(__file__).parent), "1"]
    seen = []
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as editor:
        assert editor.stdout is not None
        printed = [editor.stdout.readline().strip()]
        for _ in range(30):
            with Study.open_read_only(path) as study:
                seen.append(fingerprint(study))
            printed += [editor.stdout.readline().strip() for _ in range(5)]
        editor.kill()
        printed += [line.strip() for line in editor.stdout]
    with Study.open(path) as study:
        printed.append(fingerprint(study))

    assert set(seen) <= set(printed)
    assert len(set(seen)) > 1


def test_what_is_seen_read_only_can_be_exported_and_copied_but_not_changed(study: Study, tmp_path: Path) -> None:
    study.do(Rename(0, "物流"))
    with Study.open_read_only(study.path) as seen:
        assert seen.is_read_only
        assert seen.path == study.path
        assert seen.export_columns() == study.export_columns()
        assert seen.history == study.history
        for change in (lambda: seen.do(Rename(0, "x")), seen.undo, lambda: seen.set_settings(seen.settings)):
            with pytest.raises(UserError) as caught:
                change()
            assert caught.value.problem is Problem.STUDY_READ_ONLY
            assert caught.value.values["path"] == study.path
        seen.save_copy(tmp_path / "copy.verbatlas")
    with Study.open(tmp_path / "copy.verbatlas") as copy:
        assert not copy.is_read_only
        assert fingerprint(copy) == fingerprint(study)


def test_a_file_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        take_snapshot(tmp_path / "none.verbatlas", tmp_path)
    assert caught.value.problem is Problem.FILE_MISSING


def test_nothing_is_left_in_the_temporary_folder(study: Study, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    Study.open_read_only(study.path).close()
    (tmp_path / "no.verbatlas").write_text("nothing")
    with pytest.raises(UserError):
        Study.open_read_only(tmp_path / "no.verbatlas")
    assert list(temporary.iterdir()) == []
