"""The map of a study becomes a file of the kind that its name says."""

from pathlib import Path

import pytest

from verbatlas.app.map.picture import PictureStyle
from verbatlas.app.map_picture import save_map_picture
from verbatlas.app.session import Session


@pytest.mark.parametrize(("name", "begins"), [("m.png", b"\x89PNG"), ("m.svg", b"<?xml"), ("m.PDF", b"%PDF")])
def test_the_name_decides(mapped: Session, name: str, begins: bytes, tmp_path: Path) -> None:
    assert mapped.study is not None

    assert save_map_picture(mapped.study, tmp_path / name, PictureStyle(400, 300)) == tmp_path / name

    assert (tmp_path / name).read_bytes().startswith(begins)
