import pickle

import pytest

from fault_proxy import Fault, FaultProxy
from model_server import ModelServer
from verbatlas.encoders.server import hearing
from verbatlas.encoders.server.connection import Connection, Encoding, Server, connect
from verbatlas.encoders.server.trouble import Kind, Trouble


def trouble_of(proxy: FaultProxy, key: str, fault: Fault) -> Trouble:
    proxy.faults.append(fault)

    async def work() -> object:
        async with connect(Server(proxy.address, key), seconds=30) as connection:
            return await ask(connection)

    with pytest.raises(Trouble) as raised:
        hearing.run(work(), hear=lambda: None)
    return raised.value


async def ask(connection: Connection) -> object:
    return await connection.embed(["late"], model="any", encoding=Encoding.FLOAT)


def test_a_key_is_never_shown() -> None:
    assert "sk-secret" not in repr(Server("http://localhost:30000/v1", "sk-secret"))
    assert pickle.loads(pickle.dumps(Server("http://localhost:30000/v1", "sk-secret"))).key == "sk-secret"


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, Kind.REFUSED),
        (401, Kind.KEY),
        (403, Kind.KEY),
        (404, Kind.NOT_FOUND),
        (408, Kind.SLOW),
        (413, Kind.REFUSED),
        (422, Kind.REFUSED),
        (429, Kind.BUSY),
        (500, Kind.FAILING),
        (503, Kind.FAILING),
        (504, Kind.SLOW),
    ],
)
def test_every_status_is_some_trouble(proxy: FaultProxy, model_server: ModelServer, status: int, kind: Kind) -> None:
    trouble = trouble_of(proxy, model_server.key, Fault(status=status, words="what the server says"))

    assert trouble.kind is kind
    assert trouble.words == "what the server says"


@pytest.mark.parametrize(
    ("header", "shortest", "longest"),
    [("7", 7, 7), ("0.5", 0.5, 0.5), ("Fri, 01 Jan 2100 00:00:00 GMT", 1e9, 1e10), ("-3", 0, 0)],
)
def test_the_wait_that_a_server_asks_for_is_understood(
    proxy: FaultProxy, model_server: ModelServer, header: str, shortest: float, longest: float
) -> None:
    trouble = trouble_of(proxy, model_server.key, Fault(status=429, headers={"retry-after": header}))

    assert trouble.retry_after is not None
    assert shortest <= trouble.retry_after <= longest


def test_a_key_that_the_server_repeats_is_left_out(proxy: FaultProxy) -> None:
    trouble = trouble_of(proxy, "sk-secret", Fault(status=400, words="the key sk-secret is of no use"))

    assert trouble.words == "the key … is of no use"


def test_comments_are_not_sent_on_to_another_address(proxy: FaultProxy, model_server: ModelServer) -> None:
    elsewhere = f"{model_server.address}/embeddings"

    trouble = trouble_of(proxy, model_server.key, Fault(status=307, headers={"location": elsewhere}))

    assert trouble.kind is Kind.REFUSED
    assert elsewhere in trouble.words


def test_no_proxy_stands_between_here_and_this_computer(
    proxy: FaultProxy, model_server: ModelServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    async def work() -> object:
        async with connect(Server(proxy.address, model_server.key), seconds=30) as connection:
            return await connection.models()

    assert hearing.run(work(), hear=lambda: None)
