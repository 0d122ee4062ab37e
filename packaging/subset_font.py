"""Cut resources/fonts/VerbatlasSansSC.otf out of Noto Sans CJK, so that Chinese is drawn on every computer.

    pip install fonttools && python packaging/subset_font.py /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc

The source is Debian's package fonts-noto-cjk. The result holds the characters of GB2312 (all that modern simplified
Chinese texts are made of), Latin letters and the usual punctuation. Its family gets a name of its own, so that nobody
takes the part for the whole font.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

_TARGET = Path(__file__).resolve().parents[1] / "resources" / "fonts" / "VerbatlasSansSC.otf"
_FAMILY = "Verbatlas Sans SC"


def main(source: str) -> None:
    """Write the subset of the simplified Chinese face in the collection ``source``."""
    options = subset.Options(
        hinting=False, layout_features=["kern", "liga", "locl"], name_IDs=["*"], notdef_outline=True
    )
    options.font_number = _simplified(source)
    font = subset.load_font(source, options)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=sorted(_characters()))
    worker.subset(font)
    for record in font["name"].names:
        if record.nameID in {1, 3, 4, 16}:
            record.string = _FAMILY
        elif record.nameID == 6:
            record.string = _FAMILY.replace(" ", "")
    subset.save_font(font, str(_TARGET), options)
    print(f"{_TARGET}: {_TARGET.stat().st_size / 1e6:.1f} MB")


def _simplified(source: str) -> int:
    number = 0
    while True:
        if "Sans CJK SC" in TTFont(source, fontNumber=number)["name"].getDebugName(4):
            return number
        number += 1


def _characters() -> set[int]:
    ranges = ((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2040), (0xFF01, 0xFF5F))
    characters = {0x20AC, 0x2122}.union(*(range(*bounds) for bounds in ranges))
    for lead in range(0xA1, 0xF8):
        for trail in range(0xA1, 0xFF):
            try:
                characters.add(ord(bytes((lead, trail)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return characters


if __name__ == "__main__":
    main(sys.argv[1])
