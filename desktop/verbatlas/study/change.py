"""What an edit changed, found by comparing the labellings before and after; undo puts the old values back."""

import io
import json
import zlib
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verbatlas.study.labelling import Cluster, Labelling

_ZIP = b"PK"  # how the archives of earlier versions begin
_FAST = 1  # zlib's level: most of the bytes are strengths, which no level makes fewer


@dataclass(frozen=True, slots=True, eq=False)
class Change:
    """The difference of two labellings of the same documents.

    Attributes:
        rows: int64, shape (n_changed,): the documents whose cluster, strength or stand-in changed, rising.
        members: int32, shape (2, n_changed): their clusters before and after.
        strengths: float32, shape (2, n_changed): their strengths before and after.
        by_hand: bool, shape (2, n_changed): whether a person had put them there, before and after.
        stand_ins: int32, shape (2, n_changed): the documents that stood for them, before and after.
        clusters: By id, the changed clusters before and after; None where there is none.
        next_ids: The next new id before and after.
    """

    rows: NDArray[np.int64]
    members: NDArray[np.int32]
    strengths: NDArray[np.float32]
    by_hand: NDArray[np.bool_]
    stand_ins: NDArray[np.int32]
    clusters: dict[int, tuple[Cluster | None, Cluster | None]]
    next_ids: tuple[int, int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not len(self.rows) and not self.clusters

    @property
    def names_kept(self) -> tuple[str, ...]:
        """The names typed by hand of clusters whose documents changed and that are still there."""
        return tuple(after.name for before, after in self.clusters.values() if _by_hand(before) and after)

    @property
    def names_lost(self) -> tuple[str, ...]:
        """The names typed by hand whose clusters are gone."""
        return tuple(
            before.name for before, after in self.clusters.values() if before and _by_hand(before) and not after
        )

    def reversed(self) -> "Change":
        """Return the change from after to before."""
        clusters = {id_: (after, before) for id_, (before, after) in self.clusters.items()}
        return Change(
            self.rows,
            self.members[::-1],
            self.strengths[::-1],
            self.by_hand[::-1],
            self.stand_ins[::-1],
            clusters,
            self.next_ids[::-1],
        )

    def apply(self, labelling: Labelling) -> Labelling:
        """Return the labelling after the change to the one before it.

        The next new id never falls: what was undone must not lend its ids to something else.
        """
        members, strengths = labelling.members.copy(), labelling.strengths.copy()
        by_hand, stand_ins = labelling.by_hand.copy(), labelling.stand_ins.copy()
        for values, pair in (
            (members, self.members),
            (strengths, self.strengths),
            (by_hand, self.by_hand),
            (stand_ins, self.stand_ins),
        ):
            values[self.rows] = pair[1]
        clusters = dict(labelling.clusters)
        for id_, (_, after) in self.clusters.items():
            clusters.pop(id_, None)
            if after is not None:
                clusters[id_] = after
        return Labelling(members, strengths, clusters, max(labelling.next_id, *self.next_ids), by_hand, stand_ins)

    def to_bytes(self) -> bytes:
        """Return the change as a compressed NumPy archive, without pickle.

        Rows are stored as the steps between them, pairs that are equal once, and columns of one value as that value:
        a cluster that is merged away costs a few bytes a document.
        """
        described = {"clusters": [[_plain(a), _plain(b)] for a, b in self.clusters.values()], "next_ids": self.next_ids}
        text = np.frombuffer(json.dumps(described, ensure_ascii=False).encode("utf-8", "surrogatepass"), np.uint8)
        buffer = io.BytesIO()
        np.savez(
            buffer,
            steps=np.diff(self.rows, prepend=0).astype(np.uint32 if self.rows.max(initial=0) < 2**32 else np.int64),
            members=_folded(self.members),
            strengths=_folded(self.strengths),
            by_hand=_folded(self.by_hand),
            # Of most documents it is themselves: the steps from there are zeros, which cost nothing.
            stand_in_steps=_folded((self.stand_ins - self.rows).astype(np.int32)),
            described=text,
        )
        return zlib.compress(buffer.getbuffer(), _FAST)

    @classmethod
    def from_bytes(cls, data: bytes) -> "Change":
        """Return the change that :meth:`to_bytes` made ``data`` of, in this version or one before."""
        plain = data if data.startswith(_ZIP) else zlib.decompress(data)
        with np.load(io.BytesIO(plain), allow_pickle=False) as archive:
            described = json.loads(archive["described"].tobytes().decode("utf-8", "surrogatepass"))
            clusters = {}
            for before, after in described["clusters"]:
                pair = (_cluster(before), _cluster(after))
                clusters[(pair[0] or pair[1]).id] = pair  # type: ignore[union-attr]
            first, second = described["next_ids"]
            rows = np.cumsum(archive["steps"], dtype=np.int64) if "steps" in archive else archive["rows"]
            members, strengths = (_unfolded(archive[name], len(rows)) for name in ("members", "strengths"))
            # Format 1 did not know who had put a document where it is.
            folded = archive["by_hand"] if "by_hand" in archive else np.zeros((2, 1), np.bool_)
            by_hand = _unfolded(folded, len(rows))
            # Before format 5 every document stood for itself.
            steps = archive["stand_in_steps"] if "stand_in_steps" in archive else np.zeros((2, 1), np.int32)
            stand_ins = (_unfolded(steps, len(rows)) + rows).astype(np.int32)
            return cls(rows, members, strengths, by_hand, stand_ins, clusters, (first, second))


def _folded(pair: NDArray[Any]) -> NDArray[Any]:
    """Return values before and after, shape (2, n), in as few columns and rows as tell them all."""
    if pair.shape[1] and (pair == pair[:, :1]).all():
        pair = pair[:, :1]
    return pair[:1] if np.array_equal(pair[0], pair[1]) else pair


def _unfolded(folded: NDArray[Any], n: int) -> NDArray[Any]:
    return np.broadcast_to(folded, (2, n))


def derive_change(before: Labelling, after: Labelling) -> Change:
    """Return what is different in ``after``."""
    rows = np.flatnonzero(
        (before.members != after.members)
        | (before.strengths != after.strengths)
        | (before.by_hand != after.by_hand)
        | (before.stand_ins != after.stand_ins)
    )
    clusters = {
        id_: (before.clusters.get(id_), after.clusters.get(id_))
        for id_ in sorted({*before.clusters, *after.clusters})
        if before.clusters.get(id_) != after.clusters.get(id_)
    }
    return Change(
        rows,
        np.stack([before.members[rows], after.members[rows]]),
        np.stack([before.strengths[rows], after.strengths[rows]]),
        np.stack([before.by_hand[rows], after.by_hand[rows]]),
        np.stack([before.stand_ins[rows], after.stand_ins[rows]]),
        clusters,
        (before.next_id, after.next_id),
    )


def cluster_to_json(cluster: Cluster) -> str:
    """Return a cluster as text."""
    return json.dumps(asdict(cluster), ensure_ascii=False)


def cluster_from_json(text: str) -> Cluster:
    """Return the cluster that :func:`cluster_to_json` made ``text`` of."""
    cluster = _cluster(json.loads(text))
    assert cluster is not None
    return cluster


def _by_hand(cluster: Cluster | None) -> bool:
    return cluster is not None and cluster.named_by_hand


def _plain(cluster: Cluster | None) -> dict[str, Any] | None:
    return None if cluster is None else asdict(cluster)


def _cluster(values: dict[str, Any] | None) -> Cluster | None:
    if values is None:
        return None
    cluster = Cluster(**values)
    return replace(cluster, keywords=tuple(cluster.keywords), typical=tuple(cluster.typical))
