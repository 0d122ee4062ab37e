"""A model as OpenVINO compiled it for this computer, kept beside the converted one: it is loaded in half the time."""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from verbatlas.encoders.local.computer import computer_key
from verbatlas.encoders.local.versions import version_of
from verbatlas.encoders.places import cache_folder

if TYPE_CHECKING:
    import openvino

_SEAL = "made.json"
# Without the weights, which stay in the converted model: half a megabyte for MiniLM.
_MODE = {"CACHE_MODE": "OPTIMIZE_SIZE"}
_log = logging.getLogger(__name__)


def compile_kept(
    core: "openvino.Core", model: Path, settings: Mapping[str, object], *, arithmetic: str
) -> "openvino.CompiledModel":
    """Return the converted model in the file ``model``, compiled for the processor.

    What was kept is taken only where it is whole and was made by this version of OpenVINO, on this computer and with
    these settings; else it is made anew and takes its place, so that there is one for each model and arithmetic.

    Args:
        core: OpenVINO.
        model: In a folder of its own, whose name tells its weights.
        settings: How it is compiled.
        arithmetic: In which it is run.

    Raises:
        RuntimeError: It cannot be compiled.
    """
    kept = cache_folder() / "compiled" / f"{model.parent.name}-{arithmetic}"
    made_for = [version_of("openvino"), computer_key(), sorted((name, str(value)) for name, value in settings.items())]
    if _is_whole(kept, made_for):
        try:
            return core.compile_model(model, "CPU", {**settings, **_MODE, "CACHE_DIR": str(kept)})
        except RuntimeError as error:
            _log.warning("the compiled model in %s is of no use (%s) and is made anew", kept, error)
    try:
        return _made(core, model, settings, kept=kept, made_for=made_for)
    except OSError as error:
        _log.warning("the compiled model cannot be kept in %s: %s", kept, error)
    return core.compile_model(model, "CPU", settings)


def _made(
    core: "openvino.Core", model: Path, settings: Mapping[str, object], *, kept: Path, made_for: object
) -> "openvino.CompiledModel":
    kept.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=kept.parent, prefix="new-", ignore_cleanup_errors=True) as made:
        compiled = core.compile_model(model, "CPU", {**settings, **_MODE, "CACHE_DIR": made})
        seal = {"made_for": made_for, "files": _digests(Path(made))}
        (Path(made) / _SEAL).write_text(json.dumps(seal), encoding="utf-8")
        shutil.rmtree(kept, ignore_errors=True)
        with suppress(OSError):  # another process may have put its own there meanwhile
            Path(made).rename(kept)
    return compiled


def _is_whole(kept: Path, made_for: object) -> bool:
    """Return whether what lies there was made for this, and is as it was made: OpenVINO itself does not look."""
    try:
        seal = json.loads((kept / _SEAL).read_text(encoding="utf-8"))
        return bool(seal == {"made_for": json.loads(json.dumps(made_for)), "files": _digests(kept)} and seal["files"])
    except (OSError, ValueError):
        return False


def _digests(folder: Path) -> dict[str, str]:
    found = sorted(path for path in folder.iterdir() if path.name != _SEAL)
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in found}
