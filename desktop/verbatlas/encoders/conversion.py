"""Turn the published PyTorch weights into an OpenVINO model, once per computer, in a process of its own.

The process gives the memory of torch and transformers back when it ends, so that neither is ever loaded where documents
are encoded: importing them takes seconds and hundreds of megabytes.
"""

import hashlib
import importlib.metadata
import multiprocessing
import multiprocessing.connection
import os
import shutil
import tempfile
import threading
import time
import warnings
from multiprocessing.process import BaseProcess
from pathlib import Path

from verbatlas.encoders.model_files import MODEL, weights_digest
from verbatlas.encoders.places import cache_folder
from verbatlas.encoders.telemetry import forbid_telemetry
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report

_RECIPE = 1  # raise it when the conversion below changes, so that old results are made again
_MODEL_FILE, _DIGEST_FILE = "model.xml", "model.sha256"
_LARGEST_DIFFERENCE = 1e-4
_EXPECTED_SECONDS = 12
_LONG_AGO = 3600  # seconds


def converted_model(folder: Path, *, report: Report) -> Path:
    """Return the converted model of the files in ``folder``, from the cache where it is there and whole.

    Args:
        folder: The published files, already checked.
        report: Told the seconds gone and expected, several times a second.

    Raises:
        UserError: MODEL_DAMAGED, when the files cannot be converted.
        Cancelled: The reporter no longer wants the model.
    """
    version = importlib.metadata.version("openvino")
    kept = cache_folder() / "models" / f"minilm-{weights_digest()[:16]}-{_RECIPE}-{version}"
    if not _is_whole(kept):
        kept.parent.mkdir(parents=True, exist_ok=True)
        _clear_away(kept.parent)
        with tempfile.TemporaryDirectory(dir=kept.parent, prefix="new-") as made:
            _convert_elsewhere(folder, Path(made), report=report)
            shutil.rmtree(kept, ignore_errors=True)
            if not kept.exists():  # another process may have finished the same conversion first
                Path(made).rename(kept)
                Path(made).mkdir()
    return kept / _MODEL_FILE


def _clear_away(models: Path) -> None:
    """Remove what conversions left behind that were cut off long ago."""
    for left in models.glob("new-*"):
        if time.time() - left.stat().st_mtime > _LONG_AGO:
            shutil.rmtree(left, ignore_errors=True)


def _is_whole(kept: Path) -> bool:
    try:
        return (kept / _DIGEST_FILE).read_text(encoding="ascii") == _digest(kept)
    except OSError:
        return False


def _digest(folder: Path) -> str:
    digest = hashlib.sha256()
    for name in (_MODEL_FILE, "model.bin"):
        with (folder / name).open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()


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
        raise UserError(Problem.MODEL_DAMAGED, model=MODEL, file=folder)


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

    Mean pooling over the tokens and division by the length are part of the model, as in
    https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2. No hub is asked and no remote code runs.
    """
    forbid_telemetry()
    _end_with_the_parent()
    import openvino  # noqa: PLC0415 - heavy, and needed in this process only
    import torch  # noqa: PLC0415
    import transformers  # noqa: PLC0415

    # This process shares the person's terminal: only what goes wrong is theirs to read.
    warnings.simplefilter("ignore")
    transformers.logging.set_verbosity_error()
    transformers.logging.disable_progress_bar()

    class PooledUnitVectors(torch.nn.Module):  # type: ignore[misc]
        def __init__(self) -> None:
            super().__init__()
            self.bert = transformers.BertModel.from_pretrained(
                str(folder), local_files_only=True, use_safetensors=True
            ).eval()

        def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
            hidden = self.bert(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
            weights = attention_mask[:, :, None].to(hidden.dtype)
            pooled = (hidden * weights).sum(1) / weights.sum(1).clamp(min=1e-9)
            return torch.nn.functional.normalize(pooled, dim=1)

    model = PooledUnitVectors()
    ids = torch.tensor([[101, 2129, 2003, 102, 0, 0], [101, 7592, 1010, 2088, 999, 102]])
    # The mask must have zeros: one of all ones is recognised while tracing, and left out for good.
    mask = (ids != 0).long()
    converted = openvino.convert_model(model, example_input=(ids, mask), input=[([-1, -1], openvino.Type.i64)] * 2)
    openvino.save_model(converted, target / _MODEL_FILE, compress_to_fp16=False)
    compiled = openvino.Core().compile_model(target / _MODEL_FILE, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})
    with torch.inference_mode():
        difference = abs(compiled([ids.numpy(), mask.numpy()])[0] - model(ids, mask).numpy()).max()
    if difference > _LARGEST_DIFFERENCE:
        raise ValueError(f"the converted model differs by {difference}")
    (target / _DIGEST_FILE).write_text(_digest(target), encoding="ascii")
