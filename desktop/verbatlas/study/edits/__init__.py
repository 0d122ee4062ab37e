"""The edits: small frozen values, each of which makes a new labelling of an old one."""

from verbatlas.study.edits.clusters import Recolour, Rename, SetLocked, SetNote
from verbatlas.study.edits.correcting import CorrectNames
from verbatlas.study.edits.edit import Edit
from verbatlas.study.edits.grouping import Group, Ungroup
from verbatlas.study.edits.joining import Delete, Merge
from verbatlas.study.edits.moving import AssignNoise, Move, MoveToNew
from verbatlas.study.edits.naming import NameParts, named_by_hand
from verbatlas.study.edits.proposing import MoveProposed
from verbatlas.study.edits.replacing import ReplaceClustering
from verbatlas.study.edits.splitting import FoundInNoise, Part, Split

__all__ = [
    "AssignNoise",
    "CorrectNames",
    "Delete",
    "Edit",
    "FoundInNoise",
    "Group",
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
    "Split",
    "Ungroup",
    "named_by_hand",
]
