"""The PDF is one page in the proportions that were asked for."""

import re
from pathlib import Path

import pytest
from map_points import groups
from PySide6.QtWidgets import QApplication

from verbatlas.app.map.pdf_picture import save_pdf
from verbatlas.app.map.picture import MapData, PictureStyle
from verbatlas.errors import Problem, UserError


@pytest.mark.parametrize("n", [0, 300, 100_050])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_one_page_with_the_map_on_it(qapp: QApplication, n: int, scheme: str, tmp_path: Path) -> None:
    layout, members = groups(n, n_groups=3)
    data = MapData(layout, members, {0: "电池", 1: "B", 2: "C"}, {0: 0, 1: 1, 2: 2}, title="评论.csv")
    save_pdf(tmp_path / "map.pdf", data, PictureStyle(1600, 1200, scheme, has_legend=True))

    written = (tmp_path / "map.pdf").read_bytes()
    assert written.startswith(b"%PDF")
    assert len(re.findall(rb"/Type\s*/Page\b", written)) == 1
    assert re.search(rb"/MediaBox\s*\[\s*0 0 800(\.0*)? 600(\.0*)?\s*\]", written)
    assert (b"/Subtype /Image" in written) == (n > 100_000)


def test_a_folder_that_is_not_there_is_said(qapp: QApplication, tmp_path: Path) -> None:
    layout, members = groups(10, n_groups=1)
    with pytest.raises(UserError) as caught:
        save_pdf(tmp_path / "nowhere" / "map.pdf", MapData(layout, members, {}, {}), PictureStyle(400, 300))

    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE
    assert caught.value.values["path"] == tmp_path / "nowhere" / "map.pdf"
