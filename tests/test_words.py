"""The words follow the person's language."""

from collections.abc import Iterator

import pytest

from verbatlas import words


@pytest.fixture(autouse=True)
def _english_afterwards() -> Iterator[None]:
    yield
    words.use_language("en")


@pytest.mark.parametrize("language", ["zh_CN", "zh", "zh_TW", "zh-Hans"])
def test_every_chinese_locale_reads_chinese(language: str) -> None:
    words.use_language(language)

    assert words.gettext("A cluster needs a name: type at least one letter.") != (
        "A cluster needs a name: type at least one letter."
    )


def test_a_language_without_a_catalogue_reads_english() -> None:
    words.use_language("sw")

    assert words.ngettext("{count} row", "{count} rows", 2) == "{count} rows"


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({"LANG": "zh_CN.UTF-8"}, "zh_CN"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8", "VERBATLAS_LANGUAGE": "zh_CN"}, "zh_CN"),
    ],
)
def test_the_system_says_which_language(
    environment: dict[str, str], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("VERBATLAS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)

    assert words.system_language() == language
