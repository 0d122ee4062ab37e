"""The way to the hub is what the environment says, or what a person asked for instead."""

import pytest

from verbatlas.encoders.hub.network import CHINESE_MIRROR, HUB, Network
from verbatlas.errors import Problem, UserError


def test_without_any_setting_the_hub_is_asked_directly() -> None:
    network = Network.from_environment()

    assert network == Network(endpoint=HUB, proxy="", offline=False)
    assert (network.host, network.first_hop) == ("huggingface.co", "huggingface.co")


def test_the_environment_names_mirror_and_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", CHINESE_MIRROR + "/")
    monkeypatch.setenv("HTTPS_PROXY", "proxy.example:3128")

    network = Network.from_environment()

    assert network == Network(endpoint="https://hf-mirror.com", proxy="http://proxy.example:3128")
    assert (network.host, network.first_hop) == ("hf-mirror.com", "proxy.example")


def test_a_proxy_is_for_its_kind_of_address_and_not_for_named_exceptions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://secure.example:1")
    monkeypatch.setenv("HTTP_PROXY", "http://plain.example:2")
    monkeypatch.setenv("NO_PROXY", "hub.example")

    assert Network.from_environment().proxy == "http://secure.example:1"
    assert Network().changed(endpoint="http://other.example").proxy == "http://plain.example:2"
    assert Network().changed(endpoint="http://hub.example").proxy == ""


def test_what_a_person_asks_for_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "https://somewhere.example")
    network = Network.from_environment()

    assert network.changed() == network
    assert network.changed(endpoint=CHINESE_MIRROR).endpoint == CHINESE_MIRROR
    assert network.changed(proxy="http://a.example:1").proxy == "http://a.example:1"


@pytest.mark.parametrize("variable", ["HF_HUB_OFFLINE", "VERBATLAS_OFFLINE"])
@pytest.mark.parametrize(("value", "expected"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_the_environment_switches_everything_off(
    variable: str, value: str, expected: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    assert Network.from_environment().offline is expected


@pytest.mark.parametrize("address", ["hf-mirror.com", "ftp://hf-mirror.com", "https://", "http://a:b", "socks5://a:1"])
def test_what_is_no_address_is_told(address: str) -> None:
    for network in ({"endpoint": address}, {"proxy": address}):
        with pytest.raises(UserError) as caught:
            Network(**network)
        assert caught.value.problem is Problem.ADDRESS_WRONG
