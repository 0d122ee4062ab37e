"""How many gestures an analyst needs until 80, 90 and 95 % of the comments carry the right label.

    python tests/benchmarks/analyst_effort.py [--data banking77_train ms_chitchat_zh] [--strategy ...] [--encoder ...]

A program plays the analyst, on real comments with known labels, with the real encoders, only through the edits and
what the window's review shows.

What the analyst may know: the label of a comment that was shown to it. Shown are five typical comments of a cluster,
or, where the review shows the parts of a cluster, up to five of each part. It knows the list of all clusters with sizes
and the names that it gave itself. What it may not know: the label of any other comment, how many labels there are, how
many comments carry one, and how right its work is. It takes a part for what most of its shown comments are; what is
wrong with the others stays wrong. The share of right labels is only measured beside it: a comment is right when the
cluster that it is in has its label as a name given by hand. What the names teach is accepted whole and unread.

What counts as a gesture (a click, a keystroke of a shortcut, or a short name typed, its Enter included):

    begin the review; detail of the clustering: slider, Update       1; 2
    name the cluster that the review shows, new or a name that there is already (that joins them); the next one opens  1
    a part of it that is not what the parts before it say: press a name beside it, or type its number and a name
        into the field that has the keyboard                         1
    more, smaller parts: once, for all clusters                      1
    split: choose, accept; refuse                                    2
    second look: open the list of doubtful parts; Done               1; 1
        and every part in it whose name is wrong: press a name beside it, or type its number and a name  1
    learn from the names: ask, accept all                            2
        and tick the box for the clusters without a name             1

Reading is no gesture, so how many comments were read is printed too; and in brackets the gestures per label, then
the same with a gesture more for every cluster or split that is looked at, and for every five parts of the second look.
The window takes all corrections of a second look over at once, when Done is pressed; here each is when it is said, most
doubtful first, so that what each of them gains can be seen.
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
from verbatlas.analysis.clustering import strengths_of
from verbatlas.analysis.splitting import split_cluster
from verbatlas.analysis.strands import Strands
from verbatlas.app.review.part_votes import likeliest
from verbatlas.engine import corrections, jobs, no_stage_report
from verbatlas.engine.jobs import Arrangement
from verbatlas.study import (
    CorrectNames,
    Merge,
    MoveProposed,
    NameParts,
    Rename,
    ReplaceClustering,
    Settings,
    Split,
    Study,
)

_DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "csv"
_SEED = 7
_TYPICAL = 5
_PARTS_PER_LOOK = 5
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
        parts: Whether the review shows the parts of clusters.
        many: Whether it is asked for more, smaller parts.
        learn: Whether what the names teach is asked for and accepted at the end.
        second: Whether the doubtful parts are looked over after that, and the names asked once more what they teach.
        until: The share of the comments after whose clusters, the largest first, it stops reading; what the names teach
            of the others is accepted too.
    """

    title: str
    detail: float = 0.0
    agree: int = 0
    parts: bool = False
    many: bool = False
    learn: bool = False
    second: bool = False
    until: float = 1.0


@dataclass
class Gestures:
    """What was counted, and how right the labels were after each."""

    by_kind: Counter[str] = field(default_factory=Counter)
    looks: int = 0
    curve: list[tuple[int, int, int, float]] = field(default_factory=list)  # gestures, looks, comments read, right

    @property
    def total(self) -> int:
        return self.by_kind.total()


class Desk:
    """The study and the analyst's hands and eyes: every way to learn a label or change one, counted."""

    def __init__(self, study: Study, comments: Comments) -> None:
        self.study = study
        self.comments = comments
        self.gestures = Gestures()
        self.seen: set[int] = set()
        self.learned: list[tuple[int, int]] = []  # proposed, of which right
        self._codes = {label: code for code, label in enumerate(sorted(set(comments.truth)))}
        self._truth = np.array([self._codes[label] for label in comments.truth])

    @property
    def members(self) -> NDArray[np.int32]:
        return self.study.labelling.members

    def count(self, kind: str, gestures: int = 1) -> None:
        self.gestures.by_kind[kind] += gestures
        entry = (self.gestures.total, self.gestures.looks, len(self.seen), self.share_right())
        self.gestures.curve.append(entry)

    def share_right(self) -> float:
        """Measured beside the analyst, never told to it."""
        codes = np.full(self.study.labelling.next_id + 1, -2)
        for id_, cluster in self.study.labelling.clusters.items():
            if cluster.named_by_hand:
                codes[id_] = self._codes.get(cluster.name, -2)
        return float(np.mean(codes[self.members] == self._truth))

    def commonest(self, rows: Sequence[int]) -> tuple[str, int]:
        """Return what most of the comments are that are shown now, and how many of them."""
        self.seen |= set(rows)
        return Counter(self.comments.truth[row] for row in rows).most_common(1)[0]

    def named(self) -> dict[str, int]:
        return {one.name: id_ for id_, one in self.study.labelling.clusters.items() if one.named_by_hand}


class Analyst:
    """Reads what is shown, and names it by a strategy."""

    def __init__(self, desk: Desk, strategy: Strategy) -> None:
        self.desk = desk
        self.strategy = strategy

    def work(self) -> None:
        if self.strategy.detail:
            self.desk.count("detail", 2)
        self.desk.count("review")
        if self.strategy.parts:
            self._name_parts()
        else:
            for cluster_id in self._by_falling_size():
                self._look(cluster_id)
        if self.strategy.learn:
            self._learn()
        if self.strategy.second:
            self._look_again()
            self._learn()

    def _by_falling_size(self) -> list[int]:
        sizes = self.desk.study.labelling.sizes()
        return sorted((id_ for id_ in sizes if sizes[id_]), key=lambda id_: (-sizes[id_], id_))

    def _name_parts(self) -> None:
        """Go through all clusters, each shown with its parts."""
        desk, comments = self.desk, self.desk.comments
        if self.strategy.many:
            desk.count("many")
        found = corrections.strands(
            comments.vectors,
            comments.arrangement.graph,
            desk.members,
            seed=_SEED,
            fineness="many" if self.strategy.many else "few",
            report=no_stage_report,
        )
        n_gone_through = 0
        for cluster_id in self._by_falling_size():
            if n_gone_through >= self.strategy.until * len(desk.members):
                break
            n_gone_through += int((desk.members == cluster_id).sum())
            strands = found.inside(cluster_id, desk.members)
            if not strands:  # parts of other clusters have come in since: they have been read already
                continue
            desk.gestures.looks += 1
            shown = [tuple(row for row in found.shown[strand].tolist() if row >= 0) for strand in strands]
            labels = [desk.commonest(rows)[0] for rows in shown]
            what = dict(zip(strands, labels, strict=True))
            main = labels[0]
            # Every answer is one gesture, a press or a number and a name; what is guessed right needs none.
            guesses = [_guess(found, strand, what) for strand in strands[1:]]
            gestures = 1 + sum(guess != what[strand] for guess, strand in zip(guesses, strands[1:], strict=True))
            rows, parts = found.rows_of(strands, cluster_id, desk.members)
            names = ["" if label == main else label for label in labels]
            desk.study.do(NameParts(cluster_id, main, rows, parts, names, shown))
            desk.count("name", gestures)

    def _look(self, cluster_id: int) -> None:
        desk = self.desk
        typical = desk.study.labelling.clusters[cluster_id].typical[:_TYPICAL]
        desk.gestures.looks += 1
        label, times = desk.commonest(typical)
        agreed = times * _TYPICAL >= self.strategy.agree * len(typical)
        if agreed or not self._split(cluster_id):
            self._name(cluster_id, label)

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
        labels = [desk.commonest([int(rows[row]) for row in about[part].typical])[0] for part in sorted(about)]
        desk.gestures.looks += 1
        desk.count("split", 2)
        if len(set(labels)) < 2:
            return False
        next_id = desk.study.labelling.next_id
        desk.study.do(Split.of(cluster_id, rows, parts, [about[part] for part in sorted(about)]))
        for part, label in enumerate(labels):
            self._name(cluster_id if part == 0 else next_id + part - 1, label)
        return True

    def _name(self, cluster_id: int, label: str) -> None:
        """Name a cluster, or join it to the one that has the name."""
        desk, known = self.desk, self.desk.named()
        if known.get(label, cluster_id) != cluster_id:
            desk.study.do(Merge([known[label], cluster_id]))
        else:
            desk.study.do(Rename(cluster_id, label))
        desk.count("name")

    def _look_again(self) -> None:
        """Look over the doubtful parts, and correct the names of those that are something else."""
        desk, comments = self.desk, self.desk.comments
        desk.count("second look")
        named = tuple(desk.named().values())
        found = corrections.second_look(
            comments.vectors,
            comments.arrangement.graph,
            desk.members,
            named=named,
            asked=named,
            seed=_SEED,
            report=no_stage_report,
        )
        names = {id_: one.name for id_, one in desk.study.labelling.clusters.items()}
        for place, strand in enumerate(found.order.tolist()):
            desk.gestures.looks += place % _PARTS_PER_LOOK == 0
            shown = tuple(row for row in found.strands.shown[strand].tolist() if row >= 0)
            label = desk.commonest(shown)[0]
            if label == names[int(found.strands.clusters[strand])]:
                continue
            rows = np.flatnonzero(found.strands.ids == strand)
            desk.study.do(CorrectNames(rows, np.zeros(len(rows), np.int32), desk.members[rows], [label], [shown]))
            desk.count("correct")
        desk.count("second look")

    def _learn(self) -> None:
        desk, labelling = self.desk, self.desk.study.labelling
        found = corrections.learn(
            desk.comments.vectors,
            desk.comments.arrangement.graph,
            labelling.members,
            np.flatnonzero(labelling.by_hand),
            named=tuple(desk.named().values()),
            unread=self.strategy.until < 1,
            report=no_stage_report,
        )
        if len(found.rows):
            names = np.array([labelling.clusters[id_].name for id_ in found.clusters.tolist()])
            right = int((names == np.array(desk.comments.truth)[found.rows]).sum())
            desk.learned.append((len(found.rows), right))
            desk.study.do(MoveProposed(found.rows, found.sources, found.clusters, found.scores))
        desk.count("learn", 3 if self.strategy.until < 1 else 2)


def _guess(found: Strands, strand: int, what: dict[int, str]) -> str:
    """Return what the review shows a part as while nothing is said of it, once those before it have their names."""
    votes = zip(found.follows[strand].tolist(), found.votes[strand].tolist(), strict=True)
    voters = [(above, vote) for above, vote in votes if above >= 0]
    own = tuple((place, vote) for place, (_above, vote) in enumerate(voters))
    return likeliest([what[above] for above, _vote in voters], own)[0]


def prepared(name: str, encoder: str = "auto") -> Comments:
    source = _DATA / f"{name}.csv"
    table = tables.read(source)
    documents = tables.documents(table, (0,))
    truth = tuple(str(cell) for cell in table.column(1))
    choice = encoders.choose(documents, wanted=encoder)
    embedding = jobs.embed(documents, choice=choice, seed=_SEED, report=no_stage_report)
    vectors, identity = embedding.vectors, embedding.identity
    arrangement = jobs.arrange(documents, vectors, identity=identity, seed=_SEED, report=no_stage_report)
    return Comments(name, source, documents, truth, vectors, arrangement)


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


STRATEGIES = (
    Strategy("names only"),
    Strategy("names only, finest", detail=3),
    Strategy("names, mixed clusters split", agree=4),
    Strategy("names, finest, learn", detail=3, learn=True),
    Strategy("parts", parts=True),
    Strategy("parts, learn", parts=True, learn=True),
    Strategy("parts, learn, second look", parts=True, learn=True, second=True),
    Strategy("fewer, parts, learn, second look", detail=-2, parts=True, learn=True, second=True),
    Strategy("parts of 95 %, learn all", parts=True, learn=True, until=0.95),
    Strategy("many parts, learn", parts=True, many=True, learn=True),
    Strategy("fewer, many parts, learn", detail=-2, parts=True, many=True, learn=True),
)


def _reached(desk: Desk, goal: float, n_classes: int) -> str:
    for total, looks, read, share in desk.gestures.curve:
        if share >= goal:
            return f"{total:,} ({total / n_classes:.1f}; {(total + looks) / n_classes:.1f}), {read:,} read"
    return "–"


def _within(desk: Desk, gestures: int, *, looks: bool) -> float:
    """Return the share that was right when so many gestures were made."""
    return max(
        (share for total, n, _, share in desk.gestures.curve if total + (n if looks else 0) <= gestures), default=0.0
    )


def main() -> None:
    """Print a Markdown table per file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", default=["banking77_train", "ms_chitchat_zh"])
    parser.add_argument("--strategy", nargs="+", default=[one.title for one in STRATEGIES])
    parser.add_argument("--encoder", default="auto", help="as verbatlas label takes it")
    options = parser.parse_args()
    for name in options.data:
        comments = prepared(name, options.encoder)
        n, n_classes = len(comments.truth), len(set(comments.truth))
        print(f"\n{name}: {n:,} comments, {n_classes} labels\n")
        heads = [f"{goal:.0%}" for goal in _GOALS]
        heads += ["3 per label", "3 with looks", "all", "right", "read", "learned right"]
        print("| | " + " | ".join(heads) + " |\n| --- |" + " --- |" * len(heads))
        goals = " | ".join(f"{goal * n:,.0f} ({goal * n / n_classes:.0f})" for goal in _GOALS)
        few = f"{3 * n_classes / n:.1%}"
        print(f"| row by row | {goals} | {few} | {few} | {n:,} | 100.0% | {n:,} | |", flush=True)
        for strategy in STRATEGIES:
            if strategy.title not in options.strategy:
                continue
            desk = played(comments, strategy)
            goals = " | ".join(_reached(desk, goal, n_classes) for goal in _GOALS)
            proposed, right = (sum(one) for one in zip(*desk.learned, strict=True)) if desk.learned else (0, 0)
            print(
                f"| {strategy.title} | {goals} | {_within(desk, 3 * n_classes, looks=False):.1%} | "
                f"{_within(desk, 3 * n_classes, looks=True):.1%} | {desk.gestures.total:,} | "
                f"{desk.share_right():.1%} | {len(desk.seen):,} | {f'{right / proposed:.0%}' if proposed else ''} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
