"""How the hub is reached: by which address, through which proxy, or not at all."""

import os
import urllib.request
from dataclasses import dataclass, replace
from typing import Self
from urllib.parse import urlsplit

from verbatlas import network_guard
from verbatlas.errors import Problem, UserError

HUB = "https://huggingface.co"
CHINESE_MIRROR = "https://hf-mirror.com"  # the one that is common in China, where the hub itself is often out of reach


@dataclass(frozen=True, slots=True)
class Network:
    """The way to the hub, as a value that a request carries.

    Attributes:
        endpoint: The address of the hub or of a mirror, without a slash at its end.
        proxy: The address of the proxy to go through; blank for none.
        offline: Whether nothing may be asked for at all.

    Raises:
        UserError: An address is none (ADDRESS_WRONG).
    """

    endpoint: str = HUB
    proxy: str = ""
    offline: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "endpoint", self.endpoint.strip().rstrip("/"))
        object.__setattr__(self, "proxy", self.proxy.strip().rstrip("/"))
        _host(self.endpoint)
        if self.proxy:
            _host(self.proxy)

    @classmethod
    def from_environment(cls) -> Self:
        """Return the way that the environment and the system's settings describe.

        HF_ENDPOINT names a mirror; HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say what they say to other programs,
        and so do the proxy settings of Windows and macOS; VERBATLAS_OFFLINE or HF_HUB_OFFLINE keep everything shut.

        Raises:
            UserError: An address is none (ADDRESS_WRONG).
        """
        offline = network_guard.is_offline()
        return cls(endpoint=endpoint_of_environment() or HUB, offline=offline)._with_system_proxy()

    def changed(self, *, endpoint: str = "", proxy: str = "") -> Self:
        """Return the same with what a person asked for instead, where they did; a mirror finds its own proxy.

        Raises:
            UserError: An address is none (ADDRESS_WRONG).
        """
        other = replace(self, endpoint=endpoint, proxy="")._with_system_proxy() if endpoint else self
        return replace(other, proxy=proxy) if proxy else other

    @property
    def host(self) -> str:
        """The host of the hub or mirror."""
        return _host(self.endpoint)

    @property
    def first_hop(self) -> str:
        """The host that is connected to: the proxy if there is one, or else the hub."""
        return _host(self.proxy) if self.proxy else self.host

    def _with_system_proxy(self) -> Self:
        if urllib.request.proxy_bypass(self.host):
            return self
        proxies = urllib.request.getproxies()
        found = proxies.get(urlsplit(self.endpoint).scheme) or proxies.get("all") or ""
        return replace(self, proxy=found if "://" in found or not found else f"http://{found}")


def endpoint_of_environment() -> str:
    """Return the address of the hub or mirror that HF_ENDPOINT names, as it is there; blank where it names none."""
    return os.environ.get("HF_ENDPOINT", "").strip().rstrip("/")


def _host(address: str) -> str:
    """Return the host of an address.

    Raises:
        UserError: It is no address that can be asked (ADDRESS_WRONG).
    """
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port  # reading the port of a wrong one raises
    except ValueError:
        host = None
    if not host or parts.scheme not in {"http", "https"}:
        raise UserError(Problem.ADDRESS_WRONG, address=address)
    return host
