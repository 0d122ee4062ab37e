"""Every word that a person can meet is in every language, with the same gaps to fill."""

import gettext
import re
import subprocess
import sys
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

_ROOT = Path(__file__).resolve().parents[2]
_FOLDER = _ROOT / "resources" / "translations" / "zh_CN" / "LC_MESSAGES"


def texts(entry: str | tuple[str, ...] | list[str]) -> list[str]:
    return [entry] if isinstance(entry, str) else list(entry)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    path = tmp_path_factory.mktemp("words") / "verbatlas.pot"
    words = [str(Path(sys.executable).parent / "pybabel"), "-q", "extract", "-k", "_", "-k", "ngettext:1,2"]
    subprocess.run([*words, "-o", str(path), "desktop/verbatlas"], cwd=_ROOT, check=True)
    with path.open("rb") as file:
        return read_po(file)


@pytest.fixture(scope="module")
def chinese() -> Catalog:
    with (_FOLDER / "verbatlas.po").open("rb") as file:
        return read_po(file, locale="zh_CN")


def test_every_word_is_translated(source: Catalog, chinese: Catalog) -> None:
    missing = [
        entry.id
        for entry in source
        if entry.id
        and ((found := chinese.get(texts(entry.id)[0])) is None or found.fuzzy or not all(texts(found.string)))
    ]

    assert missing == []


def test_no_translation_is_left_over(source: Catalog, chinese: Catalog) -> None:
    assert [entry.id for entry in chinese if entry.id and source.get(texts(entry.id)[0]) is None] == []


def test_translations_have_the_same_gaps(chinese: Catalog) -> None:
    for entry in chinese:
        if entry.id:
            gaps = set(re.findall(r"{[^}]*}", texts(entry.id)[-1]))
            for translated in texts(entry.string):
                assert set(re.findall(r"{[^}]*}", translated)) == gaps, entry.id


def test_the_compiled_catalogue_is_that_of_the_text(chinese: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, chinese)
    compiled.seek(0)
    with (_FOLDER / "verbatlas.mo").open("rb") as file:
        shipped = gettext.GNUTranslations(file)
    expected = gettext.GNUTranslations(compiled)

    assert shipped._catalog == expected._catalog
