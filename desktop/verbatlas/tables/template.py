"""How several columns are joined into one text, such as ``{title}: {body}``."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from verbatlas.errors import Problem, UserError

_PAIRS = dict(zip("([{<\"'“‘«（【「『《〈［｛", ")]}>\"'”’»）】」』》〉］｝", strict=True))
_SHOWN_OF_PART = 20  # characters of what is out of order in a template

Piece = str | int


@dataclass(frozen=True, slots=True)
class Template:
    """Text with columns in it.

    Where a column is blank in a row, what stands around it goes with it, so that nothing is left dangling: brackets and
    quotes directly around it, the text before it in its line, or behind it where it is the first of the line or the
    last. A line whose columns are all blank is left away, and where all columns are, the text is empty.

    Attributes:
        pieces: In their order, texts and positions of columns; texts never stand beside one another, and are not empty.
    """

    pieces: tuple[Piece, ...]
    _known: dict[tuple[bool, ...], tuple[Piece, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    @classmethod
    def parse(cls, text: str, labels: Sequence[str]) -> "Template":
        """Return the template that a person wrote: names of columns in braces, ``{{`` and ``}}`` for braces.

        Args:
            text: The template; braces in names are doubled too, blanks around a name do not matter.
            labels: What the columns are called, as ``Table.labels`` has it.

        Raises:
            UserError: TEMPLATE_BRACE, TEMPLATE_COLUMN or TEMPLATE_EMPTY.
        """
        # The longest name first: a closing brace may belong to the name or end it.
        names = [(_doubled(label), column) for column, label in enumerate(labels)]
        columns = dict(sorted(names, key=lambda name: -len(name[0])))
        one = re.compile(r"\{\s*(" + "|".join(map(re.escape, columns)) + r")\s*\}") if columns else None
        pieces: list[Piece] = []
        place = 0
        while place < len(text):
            if text[place : place + 2] in {"{{", "}}"} and not (one and _is_name(one, text, place)):
                pieces.append(text[place])
                place += 2
            elif text[place] == "{":
                found = one.match(text, place) if one else None
                if found is None:
                    raise _name_error(text, place)
                pieces.append(columns[found[1]])
                place = found.end()
            elif text[place] == "}":
                raise _brace_error(text, place)
            else:
                pieces.append(text[place])
                place += 1
        template = cls(_joined(pieces))
        if not template.columns:
            raise UserError(Problem.TEMPLATE_EMPTY)
        return template

    @classmethod
    def in_lines(cls, columns: Sequence[int]) -> "Template":
        """Return the template that has one column a line."""
        pieces: list[Piece] = ["\n"] * (2 * len(columns) - 1)
        pieces[::2] = columns
        return cls(tuple(pieces))

    @classmethod
    def from_json(cls, text: str) -> "Template | None":
        """Return the template in ``text``, if any."""
        pieces = json.loads(text)
        return None if pieces is None else cls(tuple(pieces))

    def to_json(self) -> str:
        """Return the template as text that no change of names or language changes."""
        return json.dumps(self.pieces, ensure_ascii=False)

    @property
    def columns(self) -> tuple[int, ...]:
        """The positions of its columns, rising, each once."""
        return tuple(sorted({piece for piece in self.pieces if isinstance(piece, int)}))

    def written(self, labels: Sequence[str]) -> str:
        """Return the template as a person writes it; :meth:`parse` takes it."""
        return "".join(
            f"{{{_doubled(labels[piece])}}}" if isinstance(piece, int) else _doubled(piece) for piece in self.pieces
        )

    def without(self, column: int) -> "Template | None":
        """Return what is left where a column is always blank; None where no column is."""
        left = self._shown(frozenset({column}))
        return Template(left) if any(isinstance(piece, int) for piece in left) else None

    def and_line(self, column: int) -> "Template":
        """Return the template with one more column in a line of its own."""
        return Template(_joined([*self.pieces, "\n", column]))

    def fill(self, cells: Sequence[str | None], is_blank: Sequence[bool]) -> str:
        """Return the text of one row.

        Args:
            cells: The cells of ``columns``, in that order.
            is_blank: Which of them have nothing that a person could read.
        """
        key = tuple(is_blank)
        pieces = self._known.get(key)
        if pieces is None:
            places = {column: place for place, column in enumerate(self.columns)}
            shown = self._shown(frozenset(column for column, place in places.items() if key[place]))
            pieces = self._known[key] = tuple(piece if isinstance(piece, str) else places[piece] for piece in shown)
        return "".join([piece if isinstance(piece, str) else cells[piece] or "" for piece in pieces])

    def _shown(self, blank: frozenset[int]) -> tuple[Piece, ...]:
        """Return the pieces that are left when ``blank`` columns are."""
        if blank.issuperset(self.columns):
            return ()
        lines = [_line_shown(line, blank) for line in _lines(self.pieces)]
        kept = [line for line in lines if line is not None]
        return _joined(piece for number, line in enumerate(kept) for piece in (["\n", *line] if number else line))


def _doubled(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _is_name(one: re.Pattern[str], text: str, place: int) -> bool:
    """Return whether a name that begins with a brace stands here, rather than a brace."""
    return text[place] == "{" and one.match(text, place) is not None and text[place : place + 3] == "{{{"


def _joined(pieces: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return the pieces, texts beside one another as one."""
    joined: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        elif piece != "":
            joined.append(piece)
    return tuple(joined)


def _lines(pieces: Iterable[Piece]) -> list[list[Piece]]:
    lines: list[list[Piece]] = [[]]
    for piece in pieces:
        if isinstance(piece, int):
            lines[-1].append(piece)
            continue
        first, *others = piece.split("\n")
        lines[-1].append(first)
        lines += [[other] for other in others]
    return lines


def _line_shown(line: Sequence[Piece], blank: frozenset[int]) -> list[Piece] | None:
    """Return what is shown of a line; None where all of its columns are blank."""
    texts, columns = _alternating(line)
    shown = [place for place, column in enumerate(columns) if column not in blank]
    if not shown:
        return None if columns else list(line)
    around = [_take_brackets(texts, place) for place in range(len(columns))]
    result: list[Piece] = []
    for place in shown:
        if place == 0 or place != shown[0]:
            result.append(texts[place])
        before, behind = around[place]
        result += [before, columns[place], behind]
    if shown[-1] == len(columns) - 1:
        result.append(texts[-1])
    return result


def _alternating(line: Iterable[Piece]) -> tuple[list[str], list[int]]:
    """Return the texts before, between and behind the columns of a line, and the columns."""
    texts, columns = [""], []
    for piece in line:
        if isinstance(piece, int):
            columns.append(piece)
            texts.append("")
        else:
            texts[-1] += piece
    return texts, columns


def _take_brackets(texts: list[str], place: int) -> tuple[str, str]:
    """Take the brackets or quotes directly around a column off the texts beside it, and return them."""
    before, behind = texts[place], texts[place + 1]
    if not before or not behind or _PAIRS.get(before[-1]) != behind[0]:
        return "", ""
    texts[place], texts[place + 1] = before[:-1], behind[1:]
    return before[-1], behind[0]


def _brace_error(text: str, place: int) -> UserError:
    return UserError(Problem.TEMPLATE_BRACE, position=place + 1, part=text[place : place + _SHOWN_OF_PART])


def _name_error(text: str, place: int) -> UserError:
    end = text.find("}", place)
    if end < 0 or "{" in text[place + 1 : end].replace("{{", ""):
        return _brace_error(text, place)
    return UserError(Problem.TEMPLATE_COLUMN, column=text[place + 1 : end].strip())
