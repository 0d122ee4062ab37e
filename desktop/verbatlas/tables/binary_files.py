"""Tell a file that is no text from a text that holds a few bytes which belong in none."""

import re
from collections import Counter

_STARTS = (
    *(b"\x89PNG", b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"GIF8", b"\xff\xd8\xff", b"\x1f\x8b", b"7z\xbc\xaf"),
    *(b"SQLite format 3\x00", b"\x7fELF", b"Rar!", b"PAR1", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"\x93NUMPY"),
)
# Words may begin like these: a text with one control character does not.
_STARTS_LIKE_WORDS = (b"MZ", b"BZh", b"RIFF", b"OggS", b"ID3", b"II*\x00", b"MM\x00*", b"\x00asm", b"\xca\xfe\xba\xbe")
_TAR, _TAR_AT = b"ustar", 257
# Escape switches encodings, and four separators and the end of a DOS file are made for text.
_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x19\x7f]")
_ZEROS = re.compile(rb"\x00+")
_FEW, _SHARE = 3, 0.05
# A program may set its cells apart by these, or fill them up: then they are of few kinds and the rest is text.
_KINDS, _MOST = 3, 0.4


def is_binary(sample: bytes) -> bool:
    """Return whether a file that begins with ``sample`` is no text in an encoding that holds ASCII."""
    has_controls = _CONTROLS.search(sample) is not None
    if sample.startswith(_STARTS) and (has_controls or not sample.isascii()):
        return True
    if has_controls and (sample.startswith(_STARTS_LIKE_WORDS) or sample.startswith(_TAR, _TAR_AT)):
        return True
    # However long, a run of zeros is one gap.
    dense = _ZEROS.sub(b"\x00", sample)
    controls = Counter(_CONTROLS.findall(dense))
    if controls.total() <= max(_FEW, _SHARE * len(dense)):
        return False
    is_text = len(controls) <= _KINDS and controls.total() <= _MOST * len(dense) and re.search(rb"[\r\n]", dense)
    return not is_text


def n_controls(sample: bytes) -> int:
    """Return how many bytes are control characters of no use in a text."""
    return len(_CONTROLS.findall(sample))
