"""How often a delimited file is read right without a question, next to what others make of the same bytes.

    python tests/benchmarks/reading.py [--every 1] [--peer-python PATH --peers-every 7]

Nineteen texts in sixteen languages are written in every encoding that can hold them, with every delimiter, line end and
kind of quoting, with and without header. ``encoding`` is right when the bytes become the text that was written,
whichever of several equal codecs did it; ``dialect`` when rows, cells and header are those that were written. The peers
(``pip install pandas polars clevercsv charset-normalizer``) run in an environment of their own.
"""

import argparse
import csv
import io
import itertools
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from reading_texts import TEXTS

_WIDE = ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
_ENCODINGS = (
    *("utf-8", "utf-8-sig", *_WIDE, *(f"{name} with mark" for name in _WIDE)),
    *("gb2312", "gbk", "gb18030", "big5", "big5hkscs", "shift_jis", "cp932", "euc_jp", "euc_kr", "cp949"),
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874"),
    *("iso8859_1", "iso8859_2", "iso8859_4", "iso8859_5", "iso8859_7", "iso8859_9", "iso8859_13", "iso8859_15"),
    *("iso8859_16", "koi8_r", "mac_roman", "cp850", "cp852", "cp866"),
)
_DELIMITERS = (",", ";", "\t", "|")
_LINE_ENDS = ("\n", "\r\n", "\r")
_QUOTING = ("minimal", "all", "hard")
# Rows of a file and its columns, by turns: the commonest kind stands more often.
_SHAPES = (
    (24, "id date kind text"),
    (24, "kind text"),
    (24, "id date kind text"),
    (6, "id date kind text"),
    (24, "text"),
)
_PLAIN = {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "…": "...", "–": "-", "—": "-", "€": "EUR", "œ": "oe"}
PEERS = ("pandas", "polars", "charset-normalizer", "clevercsv")


@dataclass(frozen=True)
class Case:
    """One generated file and what it says."""

    text_name: str
    encoding: str
    delimiter: str
    line_end: str
    quoting: str
    has_header: bool
    shape: tuple[int, str]
    rows: list[list[str]]
    text: str

    @property
    def content(self) -> bytes:
        codec = self.encoding.removesuffix("-sig").removesuffix(" with mark")
        return (("\ufeff" if codec != self.encoding else "") + self.text).encode(codec)

    @property
    def n_foreign(self) -> int:
        return sum(not char.isascii() for char in self.text)


def cases() -> Iterator[Case]:
    """Yield the whole matrix, always in the same order and with the same words."""
    shapes = itertools.cycle(_SHAPES)
    for name, encoding in itertools.product(TEXTS, _ENCODINGS):
        words = _words(name, encoding)
        if words is None:
            continue
        for delimiter, end, quoting, header in itertools.product(_DELIMITERS, _LINE_ENDS, _QUOTING, (True, False)):
            shape = next(shapes)
            rows = _rows(words, delimiter, end, quoting, has_header=header, shape=shape)
            text = _written(rows, delimiter, end, quoting)
            yield Case(name, encoding, delimiter, end, quoting, header, shape, rows, text)


def _words(name: str, encoding: str) -> tuple[str, tuple[str, ...]] | None:
    """Return header and comments as a program would write them in ``encoding``; None if it has not their letters."""
    codec = encoding.removesuffix("-sig").removesuffix(" with mark")
    header, comments = TEXTS[name]
    try:
        (header + "".join(comments)).encode(codec)
    except UnicodeEncodeError:
        if codec.startswith(("gb", "big5", "euc", "shift", "cp93", "cp94")):
            return None
        comments = tuple("".join(_PLAIN.get(char, char) for char in comment) for comment in comments)
    try:
        (header + "".join(comments)).encode(codec)
    except UnicodeEncodeError:
        return None
    return header, comments


def _rows(
    words: tuple[str, tuple[str, ...]],
    delimiter: str,
    end: str,
    quoting: str,
    *,
    has_header: bool,
    shape: tuple[int, str],
) -> list[list[str]]:
    header, comments = words
    n_rows, columns = shape
    draw = random.Random(f"{header}{delimiter}{quoting}")
    names = dict(zip(("id", "date", "kind", "text"), ("id", *header.split(",")), strict=True))
    rows = [[names[column] for column in columns.split()]] if has_header else []
    for number in range(n_rows):
        comment = comments[number % len(comments)]
        if draw.random() < 0.5:
            comment += " " + draw.choice(comments)
        if quoting == "hard" and number % 3 == 0:
            comment += draw.choice(
                [f"{delimiter} ok", f'{end}{end}"ok"', f' "ok"{delimiter}', f"{delimiter}{delimiter}"]
            )
        cells = {"id": str(number + 1), "date": f"2026-03-{number + 1:02}", "kind": draw.choice("ABC"), "text": comment}
        rows.append([cells[column] for column in columns.split()])
    return rows


def _written(rows: list[list[str]], delimiter: str, end: str, quoting: str) -> str:
    sink = io.StringIO(newline="")
    how = csv.QUOTE_ALL if quoting == "all" else csv.QUOTE_MINIMAL
    csv.writer(sink, delimiter=delimiter, lineterminator=end, quoting=how).writerows(rows)
    return sink.getvalue()


def main() -> None:
    """Print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--peer-python")
    parser.add_argument("--peers-every", type=int, default=7)
    parser.add_argument("--show", type=int, default=0, help="name this many cases that went wrong")
    parser.add_argument("--as-peer", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.as_peer:
        _peer(options.as_peer)
        return
    found = {"Verbatlas": _ours(options.every, options.show)}
    if options.peer_python:
        with tempfile.TemporaryDirectory() as folder:
            found |= _peers(options.peer_python, Path(folder), options.peers_every)
    _print(found)


Score = dict[str, Counter[str]]


def _ours(every: int, show: int) -> Score:
    tables = import_module("verbatlas.tables")
    score: Score = {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.csv"
        for case in itertools.islice(cases(), 0, None, every):
            path.write_bytes(case.content)
            started = time.perf_counter()
            table = tables.read(path)
            seconds = time.perf_counter() - started
            rows = [[cell or "" for cell in table.row(row)] for row in range(table.n_rows)]
            rows = [list(table.names), *rows] if table.format.has_header else rows
            text = case.content.decode(table.format.encoding, "replace").removeprefix("\ufeff")
            right = text == case.text
            shape = [len(row) for row in rows] == [len(row) for row in case.rows]
            same = shape and table.format.has_header == case.has_header and (rows == case.rows or not right)
            _count(score, case, encoding=right, dialect=same, seconds=seconds)
            if show and not (right and same):
                show -= 1
                print(case.text_name, case.encoding, repr(case.delimiter), repr(case.line_end), case.quoting,
                      case.has_header, case.shape, "->", table.format, file=sys.stderr)  # fmt: skip
    return score


def _count(score: Score, case: Case, *, encoding: bool | None, dialect: bool | None, seconds: float = 0.0) -> None:
    kind = case.encoding.removesuffix(" with mark").removesuffix("-sig")
    rich = "50 or more" if case.n_foreign >= 50 else "fewer than 50"
    quoting = {"minimal": "quoted where needed", "all": "all quoted", "hard": "breaks, quotes, delimiters inside"}
    classes = (
        *("all", f"{rich} characters beyond ASCII", f"encoding {kind}", f"text {case.text_name}"),
        *(f"delimiter {case.delimiter!r}", f"line end {case.line_end!r}", quoting[case.quoting]),
        "with header" if case.has_header else "without header",
        f"{case.shape[0]} rows of {case.shape[1].replace(' ', ', ')}",
    )
    for name in classes:
        counter = score.setdefault(name, Counter())
        counter["n"] += 1
        counter["ms"] += round(seconds * 1000)
        for what, right in (("encoding", encoding), ("dialect", dialect)):
            counter[what] += bool(right)
            counter[f"{what}_n"] += right is not None


def _peers(python: str, folder: Path, every: int) -> dict[str, Score]:
    """Let the peers answer for every so many-th file, in their own process."""
    chosen = list(itertools.islice(cases(), 0, None, every))
    for number, case in enumerate(chosen):
        (folder / f"{number}.csv").write_bytes(case.content)
    (folder / "n").write_text(str(len(chosen)))
    subprocess.run([python, __file__, "--as-peer", str(folder)], check=True)
    answers = json.loads((folder / "answers.json").read_text())
    scores: dict[str, Score] = {name: {} for name in PEERS}
    for case, answer in zip(chosen, answers, strict=True):
        for name in PEERS:
            encoding, rows = answer[name]["encoding"], answer[name]["rows"]
            right = _decodes_to(case, encoding) if encoding is not None else _comments(rows) == _comments(case.rows)
            shape = [len(row) for row in rows] == [len(row) for row in case.rows] if rows is not None else False
            body = rows is not None and [len(r) for r in rows[1:]] == [len(r) for r in case.rows[1:]]
            says = (
                None if name == "charset-normalizer" else shape and body and answer[name]["header"] == case.has_header
            )
            _count(scores[name], case, encoding=None if name == "clevercsv" else right, dialect=says)
    return scores


def _decodes_to(case: Case, encoding: str) -> bool:
    try:
        return case.content.decode(encoding).removeprefix("\ufeff") == case.text
    except (UnicodeDecodeError, LookupError):
        return False


def _comments(rows: list[list[str]] | None) -> str:
    """Return all that is not ASCII: what a wrong encoding gets wrong."""
    return "".join(char for row in rows or [] for cell in row for char in str(cell) if not char.isascii())


def _peer(folder: Path) -> None:
    answers = []
    for number in range(int((folder / "n").read_text())):
        path = folder / f"{number}.csv"
        answers.append({name: _answer(name, path) for name in PEERS})
    (folder / "answers.json").write_text(json.dumps(answers))


def _answer(name: str, path: Path) -> dict[str, object]:
    try:
        return {"encoding": None, "rows": None, "header": True} | _ASK[name](path)
    except Exception:
        return {"encoding": "none", "rows": None, "header": True}


def _pandas(path: Path) -> dict[str, object]:
    pandas = import_module("pandas")
    frame = pandas.read_csv(path, dtype=str, keep_default_na=False)
    return {"rows": [list(map(str, frame.columns)), *frame.to_numpy().tolist()]}


def _polars(path: Path) -> dict[str, object]:
    polars = import_module("polars")
    frame = polars.read_csv(path, infer_schema=False)
    return {"rows": [frame.columns, *(["" if cell is None else cell for cell in row] for row in frame.rows())]}


def _normalizer(path: Path) -> dict[str, object]:
    charset_normalizer = import_module("charset_normalizer")
    best = charset_normalizer.from_bytes(path.read_bytes()).best()
    return {"encoding": best.encoding if best else "none"}


def _clevercsv(path: Path) -> dict[str, object]:
    clevercsv = import_module("clevercsv")
    # It is asked for the dialect alone: it gets the text in UTF-8 where its own guess of the encoding fails.
    content = path.read_bytes()
    best = import_module("charset_normalizer").from_bytes(content).best()
    text = str(best) if best else content.decode("utf-8", "replace")
    sniffer = clevercsv.Sniffer()
    dialect = sniffer.sniff(text, verbose=False)
    rows = list(clevercsv.reader(io.StringIO(text, newline=""), dialect))
    try:
        header = bool(sniffer.has_header(text))
    except clevercsv.Error:
        # It cannot say where a carriage return ends the lines, though it has found their cells.
        header = True
    return {"rows": rows, "header": header}


_ASK = {"pandas": _pandas, "polars": _polars, "charset-normalizer": _normalizer, "clevercsv": _clevercsv}


def _print(found: dict[str, Score]) -> None:
    ours = found["Verbatlas"]
    names = list(found)
    for what in ("encoding", "dialect"):
        print(f"\n| {what} right, % | files | " + " | ".join(names) + " |")
        print("| --- " * (len(names) + 2) + "|")
        for kind in sorted(ours, key=lambda kind: (kind != "all", kind)):
            cells = [_share(found[name].get(kind, Counter()), what) for name in names]
            print(f"| {kind} | {ours[kind]['n']:,} | " + " | ".join(cells) + " |")
    print(f"\n{ours['all']['ms'] / ours['all']['n']:.0f} ms a file")


def _share(counter: Counter[str], what: str) -> str:
    n = counter[f"{what}_n"]
    return f"{100 * counter[what] / n:.2f}".rstrip("0").rstrip(".") if n else "–"


if __name__ == "__main__":
    main()
