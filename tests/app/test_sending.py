"""Comments are sent beyond this computer only to hosts that the person knows of."""

import pytest

from verbatlas.app.preferences import Preferences
from verbatlas.app.sending import host_beyond, may_send


@pytest.mark.parametrize(
    ("encoder", "host"),
    [
        ("auto", ""),
        ("lexical", ""),
        ("bge-m3", ""),
        ("BAAI/bge-m3", ""),
        ("/models/mine", ""),
        ("http://localhost:30000/v1#bge-m3", ""),
        ("http://127.0.0.1:8000/v1", ""),
        ("http://[::1]:8000/v1", ""),
        ("http://gpu:8000/v1#bge-m3", "gpu:8000"),
        ("https://api.example.com/v1", "api.example.com"),
        ("not an encoder at all", ""),
    ],
)
def test_only_a_server_elsewhere_is_beyond_this_computer(encoder: str, host: str) -> None:
    assert host_beyond(encoder) == host
    assert may_send(encoder, Preferences()) == (host == "")
    assert may_send(encoder, Preferences(told_hosts=(host,)))
