"""Text that is decoded as it is read, and whose last character may be cut: a file that is still being written."""

import codecs
from typing import IO


class JsonText:
    """The text of a file."""

    def __init__(self, file: IO[bytes], encoding: str, *, replaces: bool) -> None:
        """Prepare to read.

        Args:
            file: Its bytes.
            encoding: Python's name of the codec.
            replaces: Whether what is invalid becomes U+FFFD.
        """
        self._file = file
        self._decoder = codecs.getincrementaldecoder(encoding)("replace" if replaces else "strict")

    def read(self, size: int = -1) -> str:
        """Return the next characters, made of ``size`` bytes or of all; none at the end.

        Raises:
            UnicodeDecodeError: The text is in another encoding.
        """
        while data := self._file.read(size):
            if text := self._decoder.decode(data):
                return text if size >= 0 else text + self._last()
        return self._last()

    def _last(self) -> str:
        """Return a sign for a last character that is not there as a whole."""
        begun, _flags = self._decoder.getstate()
        self._decoder.reset()
        return "\ufffd" if begun else ""
