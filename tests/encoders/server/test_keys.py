"""Keys live in the keyring, and where there is none in the environment; never elsewhere."""

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked, PasswordDeleteError

from verbatlas.encoders.server.keys import NO_KEY, find_key, keep_key
from verbatlas.errors import Problem, UserError

ADDRESS = "http://models.example.com/v1"


class MemoryKeyring(KeyringBackend):
    """A keyring that lasts as long as the test."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked(password)


@pytest.fixture(autouse=True)
def ring() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    ring = MemoryKeyring()
    keyring.set_keyring(ring)
    yield ring
    keyring.set_keyring(before)


def test_a_key_is_kept_for_its_address_only(ring: MemoryKeyring) -> None:
    keep_key(f"{ADDRESS}/", " sk-1 ")

    assert find_key(ADDRESS, environment={}) == "sk-1"
    assert find_key("http://other.example.com/v1", environment={}) == NO_KEY
    assert [service for service, _ in ring.kept] == [f"verbatlas {ADDRESS}"]


@pytest.mark.parametrize("blank", ["", "  ", "EMPTY"])
def test_no_key_removes_the_one_that_is_kept(ring: MemoryKeyring, blank: str) -> None:
    keep_key(ADDRESS, "sk-1")
    keep_key(ADDRESS, blank)
    keep_key(ADDRESS, blank)

    assert ring.kept == {}
    assert find_key(ADDRESS, environment={}) == NO_KEY


@pytest.mark.parametrize("broken", [NoKeyring, LockedKeyring])
def test_where_there_is_no_keyring_the_environment_has_the_key(broken: type[KeyringBackend]) -> None:
    keyring.set_keyring(broken())

    with pytest.raises(UserError) as raised:
        keep_key(ADDRESS, "sk-secret")

    assert raised.value.problem is Problem.KEY_NOT_KEPT
    assert "sk-secret" not in str(raised.value)
    assert raised.value.__cause__ is None
    assert find_key(ADDRESS, environment={"VERBATLAS_API_KEY": "sk-2"}) == "sk-2"


def test_the_keyring_comes_before_the_environment() -> None:
    keep_key(ADDRESS, "sk-1")

    assert find_key(ADDRESS, environment={"VERBATLAS_API_KEY": "sk-2"}) == "sk-1"


@pytest.mark.parametrize(
    ("address", "environment", "key"),
    [
        ("https://api.openai.com/v1", {}, "sk-openai"),
        (ADDRESS, {"OPENAI_BASE_URL": f"{ADDRESS}/"}, "sk-openai"),
        (ADDRESS, {}, NO_KEY),
        ("https://api.openai.com.example.com/v1", {}, NO_KEY),
        ("https://api.openai.com/v1", {"VERBATLAS_API_KEY": "sk-2"}, "sk-2"),
    ],
)
def test_the_key_of_openai_goes_only_where_its_owner_meant(address: str, environment: dict[str, str], key: str) -> None:
    assert find_key(address, environment={"OPENAI_API_KEY": "sk-openai", **environment}) == key
