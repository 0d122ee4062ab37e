"""Which way of running a model is fast and exact enough on this computer, found out on comments like the user's."""

import csv
import json
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas.encoders.batching import batches_by_length
from verbatlas.encoders.local.abreast import done_abreast
from verbatlas.encoders.local.description import ModelDescription
from verbatlas.encoders.local.inference import Model
from verbatlas.encoders.local.precision import EXACT_AGREEMENT, FAST_AGREEMENT, Precision, Way
from verbatlas.encoders.local.tokens import TextReader, Tokens
from verbatlas.resources import resource

_SAMPLES = ("coffee_subscription_en.csv", "phone_reviews_zh.csv")  # the comment is the last column
_COMMENTS_OF_EACH = 20
_JOINED = 5  # comments make one long text
_SECONDS = 1.5  # of measuring for each way, after one run for the vectors
_TOKENS = 1024
# What is hardly faster is not worth other numbers. Several batches at a time change none, and gain most when other
# programs keep a core busy, which need not be so while this is measured: they are taken unless they are slower.
_WORTH, _NOT_SLOWER = 1.1, 0.95
_TIMES = 3  # that streams are given a batch in a row
_LONGEST_BATCH_SECONDS = 0.5  # cancelling waits for those that are begun, and may take 2 s

Load = Callable[[str], Model]
_Padded = tuple[NDArray[np.int64], NDArray[np.int64]]


def calibration_texts() -> list[str]:
    """Return real-looking comments, English and Chinese, short and long."""
    texts: list[str] = []
    for name in _SAMPLES:
        with resource("samples", name).open(encoding="utf-8-sig", newline="") as file:
            comments = [row[-1] for row in csv.reader(file)][1:]
        some = comments[:: max(1, len(comments) // _COMMENTS_OF_EACH)][:_COMMENTS_OF_EACH]
        texts += some
        texts += [" ".join(some[start : start + _JOINED]) for start in (0, _JOINED)]
    return texts


@dataclass(frozen=True, slots=True)
class Measured:
    """How one way did.

    Attributes:
        way: With its speed, in rows per second; its agreement is that with fp32.
        least: The least cosine of any text.
        mean: The mean cosine.
        gain: How many times as fast as fp32 it was, measured by turns.
    """

    way: Way
    least: float
    mean: float
    gain: float


def fastest(measured: Sequence[Measured], *, precision: Precision) -> Way:
    """Return the fastest way that is exact enough, with what it agrees to.

    Args:
        measured: The ways, fp32 first.
        precision: How exact; fp32 for EXACT.
    """
    exact = measured[0]
    if precision is Precision.FAST:
        fitting = [one for one in measured if one.mean >= FAST_AGREEMENT]
    elif precision is Precision.AUTO:
        fitting = [one for one in measured if one.least >= EXACT_AGREEMENT]
    else:
        fitting = []
    best = max([one for one in fitting if one.gain >= _WORTH], key=lambda one: one.gain, default=exact)
    return replace(best.way, agreement=best.mean if precision is Precision.FAST else best.least)


def measure(load: Load, arithmetics: Sequence[str], tokens: Tokens) -> list[Measured]:
    """Return how every arithmetic did, fp32 first; at most two models are loaded at a time.

    Args:
        load: Returns the model in an arithmetic.
        arithmetics: Those to be compared with fp32; one that cannot be loaded is left out.
        tokens: Of the texts.
    """
    exact = load("fp32")
    wanted = _vectors(exact, tokens)
    seconds = _seconds([exact], tokens)[0]
    measured = [Measured(replace(exact.way, rows_per_second=len(tokens.cut) / seconds), 1.0, 1.0, 1.0)]
    for arithmetic in arithmetics:
        try:
            model = load(arithmetic)
            cosines = (_vectors(model, tokens) * wanted).sum(axis=1)
        except (RuntimeError, MemoryError):  # whatever a runtime raises that cannot do it
            continue
        before, after = _seconds([exact, model], tokens)
        way = replace(model.way, rows_per_second=len(tokens.cut) / after)
        measured.append(Measured(way, float(cosines.min()), float(cosines.mean()), before / after))
    return measured


@dataclass(frozen=True, slots=True)
class Streams:
    """How so many batches at a time did.

    Attributes:
        count: How many.
        gain: How many times as fast as one at a time it was, measured by turns.
        longest: The seconds of the longest batch.
    """

    count: int
    gain: float
    longest: float


def fastest_streams(measured: Sequence[Streams]) -> int:
    """Return how many batches at a time are fastest, of those short enough to be cancelled; 1 where none are."""
    fitting = [one for one in measured if one.gain >= _NOT_SLOWER and one.longest <= _LONGEST_BATCH_SECONDS]
    return max(fitting, key=lambda one: one.gain, default=Streams(1, 1.0, 0.0)).count


def measure_streams(load: Callable[[int], Model], tokens: Tokens, *, n_cores: int) -> list[Streams]:
    """Return how several batches at a time did: as many as there are cores, half and a quarter of these.

    Args:
        load: Returns the model with so many streams; at most two are loaded at a time.
        tokens: Of the texts.
        n_cores: How many cores there are.
    """
    counts = sorted({max(1, n_cores // share) for share in (1, 2, 4)} - {1})
    measured: list[Streams] = []
    if not counts:
        return measured
    one = load(1)
    batches = [tokens.padded(batch) for batch in batches_by_length(tokens.lengths, tokens=_TOKENS)]
    for count in counts:
        try:
            best = _least_seconds([one, load(count)], batches, times=_TIMES)
        except (RuntimeError, MemoryError):  # whatever a runtime raises that cannot do it
            continue
        before, after = best.sum(axis=1).tolist()
        measured.append(Streams(count, before / after, float(best[1].max()) * count))
    return measured


def _seconds_of(model: Model, batch: _Padded, *, times: int) -> float:
    streams = model.way.streams
    before = time.perf_counter()
    with closing(done_abreast(lambda padded: model(*padded), [batch] * streams * times, at_once=streams)) as each:
        list(each)
    return (time.perf_counter() - before) / (streams * times)


def calibrate(
    description: ModelDescription, models: dict[str, Path], device: str, precision: Precision, target: Path
) -> None:
    """Write the fastest way to ``target``; called in a process of its own.

    Args:
        description: Of the model.
        models: The converted models by arithmetic, on the ``cpu``; none for other devices.
        device: ``cpu``, ``cuda`` or ``mps``.
        precision: How exact the vectors have to be.
        target: The file: a Way as JSON.
    """
    tokens = TextReader(description).read(calibration_texts(), begun=lambda: None)
    if device == "cpu":
        from verbatlas.encoders.local.openvino_model import (  # noqa: PLC0415 - heavy
            OpenvinoModel,
            allowed_cores,
            arithmetics,
        )

        def load(arithmetic: str, streams: int = 1) -> Model:
            return OpenvinoModel(models.get(arithmetic, models["fp32"]), arithmetic=arithmetic, streams=streams)

        tried = [name for name in arithmetics()[1:] if name != "int8" or name in models]
        # The quicker a batch, the more of its time cores wait for each other.
        shortest = [*arithmetics()[:1], *tried][-1]
        streams = fastest_streams(measure_streams(partial(load, shortest), tokens, n_cores=allowed_cores()))
        way = fastest(measure(partial(load, streams=streams), tried, tokens), precision=precision)
    else:
        from verbatlas.encoders.local.torch_model import TorchModel, card_arithmetics  # noqa: PLC0415 - heavy

        def load_on_card(arithmetic: str) -> Model:
            return TorchModel(description, arithmetic=arithmetic, device=device)

        way = fastest(measure(load_on_card, card_arithmetics(device), tokens), precision=precision)
    target.write_text(json.dumps(asdict(way), ensure_ascii=False), encoding="utf-8")


def _vectors(model: Model, tokens: Tokens) -> NDArray[np.float32]:
    batches = list(batches_by_length(tokens.lengths, tokens=_TOKENS))
    vectors = [model(*tokens.padded(batch)) for batch in batches]
    found: NDArray[np.float32] = np.concatenate(vectors)[np.argsort(np.concatenate(batches))]
    return found


def _seconds(models: Sequence[Model], tokens: Tokens) -> list[float]:
    """Return the least seconds for all tokens; a slow model's are told from some batches."""
    batches = list(batches_by_length(tokens.lengths, tokens=_TOKENS))
    best = _least_seconds(models, [tokens.padded(batch) for batch in batches])
    sizes = np.array([tokens.lengths[batch].sum() for batch in batches])
    seconds: list[float] = (best.sum(axis=1) * sizes.sum() / sizes[: best.shape[1]].sum()).tolist()
    return seconds


def _least_seconds(models: Sequence[Model], batches: Sequence[_Padded], *, times: int = 1) -> NDArray[np.float64]:
    """Return the least seconds of each model for each of the first batches, by turns at every batch.

    A model that runs several at a time is given the same batch so often, and its seconds are divided by their number.

    Args:
        models: All are given the same.
        batches: Fewer are measured where the models are slow.
        times: How often in a row every stream has a batch; more often, it matters less that all wait for the last.

    Returns:
        float64, shape (n_models, n_batches).
    """
    best = np.full((len(models), len(batches)), np.inf)
    begun = time.perf_counter()
    while time.perf_counter() - begun < _SECONDS * len(models):
        for place, batch in enumerate(batches):
            for number, model in enumerate(models):
                best[number, place] = min(best[number, place], _seconds_of(model, batch, times=times))
            if time.perf_counter() - begun > 2 * _SECONDS * len(models):
                break
    return best[:, np.isfinite(best[0])]
