"""Locked clusters refuse changes."""

from dataclasses import replace

import numpy as np

from verbatlas.errors import Problem, UserError
from verbatlas.study.change import Change
from verbatlas.study.labelling import Cluster, Labelling


def refuse_locked(before: Labelling, change: Change) -> None:
    """Pass if a change leaves every locked cluster as it is, its lock aside.

    Args:
        before: The labelling that is to be changed.
        change: What is to become different.

    Raises:
        UserError: CLUSTER_LOCKED, with the name of one that would change.
    """
    locked = {id_ for id_, cluster in before.clusters.items() if cluster.locked}
    if not locked:
        return
    touched = {id_ for id_, (old, new) in change.clusters.items() if id_ in locked and not _is_only_the_lock(old, new)}
    touched |= locked & set(np.unique(change.members).tolist())
    if touched:
        raise UserError(Problem.CLUSTER_LOCKED, name=before.clusters[min(touched)].name)


def _is_only_the_lock(old: Cluster | None, new: Cluster | None) -> bool:
    return old is not None and new is not None and replace(old, locked=new.locked) == new
