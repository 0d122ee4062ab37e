"""``verbatlas models``: which models there are, bring one, take one away, see that one is still whole."""

import argparse
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from verbatlas import network_guard
from verbatlas.amounts import bytes_in_words, duration_in_words
from verbatlas.encoders.catalogue import CATALOGUE, CatalogueModel, by_name
from verbatlas.encoders.hub.checking import check
from verbatlas.encoders.hub.download import download
from verbatlas.encoders.hub.installed import InstalledModel, Origin, begun_size, list_installed
from verbatlas.encoders.hub.network import CHINESE_MIRROR, Network
from verbatlas.encoders.hub.plan import CONVERTER
from verbatlas.encoders.hub.removal import remove
from verbatlas.encoders.reference import parse_typed
from verbatlas.engine.model_requests import download_report, hub_id_to_download, models_called
from verbatlas.engine.stages import Stage
from verbatlas.engine.timing import Pace
from verbatlas.model_words import conversion_sentence, origin_in_words, use_in_words
from verbatlas.second_look import dimensions_of, otherwise
from verbatlas.terminal import TerminalProgress
from verbatlas.words import gettext as _
from verbatlas.words import ngettext

DONE, WRONG = 0, 1
_GAP = "  "
_UNKNOWN = "-"


def run_models(words: Sequence[str], progress: TerminalProgress) -> int:
    """Do what the words after ``verbatlas models`` say and return the exit status: 0, or 1 for a damaged model.

    Raises:
        UserError: What a person can mend.
        SystemExit: The words are wrong.
    """
    given = _parser().parse_args(words)
    if given.action == "download":
        return _download(given, progress)
    if given.action == "remove":
        return _remove(given.name)
    if given.action == "check":
        return _check(given.name, progress)
    return _list()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="verbatlas models", description=_("The models that turn comments into vectors: list, download, remove.")
    )
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    actions.add_parser("list", help=_("what is installed and what can be downloaded"))
    bring = actions.add_parser("download", help=_("bring a model from the hub, or go on where it was stopped"))
    bring.add_argument("name", metavar="NAME", help=_("a name of the list, or a model of the hub as owner/name"))
    bring.add_argument(
        "--mirror",
        default="",
        metavar="URL",
        help=_("ask this address instead of the hub, such as {mirror} (default: HF_ENDPOINT)").format(
            mirror=CHINESE_MIRROR
        ),
    )
    bring.add_argument("--proxy", default="", metavar="URL", help=_("go through this proxy (default: HTTPS_PROXY)"))
    add_allow_network(bring)
    take = actions.add_parser("remove", help=_("delete a model that was downloaded"))
    take.add_argument("name", metavar="NAME", help=_("a name of the list, or a model of the hub as owner/name"))
    look = actions.add_parser("check", help=_("see whether the files of a model are what was downloaded"))
    look.add_argument("name", nargs="?", default="", metavar="NAME", help=_("default: all models"))
    return parser


def add_allow_network(parser: argparse.ArgumentParser) -> None:
    """Add the option by which one command may use the network although the switch in the window says no."""
    parser.add_argument(
        "--allow-network",
        action="store_true",
        help=_("use the network although Verbatlas is switched to stay offline"),
    )


def _list() -> int:
    installed = list_installed()
    there = {model.name for model in installed}
    print(_("Installed:"))
    head = (_("NAME"), _("SIZE"), _("DIMENSIONS"), _("LICENCE"), _("FROM"), _("FOLDER"))
    built_in = [_built_in(model) for model in CATALOGUE if not model.n_parameters]
    _print_table([head, *map(_installed, installed), *built_in])
    for model in CATALOGUE:
        if model.is_packaged and model.n_parameters and model.name not in there:
            print(_("{model} comes with Verbatlas and is missing: install Verbatlas again.").format(model=model.name))
    for copy in installed:
        _print_otherwise(copy)
    offered = [model for model in CATALOGUE if model.hub_id and model.name not in there]
    print()
    print(_("To download (verbatlas models download NAME):"))
    head = (_("NAME"), _("DOWNLOAD"), _("DIMENSIONS"), _("LONGEST TEXT"), _("LICENCE"), _("GOOD FOR"))
    _print_table([head, *map(_offer, offered)])
    return DONE


def _installed(model: InstalledModel) -> tuple[str, ...]:
    offered, dimensions = by_name(model.name), dimensions_of(model)
    return (
        model.name,
        bytes_in_words(model.size),
        f"{dimensions:,}" if dimensions else _UNKNOWN,
        offered.licence if offered is not None else _UNKNOWN,
        origin_in_words(model.origin),
        str(model.folder),
    )


def _built_in(model: CatalogueModel) -> tuple[str, ...]:
    return model.name, _UNKNOWN, f"{model.n_dimensions:,}", _UNKNOWN, origin_in_words(Origin.PACKAGED), _UNKNOWN


def _print_otherwise(model: InstalledModel) -> None:
    """Say where a model's own files differ from what is known of it."""
    offered = by_name(model.name)
    for words in [] if offered is None else otherwise(model, offered):
        print(f"{_called(model)}: {words}")


def _offer(model: CatalogueModel) -> tuple[str, ...]:
    longest = _("{count} tokens").format(count=f"{model.max_tokens:,}")
    dimensions = f"{model.n_dimensions:,}"
    cost, begun = bytes_in_words(model.download_bytes), begun_size(model.hub_id)
    if begun:
        cost = _("{cost} ({begun} here)").format(cost=cost, begun=bytes_in_words(begun))
    return model.name, cost, dimensions, longest, model.licence, use_in_words(model)


def _download(given: argparse.Namespace, progress: TerminalProgress) -> int:
    if given.allow_network:
        network_guard.ignore_switch()
    network = Network.from_environment().changed(endpoint=given.mirror, proxy=given.proxy)
    hub_id = hub_id_to_download(given.name)
    shown = _ShownDownload(progress)
    brought = download(hub_id, network=network, report=download_report(shown))
    progress.end_line()
    if brought.record.pull_request:
        progress.say(conversion_sentence(CONVERTER, brought.record.pull_request))
    print(brought.folder)
    return DONE


class _ShownDownload:
    """Shows a download on a terminal: bytes, speed and time left."""

    def __init__(self, progress: TerminalProgress) -> None:
        self._progress = progress
        self._pace = Pace()

    def __call__(self, stage: Stage, done: int, total: int) -> None:
        if stage is not Stage.DOWNLOAD:
            self._progress(stage, done, total)
            return
        timing = self._pace.update(stage, done, total, at=time.monotonic())
        note = _("{done} of {total}").format(done=bytes_in_words(done), total=bytes_in_words(total))
        if timing.rate and timing.seconds_left:
            speed, left = bytes_in_words(int(timing.rate)), duration_in_words(timing.seconds_left)
            note = _("{amounts}, {speed} a second, {left} left").format(amounts=note, speed=speed, left=left)
        self._progress(stage, done, total, note=note)


def _remove(name: str) -> int:
    removed = remove(parse_typed(name, folder=Path.cwd()))
    for model in removed:
        print(_("Removed {folder} ({amount}).").format(folder=model.folder, amount=bytes_in_words(model.size)))
    if not removed:
        print(_("Removed what an unfinished download of {model} had left.").format(model=name))
    return DONE


def _check(name: str, progress: TerminalProgress) -> int:
    models = models_called(parse_typed(name, folder=Path.cwd()).text() if name else "")

    def report(done: int, total: int) -> None:
        progress(Stage.CHECK, done, total)

    checked = check(models, report=report)
    progress.end_line()
    for one in checked:
        print(f"{_called(one.model)}: {_verdict(one.n_checked, one.wrong)}")
        if not one.wrong:
            _print_otherwise(one.model)
    return WRONG if any(one.wrong for one in checked) else DONE


def _called(model: InstalledModel) -> str:
    return f"{model.name} ({origin_in_words(model.origin)})"


def _verdict(n_checked: int, wrong: Sequence[str]) -> str:
    if wrong:
        return _("missing or changed: {files}. Remove the model and download it again.").format(
            files=_(", ").join(wrong)
        )
    if not n_checked:
        return _("nothing is recorded of its files, so they cannot be compared.")
    return ngettext("{count} file is as it was.", "{count} files are as they were.", n_checked).format(count=n_checked)


def _print_table(rows: Sequence[Sequence[str]]) -> None:
    widths = [max(_width(cell) for cell in column) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        print(_GAP.join(cells).rstrip())


def _width(text: str) -> int:
    """Return how many places of a terminal a text takes: Chinese characters take two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
