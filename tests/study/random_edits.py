"""Edits at random, for tests that make many of them."""

import hashlib
import random

import numpy as np

from verbatlas.analysis import Description
from verbatlas.study import (
    NOISE,
    AssignNoise,
    CorrectNames,
    Delete,
    Edit,
    FoundInNoise,
    Group,
    Labelling,
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
    Study,
    Ungroup,
)
from verbatlas.study.colours import N_SLOTS

KINDS = (
    "rename",
    "note",
    "recolour",
    "lock",
    "group",
    "ungroup",
    "merge",
    "split",
    "name_parts",
    "correct_names",
    "delete",
    "move",
    "move_to_noise",
    "move_to_new",
    "assign",
    "propose",
    "found_in_noise",
    "replace",
)


def random_edit(kind: str, labelling: Labelling, roll: random.Random) -> Edit:  # noqa: C901, PLR0911, PLR0912 - by kind
    """Return an edit of a kind, on clusters and documents at random; it may well make no sense."""
    n, ids = len(labelling.members), [*labelling.clusters, 999]
    rows = np.array(roll.sample(range(n), roll.randint(0, min(n, 5))), np.int64)
    some, name = roll.choices(ids, k=roll.randint(1, 3)), roll.choice(["物流", " Late  delivery ", "", "A\u200b"])
    match kind:
        case "rename":
            return Rename(some[0], name)
        case "note":
            return SetNote(some[0], name)
        case "recolour":
            return Recolour(some[0], roll.randrange(N_SLOTS))
        case "lock":
            return SetLocked(some, locked=roll.random() < 0.4)
        case "group":
            return Group(some, name, parent=roll.choice([None, *ids]))
        case "ungroup":
            return Ungroup(some[0])
        case "merge":
            return Merge(some)
        case "delete":
            return Delete(some[:1])
        case "move" | "move_to_noise":
            return Move(rows, NOISE if kind == "move_to_noise" else some[0])
        case "move_to_new":
            return MoveToNew(rows, name)
        case "assign":
            noise = np.flatnonzero(labelling.members == NOISE)
            return AssignNoise(noise, np.full(len(noise), some[0], np.int32), np.full(len(noise), 0.5, np.float32))
        case "propose":
            rows = rows[~labelling.by_hand[rows]]
            clusters = np.full(len(rows), some[0], np.int32)
            return MoveProposed(rows, labelling.members[rows], clusters, np.full(len(rows), 0.5, np.float32))
        case "found_in_noise":
            noise = np.flatnonzero(labelling.members == NOISE)
            parts = np.array([roll.randint(-1, 1) for _ in noise], np.int32)
            return FoundInNoise(noise, parts, np.full(len(noise), 0.5, np.float32), [Part("New one"), Part("New two")])
        case "name_parts":
            inside = np.flatnonzero(labelling.members == some[0])
            parts = np.array([roll.randint(0, 2) for _ in inside], np.int32)
            return NameParts(some[0], name, inside, parts, ["", roll.choice(["", "Part one"]), name], [()] * 3)
        case "correct_names":
            groups = np.array([roll.randint(0, 1) for _ in rows], np.int32)
            names = [name, roll.choice(["Part one", "Part two"])]
            return CorrectNames(rows, groups, labelling.members[rows], names, [()] * 2)
        case "split":
            inside = np.flatnonzero(labelling.members == some[0])
            parts = np.array([roll.randint(-1, 1) for _ in inside], np.int32)
            return Split(some[0], inside, parts, [Part("Part one"), Part("Part two")])
    found = np.array([roll.randint(-1, 3) for _ in range(n)], np.int32)
    described = {int(id_): Description((f"word{id_}",), f"Name {id_}", ()) for id_ in np.unique(found[found >= 0])}
    return ReplaceClustering(found, np.ones(n, np.float32), described)


def fingerprint(study: Study) -> str:
    """Return what a person would see of the study, as a number that is the same in every process."""
    now = study._labelling
    arrays = (now.members, now.strengths, now.by_hand)
    seen = (*(array.tobytes() for array in arrays), tuple(now.clusters.values()), study.can_undo)
    return hashlib.sha256(repr(seen).encode()).hexdigest()
