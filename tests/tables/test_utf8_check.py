"""What Python's decoder refuses is refused, and nothing else."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas.tables.utf8_check import is_valid, refuse_invalid

_AROUND_EVERY_LIMIT = sorted(
    {edge + by for edge in range(0, 257, 16) for by in (-1, 0, 1, 2, 4, 5) if 0 <= edge + by < 256}
)
_FILLINGS = st.sampled_from([b"", b"plain " * 40, "太慢了".encode() * 40, "😀".encode() * 9])


def decodes(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def is_not_refused(data: bytes) -> bool:
    try:
        refuse_invalid(data, 0, len(data))
    except UnicodeDecodeError:
        return False
    return True


def test_all_sequences_of_two_bytes_and_of_three_and_four_around_the_limits() -> None:
    tails = [b"", *(bytes([third]) for third in (0x41, 0x7F, 0x80, 0xBF, 0xC0)), b"\x80\x80", b"\x80\x41", b"\xbf\xbf"]
    for first in _AROUND_EVERY_LIMIT:
        for second in _AROUND_EVERY_LIMIT:
            for tail in tails:
                data = bytes([first, second]) + tail
                for whole in (data, b"some plain text before it " + data):
                    room = np.empty((3, len(whole)), np.bool_)
                    found = is_valid(np.frombuffer(whole, np.uint8), room, greatest=max(whole))
                    assert (found, is_not_refused(whole)) == (decodes(whole),) * 2, whole


@settings(max_examples=500, deadline=None)
@given(parts=st.lists(st.tuples(_FILLINGS, st.binary(max_size=4))), at_once=st.integers(1, 90))
def test_it_is_the_same_wherever_it_is_cut(parts: list[tuple[bytes, bytes]], at_once: int) -> None:
    data = b"".join(filling + odd for filling, odd in parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("verbatlas.tables.utf8_check._AT_ONCE", at_once)
        for begin, end in ((0, len(data)), (len(data) // 3, len(data) * 2 // 3)):
            if decodes(data[begin:end]):
                refuse_invalid(data, begin, end)
            else:
                with pytest.raises(UnicodeDecodeError):
                    refuse_invalid(data, begin, end)
