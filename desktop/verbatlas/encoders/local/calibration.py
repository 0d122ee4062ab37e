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
_SECONDS = 1.0  # of measuring for each way, after one run for the vectors
_TOKENS = 1024
# What is hardly faster is not worth other numbers, nor batches that take longer.
_WORTH = 1.1
_BATCHES_PER_STREAM = 4  # enough that the last ones, which some streams only wait for, count little
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
    """How many batches at a time did.

    Attributes:
        way: With so many streams, and its speed then.
        gain: How many times as fast as with one it was, measured by turns.
        longest: The seconds of the longest batch.
    """

    way: Way
    gain: float
    longest: float


def fastest_streams(way: Way, measured: Sequence[Streams]) -> Way:
    """Return ``way`` with as many streams as are fastest, of those whose batches are short enough to be cancelled."""
    fitting = [one for one in measured if one.gain >= _WORTH and one.longest <= _LONGEST_BATCH_SECONDS]
    best = max(fitting, key=lambda one: one.gain, default=None)
    return way if best is None else replace(best.way, agreement=way.agreement)


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
        times = 1 + _BATCHES_PER_STREAM * count // len(batches)
        try:
            several = load(count)
            (before, after), longest = _seconds_of_streams([one, several], batches * times)
        except (RuntimeError, MemoryError):  # whatever a runtime raises that cannot do it
            continue
        way = replace(several.way, rows_per_second=len(tokens.cut) * times / after)
        measured.append(Streams(way, before / after, longest))
    return measured


def _seconds_of_streams(models: Sequence[Model], batches: Sequence[_Padded]) -> tuple[list[float], float]:
    """Return the least seconds that each model takes for all batches, by turns, and the most the last takes for one."""
    best, longest = [np.inf] * len(models), np.inf
    begun = time.perf_counter()
    while time.perf_counter() - begun < _SECONDS * len(models):
        for number, model in enumerate(models):
            before = time.perf_counter()
            with closing(done_abreast(partial(_seconds_of, model), batches, at_once=model.way.streams)) as each:
                slowest = max(each)
            best[number] = min(best[number], time.perf_counter() - before)
        longest = min(longest, slowest)
    return best, longest


def _seconds_of(model: Model, batch: _Padded) -> float:
    before = time.perf_counter()
    model(*batch)
    return time.perf_counter() - before


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
        way = fastest(measure(load, tried, tokens), precision=precision)
        found = measure_streams(partial(load, way.arithmetic), tokens, n_cores=allowed_cores())
        way = fastest_streams(way, found)
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
    """Return the least seconds for all tokens, by turns at every batch; a slow model's are told from some batches."""
    batches = list(batches_by_length(tokens.lengths, tokens=_TOKENS))
    best = np.full((len(models), len(batches)), np.inf)
    begun = time.perf_counter()
    while time.perf_counter() - begun < _SECONDS * len(models):
        for place, batch in enumerate(batches):
            padded = tokens.padded(batch)
            for number, model in enumerate(models):
                before = time.perf_counter()
                model(*padded)
                best[number, place] = min(best[number, place], time.perf_counter() - before)
            if time.perf_counter() - begun > 2 * _SECONDS * len(models):
                break
    sizes = np.array([tokens.lengths[batch].sum() for batch in batches])
    seen = np.isfinite(best[0])
    seconds: list[float] = (best[:, seen].sum(axis=1) * sizes.sum() / sizes[seen].sum()).tolist()
    return seconds
