"""What the model manager asks of the engine: which models are here, bring one, take one away, look at one closely."""

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from verbatlas.encoders.hub.checking import CheckedModel, check
from verbatlas.encoders.hub.download import DownloadedModel, download
from verbatlas.encoders.hub.installed import InstalledModel, Origin, list_installed
from verbatlas.encoders.hub.network import Network
from verbatlas.encoders.hub.removal import remove
from verbatlas.encoders.reference import parse
from verbatlas.engine.messages import Tell
from verbatlas.engine.stages import Stage, StageReport
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report


@dataclass(frozen=True, slots=True)
class ListModelsRequest:
    """Ask which models are installed.

    Attributes:
        folders: Folders that the analyst named.
    """

    folders: tuple[Path, ...] = ()

    def run(self, report: StageReport, folder: Path, tell: Tell) -> list[InstalledModel]:  # noqa: ARG002 - quick
        """Do the work in the engine's process."""
        return list_installed(folders=self.folders)


@dataclass(frozen=True, slots=True)
class DownloadModelRequest:
    """Bring a model.

    It reports PREPARE while the hub is asked, and then DOWNLOAD in bytes, the first time with the bytes that were
    there, so that ``Pace`` tells the speed and the time left of what is still to come. Pausing it is cancelling it:
    what has arrived is kept, and the next request for the same model goes on from there.

    Attributes:
        name: A name of the catalogue or a hub id.
        network: The way to the hub.
    """

    name: str
    network: Network = field(default_factory=Network.from_environment)

    def run(self, report: StageReport, folder: Path, tell: Tell) -> DownloadedModel:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process.

        Raises:
            UserError: As ``hub.download.download``; or nothing that is called so can be downloaded (ENCODER_UNKNOWN,
                MODEL_HAS_NO_FILES).
            Cancelled: It is paused or no longer wanted.
        """
        return download(hub_id_to_download(self.name), network=self.network, report=download_report(report))


@dataclass(frozen=True, slots=True)
class RemoveModelRequest:
    """Delete a model that was downloaded; never one in a folder that the analyst named.

    Attributes:
        name: A name of the catalogue or a hub id.
        origins: From where.
    """

    name: str
    origins: tuple[Origin, ...] = (Origin.DOWNLOADED, Origin.HUB_CACHE)

    def run(self, report: StageReport, folder: Path, tell: Tell) -> list[InstalledModel]:  # noqa: ARG002 - quick
        """Do the work in the engine's process.

        Raises:
            UserError: As ``hub.removal.remove``.
        """
        return remove(parse(self.name), origins=self.origins)


@dataclass(frozen=True, slots=True)
class CheckModelRequest:
    """Compare a model's files with what is recorded of them; reports CHECK in bytes.

    Attributes:
        name: A name of the catalogue, a hub id or a folder; blank for all models.
        folders: Folders that the analyst named.
    """

    name: str = ""
    folders: tuple[Path, ...] = ()

    def run(self, report: StageReport, folder: Path, tell: Tell) -> list[CheckedModel]:  # noqa: ARG002 - whole or not
        """Do the work in the engine's process.

        Raises:
            UserError: There is no such model here (MODEL_NOT_INSTALLED).
            Cancelled: Nobody wants to know any more.
        """

        def report_check(done: int, total: int) -> None:
            report(Stage.CHECK, done, total)

        return check(models_called(self.name, folders=self.folders), report=report_check)


def hub_id_to_download(name: str) -> str:
    """Return the hub id of what a person wants to download.

    Raises:
        UserError: It means nothing (ENCODER_UNKNOWN), or something without files on the hub (MODEL_HAS_NO_FILES).
    """
    reference = parse(name)
    if not reference.hub_id:
        raise UserError(Problem.MODEL_HAS_NO_FILES, model=name)
    return reference.hub_id


def models_called(name: str, *, folders: Collection[Path] = ()) -> list[InstalledModel]:
    """Return the installed models that are called ``name``, all copies of them; all models if it is blank.

    Raises:
        UserError: There is none (MODEL_NOT_INSTALLED), or it means nothing (ENCODER_UNKNOWN).
    """
    if not name:
        return list_installed(folders=tuple(folders))
    reference = parse(name)
    named = (*folders, Path(reference.name)) if Path(reference.name).is_absolute() else folders
    found = [model for model in list_installed(folders=tuple(named)) if model.name == reference.name]
    if not found:
        raise UserError(Problem.MODEL_NOT_INSTALLED, model=name)
    return found


def download_report(report: StageReport) -> Report:
    """Return the reporter of a download: asking first, then bytes."""

    def report_download(done: int, total: int) -> None:
        report(Stage.DOWNLOAD if total else Stage.PREPARE, done, total)

    return report_download
