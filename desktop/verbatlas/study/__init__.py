"""The study: frozen values, one gate for edits, one file."""

from verbatlas.study.change import Change
from verbatlas.study.edits import Edit, Rename, ReplaceClustering
from verbatlas.study.export import COLUMNS
from verbatlas.study.labelling import NOISE, Cluster, Labelling
from verbatlas.study.places import ENDING, new_study_path, studies_folder
from verbatlas.study.settings import Settings
from verbatlas.study.study import Study

__all__ = [
    "COLUMNS",
    "ENDING",
    "NOISE",
    "Change",
    "Cluster",
    "Edit",
    "Labelling",
    "Rename",
    "ReplaceClustering",
    "Settings",
    "Study",
    "new_study_path",
    "studies_folder",
]
