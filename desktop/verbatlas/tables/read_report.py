"""What reading a file understood of it, how sure that is, and what was out of order."""

from dataclasses import dataclass, field

LINES_NAMED = 100


@dataclass(frozen=True, slots=True)
class Places:
    """Where in the file something was found.

    Attributes:
        count: How often.
        lines: The numbers, from 1, of the first hundred lines where it was.
    """

    count: int = 0
    lines: tuple[int, ...] = ()

    def and_lines(self, lines: list[int]) -> "Places":
        """Return these places and one more at each of ``lines``."""
        room = LINES_NAMED - len(self.lines)
        return Places(self.count + len(lines), (*self.lines, *lines[: max(0, room)]))


@dataclass(frozen=True, slots=True)
class ReadReport:
    """What reading a file understood and met.

    Attributes:
        encoding: Python's name of the codec.
        encoding_sure: The chance that the text is as it was meant, 0 to 1; 1 if a person chose the encoding.
        next_encoding: The likeliest codec that would give another text; empty if none is worth trying.
        delimiter: One character.
        delimiter_sure: How far it is ahead of other delimiters, 0 to 1; 1 if a person chose it.
        has_header: Whether the columns are named by the file.
        lines_above: The lines above the header or the first row, without line ends.
        ragged: Rows with fewer or more cells than the header, or than most rows if there is none; none is left out.
        blank: Blank lines between the rows.
        mended: Rows that are no proper CSV, such as those with a quote that is never closed.
        broken: Lines of JSON that are no whole object; their text is in the table.
        replaced: Characters that are invalid in the encoding and stand as U+FFFD now; each line is named once.
        rows: The rows at the lines that are named, and these lines; empty where they can be counted in the table.
        zeros: Zero bytes in cells, where they are; each line is named once.
        padding: How many bytes behind the text are zeros or the end of a DOS file, which are no part of the table.
    """

    encoding: str
    delimiter: str
    has_header: bool
    encoding_sure: float = 1.0
    next_encoding: str = ""
    delimiter_sure: float = 1.0
    lines_above: tuple[str, ...] = ()
    ragged: Places = field(default_factory=Places)
    blank: Places = field(default_factory=Places)
    mended: Places = field(default_factory=Places)
    broken: Places = field(default_factory=Places)
    replaced: Places = field(default_factory=Places)
    rows: tuple[tuple[int, int], ...] = ()
    zeros: Places = field(default_factory=Places)
    padding: int = 0
