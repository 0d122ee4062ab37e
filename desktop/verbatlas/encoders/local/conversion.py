"""Turn published weights into an OpenVINO model, once per computer, in a process of its own.

The process gives the memory of torch and transformers back when it ends, so that neither is ever loaded where documents
are encoded: importing them takes seconds and hundreds of megabytes.
"""

import contextlib
import hashlib
import importlib.metadata
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from verbatlas.encoders.local.child import ChildFailed, run_elsewhere
from verbatlas.encoders.local.description import ModelDescription
from verbatlas.encoders.local.quantisation import quantise
from verbatlas.encoders.local.versions import version_of
from verbatlas.encoders.local.weights import file_digest, kept_digest
from verbatlas.encoders.places import cache_folder
from verbatlas.encoders.telemetry import forbid_telemetry
from verbatlas.progress import Report

_RECIPE = 2  # raise it when the conversion below changes, so that old results are made again
MODEL_FILE, _WEIGHTS_FILE, _DIGEST_FILE = "model.xml", "model.bin", "model.sha256"
_LARGEST_DIFFERENCE = 1e-4
_EXPECTED_SECONDS = 12
_BYTES_PER_SECOND = 60_000_000
_LONG_AGO = 3600  # seconds
_EXAMPLE_TOKENS = ((0.2, 0.4, 0.6, 0.8), (0.1, 0.5, 0.3, 0.7, 0.9, 0.35))  # as shares of the vocabulary


class ConversionFailed(Exception):  # noqa: N818 - what happened, as with Cancelled
    """The model could not be converted or kept on this computer; it can still be run without.

    Attributes:
        is_final: Whether it would fail again: the model cannot be converted at all.
    """

    def __init__(self, reason: str, *, is_final: bool = False) -> None:
        super().__init__(reason)
        self.is_final = is_final


def converted_model(description: ModelDescription, *, digest: str, arithmetic: str = "fp32", report: Report) -> Path:
    """Return the converted model, from the cache where it is there and whole.

    Args:
        description: Of the model; its files were checked already.
        digest: The SHA-256 of its weights.
        arithmetic: ``fp32``, whose weights serve ``bf16`` and ``fp16`` too, or ``int8``.
        report: Told the tenths of seconds gone and expected, several times a second.

    Raises:
        ConversionFailed: With the reason.
        Cancelled: The reporter no longer wants the model.
    """
    try:
        kept = _folder(description, digest=digest)
        if not _is_whole(kept):
            size = sum(path.stat().st_size for path in description.weights)
            _make(kept, convert, description, seconds=_EXPECTED_SECONDS + size // _BYTES_PER_SECOND, report=report)
        if arithmetic != "int8":
            return kept / MODEL_FILE
        smaller = kept.with_name(f"{kept.name}-int8")
        if not _is_whole(smaller):
            _make(smaller, write_int8, kept / MODEL_FILE, seconds=_EXPECTED_SECONDS, report=report)
    except ChildFailed as error:
        raise ConversionFailed(str(error), is_final=error.has_raised) from error
    except (OSError, importlib.metadata.PackageNotFoundError) as error:
        raise ConversionFailed(str(error)) from error
    return smaller / MODEL_FILE


def _folder(description: ModelDescription, *, digest: str) -> Path:
    dense = [(layer.n_in, layer.n_out, layer.bias, layer.activation) for layer in description.dense]
    steps = f"{description.architecture} {description.pooling} {dense}"
    recipe = f"{digest} {steps} {_RECIPE} {version_of('openvino')}"
    short = hashlib.sha256(recipe.encode("utf-8", "surrogateescape")).hexdigest()[:8]
    return cache_folder() / "models" / f"{description.architecture}-{digest[:16]}-{short}"


def _make(kept: Path, work: Callable[..., None], given: object, *, seconds: int, report: Report) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    _clear_away(kept.parent)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix="new-") as made:
        run_elsewhere(work, given, Path(made), seconds=seconds, report=report)
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
        return (kept / _DIGEST_FILE).read_bytes() == _digest(kept, of=kept_digest)
    except OSError:
        return False


def _digest(folder: Path, *, of: Callable[[Path], str] = file_digest) -> bytes:
    return "\n".join(of(folder / name) for name in (MODEL_FILE, _WEIGHTS_FILE)).encode("ascii")


def convert(description: ModelDescription, target: Path) -> None:
    """Write the model to ``target``: token ids and mask in, pooled unit vectors out.

    Raises:
        ValueError: The converted model gives other vectors than PyTorch does.
        UserError: MODEL_REFUSED: it cannot be loaded.
    """
    forbid_telemetry()
    import openvino  # noqa: PLC0415 - heavy, and needed in this process only
    import torch  # noqa: PLC0415

    from verbatlas.encoders.local.openvino_model import OpenvinoModel  # noqa: PLC0415
    from verbatlas.encoders.local.torch_model import PooledUnitVectors  # noqa: PLC0415

    model = PooledUnitVectors(description)
    n_words = model.transformer.config.vocab_size
    width = max(map(len, _EXAMPLE_TOKENS))
    rows = [[int(share * n_words) for share in row] for row in _EXAMPLE_TOKENS]
    ids = torch.tensor([row + [description.pad_token] * (width - len(row)) for row in rows])
    # The mask must have zeros: one of all ones is recognised while tracing, and left out for good.
    mask = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row in rows])
    converted = openvino.convert_model(model, example_input=(ids, mask), input=[([-1, -1], openvino.Type.i64)] * 2)
    openvino.save_model(converted, target / MODEL_FILE, compress_to_fp16=False)
    del converted
    run = OpenvinoModel(target / MODEL_FILE)
    # Once more with another shape: what tracing took for a constant shows there.
    longer = torch.cat([ids, ids[:, 1:3].flip(0)], dim=1).flip(0)[:, :7]
    for some, seen in ((ids, mask), (longer, torch.ones_like(longer)), (ids[:1, :3], mask[:1, :3])):
        with torch.inference_mode():
            difference = abs(run(some.numpy(), seen.numpy()) - model(some, seen).numpy()).max()
        if not difference <= _LARGEST_DIFFERENCE:
            raise ValueError(f"the converted model differs by {difference}")
    (target / _DIGEST_FILE).write_bytes(_digest(target))


def write_int8(model: Path, target: Path) -> None:
    """Write the converted model in the file ``model`` to ``target``, its layers' weights as bytes."""
    forbid_telemetry()
    import openvino  # noqa: PLC0415 - heavy, and needed in this process only

    found = openvino.Core().read_model(model)
    quantise(found)
    openvino.save_model(found, target / MODEL_FILE, compress_to_fp16=False)
    (target / _DIGEST_FILE).write_bytes(_digest(target))
