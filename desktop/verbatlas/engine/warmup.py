"""Getting ready before the first job: heavy libraries are imported, and the main job is rehearsed once."""

import contextlib
import importlib
from collections.abc import Callable
from dataclasses import replace

from verbatlas import analysis
from verbatlas.encoders import LEXICAL, choose
from verbatlas.engine import jobs
from verbatlas.engine.stages import Stage
from verbatlas.engine.wording import wording_beside
from verbatlas.progress import Cancelled

# What a job needs that has a model on this computer, whether it is loaded or all texts are known.
MODELS = ("openvino", "tokenizers", "verbatlas.encoders.hub.installed", "verbatlas.encoders.local.encoder")
# In the order in which the main job meets them.
LIBRARIES = (
    *MODELS,
    "faiss",
    "numba",
    "scipy.sparse",
    "graspologic_native",
    "scipy.linalg",
    "sklearn.cluster",
    "rjieba",
    "hdbscan",
)
_REHEARSED = ("the parcel came late", "the battery is empty", "电池太慢了", "where is my refund") * 5


def warm_up(*, until: Callable[[], bool]) -> None:
    """Import the libraries, then do the main job on a few sentences, until there is real work.

    The rehearsal loads what imports do not: compiled loops (on a computer's first run it compiles them) and
    dictionaries. What fails here is left alone: the job that needs it says so in its own words.
    """
    import_libraries(LIBRARIES, until=until)
    with contextlib.suppress(Exception):  # whatever a broken installation raises, and Cancelled
        _rehearse(until)


def import_libraries(libraries: tuple[str, ...], *, until: Callable[[], bool]) -> None:
    """Import ``libraries`` one after the other, the missing ones left out, until there is real work."""
    for library in libraries:
        if until():
            return
        try:
            importlib.import_module(library)
        except Exception:  # noqa: S112 - whatever a broken installation raises
            continue


def _rehearse(until: Callable[[], bool]) -> None:
    def report(stage: Stage, done: int, total: int) -> None:  # noqa: ARG001
        if until():
            raise Cancelled

    choice = choose(_REHEARSED, wanted=LEXICAL)
    embedding = jobs.embed(_REHEARSED, choice=choice, seed=0, report=report)
    arrangement = jobs.arrange(_REHEARSED, embedding.vectors, identity=embedding.identity, seed=0, report=report)
    jobs.cluster(
        _REHEARSED,
        embedding.vectors,
        arrangement.graph,
        method="auto",
        n_clusters=None,
        detail=0.0,
        every_row=False,
        seed=0,
        report=report,
    )
    # With a model the wording counts too, where all is in one language.
    rows = [row for row, text in enumerate(_REHEARSED) if text.isascii()]
    english, identity = [_REHEARSED[row] for row in rows], replace(embedding.identity, model="any other")
    wording = wording_beside(english, identity=identity, seed=0, report=report)
    analysis.nearest_neighbours(embedding.vectors[rows], wording=wording, seed=0)
