"""Naming a part from the one field of the review: its number, a colon and the name."""

import re

_TYPED = re.compile(r"\s*(\d{1,3})\s*[:：]\s*(.*?)\s*")
_BEGUN = re.compile(r"\s*\d{1,3}\s*")


def named_part(text: str) -> tuple[int, str] | None:
    """Return the number, from 1, and the name that ``text`` has for a part; None where it names no part."""
    typed = _TYPED.fullmatch(text)
    return None if typed is None else (int(typed[1]), typed[2])


class KeptName:
    """The name in the field before a part's number was typed over it."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self._whole = text

    def see(self, text: str) -> None:
        """Follow the field: every text that it has, one after the other."""
        if named_part(text) is not None or _BEGUN.fullmatch(text):
            return
        if not text:  # taken away letter by letter
            self.text = self._whole
            return
        self.text = text
        if not self._whole.startswith(text):
            self._whole = text
