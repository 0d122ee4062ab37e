"""How often an encoding is found in texts that nobody wrote for this: Qt's own translations, in 20 languages and more.

    python tests/benchmarks/reading_held_out.py [--draws 4]

Sentences of a language are drawn until so many characters are beyond ASCII and written in every encoding that can hold
them. The second table says how far the stated chance can be trusted.
"""

import argparse
import itertools
import random
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import PySide6

from verbatlas.tables.encoding import detect_encoding

_ENCODINGS = (
    *("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "gb2312", "gbk", "gb18030", "big5", "big5hkscs", "cp932"),
    *("euc_jp", "euc_kr", "cp949", "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257"),
    *("iso8859_1", "iso8859_2", "iso8859_5", "iso8859_7", "iso8859_9", "iso8859_15", "koi8_r", "mac_roman"),
    *("cp874", "cp850", "cp852", "cp866"),
)
_SIZES = (60, 400, 2000)
_CHANCES = (0.0, 0.5, 0.8, 0.95, 0.99, 1.01)


def main() -> None:
    """Print Markdown tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=4)
    options = parser.parse_args()
    right: Counter[int] = Counter()
    files: Counter[int] = Counter()
    sure: list[tuple[float, bool]] = []
    for size, text, encoding in _texts(options.draws):
        content = text.encode(encoding)
        found = detect_encoding(content, is_whole=True)
        is_right = found is not None and content.decode(found.name, "replace") == text
        files[size] += 1
        right[size] += is_right
        sure.append((found.sure if found else 0.0, is_right))
    print("| characters beyond ASCII | files | encoding right, % |\n| --- | --- | --- |")
    for size in _SIZES:
        print(f"| {size:,} | {files[size]:,} | {100 * right[size] / files[size]:.2f} |")
    print("\n| stated chance | files | encoding right, % |\n| --- | --- | --- |")
    for low, high in itertools.pairwise(_CHANCES):
        some = [is_right for chance, is_right in sure if low <= chance < high]
        if some:
            print(f"| {low:.2f} to {min(high, 1):.2f} | {len(some):,} | {100 * sum(some) / len(some):.1f} |")


def _texts(draws: int) -> Iterator[tuple[int, str, str]]:
    draw = random.Random(1)
    folder = next(Path(PySide6.__file__).parent.rglob("translations"))
    for path in sorted(folder.glob("qtbase_*.qm")):
        known = list(sentences(path.read_bytes()))
        for size in _SIZES:
            for _number in range(draws):
                draw.shuffle(known)
                text = table_of(known, size)
                for encoding in _ENCODINGS if text else ():
                    if can_hold(text, encoding):
                        yield size, text, encoding


def sentences(content: bytes) -> Iterator[str]:
    """Yield the texts of a compiled translation: a 3, their length, and UTF-16."""
    for found in re.finditer(rb"\x03(....)", content, re.DOTALL):
        length = int.from_bytes(found[1], "big")
        if 8 < length < 600 and length % 2 == 0:
            text = content[found.end() : found.end() + length].decode("utf-16-be", "replace")
            if text.isprintable() and "\ufffd" not in text:
                yield text


def table_of(sentences: list[str], size: int) -> str:
    """Return a table with ``size`` characters beyond ASCII; nothing if there are not so many."""
    rows, count = ["id,text\n"], 0
    for number, sentence in enumerate(sentences):
        rows.append(f"{number},{sentence}\n")
        count += sum(not char.isascii() for char in sentence)
        if count >= size:
            return "".join(rows)
    return ""


def can_hold(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


if __name__ == "__main__":
    main()
