"""How many gestures an analyst needs until 80, 90 and 95 % of the comments carry the right label.

    python tests/benchmarks/analyst_effort.py [--data banking77_train ms_chitchat_zh] [--strategy ...]

A program plays the analyst, on real comments with known labels, with the real encoders, only through the edits.

What the analyst may know: the label of a comment that was shown to it. Shown are, at each look at a cluster, five
typical comments and three borderline ones; in the preview of a split five typical comments of each part; in that of
proposed moves the five surest and the three least sure. It knows the list of all clusters with sizes and the names
that it gave itself, and which ids an edit made. What it may not know: the label of any other comment, how many labels
there are, how many comments carry one, and how right its work is. A lasso holds comments by their place on the map
alone. The share of right labels is only measured beside it: a comment is right when the cluster that it is in has its
label as a name given by hand. What all examples teach is accepted whole and unread.

What counts as a gesture (a click, a keystroke of a shortcut, or a short name typed or picked):

    look at a cluster's card                                   1
    name it (Enter); what is left on the card is thereby confirmed as belonging there   1
    a name that another cluster has already: join them         1   (the name is picked from the list)
    split: choose, accept; refuse                              2
    name one part of a split                                   1
    move a shown comment to one of the five clusters that are offered beside it         1
    move it to another cluster, or a new one: choose it, type or pick the name          2
    lasso, then drop on the cluster; a new name                2; 3
    look at proposed moves and accept or refuse them           1
    confirm what is left on the card of a cluster named before 1
    detail of the clustering: slider, Update                   2
    ask what all examples teach, accept all                    2

Beside the total it is printed without the looks, for a window in which Enter in the name field opens the next card.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas import encoders, tables
from verbatlas.analysis import Clustering, describe
from verbatlas.analysis.assignment import Centres, borderline_of_all, centres
from verbatlas.analysis.clustering import strengths_of
from verbatlas.analysis.corrections import suggest_clusters
from verbatlas.analysis.splitting import split_cluster
from verbatlas.engine import corrections, jobs, no_stage_report
from verbatlas.engine.jobs import Arrangement
from verbatlas.study import (
    Merge,
    Move,
    MoveProposed,
    MoveToNew,
    Rename,
    ReplaceClustering,
    Settings,
    Split,
    Study,
)

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "csv"
_SEED = 7
_TYPICAL, _BORDERLINE = 5, 3
_ACCEPTED = 0.75  # of a preview that must be right
_GOALS = (0.8, 0.9, 0.95)


@dataclass(frozen=True)
class Comments:
    """One file, embedded and arranged once."""

    name: str
    source: Path
    documents: tuple[str, ...]
    truth: tuple[str, ...]
    vectors: NDArray[np.float32]
    arrangement: Arrangement


@dataclass(frozen=True)
class Strategy:
    """What the analyst does.

    Attributes:
        title: For the table.
        detail: Of the clustering.
        agree: How many of the five typical comments must be alike for the cluster to be named whole; 0 never splits.
        moves: Whether a shown comment that is wrong is moved.
        lasso: From how many wrong comments of one kind on a card their side of the cluster is lassoed; 0 never.
        rounds: How often every cluster is looked at again, its most doubtful comments not yet read first.
        learn: Whether what all examples teach is asked for and accepted after every round.
        offered: How many clusters are offered beside a shown comment.
        only_offered: Whether a wrong comment is moved only where the right cluster is offered.
        propose: Whether a card's moves are followed by a look at what is proposed to go the same way.
    """

    title: str
    detail: float = 0.0
    agree: int = 0
    moves: bool = False
    lasso: int = 0
    rounds: int = 0
    learn: bool = False
    offered: int = 5
    only_offered: bool = False
    propose: bool = False


@dataclass
class Gestures:
    """What was counted, and how right the labels were after each."""

    by_kind: Counter[str] = field(default_factory=Counter)
    curve: list[tuple[int, int, float]] = field(default_factory=list)  # gestures, looks among them, share right

    @property
    def total(self) -> int:
        return self.by_kind.total()


class Desk:
    """The study and the analyst's hands and eyes: every way to learn a label or change one, counted."""

    def __init__(self, study: Study, comments: Comments) -> None:
        self.study = study
        self.comments = comments
        self.gestures = Gestures()
        self.seen: dict[int, str] = {}
        self._codes = {label: code for code, label in enumerate(sorted(set(comments.truth)))}
        self._truth = np.array([self._codes[label] for label in comments.truth])
        self._middles: Centres | None = None
        self.proposals: list[tuple[str, int, int]] = []  # kind, proposed, of which right

    @property
    def members(self) -> NDArray[np.int32]:
        return self.study.labelling.members

    @property
    def middles(self) -> Centres:
        if self._middles is None:
            self._middles = centres(self.comments.vectors, self.members)
        return self._middles

    def count(self, kind: str, gestures: int = 1) -> None:
        self.gestures.by_kind[kind] += gestures
        self.gestures.curve.append((self.gestures.total, self.gestures.by_kind["look"], self.share_right()))

    def do(self, edit: object) -> None:
        self.study.do(edit)
        self._middles = None

    def share_right(self) -> float:
        """Measured beside the analyst, never told to it."""
        codes = np.full(self.study.labelling.next_id + 1, -2)
        for id_, cluster in self.study.labelling.clusters.items():
            if cluster.named_by_hand:
                codes[id_] = self._codes.get(cluster.name, -2)
        return float(np.mean(codes[self.members] == self._truth))

    def read(self, rows: Sequence[int]) -> dict[int, str]:
        """Return the labels of comments that are shown now."""
        shown = {row: self.comments.truth[row] for row in rows}
        self.seen |= shown
        return shown

    def named(self) -> dict[str, int]:
        return {one.name: id_ for id_, one in self.study.labelling.clusters.items() if one.named_by_hand}

    def card(self, cluster_id: int) -> tuple[list[int], list[int]]:
        """Return the rows of five typical comments of a cluster and of three borderline ones not read yet."""
        rows = np.flatnonzero(self.members == cluster_id)
        middle = self.middles.vectors[np.searchsorted(self.middles.ids, cluster_id)]
        order = rows[np.argsort(-(self.comments.vectors[rows] @ middle), kind="stable")]
        texts: dict[str, int] = {}
        for row in order.tolist():
            texts.setdefault(self.comments.documents[row].strip(), row)
            if len(texts) == _TYPICAL:
                break
        typical = list(texts.values())
        unread = self.members.copy()
        unread[(self.members != cluster_id) | np.isin(np.arange(len(unread)), [*self.seen, *typical])] = -1
        doubtful = borderline_of_all(self.comments.vectors, unread, self.middles, _BORDERLINE)
        return typical, doubtful.get(cluster_id, np.zeros(0, np.int64)).tolist()


class Analyst:
    """Reads what is shown, and corrects by a strategy."""

    def __init__(self, desk: Desk, strategy: Strategy) -> None:
        self.desk = desk
        self.strategy = strategy

    def work(self) -> None:
        if self.strategy.detail:
            self.desk.count("detail", 2)
        for cluster_id in self._by_falling_size():
            self._first_look(cluster_id)
        for _ in range(self.strategy.rounds):
            self._learn()
            for cluster_id in self._by_falling_size():
                self._look_again(cluster_id)
        self._learn()

    def _by_falling_size(self) -> list[int]:
        sizes = self.desk.study.labelling.sizes()
        return sorted((id_ for id_ in sizes if sizes[id_]), key=lambda id_: (-sizes[id_], id_))

    def _first_look(self, cluster_id: int) -> None:
        typical, doubtful = self.desk.card(cluster_id)
        self.desk.count("look")
        shown = self.desk.read([*typical, *doubtful])
        label, times = Counter(shown[row] for row in typical).most_common(1)[0]
        agreed = times * _TYPICAL >= self.strategy.agree * len(typical)
        if agreed or not self._split(cluster_id):
            self._name(cluster_id, label, shown)

    def _split(self, cluster_id: int) -> bool:
        """Split a cluster and name its parts, if the preview shows comments of different kinds."""
        desk = self.desk
        rows = np.flatnonzero(desk.members == cluster_id)
        parts = split_cluster(desk.comments.vectors, rows, seed=_SEED)
        if parts.max() < 1:
            return False
        inside = desk.comments.vectors[rows]
        about = describe(
            [desk.comments.documents[row] for row in rows], inside, Clustering(parts, strengths_of(inside, parts))
        )
        typical = {part: [int(rows[row]) for row in one.typical] for part, one in about.items()}
        shown = {part: desk.read(typical[part]) for part in sorted(typical)}
        labels = {part: Counter(found.values()).most_common(1)[0][0] for part, found in shown.items()}
        desk.count("split", 2)
        if len(set(labels.values())) < 2:
            return False
        next_id = desk.study.labelling.next_id
        desk.do(Split.of(cluster_id, rows, parts, [about[part] for part in sorted(about)]))
        for part, label in labels.items():
            self._name(cluster_id if part == 0 else next_id + part - 1, label, shown[part])
        return True

    def _name(self, cluster_id: int, label: str, shown: dict[int, str]) -> None:
        """Name a cluster, or join it to the one that has the name; what was read and is right is confirmed by it."""
        desk, known = self.desk, self.desk.named()
        if label in known:
            desk.do(Merge([known[label], cluster_id]))
            cluster_id = known[label]
        else:
            desk.do(Rename(cluster_id, label))
        desk.count("name")
        self._correct(cluster_id, label, shown)

    def _correct(self, cluster_id: int, label: str, shown: dict[int, str]) -> None:
        """Move what is wrong on a card, and confirm the rest."""
        wrong = [row for row, found in shown.items() if found != label]
        right = [row for row in shown if row not in wrong]
        if self.strategy.moves:
            kinds = Counter(shown[row] for row in wrong)
            for row in wrong:
                if self.desk.members[row] == cluster_id:
                    lassoed = self.strategy.lasso and kinds[shown[row]] >= self.strategy.lasso
                    self._lasso(cluster_id, shown, shown[row]) if lassoed else self._move(row, shown[row])
        if right:
            self.desk.do(Move(np.array(right), cluster_id))
        if self.strategy.propose:
            placed = {int(self.desk.members[row]) for row in wrong} - {cluster_id}
            for target in sorted(placed):
                self._propose(target)

    def _move(self, row: int, label: str) -> None:
        desk, known = self.desk, self.desk.named()
        if label not in known and self.strategy.only_offered:
            return
        if label not in known:
            desk.do(MoveToNew(np.array([row]), label))
            desk.count("move", 2)
            return
        examples = np.flatnonzero(desk.study.labelling.by_hand)
        offered = suggest_clusters(desk.comments.vectors, desk.members, examples, row=row, n=self.strategy.offered)
        if self.strategy.only_offered and known[label] not in offered:
            return
        desk.do(Move(np.array([row]), known[label]))
        desk.count("move", 1 if known[label] in offered else 2)

    def _propose(self, target: int) -> None:
        """Look at what should go the same way as what was moved by hand; accept it if the preview is mostly right."""
        desk, labelling = self.desk, self.desk.study.labelling
        found = corrections.propose(
            desk.comments.vectors, labelling.members, labelling.by_hand, target=target, limit=20, report=no_stage_report
        )
        if not len(found.rows):
            return
        label = labelling.clusters[target].name
        right = sum(desk.comments.truth[row] == label for row in found.rows.tolist())
        desk.proposals.append(("moves", len(found.rows), right))
        preview = np.unique(np.append(found.rows[:_TYPICAL], found.rows[-_BORDERLINE:]))
        shown = desk.read(preview.tolist())
        desk.count("proposal")
        if sum(one == label for one in shown.values()) >= _ACCEPTED * len(shown):
            desk.do(MoveProposed(found.rows, found.sources, found.clusters, found.scores))

    def _lasso(self, cluster_id: int, shown: dict[int, str], label: str) -> None:
        """Draw around the side of a cluster on the map that lies nearer to the wrong comments than to others shown."""
        desk = self.desk
        layout, rows = desk.comments.arrangement.layout, np.flatnonzero(desk.members == cluster_id)
        read = np.array(list(shown))
        distances = np.linalg.norm(layout[rows][:, None] - layout[read][None], axis=2)
        is_wanted = np.array([found == label for found in shown.values()])
        held = rows[is_wanted[distances.argmin(axis=1)]]
        known = desk.named()
        desk.do(Move(held, known[label]) if label in known else MoveToNew(held, label))
        desk.count("lasso", 2 if label in known else 3)

    def _look_again(self, cluster_id: int) -> None:
        desk = self.desk
        if not desk.study.labelling.sizes()[cluster_id]:
            return
        typical, doubtful = desk.card(cluster_id)
        label = desk.study.labelling.clusters[cluster_id].name
        desk.count("look")
        self._correct(cluster_id, label, desk.read([*typical, *doubtful]))
        desk.count("confirm")

    def _learn(self) -> None:
        if not self.strategy.learn:
            return
        desk, labelling = self.desk, self.desk.study.labelling
        found = corrections.learn(
            desk.comments.vectors,
            desk.comments.arrangement.graph,
            labelling.members,
            np.flatnonzero(labelling.by_hand),
            unread=True,
            report=no_stage_report,
        )
        if len(found.rows):
            names = np.array([labelling.clusters[id_].name for id_ in found.clusters.tolist()])
            right = int((names == np.array(desk.comments.truth)[found.rows]).sum())
            desk.proposals.append(("learned", len(found.rows), right))
            desk.do(MoveProposed(found.rows, found.sources, found.clusters, found.scores))
        desk.count("learn", 2)


def prepared(name: str) -> Comments:
    source = _DATA / f"{name}.csv"
    table = tables.read(source)
    documents = tables.documents(table, (0,))
    truth = tuple(str(cell) for cell in table.column(1))
    choice = encoders.choose(documents, wanted="auto")
    vectors = jobs.embed(documents, choice=choice, seed=_SEED, report=no_stage_report).vectors
    return Comments(name, source, documents, truth, vectors, jobs.arrange(vectors, seed=_SEED, report=no_stage_report))


def played(comments: Comments, strategy: Strategy) -> Desk:
    """Let an analyst work by a strategy and return the desk after it."""
    clustered = jobs.cluster(
        comments.documents,
        comments.vectors,
        comments.arrangement.graph,
        method="auto",
        n_clusters=None,
        detail=strategy.detail,
        every_row=False,
        seed=_SEED,
        report=no_stage_report,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "effort.verbatlas"
        with Study.create(path, table=tables.read(comments.source), text_columns=(0,), settings=Settings()) as study:
            layout = comments.arrangement.layout
            study.do(ReplaceClustering.of(clustered.clustering, clustered.descriptions, layout))
            desk = Desk(study, comments)
            Analyst(desk, strategy).work()
            return desk


_TAUGHT = {"moves": True, "learn": True}
STRATEGIES = (
    Strategy("names only"),
    Strategy("names only, finer", detail=2),
    Strategy("names, mixed clusters split", agree=4),
    Strategy("all moves, learn", **_TAUGHT),
    Strategy("all moves with proposals, learn", **_TAUGHT, propose=True),
    Strategy("mixed split, all moves, learn", agree=4, **_TAUGHT),
    Strategy("finer, learn", detail=2, learn=True),
    Strategy("finer, lassos and moves, learn", detail=2, lasso=2, **_TAUGHT),
    Strategy("finer, offered moves, learn", detail=2, only_offered=True, **_TAUGHT),
    Strategy("finest, offered moves, learn", detail=3, only_offered=True, **_TAUGHT),
    Strategy("finest, all moves, learn", detail=3, **_TAUGHT),
    Strategy("finest, offered moves, learn, 3 rounds", detail=3, only_offered=True, rounds=3, **_TAUGHT),
)


def _reached(desk: Desk, goal: float, n_classes: int) -> str:
    for total, looks, share in desk.gestures.curve:
        if share >= goal:
            return f"{total:,} ({total / n_classes:.1f}; {(total - looks) / n_classes:.1f})"
    return "–"


def _within(desk: Desk, gestures: int, *, looks: bool) -> float:
    """Return the share that was right when so many gestures were made."""
    return max(
        (share for total, n, share in desk.gestures.curve if total - (0 if looks else n) <= gestures), default=0.0
    )


def _precision(desk: Desk, kind: str) -> str:
    proposed = sum(n for name, n, _ in desk.proposals if name == kind)
    return f"{sum(right for name, _, right in desk.proposals if name == kind) / proposed:.0%}" if proposed else ""


def main() -> None:
    """Print a Markdown table per file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", default=["banking77_train", "ms_chitchat_zh"])
    parser.add_argument("--strategy", nargs="+", default=[one.title for one in STRATEGIES])
    options = parser.parse_args()
    for name in options.data:
        comments = prepared(name)
        n, n_classes = len(comments.truth), len(set(comments.truth))
        print(f"\n{name}: {n:,} comments, {n_classes} labels\n")
        heads = [f"{goal:.0%}" for goal in _GOALS]
        heads += ["3 per label", "3 without looks", "all", "right", "proposals right", "learned right"]
        print("| | " + " | ".join(heads) + " |\n| --- |" + " --- |" * len(heads))
        goals = " | ".join(f"{goal * n:,.0f} ({goal * n / n_classes:.0f})" for goal in _GOALS)
        few = f"{3 * n_classes / n:.1%}"
        print(f"| row by row | {goals} | {few} | {few} | {n:,} | 100.0% | | |", flush=True)
        for strategy in STRATEGIES:
            if strategy.title not in options.strategy:
                continue
            desk = played(comments, strategy)
            goals = " | ".join(_reached(desk, goal, n_classes) for goal in _GOALS)
            print(
                f"| {strategy.title} | {goals} | {_within(desk, 3 * n_classes, looks=True):.1%} | "
                f"{_within(desk, 3 * n_classes, looks=False):.1%} | {desk.gestures.total:,} | "
                f"{desk.share_right():.1%} | {_precision(desk, 'moves')} | {_precision(desk, 'learned')} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
