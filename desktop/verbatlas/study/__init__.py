"""The study: frozen values, one gate for edits, one file."""

from verbatlas.study.change import Change
from verbatlas.study.edits import (
    AssignNoise,
    CorrectNames,
    Delete,
    Edit,
    FoundInNoise,
    Group,
    Merge,
    Move,
    MoveProposed,
    MoveToNew,
    NameParts,
    Part,
    Recolour,
    Rename,
    ReplaceClustering,
    SetLocked,
    SetNote,
    Split,
    Ungroup,
    named_by_hand,
)
from verbatlas.study.export import COLUMNS, SECOND
from verbatlas.study.history import HistoryEntry, steps_beside
from verbatlas.study.labelling import NOISE, Cluster, Labelling
from verbatlas.study.places import ENDING, new_study_path, studies_folder
from verbatlas.study.rescue import Losses, rescue
from verbatlas.study.settings import LeaveOut, Settings
from verbatlas.study.study import Study

__all__ = [
    "COLUMNS",
    "ENDING",
    "NOISE",
    "SECOND",
    "AssignNoise",
    "Change",
    "Cluster",
    "CorrectNames",
    "Delete",
    "Edit",
    "FoundInNoise",
    "Group",
    "HistoryEntry",
    "Labelling",
    "LeaveOut",
    "Losses",
    "Merge",
    "Move",
    "MoveProposed",
    "MoveToNew",
    "NameParts",
    "Part",
    "Recolour",
    "Rename",
    "ReplaceClustering",
    "SetLocked",
    "SetNote",
    "Settings",
    "Split",
    "Study",
    "Ungroup",
    "named_by_hand",
    "new_study_path",
    "rescue",
    "steps_beside",
    "studies_folder",
]
