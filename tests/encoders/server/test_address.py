import pytest

from verbatlas.encoders.server.address import clean, is_loopback, place
from verbatlas.errors import Problem, UserError


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("http://localhost:30000/v1", "http://localhost:30000/v1"),
        ("  http://LocalHost:30000/v1/ ", "http://localhost:30000/v1"),
        ("localhost:30000/v1", "http://localhost:30000/v1"),
        ("https://models.example.com", "https://models.example.com"),
        ("http://[::1]:8000/v1", "http://[::1]:8000/v1"),
    ],
)
def test_one_address_is_written_in_one_way(typed: str, meant: str) -> None:
    assert clean(typed) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "http://", "ftp://host/v1", "http://host:port/v1", "http://host:0", "two words", "http://host/v1#model"],
)
def test_what_is_no_address_is_told(typed: str) -> None:
    with pytest.raises(UserError) as raised:
        clean(typed)

    assert raised.value.problem is Problem.SERVER_ADDRESS


@pytest.mark.parametrize("typed", ["http://me:secret@host/v1", "http://host/v1?key=secret", "me:secret@host"])
def test_an_address_with_a_secret_in_it_is_refused_without_repeating_it(typed: str) -> None:
    with pytest.raises(UserError) as raised:
        clean(typed)

    assert raised.value.problem is Problem.SERVER_ADDRESS
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("address", "stays"),
    [
        ("http://localhost:30000/v1", True),
        ("http://model.localhost/v1", True),
        ("http://127.0.0.1:8000", True),
        ("http://127.8.9.1:8000", True),
        ("http://[::1]:8000/v1", True),
        ("http://[::ffff:127.0.0.1]:8000/v1", True),
        ("http://0.0.0.0:8000/v1", True),
        ("http://192.168.0.7:30000/v1", False),
        ("http://10.0.0.1/v1", False),
        ("http://localhost.example.com/v1", False),
        ("https://api.openai.com/v1", False),
        ("http://127.0.0.1.example.com/v1", False),
    ],
)
def test_text_stays_on_this_computer_only_on_loopback(address: str, stays: bool) -> None:
    assert is_loopback(address) is stays


def test_all_names_of_this_computer_are_one_place_and_ports_are_not() -> None:
    assert place("http://127.0.0.1:30000/v1") == place("http://localhost:30000/v1/") == "localhost:30000/v1"
    assert place("http://localhost:30001/v1") != place("http://localhost:30000/v1")
    assert place("https://api.openai.com/v1") == "api.openai.com:443/v1"
