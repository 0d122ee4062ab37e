"""The first lines shown are those of the file that is written then, whatever is chosen."""

import itertools
from pathlib import Path

import numpy as np
import pytest

from verbatlas.app.export_choice import ExportChoice
from verbatlas.app.export_files import export_table
from verbatlas.app.export_preview import ExportPreview
from verbatlas.app.session import Session
from verbatlas.progress import no_report
from verbatlas.study import Rename
from verbatlas.tables import TextForm

_SELECTED = np.array([3, 5, 40])


@pytest.mark.parametrize("ending", [".csv", ".tsv", ".psv", ".jsonl"])
@pytest.mark.parametrize("name", ["Late", "=HYPERLINK(1)", "物流"])
def test_they_are_the_first_lines_of_the_file(mapped: Session, ending: str, name: str, tmp_path: Path) -> None:
    study = mapped.study
    study.do(Rename(next(iter(study.labelling.clusters)), name))
    preview = ExportPreview(study, _SELECTED)
    for number, (guards, left_out, only_selected, form) in enumerate(
        itertools.product((True, False), (frozenset(), frozenset({"x", "cluster"})), (True, False), TextForm)
    ):
        choice = ExportChoice(tmp_path / f"{number}{ending}", guards, left_out, only_selected, form=form)
        export_table(study, choice, no_report, rows=_SELECTED if only_selected else None)
        written = choice.path.read_bytes()
        shown = preview.of(choice)
        text = shown.text.splitlines()
        assert written.decode("utf-8-sig").splitlines()[: len(text)] == text
        assert len(text) >= 3
        if ending != ".jsonl":
            assert shown.for_excel == written.startswith(b"\xef\xbb\xbf")


def test_of_several_files_the_first_is_shown(mapped: Session, tmp_path: Path) -> None:
    choice = ExportChoice(tmp_path / "out.csv", one_per_cluster=True)
    folder = export_table(mapped.study, choice, no_report)
    text = ExportPreview(mapped.study, _SELECTED).of(choice).text
    first = sorted(folder.iterdir())[0].read_text(encoding="utf-8-sig")
    assert first.splitlines()[: len(text.splitlines())] == text.splitlines()


def test_a_workbook_is_shown_with_tabs_and_a_long_line_is_cut(mapped: Session, tmp_path: Path) -> None:
    study = mapped.study
    study.do(Rename(next(iter(study.labelling.clusters)), "long " * 1000))
    text = ExportPreview(study, _SELECTED).of(ExportChoice(tmp_path / "out.xlsx")).text
    assert text.splitlines()[0].split("\t")[-3:] == ["moved_by_hand", "x", "y"]
    assert max(map(len, text.splitlines())) == 1001
