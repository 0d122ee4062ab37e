"""What the window has done in the background, as plain functions that know no thread and no widget."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

from verbatlas import encoders, tables
from verbatlas.app.collector import collector_at_rest
from verbatlas.encoders import Choice, Precision
from verbatlas.encoders.hub.installed import installed_names
from verbatlas.engine.leaving_out import Sifted, sift, sift_near
from verbatlas.errors import Problem, UserError
from verbatlas.progress import Report
from verbatlas.sentences import TextCounts, rescue_sentences
from verbatlas.study import Settings, Study, new_study_path, rescue, studies_folder
from verbatlas.tables import OddRow, Parts, ReadReport, Table, TableFormat, Template
from verbatlas.words import gettext as _

_ROWS_FOR_HEADER = 200  # that say whether the first one names the columns
_ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class ReadTable:
    """A table and what a person should see of it before going on.

    Attributes:
        path: The file that it came from.
        table: Its rows and columns.
        guess: The columns that look like comments.
        parts: What else the file offers: other sheets, other files in it.
        report: What reading it understood and met.
        odd: The rows that look wrong.
        header_sure: How sure it is whether the first row names the columns, 0.5 to 1.
        is_guess: Whether how the file is written was found out, rather than chosen by a person.
    """

    path: Path
    table: Table
    guess: tuple[int, ...]
    parts: Parts = field(default_factory=Parts)
    report: ReadReport | None = None
    odd: tuple[OddRow, ...] = ()
    header_sure: float = 1.0
    is_guess: bool = True


@dataclass(frozen=True, slots=True)
class TextChoice:
    """Where the text of the comments comes from.

    Attributes:
        columns: The positions of its columns, rising.
        template: How they are joined; None for one column, or for several in lines of their own.
    """

    columns: tuple[int, ...]
    template: Template | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """What the documents of some columns are.

    Attributes:
        choice: The columns.
        documents: The text of every row.
        sifted: Which rows are blank, very short, or repeat others.
    """

    choice: TextChoice
    documents: tuple[str, ...]
    sifted: Sifted


def read_table(path: Path, table_format: TableFormat | None, report: Report) -> ReadTable:
    """Read ``path``, written as ``table_format`` or as found by its content.

    Raises:
        UserError: The file cannot be read as a table, or has no rows.
    """
    found = tables.read_with_report(path, format=table_format, report=report)
    table = found.table
    if table.n_rows == 0:
        raise UserError(Problem.TABLE_NO_ROWS, path=path)
    beginning = [[cell or "" for cell in table.row(row)] for row in range(min(_ROWS_FOR_HEADER, table.n_rows))]
    has_header = table.format.has_header
    rows = [list(table.names), *beginning] if has_header else beginning
    return ReadTable(
        path,
        table,
        tables.guess_text_columns(table),
        tables.parts(path, table.format),
        found.report,
        tables.odd_rows(table, found.report),
        tables.header_sure(rows, has_header=has_header),
        is_guess=table_format is None or not table_format.kind,
    )


def count_texts(table: Table, choice: TextChoice, report: Report) -> Counted:
    """Count what a person should know about the documents of ``choice``, all but near duplicates.

    Raises:
        Cancelled: The reporter no longer wants to know.
    """
    documents = []
    for row, document in enumerate(tables.iter_documents(table, choice.columns, choice.template)):
        if row % _ROWS_AT_ONCE == 0:
            report(row, 2 * table.n_rows)
        documents.append(document)
    sifted = sift(documents, report=lambda done, total: report(total + done, 2 * total))
    return Counted(choice, tuple(documents), sifted)


def count_near(counted: Counted, report: Report) -> Counted:
    """Count near duplicates too.

    Raises:
        Cancelled: The reporter no longer wants to know.
    """
    found = sift_near(counted.documents, counted.sifted, seed=Settings().seed, report=report)
    return replace(counted, sifted=found)


@dataclass(frozen=True, slots=True)
class OpenedStudy:
    """A study and what a person should know about it from the first moment.

    Attributes:
        study: Open, and owned by whoever receives this.
        choice: Which encoder suits its documents.
        counts: What its documents hold.
        notice: What is to be said about how it was opened; empty where there is nothing.
    """

    study: Study
    choice: Choice
    counts: TextCounts
    notice: str = ""


@collector_at_rest()
def create_study(read: ReadTable, choice: TextChoice, settings: Settings, *, go_on: Callable[[], None]) -> OpenedStudy:
    """Make a study of the text of ``choice`` in the person's data folder.

    Args:
        read: The table.
        choice: Where its text comes from.
        settings: How it is to be computed.
        go_on: Raises Cancelled when the study is no longer wanted.

    Raises:
        UserError: The columns hold no text, or the folder cannot be written.
    """
    labels = read.table.labels()
    documents = tables.iter_documents(read.table, choice.columns, choice.template)
    if all(tables.is_blank(document) for document in documents):
        raise UserError(Problem.TABLE_ALL_BLANK, columns=[labels[column] for column in choice.columns])
    path = _free_path(read.path.stem)
    study = Study.create(
        path,
        table=read.table,
        text_columns=choice.columns,
        template=choice.template,
        settings=settings,
        source=read.path.resolve(),
    )
    try:
        go_on()
        return _described(study)
    except BaseException:
        study.close()
        path.unlink(missing_ok=True)
        raise


def _free_path(name: str) -> Path:
    try:
        return new_study_path(name)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UserError(Problem.OUTPUT_UNWRITABLE, path=studies_folder(), reason=reason) from error


@collector_at_rest()
def open_study(path: Path) -> OpenedStudy:
    """Open the study at ``path`` again: as it is, or read only, or what can be saved of it.

    Raises:
        UserError: The file is missing, no study, from a newer version, or damaged beyond saving.
    """
    try:
        return _checked(Study.open(path))
    except UserError as error:
        match error.problem:
            case Problem.STUDY_LOCKED:
                said = _("{name} is open in another window, so it is shown read only, as it is at this moment.")
                return _read_only(path, said)
            case Problem.OUTPUT_UNWRITABLE:
                return _read_only(path, _("{name} lies where nothing can be written, so it is shown read only."))
            case Problem.STUDY_UNREADABLE:
                return _rescued(path)
        raise


def _checked(study: Study) -> OpenedStudy:
    try:
        study.check()
        return _described(study)
    except BaseException:
        study.close()
        raise


def _read_only(path: Path, said: str) -> OpenedStudy:
    opened = _checked(Study.open_read_only(path))
    advice = _("To change something, save a copy (File menu) and open that.")
    return replace(opened, notice=f"{said.format(name=path.name)} {advice}")


def _rescued(path: Path) -> OpenedStudy:
    target = _free_path(_("{name} (saved from damage)").format(name=path.stem))
    try:
        losses = rescue(path, target)
        return replace(_checked(Study.open(target)), notice=rescue_sentences(path, losses))
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def save_copy(study: Study, path: Path) -> Path:
    """Write a copy of the whole study and return where.

    Raises:
        UserError: It cannot be written, or ``path`` is the study itself.
    """
    if path.exists() and path.samefile(study.path):
        raise UserError(Problem.OUTPUT_IS_INPUT, path=path)
    study.save_copy(path)
    return path


def _described(study: Study) -> OpenedStudy:
    # The study keeps what is read and counted here; the window would have to wait for it.
    _ = study.layout
    if study.labelling is not None:
        _ = study.labelling.sizes(), study.labelling.n_noise
    return OpenedStudy(study, choice_of(study, study.settings), TextCounts.of(study.documents))


def choice_of(study: Study, wanted: Settings) -> Choice:
    """Return which encoder reads the comments of ``study`` as ``wanted`` has it; ``auto`` stays what it was.

    Raises:
        UserError: What is wanted is no encoder's name.
    """
    identity = study.encoder_identity if wanted.encoder == study.settings.encoder else None
    return encoders.choose(
        study.documents,
        wanted=wanted.encoder,
        installed=installed_names(),
        made_by="" if identity is None else encoders.made_by(identity),
        precision=Precision(wanted.precision),
    )
