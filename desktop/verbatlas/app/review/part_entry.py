"""Naming parts from the one field of the review: their numbers, a colon and the name."""

import re
from dataclasses import dataclass

from verbatlas.words import gettext as _

_BETWEEN, _TO = r"(?:\s*[,，、;；]\s*|\s+)", r"\s*[-–~～至到]\s*"
_NUMBER = rf"\d{{1,3}}(?:{_TO}\d{{1,3}})?"
_NUMBERS = rf"\s*{_NUMBER}(?:{_BETWEEN}{_NUMBER})*"
_TYPED = re.compile(rf"({_NUMBERS}){_BETWEEN}?\s*[:：]\s*(.*?)\s*")
_BEGUN = re.compile(rf"{_NUMBERS}(?:{_BETWEEN}|{_TO})?\s*")
_MOST_SAID = 6  # numbers, in the words of a button


@dataclass(frozen=True, slots=True)
class PartEntry:
    """What was typed.

    Attributes:
        numbers: Of the parts, from 1, rising.
        name: What they are; blank takes what was said of them back.
    """

    numbers: tuple[int, ...]
    name: str

    @classmethod
    def of(cls, text: str) -> "PartEntry | None":
        """Return what ``text`` says of parts, as in "3: late", "3 5: late" and "3, 5-7: late"; else None."""
        typed = _TYPED.fullmatch(text)
        return None if typed is None else cls(_numbers(typed[1]), typed[2])

    def missing(self, n_shown: int) -> int | None:
        """Return the first number that none of ``n_shown`` parts has."""
        return next((number for number in self.numbers if not 1 <= number <= n_shown), None)

    def words(self, *, n_shown: int, total: int) -> str:
        """Return what Enter does, or why it does nothing.

        Args:
            n_shown: How many parts a person can see by scrolling.
            total: How many there are; the others come as they are scrolled to.
        """
        missing = self.missing(n_shown)
        if missing is not None:
            words = _("Part {number} is further down") if 1 <= missing <= total else _("There is no part {number}")
            return words.format(number=missing)
        if len(self.numbers) == 1:
            return _("Name part {number}").format(number=self.numbers[0])
        if len(self.numbers) > _MOST_SAID:
            return _("Name {count} parts").format(count=len(self.numbers))
        return _("Name parts {numbers}").format(numbers=_(", ").join(str(number) for number in self.numbers))


def numbers_in(text: str) -> tuple[int, ...]:
    """Return the numbers of parts in what has been typed so far, rising; none in a name."""
    entry = PartEntry.of(text)
    if entry is not None:
        return entry.numbers
    return _numbers(text) if _BEGUN.fullmatch(text) else ()


def _numbers(text: str) -> tuple[int, ...]:
    numbers: set[int] = set()
    for one in re.finditer(_NUMBER, text):
        bounds = [int(number) for number in re.findall(r"\d+", one[0])]
        numbers.update(range(min(bounds), max(bounds) + 1))
    return tuple(sorted(numbers))


class KeptName:
    """The name in the field before the numbers of parts were typed over it."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._whole = text

    def see(self, text: str) -> None:
        """Follow the field: every text that it has, one after the other."""
        if PartEntry.of(text) is not None or _BEGUN.fullmatch(text):
            return
        if not text:  # taken away letter by letter
            self.text = self._whole
            return
        self.text = text
        if not self._whole.startswith(text):
            self._whole = text
