import shutil
import threading
from collections.abc import Callable
from contextvars import copy_context
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sample_documents import DOCUMENTS

from verbatlas import encoders
from verbatlas.encoders import Precision
from verbatlas.encoders.local.encoder import LocalEncoder
from verbatlas.encoders.local.packaged import find_model
from verbatlas.encoders.packages import MINILM_PACKAGE
from verbatlas.encoders.places import cache_folder
from verbatlas.engine import jobs
from verbatlas.engine.jobs import Run
from verbatlas.engine.kept_encoder import KeptEncoder, keep_encoders, load_encoder
from verbatlas.engine.stages import no_stage_report

_CHOICE = replace(encoders.choose(DOCUMENTS, wanted="minilm"), precision=Precision.EXACT)
_LONG = 3600.0


def _loaded(kept: KeptEncoder, name: str = "minilm", precision: Precision = Precision.EXACT) -> LocalEncoder:
    encoder = kept.load(name, seed=1, precision=precision)
    assert isinstance(encoder, LocalEncoder)
    encoder.prepare()
    return encoder


def test_the_same_encoder_is_taken_again_with_its_model() -> None:
    kept = KeptEncoder(seconds=_LONG)
    first = _loaded(kept)
    kept.rest(has_failed=False)
    again = kept.load("minilm", seed=2, precision=Precision.EXACT)
    assert again is first
    fresh = encoders.load("minilm", seed=2, precision=Precision.EXACT)
    assert again.encode(DOCUMENTS).vectors.tobytes() == fresh.encode(DOCUMENTS).vectors.tobytes()
    kept.let_go()


def test_the_encoder_for_many_languages_is_kept_too() -> None:
    kept = KeptEncoder(seconds=_LONG)
    first = kept.load("use-multilingual", seed=1, precision=Precision.AUTO)
    first.prepare()
    kept.rest(has_failed=False)
    assert kept.load("use-multilingual", seed=1, precision=Precision.AUTO) is first
    kept.let_go()


def test_the_next_process_has_the_model_before_it_is_asked_for() -> None:
    before = KeptEncoder(seconds=_LONG)
    _loaded(before)
    before.rest(has_failed=False)
    before.let_go()

    after = KeptEncoder(seconds=_LONG)
    after.load_last(until=lambda: False)
    found = after.load("minilm", seed=1, precision=Precision.EXACT)
    assert isinstance(found, LocalEncoder)
    assert found.kept_bytes is not None
    after.let_go()


def test_where_there_is_work_already_nothing_is_loaded_ahead() -> None:
    kept = KeptEncoder(seconds=_LONG)
    _loaded(kept)
    kept.rest(has_failed=False)
    kept.let_go()
    asked: list[int] = []

    def has_job() -> bool:
        asked.append(1)
        return len(asked) > 3

    kept.load_last(until=has_job)
    assert kept.load("minilm", seed=1, precision=Precision.EXACT).kept_bytes is None
    kept.let_go()


@pytest.mark.parametrize("last", ["", "{}", '{"name": "no/such-model", "precision": "auto"}', '{"name": 3}'])
def test_a_last_model_that_is_not_there_any_more_is_left_alone(last: str) -> None:
    (cache_folder() / "last_model.json").write_text(last, encoding="utf-8")
    kept = KeptEncoder(seconds=_LONG)
    kept.load_last(until=lambda: False)
    assert kept.load("lexical", seed=1, precision=Precision.AUTO).name == "lexical"


def test_other_settings_or_files_have_an_encoder_of_their_own(tmp_path: Path) -> None:
    kept = KeptEncoder(seconds=_LONG)
    folder = tmp_path / "model"
    shutil.copytree(find_model(MINILM_PACKAGE), folder)
    first = _loaded(kept, str(folder))
    (folder / "config.json").touch()
    second = _loaded(kept, str(folder))
    assert second is not first
    assert kept.load(str(folder), seed=1, precision=Precision.FAST) is not second
    kept.let_go()


def test_an_encoder_without_a_model_takes_the_place_of_one() -> None:
    kept = KeptEncoder(seconds=_LONG)
    first = _loaded(kept)
    assert kept.load("lexical", seed=1, precision=Precision.AUTO).name == "lexical"
    assert _loaded(kept) is not first
    kept.let_go()


def _fails(kept: KeptEncoder) -> None:
    kept.rest(has_failed=True)


def _lets_go(kept: KeptEncoder) -> None:
    kept.rest(has_failed=False)
    kept.let_go()


@pytest.mark.parametrize("end", [_fails, _lets_go])
def test_what_failed_or_was_let_go_is_loaded_anew(end: Callable[[KeptEncoder], None]) -> None:
    kept = KeptEncoder(seconds=_LONG)
    first = _loaded(kept)
    end(kept)
    assert kept.load("minilm", seed=1, precision=Precision.EXACT) is not first


def test_a_large_model_is_not_kept() -> None:
    kept = KeptEncoder(seconds=_LONG, most_bytes=1_000_000)
    first = _loaded(kept)
    assert first.kept_bytes is not None
    assert first.kept_bytes > 80_000_000
    kept.rest(has_failed=False)
    assert kept.load("minilm", seed=1, precision=Precision.EXACT) is not first


def test_after_a_while_nothing_is_kept() -> None:
    before = set(threading.enumerate())
    kept = KeptEncoder(seconds=0.01)
    first = _loaded(kept)
    kept.rest(has_failed=False)
    for thread in set(threading.enumerate()) - before:
        thread.join(30)
    assert kept.load("minilm", seed=1, precision=Precision.EXACT) is not first


def test_jobs_of_a_process_that_keeps_encoders_load_the_model_once(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[object] = []
    prepared = LocalEncoder._prepared

    def counted(encoder: LocalEncoder, **given: object) -> object:
        loaded.extend([] if encoder.way else [encoder])
        return prepared(encoder, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(LocalEncoder, "_prepared", counted)

    def two_jobs(keeps: bool) -> list[np.ndarray]:
        kept = keep_encoders() if keeps else None
        found = []
        for _ in range(2):
            embedding = jobs.embed(
                DOCUMENTS, choice=_CHOICE, seed=1, report=no_stage_report, cache_bytes=0, ran=runs.append
            )
            found.append(embedding.vectors)
            if kept is not None:
                kept.rest(has_failed=False)
        if kept is not None:
            kept.let_go()
        return found

    runs: list[Run] = []
    together = copy_context().run(two_jobs, True)
    assert len(loaded) == 1
    apart = copy_context().run(two_jobs, False)
    assert len(loaded) == 3
    assert {vectors.tobytes() for vectors in together + apart} == {apart[0].tobytes()}
    assert all(run.way is not None and run.way.arithmetic == "fp32" for run in runs)


def test_nothing_is_kept_where_nobody_asked_for_it() -> None:
    first = load_encoder("minilm", seed=1, precision=Precision.EXACT)
    assert load_encoder("minilm", seed=1, precision=Precision.EXACT) is not first
