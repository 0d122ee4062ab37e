"""Turn the published PyTorch weights into an OpenVINO model, once per computer, in a process of its own.

The process gives the memory of torch and transformers back when it ends, so that neither is ever loaded where documents
are encoded: importing them takes seconds and hundreds of megabytes.
"""

import contextlib
import hashlib
import importlib.metadata
import multiprocessing
import multiprocessing.connection
import os
import shutil
import signal
import tempfile
import threading
import time
import warnings
from multiprocessing.process import BaseProcess
from pathlib import Path

from verbatlas.encoders.model_files import weights_digest
from verbatlas.encoders.places import cache_folder
from verbatlas.encoders.telemetry import forbid_telemetry
from verbatlas.progress import Report

_RECIPE = 1  # raise it when the conversion below changes, so that old results are made again
_MODEL_FILE, _WEIGHTS_FILE, _DIGEST_FILE = "model.xml", "model.bin", "model.sha256"
_LARGEST_DIFFERENCE = 1e-4
_EXPECTED_SECONDS = 12
_LONG_AGO = 3600  # seconds


class ConversionFailed(Exception):  # noqa: N818 - what happened, as with Cancelled
    """The model could not be converted or kept on this computer; it can still be run without."""


def converted_model(folder: Path, *, report: Report) -> Path:
    """Return the converted model of the files in ``folder``, from the cache where it is there and whole.

    Args:
        folder: The published files, already checked.
        report: Told the tenths of seconds gone and expected, several times a second.

    Raises:
        ConversionFailed: With the reason.
        Cancelled: The reporter no longer wants the model.
    """
    try:
        kept = cache_folder() / "models" / conversion_key()
        if not _is_whole(kept):
            _make(folder, kept, report=report)
    except (OSError, importlib.metadata.PackageNotFoundError) as error:
        raise ConversionFailed(str(error)) from error
    return kept / _MODEL_FILE


def conversion_key() -> str:
    """Return what a converted model depends on, as a name for a folder.

    Raises:
        importlib.metadata.PackageNotFoundError: OpenVINO is not installed.
    """
    return f"minilm-{weights_digest()[:16]}-{_RECIPE}-{importlib.metadata.version('openvino')}"


def _make(folder: Path, kept: Path, *, report: Report) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    _clear_away(kept.parent)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix="new-") as made:
        _convert_elsewhere(folder, Path(made), report=report)
        shutil.rmtree(kept, ignore_errors=True)
        with contextlib.suppress(OSError):  # another process may have finished the same conversion first
            Path(made).rename(kept)
    if not _is_whole(kept):
        raise ConversionFailed(f"the converted model is not whole in {kept}")


def _clear_away(models: Path) -> None:
    """Remove what conversions left behind that were cut off long ago."""
    for left in models.glob("new-*"):
        if time.time() - left.stat().st_mtime > _LONG_AGO:
            shutil.rmtree(left, ignore_errors=True)


def _is_whole(kept: Path) -> bool:
    try:
        return (kept / _DIGEST_FILE).read_bytes() == _digest(kept)
    except OSError:
        return False


def _digest(folder: Path) -> bytes:
    digest = hashlib.sha256()
    for name in (_MODEL_FILE, _WEIGHTS_FILE):
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest().encode("ascii")


def _convert_elsewhere(folder: Path, target: Path, *, report: Report) -> None:
    process = multiprocessing.get_context("spawn").Process(target=convert, args=(folder, target))
    process.start()
    try:
        _wait(process, report=report)
    finally:
        if process.is_alive():
            process.kill()
        process.join()
    if process.exitcode != 0:
        raise ConversionFailed(f"the conversion ended with exit code {process.exitcode}")


def _wait(process: BaseProcess, *, report: Report) -> None:
    tenths = 0
    while process.is_alive():
        process.join(0.1)
        tenths += 1
        report(min(tenths, 10 * _EXPECTED_SECONDS - 1), 10 * _EXPECTED_SECONDS)


def _end_with_the_parent() -> None:
    """End this process when the one that wants the model is gone, however it went."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        multiprocessing.connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def convert(folder: Path, target: Path) -> None:
    """Write the model in ``folder`` to ``target``: token ids and mask in, pooled unit vectors out.

    Raises:
        ValueError: The converted model gives other vectors than PyTorch does.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal reaches both processes; the parent decides
    _end_with_the_parent()
    # This process shares the person's terminal: only what goes wrong is theirs to read.
    warnings.simplefilter("ignore")
    os.environ |= {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_VERBOSITY": "error"}
    forbid_telemetry()
    import openvino  # noqa: PLC0415 - heavy, and needed in this process only
    import torch  # noqa: PLC0415

    from verbatlas.encoders.openvino_model import OpenvinoModel  # noqa: PLC0415
    from verbatlas.encoders.torch_model import PooledUnitVectors  # noqa: PLC0415

    model = PooledUnitVectors(folder)
    ids = torch.tensor([[101, 2129, 2003, 102, 0, 0], [101, 7592, 1010, 2088, 999, 102]])
    # The mask must have zeros: one of all ones is recognised while tracing, and left out for good.
    mask = (ids != 0).long()
    converted = openvino.convert_model(model, example_input=(ids, mask), input=[([-1, -1], openvino.Type.i64)] * 2)
    openvino.save_model(converted, target / _MODEL_FILE, compress_to_fp16=False)
    vectors = OpenvinoModel(target / _MODEL_FILE)(ids.numpy(), mask.numpy())
    with torch.inference_mode():
        difference = abs(vectors - model(ids, mask).numpy()).max()
    if not difference <= _LARGEST_DIFFERENCE:
        raise ValueError(f"the converted model differs by {difference}")
    (target / _DIGEST_FILE).write_bytes(_digest(target))
