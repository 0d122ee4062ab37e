"""A described model loaded the way that suits this computer: on a graphics card, by OpenVINO, or by PyTorch."""

import json
import logging
import tempfile
from dataclasses import dataclass
from pathlib import Path

from verbatlas.encoders.local.calibration import calibrate
from verbatlas.encoders.local.child import ChildFailed, run_elsewhere
from verbatlas.encoders.local.computer import may_have_card
from verbatlas.encoders.local.conversion import ConversionFailed, converted_model
from verbatlas.encoders.local.description import ModelDescription
from verbatlas.encoders.local.inference import Model, is_out_of_memory
from verbatlas.encoders.local.kept_ways import keep_way, kept_way
from verbatlas.encoders.local.precision import Precision, Trouble, Way
from verbatlas.encoders.local.shares import share_of
from verbatlas.progress import Report, no_report

# The largest batches: on two processor cores larger ones leave the cache, a graphics card wants more to do.
_TOKENS_ON_PROCESSOR = 1024
TOKENS_ON_CARD = 32_768
_CALIBRATION_SECONDS = 15
_PARTS = 1000  # of getting ready
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, eq=False)
class Running:
    """A model that is loaded.

    Attributes:
        model: To be called.
        way: What runs it, with what the calibration measured.
        tokens: The largest batch, padding included.
        trouble: Why it is not on the graphics card; None where there is none, or it is.
    """

    model: Model
    way: Way
    tokens: int
    trouble: Trouble | None = None

    @property
    def is_on_card(self) -> bool:
        """Whether a graphics card runs it."""
        return self.way.device != "CPU"


def run_model(description: ModelDescription, *, digest: str, precision: Precision, report: Report) -> Running:
    """Return the model, loaded on the graphics card where there is one that can.

    Args:
        description: Of the model.
        digest: The SHA-256 of its weights.
        precision: How exact its vectors have to be.
        report: Told how far conversion and calibration are.

    Raises:
        UserError: MODEL_REFUSED: it cannot be loaded.
        Cancelled: The reporter no longer wants it.
    """
    trouble = None
    device = may_have_card()
    if device:
        try:
            running = _on_card(description, device, digest=digest, precision=precision, report=report)
            if running is not None:
                return running
        except (ChildFailed, RuntimeError, MemoryError) as error:
            trouble = trouble_of(error)
            _log.warning("the graphics card cannot run %s (%s)", description.folder, error)
    return run_on_processor(description, digest=digest, precision=precision, trouble=trouble, report=report)


def trouble_of(error: BaseException) -> Trouble:
    """Return what an error of the graphics card means."""
    return Trouble.CARD_TOO_SMALL if is_out_of_memory(error) else Trouble.CARD_FAILED


def _on_card(
    description: ModelDescription, device: str, *, digest: str, precision: Precision, report: Report
) -> Running | None:
    from verbatlas.encoders.local.torch_model import TorchModel, can_use  # noqa: PLC0415 - heavy

    if not can_use(device):
        return None
    way = None if precision is Precision.EXACT else kept_way(digest, precision, device=device)
    if way is None and precision is not Precision.EXACT:
        way = _calibrated(description, {}, device, precision=precision, report=report)
        keep_way(digest, precision, way, device=device)
    model = TorchModel(description, arithmetic="fp32" if way is None else way.arithmetic, device=device)
    return Running(model, way or model.way, TOKENS_ON_CARD)


def run_on_processor(
    description: ModelDescription,
    *,
    digest: str,
    precision: Precision,
    trouble: Trouble | None = None,
    report: Report = no_report,
) -> Running:
    """Return the model, loaded by OpenVINO, or by PyTorch where that cannot.

    Args:
        description: Of the model.
        digest: The SHA-256 of its weights.
        precision: How exact its vectors have to be.
        trouble: Why it is not on the graphics card.
        report: Told how far conversion and calibration are.

    Raises:
        UserError: MODEL_REFUSED: it cannot be loaded.
        Cancelled: The reporter no longer wants it.
    """
    kept = kept_way(digest, precision)
    if kept is None or kept.runtime == "OpenVINO":
        try:
            way, model = _by_openvino(description, kept, digest=digest, precision=precision, report=report)
            return Running(model, way, _TOKENS_ON_PROCESSOR, trouble)
        except (ConversionFailed, ImportError, RuntimeError) as error:
            _log.warning("OpenVINO cannot run %s (%s); PyTorch does, more slowly", description.folder, error)
            is_final = isinstance(error, ConversionFailed) and error.is_final
    else:
        is_final = False
    from verbatlas.encoders.local.torch_model import TorchModel  # noqa: PLC0415 - heavy, and not needed otherwise

    model = TorchModel(description)
    if is_final:  # it need not be tried at every start
        keep_way(digest, precision, model.way)
    return Running(model, model.way, _TOKENS_ON_PROCESSOR, trouble)


def _by_openvino(
    description: ModelDescription, kept: Way | None, *, digest: str, precision: Precision, report: Report
) -> tuple[Way, Model]:
    from verbatlas.encoders.local.openvino_model import OpenvinoModel  # noqa: PLC0415 - heavy

    def converted(arithmetic: str, start: float, stop: float) -> Path:
        told = share_of(report, start, stop, whole=_PARTS)
        return converted_model(description, digest=digest, arithmetic=arithmetic, report=told)

    way = Way(runtime="OpenVINO", arithmetic="fp32") if precision is Precision.EXACT else kept
    if way is None:
        models = {"fp32": converted("fp32", 0.0, 0.6)}
        if precision is Precision.FAST:
            models["int8"] = converted("int8", 0.6, 0.8)
        told = share_of(report, 0.8, 1.0, whole=_PARTS)
        try:
            way = _calibrated(description, models, "cpu", precision=precision, report=told)
            keep_way(digest, precision, way)
        except ChildFailed as error:  # for want of memory: it holds the model twice
            _log.warning("the ways to run %s could not be measured (%s)", description.folder, error)
            way = Way(runtime="OpenVINO", arithmetic="fp32")
    return way, OpenvinoModel(
        converted(way.arithmetic, 0.0, 1.0), arithmetic=way.arithmetic, streams=way.streams, keep=True
    )


def _calibrated(
    description: ModelDescription, models: dict[str, Path], device: str, *, precision: Precision, report: Report
) -> Way:
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "way.json"
        run_elsewhere(
            calibrate, description, models, device, precision, target, seconds=_CALIBRATION_SECONDS, report=report
        )
        return Way(**json.loads(target.read_text(encoding="utf-8")))
