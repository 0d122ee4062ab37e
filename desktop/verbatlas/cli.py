"""The command line: open the window, or do the whole main job without one."""

import argparse
import multiprocessing
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from verbatlas import __version__, network_guard
from verbatlas.encoders import Precision
from verbatlas.encoders.reference import parse_typed
from verbatlas.errors import UserError
from verbatlas.label_job import LabelOptions, label
from verbatlas.models_command import add_allow_network, run_models
from verbatlas.problem_words import sentence
from verbatlas.progress import Cancelled
from verbatlas.study import LeaveOut, Settings
from verbatlas.tables import TextForm
from verbatlas.terminal import TerminalProgress
from verbatlas.words import gettext as _
from verbatlas.words import system_language, use_language

_METHODS = ("auto", "kmeans", "hdbscan", "communities")
_DONE, _BAD_INPUT, _BAD_USAGE, _INTERRUPTED = 0, 1, 2, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run ``verbatlas`` and return its exit status: 0 done, 1 bad input, 2 bad usage, 130 interrupted."""
    multiprocessing.freeze_support()
    words = list(sys.argv[1:] if arguments is None else arguments)
    network_guard.install()
    use_language(system_language())
    if words[:1] == ["label"]:
        return _label(_label_options(words[1:]))
    if words[:1] == ["models"]:
        return _models(words[1:])
    return _open_window(words)


def _open_window(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="verbatlas",
        description=_("Open the window, on a table of comments or on a study."),
        epilog=_(
            "Without a window: verbatlas label IN.csv -o OUT.csv (see verbatlas label --help), "
            "verbatlas models list (see verbatlas models --help)"
        ),
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help=_("a table (CSV, Excel, JSON Lines, Parquet, …) or a .verbatlas file"),
    )
    parser.add_argument(
        "--sample", nargs="?", const="en", choices=("en", "zh"), help=_("open a bundled sample and map it")
    )
    parser.add_argument("--version", action="version", version=f"verbatlas {__version__}")
    options = parser.parse_args(words)
    # Imported here because the main job must run where Qt's system libraries are not installed.
    from verbatlas.app.application import run  # noqa: PLC0415

    return run(options.file, sample=options.sample)


def _label_options(words: Sequence[str]) -> LabelOptions:
    parser = argparse.ArgumentParser(
        prog="verbatlas label",
        description=_("Cluster the comments of a table and write the same table with a label on every row."),
    )
    add = parser.add_argument
    add(
        "source",
        type=Path,
        metavar="IN.csv",
        help=_(
            "the table: CSV or TSV in any usual encoding, Excel, OpenDocument, JSON or Parquet, also in .gz or .zip"
        ),
    )
    add(
        "-o",
        "--output",
        type=Path,
        required=True,
        metavar="OUT.csv",
        help=_("where the labelled table goes; .xlsx, .jsonl, .json and .parquet name other kinds than CSV"),
    )
    add(
        "--text",
        action="append",
        default=[],
        metavar="COLUMN",
        help=_("the column with the comments; several are joined (default: found by content)"),
    )
    add(
        "--template",
        default="",
        metavar="'{title}: {body}'",
        help=_("join several columns like this, instead of --text; what stands around a blank cell goes with it"),
    )
    add(
        "--leave-out",
        type=_kinds_to_leave_out,
        default=(),
        metavar=",".join(LeaveOut),
        help=_(
            "cluster without very short texts, and texts that repeat another (nearly) only once: they get its cluster; "
            "all rows stay in the file"
        ),
    )
    add(
        "--encoder",
        default="auto",
        metavar="ENCODER",
        help=_("what turns texts into vectors: auto, lexical, a model's name, its folder, or a server's address"),
    )
    add(
        "--precision",
        choices=tuple(Precision),
        default=Precision.AUTO.value,
        help=_("how exact a model on this computer has to be; fast takes half the time or less"),
    )
    add("--method", choices=_METHODS, default="auto", help=_("how documents are clustered"))
    add("--clusters", type=int, metavar="N", help=_("how many clusters (default: as many as fit)"))
    add("--detail", type=float, default=0.0, metavar="-3..3", help=_("fewer (below 0) or more clusters"))
    add("--every-row", action="store_true", help=_("leave no noise: every comment gets a cluster"))
    add("--seed", type=int, default=7, metavar="S", help=_("where all random steps start (default: 7)"))
    add("--map", type=Path, metavar="MAP.png", help=_("also draw the map"))
    add("--study", type=Path, metavar="FILE.verbatlas", help=_("also keep the study, to open in the window"))
    add(
        "--guard-formulas",
        action=argparse.BooleanOptionalAction,
        default=True,
        help=_(
            "put an apostrophe before names and cells that a spreadsheet would run as a formula, and say in a column "
            "in which rows (the default)"
        ),
    )
    add(
        "--encoding",
        choices=tuple(TextForm),
        default=TextForm.AUTO.value,
        help=_(
            "as the source, or UTF-8 with a byte order mark and doubled quotes, which Excel opens correctly "
            "(default: as the source where Excel reads that)"
        ),
    )
    add_allow_network(parser)
    given = parser.parse_args(words)
    if given.allow_network:
        network_guard.ignore_switch()
    if given.template and given.text:
        parser.error(_("--template names the columns itself: leave --text away"))
    if given.clusters is not None and given.clusters < 1:
        parser.error(_("--clusters must be 1 or more"))
    if given.clusters is not None and given.method == "hdbscan":
        parser.error(_("HDBSCAN finds the number of clusters itself: use --detail instead of --clusters"))
    if not -3 <= given.detail <= 3:
        parser.error(_("--detail must lie between -3 and 3"))
    if not 0 <= given.seed < 2**31:
        parser.error(_("--seed must lie between 0 and 2147483647"))
    try:
        encoder = parse_typed(given.encoder, folder=Path.cwd()).text()
    except UserError as error:
        parser.error(sentence(error))
    return LabelOptions(
        source=given.source,
        output=given.output,
        text=tuple(given.text),
        template=given.template,
        settings=Settings(
            encoder=encoder,
            precision=str(given.precision),
            method=given.method,
            n_clusters=given.clusters,
            detail=given.detail,
            every_row=given.every_row,
            seed=given.seed,
            leave_out=given.leave_out,
        ),
        guard_formulas=given.guard_formulas,
        form=TextForm(given.encoding),
        map_picture=given.map,
        study=given.study,
    )


def _kinds_to_leave_out(words: str) -> tuple[LeaveOut, ...]:
    """Return what is to be left out, written with commas between."""
    asked = {word.strip() for word in words.split(",") if word.strip()}
    if unknown := sorted(asked - set(LeaveOut)):
        known = ", ".join(LeaveOut)
        raise argparse.ArgumentTypeError(
            _("there is no '{word}'; choose from {known}").format(word=unknown[0], known=known)
        )
    return tuple(kind for kind in LeaveOut if kind in asked)


def _label(options: LabelOptions) -> int:
    def work(progress: TerminalProgress) -> int:
        for path in label(options, progress):
            print(path)
        return _DONE

    return _told(work, stopped=_("verbatlas: stopped; nothing was written."))


def _models(words: Sequence[str]) -> int:
    stopped = _("verbatlas: stopped; what has arrived is kept, and the next download goes on from there.")
    return _told(lambda progress: run_models(words, progress), stopped=stopped)


def _told(work: Callable[[TerminalProgress], int], *, stopped: str) -> int:
    """Do the work and say in a sentence what ended it; return the exit status."""
    progress = TerminalProgress(sys.stderr)
    try:
        return work(progress)
    except UserError as error:
        progress.end_line()
        print(f"verbatlas: {sentence(error)}", file=sys.stderr)
        return _BAD_INPUT
    except (KeyboardInterrupt, Cancelled):
        progress.end_line()
        print(stopped, file=sys.stderr)
        return _INTERRUPTED
