"""What came of a comparison is known in the next job and the next process, and what is damaged is not known."""

from pathlib import Path

import pytest

from verbatlas.encoders.server.comparison import Agreement
from verbatlas.encoders.server.known_agreements import Compared, forget, recall, remember

KEY = "server a, model b"


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize("compared", [Compared(Agreement((0.25, 0.99))), Compared(Agreement(())), Compared()])
def test_it_comes_back_as_it_was_until_it_is_forgotten(compared: Compared) -> None:
    assert recall(KEY) is None
    remember(KEY, compared)
    assert recall(KEY) == compared
    assert recall("another server") is None
    forget(KEY)
    assert recall(KEY) is None
    forget(KEY)


@pytest.mark.parametrize("content", ["", "[]", '{"cosines": ["a"]}', '{"cosines": 3}'])
def test_what_is_damaged_was_never_compared(cache: Path, content: str) -> None:
    remember(KEY, Compared())
    (file,) = (cache / "servers").iterdir()
    file.write_text(content)
    assert recall(KEY) is None


def test_where_nothing_can_be_written_nothing_is_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("VERBATLAS_CACHE_DIR", str(tmp_path / "file"))
    remember(KEY, Compared())
    assert recall(KEY) is None
