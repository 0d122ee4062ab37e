"""The language of the words that a person reads: English in the source, others by gettext catalogues."""

import gettext as _gettext
import locale
import os

from verbatlas.resources import resource

_DOMAIN = "verbatlas"
_catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def system_language() -> str:
    """Return the language that the person's system asks for, such as ``zh_CN``; ``en`` if it says nothing."""
    for variable in ("VERBATLAS_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(variable, "").split(".")[0]
        if value:
            return "en" if value in {"C", "POSIX"} else value
    return locale.getlocale()[0] or "en"


def use_language(language: str) -> None:
    """Take the words from the catalogue of ``language`` (``en``, ``zh_CN``, …); English where there is none."""
    global _catalogue  # noqa: PLW0603 - one process speaks one language, chosen once at its start
    # Any Chinese is served by the one Chinese catalogue: reading simplified is better than reading English.
    wanted = "zh_CN" if language.lower().startswith("zh") else language
    _catalogue = _gettext.translation(_DOMAIN, str(resource("translations")), languages=[wanted], fallback=True)


def gettext(text: str) -> str:
    """Return ``text`` in the person's language."""
    return _catalogue.gettext(text)


def ngettext(singular: str, plural: str, count: int) -> str:
    """Return the form of a counted phrase that fits ``count`` in the person's language."""
    return _catalogue.ngettext(singular, plural, count)
