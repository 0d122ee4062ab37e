"""The server encoder before a real server: the same vectors as here, whatever goes wrong on the way, or a sentence."""

import threading
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from fault_proxy import Fault, FaultProxy, of_vectors
from model_server import ModelServer, free_port
from verbatlas.encoders.cached import SignedEncoder
from verbatlas.encoders.server.batches import MOST_TEXTS
from verbatlas.encoders.server.encoder import ServerEncoder
from verbatlas.encoders.server.fingerprint import PROBE
from verbatlas.encoders.server.patience import Patience
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Cancelled, no_report

# More than two requests, some texts twice, both scripts, blank ones, and half of a character pair.
DOCUMENTS = [
    *(f"The parcel number {number % 60} came {number % 4} days late." for number in range(70)),
    "",
    "  \n",
    "客服态度很好，问题当天就解决了。",
    "broken \ud83d half",
]
BLANK = [70, 71]

PATIENCE = Patience(pauses=(0.05, 0.1), seconds=60)
MakeEncoder = Callable[..., ServerEncoder]
Local = Callable[[list[str]], NDArray[np.float32]]


def assert_same_vectors(vectors: NDArray[np.float32], local: NDArray[np.float32]) -> None:
    assert vectors.dtype == np.float32
    expected = local.copy()
    expected[BLANK] = 0
    np.testing.assert_allclose(vectors, expected, atol=1e-5)


def problem_of(encoder: ServerEncoder, documents: list[str] = DOCUMENTS) -> UserError:
    with pytest.raises(UserError) as raised:
        encoder.encode(documents)
    return raised.value


def shuffled(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "data": answer["data"][::-1]}


def without_last(answer: dict[str, Any]) -> dict[str, Any]:
    return {**answer, "data": answer["data"][:-1]}


def test_the_vectors_are_those_of_the_model_here(server_encoder: MakeEncoder, local_vectors: Local) -> None:
    reports: list[tuple[int, int]] = []
    encoder = server_encoder()
    encoder.prepare()

    encoded = encoder.encode(DOCUMENTS, report=lambda done, total: reports.append((done, total)))

    assert_same_vectors(encoded.vectors, local_vectors(DOCUMENTS))
    assert not encoded.cut.any()
    assert reports[-1] == (len(DOCUMENTS), len(DOCUMENTS))
    assert reports == sorted(reports)


def test_equal_texts_are_sent_once_and_blank_ones_never(proxy: FaultProxy, server_encoder: MakeEncoder) -> None:
    server_encoder().encode(DOCUMENTS)

    sent = [text for texts in proxy.sent for text in texts if text != PROBE]
    assert len(sent) == len(set(sent)) == 62
    assert all(text.strip() for text in sent)
    assert max(map(len, proxy.sent)) <= 32


def test_without_documents_there_is_still_an_identity_and_a_length(server_encoder: MakeEncoder) -> None:
    encoded = server_encoder().encode([])

    assert encoded.vectors.shape == (0, 384)
    assert encoded.cut.shape == (0,)
    assert encoded.identity.model == "all-MiniLM-L6-v2"


@pytest.mark.parametrize(
    "faults",
    [
        [Fault(status=429, headers={"retry-after": "0.1"})] * 2,
        [Fault(status=500)] * 3,
        [Fault(status=503, words="loading")],
        [Fault(cut="before")] * 3,
        [Fault(cut="middle")] * 2,
        [Fault(change=shuffled)] * 2,
    ],
    ids=["429", "500", "503", "cut before the answer", "cut in the answer", "shuffled"],
)
def test_what_passes_is_waited_for(
    proxy: FaultProxy, server_encoder: MakeEncoder, local_vectors: Local, faults: list[Fault]
) -> None:
    encoder = server_encoder()
    encoder.prepare()
    proxy.faults.extend(faults)

    assert_same_vectors(encoder.encode(DOCUMENTS).vectors, local_vectors(DOCUMENTS))
    assert not proxy.faults


def test_a_request_that_stalls_is_given_up_and_sent_again(
    proxy: FaultProxy, server_encoder: MakeEncoder, local_vectors: Local
) -> None:
    encoder = server_encoder(patience=Patience(pauses=(0.05, 0.05, 0.05, 0.05), seconds=5))
    encoder.prepare()
    proxy.faults.append(Fault(stall=8))

    assert_same_vectors(encoder.encode(DOCUMENTS).vectors, local_vectors(DOCUMENTS))


def test_waiting_is_told_with_the_number_of_the_try(proxy: FaultProxy, server_encoder: MakeEncoder) -> None:
    told: list[tuple[int, int]] = []
    encoder = server_encoder(waiting=lambda number, most: told.append((number, most)))
    encoder.prepare()
    proxy.faults.extend([Fault(status=429, headers={"retry-after": "0.3"})] * 2)

    encoder.encode(["late"])

    assert sorted(set(told)) == [(2, 5), (3, 5)]


@pytest.mark.parametrize(
    ("fault", "problem"),
    [
        (Fault(status=500, words="CUDA error"), Problem.SERVER_FAILS),
        (Fault(status=429), Problem.SERVER_BUSY),
        (Fault(status=429, headers={"retry-after": "3600"}), Problem.SERVER_BUSY),
        (Fault(cut="before"), Problem.SERVER_LOST),
        (Fault(status=401, words="Incorrect API key: kept-from-everybody"), Problem.SERVER_KEY),
        (Fault(status=404, words="no such model"), Problem.SERVER_CHANGED),
        (Fault(status=302, headers={"location": "http://127.0.0.1:9/v1/embeddings"}), Problem.SERVER_REFUSES),
        (Fault(change=without_last), Problem.SERVER_NOT_VECTORS),
        (Fault(change=of_vectors(lambda vector: vector[:-1])), Problem.SERVER_DIMENSION),
        (Fault(change=of_vectors(lambda vector: [float("nan"), *vector[1:]])), Problem.SERVER_NOT_FINITE),
        (Fault(change=of_vectors(lambda vector: [None, *vector[1:]])), Problem.SERVER_NOT_FINITE),
        (Fault(change=of_vectors(lambda vector: [0.0] * len(vector))), Problem.SERVER_NOT_FINITE),
        (Fault(change=of_vectors(lambda vector: vector[::-1])), Problem.SERVER_CHANGED),
        (Fault(change=of_vectors(lambda vector: ["a", *vector[1:]])), Problem.SERVER_NOT_VECTORS),
        (Fault(body=b"<html>Welcome</html>"), Problem.SERVER_NOT_VECTORS),
        (Fault(body=b'{"data": "none"}'), Problem.SERVER_NOT_VECTORS),
    ],
    ids=lambda value: value.value if isinstance(value, Problem) else None,
)
def test_what_does_not_pass_ends_with_a_sentence_without_the_key(
    proxy: FaultProxy, server_encoder: MakeEncoder, fault: Fault, problem: Problem
) -> None:
    encoder = server_encoder()
    encoder.prepare()
    proxy.rule = lambda request: fault

    error = problem_of(encoder)

    assert error.problem is problem
    assert error.values["url"] == proxy.address
    assert "kept-from-everybody" not in str(error)
    assert "kept-from-everybody" not in repr(error.__cause__)


def test_a_vector_that_is_none_is_told_with_its_text(proxy: FaultProxy, server_encoder: MakeEncoder) -> None:
    encoder = server_encoder()
    encoder.prepare()

    def change(answer: dict[str, Any]) -> dict[str, Any]:
        rows = list(answer["data"])
        rows[1] = {**rows[1], "embedding": [float("inf")] * 384}
        return {**answer, "data": rows}

    proxy.rule = lambda request: Fault(change=change)

    assert problem_of(encoder, ["a longer one", "short"]).values["text"] == "short"


def test_a_server_that_is_killed_and_started_again_in_mid_job(
    proxy: FaultProxy, server_encoder: MakeEncoder, local_vectors: Local
) -> None:
    restarts: list[threading.Timer] = []
    encoder = server_encoder(patience=Patience(pauses=(0.2, 0.4, 0.8, 1.6), seconds=60))
    encoder.prepare()

    def kill_once(done: int, total: int) -> None:
        if done and not restarts:
            proxy.kill()
            restarts.append(threading.Timer(1, proxy.start))
            restarts[0].start()

    encoded = encoder.encode(DOCUMENTS, report=kill_once)
    restarts[0].join()

    assert_same_vectors(encoded.vectors, local_vectors(DOCUMENTS))


def test_a_server_that_comes_back_with_another_model_is_found_out(
    proxy: FaultProxy, server_encoder: MakeEncoder
) -> None:
    encoder = server_encoder()
    first = encoder.encode(DOCUMENTS[:5])
    proxy.kill()
    proxy.rule = lambda request: Fault(change=of_vectors(lambda vector: [-value for value in vector]))
    proxy.start()

    assert problem_of(encoder, DOCUMENTS[5:9]).problem is Problem.SERVER_CHANGED
    assert server_encoder().encode([]).identity != first.identity


def test_the_identity_is_that_of_the_answers_and_stays_over_restarts(
    proxy: FaultProxy, server_encoder: MakeEncoder
) -> None:
    before = server_encoder().encode([]).identity
    proxy.kill()
    proxy.start()
    # Rounding to 16 bits, as a server's batches may do.
    proxy.rule = lambda request: Fault(change=of_vectors(lambda vector: np.float16(vector).tolist()))

    assert server_encoder().encode([]).identity == before
    assert server_encoder(prompt="passage: ").encode([]).identity != before


@pytest.mark.parametrize("stage", ["stalled", "waiting"])
def test_a_job_that_is_no_longer_wanted_ends_at_once(
    proxy: FaultProxy, server_encoder: MakeEncoder, stage: str
) -> None:
    fault = Fault(stall=20) if stage == "stalled" else Fault(status=429, headers={"retry-after": "20"})
    wanted_until = float("inf")

    def cancel(done: int, total: int) -> None:
        if time.monotonic() > wanted_until:
            raise Cancelled

    encoder = server_encoder(waiting=cancel)
    encoder.prepare()
    proxy.rule = lambda request: fault
    began = time.monotonic()
    wanted_until = began + 0.5

    with pytest.raises(Cancelled):
        encoder.encode(DOCUMENTS, report=cancel)

    assert time.monotonic() - began < 10, "it waited for the server"


def test_texts_that_the_server_finds_too_long_are_cut_and_marked_and_no_others(
    proxy: FaultProxy, server_encoder: MakeEncoder, local_vectors: Local
) -> None:
    def refuse_long(request: dict[str, Any]) -> Fault | None:
        longest = max(map(len, request["input"]))
        words = f"The input ({longest} tokens) is longer than the model's context length (150 tokens)."
        return Fault(status=400, words=words) if longest > 150 else None

    proxy.rule = refuse_long
    texts = [*DOCUMENTS[:40], "too long " * 50, DOCUMENTS[41], "far " * 2000]

    encoded = server_encoder().encode(texts)

    assert np.flatnonzero(encoded.cut).tolist() == [40, 42]
    np.testing.assert_allclose(encoded.vectors[:40], local_vectors(texts[:40]), atol=1e-5)
    assert encoded.vectors[40] @ local_vectors(["too long " * 16])[0] > 0.95


def test_a_text_that_the_known_model_cannot_read_whole_is_marked_though_the_server_cuts_it_in_silence(
    proxy: FaultProxy, server_encoder: MakeEncoder
) -> None:
    # The server names no limit and refuses nothing; the catalogue knows that the model reads 256 tokens.
    encoded = server_encoder().encode(["short", "late " * 1000, "far " * 100])

    assert encoded.cut.tolist() == [False, True, False]
    assert max(len(text) for texts in proxy.sent for text in texts) == 12 * 256


def test_a_server_that_does_not_say_how_much_is_too_much_is_asked_by_halves(
    proxy: FaultProxy, server_encoder: MakeEncoder
) -> None:
    proxy.rule = lambda request: Fault(status=413, words="no") if len(max(request["input"], key=len)) > 100 else None

    encoded = server_encoder().encode(["short", "long " * 100])

    assert encoded.cut.tolist() == [False, True]
    np.testing.assert_allclose(np.linalg.norm(encoded.vectors, axis=1), 1, atol=1e-6)


def test_a_server_that_takes_fewer_texts_at_a_time_gets_fewer(
    proxy: FaultProxy, server_encoder: MakeEncoder, local_vectors: Local
) -> None:
    proxy.rule = lambda request: Fault(status=422, words="batch size") if len(request["input"]) > 9 else None
    encoder = server_encoder()

    first = encoder.encode(DOCUMENTS)
    proxy.sent.clear()
    encoder.encode([f"{text} again" for text in DOCUMENTS])

    assert_same_vectors(first.vectors, local_vectors(DOCUMENTS))
    assert not first.cut.any()
    assert max(map(len, proxy.sent)) <= 9


def test_a_server_that_refuses_everything_says_why(proxy: FaultProxy, server_encoder: MakeEncoder) -> None:
    encoder = server_encoder()
    encoder.prepare()
    proxy.rule = lambda request: Fault(status=400, words="this model has gone on holiday")

    error = problem_of(encoder)

    assert error.problem is Problem.SERVER_REFUSES
    assert "holiday" in str(error.values["words"])


def test_a_server_without_base64_sends_numbers(
    proxy: FaultProxy, server_encoder: MakeEncoder, local_vectors: Local
) -> None:
    proxy.rule = lambda request: Fault(status=400) if request["encoding_format"] == "base64" else None
    encoder = server_encoder()

    assert_same_vectors(encoder.encode(DOCUMENTS).vectors, local_vectors(DOCUMENTS))
    assert sum(texts == [PROBE] for texts in proxy.sent) == 2


def test_queries_have_the_prompt_of_queries_and_the_identity_of_documents(
    proxy: FaultProxy, server_encoder: MakeEncoder
) -> None:
    encoder = server_encoder(prompt="passage: ", query_prompt="query: ")

    documents, queries = encoder.encode(["late"]), encoder.encode_queries(["late"])

    assert [texts[0] for texts in proxy.sent[1:]] == ["passage: late", "query: late"]
    assert queries.identity == documents.identity


@pytest.mark.parametrize(
    "name", ["multilingual-e5-small:latest", "/models/multilingual-e5-base", "intfloat/multilingual-e5-large"]
)
def test_the_servers_first_model_gets_the_instruction_of_its_family(
    proxy: FaultProxy, model_server: ModelServer, name: str
) -> None:
    proxy.aliases[name] = model_server.model
    encoder = ServerEncoder(proxy.address, key=model_server.key, patience=PATIENCE)

    encoder.encode(["late"])
    encoder.encode_queries(["late"])

    assert [texts[0] for texts in proxy.sent[1:]] == ["query: late", "query: late"]
    served = encoder.served()
    assert served.names == (name,)
    assert served.prompt == served.identity.prompt == "query: "


def test_a_wrong_key_is_told_by_the_real_server(model_server: ModelServer) -> None:
    encoder = ServerEncoder(model_server.address, key="wrong")

    with pytest.raises(UserError) as raised:
        encoder.prepare()

    assert raised.value.problem is Problem.SERVER_KEY


def test_a_model_that_the_server_lacks_is_told_with_those_that_it_has(model_server: ModelServer) -> None:
    encoder = ServerEncoder(model_server.address, "bge-m3", key=model_server.key)

    with pytest.raises(UserError) as raised:
        encoder.prepare(report=no_report)

    assert raised.value.problem is Problem.SERVER_NO_MODEL
    assert raised.value.values["models"] == [model_server.model]


def test_where_nobody_listens_nothing_is_waited_for() -> None:
    encoder = ServerEncoder(f"http://127.0.0.1:{free_port()}/v1", key="EMPTY", patience=Patience(pauses=(60,)))

    with pytest.raises(UserError) as raised:
        encoder.prepare()

    assert raised.value.problem is Problem.SERVER_ABSENT
    assert "sglang" in str(raised.value.values["command"])


def test_an_address_without_the_service_is_told(model_server: ModelServer) -> None:
    encoder = ServerEncoder(model_server.address.replace("/v1", "/v2"), "any", key=model_server.key)

    with pytest.raises(UserError) as raised:
        encoder.prepare()

    assert raised.value.problem is Problem.SERVER_NO_SERVICE


def test_a_key_that_cannot_be_sent_is_no_key(model_server: ModelServer) -> None:
    with pytest.raises(UserError) as raised:
        ServerEncoder(model_server.address, key="schlüssel\n").prepare()

    assert raised.value.problem is Problem.SERVER_KEY


def test_nothing_is_foretold_of_a_server_that_was_not_asked() -> None:
    # It may run another model than yesterday, so vectors that are kept are its own only once its probe was seen.
    assert not isinstance(ServerEncoder(f"http://127.0.0.1:{free_port()}/v1", "a-model"), SignedEncoder)


def test_at_most_sixteen_requests_are_unanswered_at_a_time(proxy: FaultProxy, server_encoder: MakeEncoder) -> None:
    encoder = server_encoder()
    encoder.prepare()
    proxy.rule = lambda request: Fault(stall=0.3)  # all of them are under way together

    encoder.encode([f"late {number}" for number in range(70 * MOST_TEXTS)])

    assert len(proxy.sent) > 70
    assert proxy.most_at_once == 16
