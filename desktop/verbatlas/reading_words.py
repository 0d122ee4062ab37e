"""What reading a file understood and met, in words for people."""

from collections.abc import Callable

from verbatlas.tables import Oddity, OddRow, Places, ReadReport
from verbatlas.tables.dialect import UNIT_SEPARATOR
from verbatlas.tables.odd_rows import SURE_ENOUGH
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

# The encodings that files come in, by their codec. The names of encodings are the same in every language.
ENCODING_NAMES = {
    "utf-8": "UTF-8",
    "gb18030": "GB18030 / GBK",
    "big5hkscs": "Big5",
    "cp932": "Shift JIS",
    "euc_jp": "EUC-JP",
    "iso2022_jp_2": "ISO 2022-JP",
    "cp949": "EUC-KR",
    "johab": "Johab",
    "iso2022_kr": "ISO 2022-KR",
    "cp1252": "Windows-1252",
    **{f"cp{page}": f"Windows-{page}" for page in (1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258, 874)},
    "latin-1": "ISO 8859-1",
    **{f"iso8859_{part}": f"ISO 8859-{part}" for part in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 14, 15, 16)},
    "koi8_r": "KOI8-R",
    "koi8_u": "KOI8-U",
    "mac_roman": "Mac Roman",
    "mac_cyrillic": "Mac Cyrillic",
    **{f"cp{page}": f"IBM {page}" for page in (437, 850, 852, 855, 857, 858, 862, 866)},
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
    "utf-32-le": "UTF-32 LE",
    "utf-32-be": "UTF-32 BE",
}
# Those that a byte order mark may stand before.
WITH_MARKS = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "gb18030")
_DELIMITERS: dict[str, Callable[[], str]] = {
    ",": lambda: _("Comma"),
    "\t": lambda: _("Tab"),
    ";": lambda: _("Semicolon"),
    "|": lambda: _("Vertical bar"),
    ":": lambda: _("Colon"),
    " ": lambda: _("Space"),
    "\x01": lambda: _("Control character 01"),
    "\x1e": lambda: _("Control character 1E"),
    "\x1f": lambda: _("Control character 1F"),
}
DELIMITERS = (",", "\t", ";", "|", ":", " ", "^", "~", "#", "\x01", "\x1f")  # those that are offered
_CERTAIN = 0.995
_LINES_SHOWN = 5


def encoding_name(codec: str, *, has_mark: bool = False) -> str:
    """Return what people call the encoding of Python's ``codec``, and whether a byte order mark stands before it."""
    name = ENCODING_NAMES.get(codec, codec.upper())
    return f"{name} (BOM)" if has_mark else name


def encoding_choices() -> list[tuple[str, bool]]:
    """Return the codecs that a person can choose from, each with whether a byte order mark stands before the text."""
    return [(codec, has_mark) for codec in ENCODING_NAMES for has_mark in ((False, True)[: 1 + (codec in WITH_MARKS)])]


def delimiter_name(delimiter: str, *, n_columns: int = 0) -> str:
    """Return what people call a delimiter; the character itself if it has no usual name.

    Args:
        delimiter: One character.
        n_columns: Of the table that was read with it, where there is one.
    """
    if delimiter == UNIT_SEPARATOR and n_columns == 1:
        return _("None: one comment a line")
    return _DELIMITERS[delimiter]() if delimiter in _DELIMITERS else delimiter


def sureness(sure: float) -> str:
    """Return how sure a guess is, 0 to 1, in words."""
    return _("certain") if sure >= _CERTAIN else _("{share} sure").format(share=f"{sure:.0%}")


def oddity_words(odd: OddRow) -> str:
    """Return the line of a row that looks wrong, and what is wrong with it."""
    words = {
        Oddity.TOO_FEW: _("{count} cells instead of {usual}").format(count=odd.n_cells, usual=odd.n_usual),
        Oddity.TOO_MANY: _("{count} cells instead of {usual}").format(count=odd.n_cells, usual=odd.n_usual),
        Oddity.QUOTE: _("quotation mark out of place"),
        Oddity.BROKEN: _("no whole JSON object"),
        Oddity.REPLACED: _("characters that cannot be read"),
        Oddity.ZEROS: _("zero bytes, which belong in no text"),
        Oddity.LETTERS: _("do the letters look right?"),
    }
    said = _(", ").join(words[kind] for kind in odd.oddities)
    return _("Line {line}: {oddities}").format(line=f"{odd.line:,}", oddities=said)


def reading_notices(report: ReadReport) -> list[str]:
    """Return one sentence for everything that is uncertain or out of order in a file, the gravest first."""
    said = []
    if report.replaced.count:
        said.append(
            ngettext(
                "{count} character could not be read in {encoding} and shows as �: {lines}.",
                "{count} characters could not be read in {encoding} and show as �: {lines}.",
                report.replaced.count,
            ).format(
                count=f"{report.replaced.count:,}",
                encoding=encoding_name(report.encoding),
                lines=_lines(report.replaced),
            )
        )
    if report.padding:
        said.append(
            ngettext(
                "The last byte of the file is a zero or an end-of-file sign and no part of the table.",
                "The last {count} bytes of the file are zeros or end-of-file signs and no part of the table; "
                "if they are many, the end of the file was lost.",
                report.padding,
            ).format(count=f"{report.padding:,}")
        )
    if report.zeros.count:
        said.append(
            ngettext(
                "{count} zero byte, which belongs in no text, is in a cell: {lines}.",
                "{count} zero bytes, which belong in no text, are in cells: {lines}.",
                report.zeros.count,
            ).format(count=f"{report.zeros.count:,}", lines=_lines(report.zeros))
        )
    if report.encoding_sure < SURE_ENOUGH and report.next_encoding:
        said.append(
            _("The encoding is probably {encoding}, but could be {other}. Do the letters look right?").format(
                encoding=encoding_name(report.encoding), other=encoding_name(report.next_encoding)
            )
        )
    if report.lines_above:
        said.append(
            ngettext(
                "{count} line above the column names is no part of the table.",
                "{count} lines above the column names are no part of the table.",
                len(report.lines_above),
            ).format(count=len(report.lines_above))
            if report.has_header
            else ngettext(
                "{count} line above the first row is no part of the table.",
                "{count} lines above the first row are no part of the table.",
                len(report.lines_above),
            ).format(count=len(report.lines_above))
        )
    if report.ragged.count:
        said.append(
            ngettext(
                "{count} row has more or fewer cells than the others; all of them are kept: {lines}.",
                "{count} rows have more or fewer cells than the others; all of them are kept: {lines}.",
                report.ragged.count,
            ).format(count=f"{report.ragged.count:,}", lines=_lines(report.ragged))
        )
    if report.mended.count:
        said.append(
            ngettext(
                "{count} row has a quotation mark out of place; please look at it: {lines}.",
                "{count} rows have a quotation mark out of place; please look at them: {lines}.",
                report.mended.count,
            ).format(count=f"{report.mended.count:,}", lines=_lines(report.mended))
        )
    if report.broken.count:
        said.append(
            ngettext(
                "{count} line is no whole JSON object; its text is kept as it stands: {lines}.",
                "{count} lines are no whole JSON objects; their text is kept as it stands: {lines}.",
                report.broken.count,
            ).format(count=f"{report.broken.count:,}", lines=_lines(report.broken))
        )
    return said


def _lines(places: Places) -> str:
    """Return ``line 3`` or ``lines 3, 8, …``."""
    shown = ", ".join(f"{line:,}" for line in places.lines[:_LINES_SHOWN])
    more = ", …" if len(places.lines) > _LINES_SHOWN else ""
    return ngettext("line {lines}", "lines {lines}", len(places.lines)).format(lines=shown + more)
