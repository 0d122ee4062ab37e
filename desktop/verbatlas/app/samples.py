"""The tables that come with the program, for a first look."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from verbatlas.resources import resource
from verbatlas.words import gettext as _


@dataclass(frozen=True, slots=True)
class Sample:
    """A table in ``resources/samples``.

    Attributes:
        name: File name without ending; the command line and tests call it so.
        title: What it is, for people.
        about: One line on what is in it.
    """

    name: str
    title: str
    about: str

    @property
    def path(self) -> Path:
        """The file.

        Raises:
            FileNotFoundError: The installation is incomplete.
        """
        return resource("samples", f"{self.name}.csv")


_SAMPLES: tuple[Callable[[], Sample], ...] = (
    lambda: Sample("coffee_subscription_en", _("English sample"), _("Comments on a coffee subscription")),
    lambda: Sample("phone_reviews_zh", _("Chinese sample"), _("Reviews of a mobile phone")),
)


def samples() -> tuple[Sample, ...]:
    """Return the samples, in the language of the moment."""
    return tuple(make() for make in _SAMPLES)


def sample(name: str) -> Sample:
    """Return the sample called ``name``, or the first whose name ends so (``en``, ``zh``).

    Raises:
        KeyError: There is no such sample.
    """
    for candidate in samples():
        if candidate.name == name or candidate.name.endswith(f"_{name}"):
            return candidate
    raise KeyError(name)
