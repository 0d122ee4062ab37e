"""The whole way of the data without a window: a table in, the same table with labels out."""

import os
import tempfile
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from verbatlas import encoders, tables
from verbatlas.encoders.hub.installed import installed_names
from verbatlas.encoders.reference import ReferenceKind, parse
from verbatlas.encoders.server import Agreement
from verbatlas.engine import jobs
from verbatlas.errors import Problem, UserError
from verbatlas.local_words import run_sentences
from verbatlas.reading_words import reading_notices
from verbatlas.second_look import otherwise_of
from verbatlas.sentences import (
    TextCounts,
    agreement_sentence,
    choice_sentence,
    leaves_computer_sentence,
    left_out_sentences,
    notices,
)
from verbatlas.study import ReplaceClustering, Settings, Study
from verbatlas.study.label_columns import label_columns
from verbatlas.tables import Table, Template, TextForm
from verbatlas.terminal import TerminalProgress
from verbatlas.words import gettext as _


@dataclass(frozen=True, slots=True)
class LabelOptions:
    """What ``verbatlas label`` was asked to do.

    Attributes:
        source: The table.
        output: Where the labelled table goes.
        text: Names of the columns with the comments; none to find them by content.
        template: How columns are joined, as ``Template.parse`` takes it, which names them then; empty for one a line.
        settings: How to compute.
        guard_formulas: Whether cells that a spreadsheet would run as a formula get an apostrophe.
        form: In which encoding and dialect delimited text is written.
        map_picture: Where a picture of the map goes, if wanted.
        study: Where the study is kept, if wanted.
    """

    source: Path
    output: Path
    text: tuple[str, ...]
    template: str
    settings: Settings
    guard_formulas: bool
    form: TextForm
    map_picture: Path | None
    study: Path | None


def label(options: LabelOptions, progress: TerminalProgress) -> list[Path]:
    """Walk from a table to the labelled table and return the files written.

    Raises:
        UserError: Something about the input or the outputs that a person can mend.
    """
    _refuse_impossible_outputs(options)
    settings = options.settings
    found = tables.read_with_report(options.source, report=progress.stage(_("Read the table")))
    table = found.table
    for notice in reading_notices(found.report):
        progress.say(notice)
    template = Template.parse(options.template, table.labels()) if options.template else None
    columns = template.columns if template is not None else _columns(table, options)
    documents = tables.documents(table, columns, template)
    if all(tables.is_blank(document) for document in documents):
        raise UserError(Problem.TABLE_ALL_BLANK, columns=[table.labels()[column] for column in columns])
    precision = encoders.Precision(settings.precision)
    choice = encoders.choose(documents, wanted=settings.encoder, installed=installed_names(), precision=precision)
    progress.say(choice_sentence(choice))
    for words in otherwise_of(choice.encoder):
        progress.say(words)
    if warning := _leaves_computer(choice.encoder):
        progress.say(warning)
    with tempfile.TemporaryDirectory(prefix="verbatlas-") as folder:
        path = options.study or Path(folder) / "label.verbatlas"
        with Study.create(
            path,
            table=table,
            text_columns=columns,
            template=template,
            settings=settings,
            source=options.source.resolve(),
        ) as study:
            stand_ins = None
            if kinds := settings.leave_out:
                stand_ins = jobs.leave_out(documents, kinds=kinds, seed=settings.seed, report=progress)
            runs: list[jobs.Run] = []
            embedding = jobs.embed(
                documents,
                choice=choice,
                seed=settings.seed,
                stand_ins=stand_ins,
                report=progress,
                compared=partial(_warn, progress),
                ran=runs.append,
            )
            study.store_embedding(embedding, sieve=settings.sieve)
            arrangement = jobs.arrange(
                documents, embedding.vectors, identity=embedding.identity, seed=settings.seed, report=progress
            )
            study.store_arrangement(arrangement.graph, arrangement.layout)
            clustered = jobs.cluster(
                documents,
                embedding.vectors,
                arrangement.graph,
                method=settings.method,
                n_clusters=settings.n_clusters,
                detail=settings.detail,
                every_row=settings.every_row,
                seed=settings.seed,
                report=progress,
            )
            clustering, about = clustered.clustering, clustered.descriptions
            study.do(ReplaceClustering.of(clustering, about, arrangement.layout, stand_ins))
            progress.end_line()
            counts = notices(TextCounts.of(documents), n_cut=embedding.n_cut)
            for notice in (*run_sentences(runs), *counts, *left_out_sentences(study.labelling)):
                progress.say(notice)
            return _write(study, options)


def _columns(table: Table, options: LabelOptions) -> tuple[int, ...]:
    """Return the columns that were named, or those that look like comments.

    Raises:
        UserError: COLUMN_MISSING or TABLE_NO_TEXT.
    """
    columns = tuple(table.index_of(name) for name in options.text) or tables.guess_text_columns(table)
    if not columns:
        raise UserError(Problem.TABLE_NO_TEXT, path=options.source)
    return columns


def _leaves_computer(encoder: str) -> str:
    """Return that the comments leave this computer, where they do: whoever typed the address wants it, but sees it."""
    reference = parse(encoder)
    return leaves_computer_sentence(reference.name) if reference.kind is ReferenceKind.SERVER else ""


def _warn(progress: TerminalProgress, agreement: Agreement) -> None:
    """Say before the work that a server does not answer as the copy of its model, where that is so."""
    if warning := agreement_sentence(agreement):
        progress.say(warning)


def _write(study: Study, options: LabelOptions) -> list[Path]:
    tables.write(
        options.output,
        study.table,
        added=label_columns(study),
        guard_formulas=options.guard_formulas,
        form=options.form,
    )
    written = [options.output]
    if options.map_picture is not None:
        _draw(study, options.map_picture)
        written.append(options.map_picture)
    if options.study is not None:
        written.append(options.study)
    return written


def _draw(study: Study, path: Path) -> None:
    # Only where a picture is wanted.
    from verbatlas.app.map.picture import draw_map, save_picture  # noqa: PLC0415
    from verbatlas.app.map.vector_picture import draw_svg, save_svg  # noqa: PLC0415
    from verbatlas.app.map_data import map_data  # noqa: PLC0415

    data = map_data(study)
    if path.suffix.lower() == ".svg":
        save_svg(path, draw_svg(data))
    else:
        save_picture(path, draw_map(data))


def _refuse_impossible_outputs(options: LabelOptions) -> None:
    """Find out before minutes of work what would fail after them.

    Raises:
        UserError: OUTPUT_IS_INPUT, OUTPUT_KIND or OUTPUT_UNWRITABLE.
    """
    tables.kind_to_write(options.output)
    for path in (options.output, options.map_picture, options.study):
        if path is None:
            continue
        if path.exists() and options.source.exists() and path.samefile(options.source):
            raise UserError(Problem.OUTPUT_IS_INPUT, path=path)
        if path.is_dir():
            raise UserError(Problem.OUTPUT_UNWRITABLE, path=path, reason=_("it is a folder"))
        if not path.parent.is_dir():
            raise UserError(Problem.OUTPUT_UNWRITABLE, path=path, reason=_("there is no such folder"))
        if not os.access(path.parent, os.W_OK):
            raise UserError(Problem.OUTPUT_UNWRITABLE, path=path, reason=_("the folder is read only"))
