"""How many gestures an analyst needs until 80, 90 and 95 % of the comments carry the right label.

    python tests/benchmarks/analyst_effort.py [--data banking77_train ms_chitchat_zh] [--strategy ...] [--seed 7]

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
    parts of it that are not what the parts before them say: type their numbers, at most ten parts apart, and a name
        into the field that has the keyboard ("3, 7: late"), or, for one part, press a name beside it  1
    more, smaller parts: once, for all clusters                      1
    split: choose, accept; refuse                                    2
    second look: open the list of doubtful parts; Done               1; 1
        and parts in it, at most ten apart, whose name is wrong and that are the same, in the same way  1
    learn from the names: ask, accept all                            2
        and tick the box for the clusters without a name             1

Ten parts are as many as a person can read on and come back from. Reading is no gesture, so how many comments were read
is printed too; and in brackets the gestures per label, then the same with a gesture more for every cluster or split
that is looked at, and for every five parts of the second look. "One by one": every part is named alone, by a gesture.
The window takes all corrections of a second look over at once, when Done is pressed; here each is when it is said, most
doubtful first, so that what each of them gains can be seen.
"""

import argparse
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from verbatlas import encoders, tables
from verbatlas.analysis import Clustering, describe
from verbatlas.analysis.clustering import strengths_of
from verbatlas.analysis.splitting import split_cluster
from verbatlas.app.review.part_cards import ClusterParts, shown_rows
from verbatlas.app.review.part_votes import Votes, names_of
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
    seed: int


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

    total: int = 0
    one_by_one: int = 0
    looks: int = 0
    curve: list["Moment"] = field(default_factory=list)


@dataclass(frozen=True)
class Moment:
    """How far the analyst had come with so many gestures, cards looked at and comments read."""

    total: int
    one_by_one: int
    looks: int
    read: int
    right: float


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

    def count(self, gestures: int = 1, *, one_by_one: int | None = None) -> None:
        """Count gestures, and how many they are where every part is named alone."""
        done = self.gestures
        done.total += gestures
        done.one_by_one += gestures if one_by_one is None else one_by_one
        done.curve.append(Moment(done.total, done.one_by_one, done.looks, len(self.seen), self.share_right()))

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

    def __init__(self, desk: Desk, strategy: Strategy, *, reach: int) -> None:
        self.desk = desk
        self.strategy = strategy
        self.reach = reach

    def work(self) -> None:
        if self.strategy.detail:
            self.desk.count(2)
        self.desk.count()
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
            desk.count()
        found = corrections.strands(
            comments.vectors,
            comments.arrangement.graph,
            desk.members,
            seed=comments.seed,
            fineness="many" if self.strategy.many else "few",
            report=no_stage_report,
        )
        n_gone_through = 0
        for cluster_id in self._by_falling_size():
            if n_gone_through >= self.strategy.until * len(desk.members):
                break
            n_gone_through += int((desk.members == cluster_id).sum())
            parts = ClusterParts.of(cluster_id, found, desk.members)
            if not parts.found:  # parts of other clusters have come in since: they have been read already
                continue
            desk.gestures.looks += 1
            shown = [shown_rows(found, strand) for strand in parts.found]
            labels = [desk.commonest(rows)[0] for rows in shown]
            main = labels[0]
            names = ["" if label == main else label for label in labels]
            desk.study.do(NameParts(cluster_id, main, parts.rows, parts.places, names, shown))
            desk.count(
                1 + n_entries(labels, parts.votes, reach=self.reach),
                one_by_one=1 + n_entries(labels, parts.votes, reach=1),
            )

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
        parts = split_cluster(desk.comments.vectors, rows, seed=desk.comments.seed)
        if parts.max() < 1:
            return False
        inside = desk.comments.vectors[rows]
        about = describe(
            [desk.comments.documents[row] for row in rows], inside, Clustering(parts, strengths_of(inside, parts))
        )
        labels = [desk.commonest([int(rows[row]) for row in about[part].typical])[0] for part in sorted(about)]
        desk.gestures.looks += 1
        desk.count(2)
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
        desk.count()

    def _look_again(self) -> None:
        """Look over the doubtful parts, and correct the names of those that are something else."""
        desk, comments = self.desk, self.desk.comments
        named = tuple(desk.named().values())
        found = corrections.second_look(
            comments.vectors,
            comments.arrangement.graph,
            desk.members,
            named=named,
            asked=named,
            seed=comments.seed,
            report=no_stage_report,
        )
        names = {id_: one.name for id_, one in desk.study.labelling.clusters.items()}
        desk.count()
        shown, wrong = [], []
        for place, strand in enumerate(found.order.tolist()):
            desk.gestures.looks += place % _PARTS_PER_LOOK == 0
            shown.append(shown_rows(found.strands, strand))
            label = desk.commonest(shown[-1])[0]
            if label != names[int(found.strands.clusters[strand])]:
                wrong.append((place, label))
        for entry in entries(wrong, reach=self.reach):
            strands = found.order[[place for place, _label in entry]]
            rows = np.flatnonzero(np.isin(found.strands.ids, strands))
            groups = np.zeros(len(rows), np.int32)
            lessons = [row for place, _label in entry for row in shown[place]]
            desk.study.do(CorrectNames(rows, groups, desk.members[rows], [entry[0][1]], [tuple(lessons)]))
            desk.count(one_by_one=len(entry))
        desk.count()

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
        desk.count(3 if self.strategy.until < 1 else 2)


def entries(wrong: Sequence[tuple[int, str]], *, reach: int) -> list[list[tuple[int, str]]]:
    """Return what is typed: always the first place that is left, with those up to ``reach`` on that are the same."""
    left, found = list(wrong), []
    while left:
        found.append([one for one in left if one[1] == left[0][1] and one[0] < left[0][0] + reach])
        left = [one for one in left if one not in found[-1]]
    return found


def n_entries(labels: Sequence[str], votes: Sequence[Votes], *, reach: int) -> int:
    """Return how often numbers and a name are typed until all parts are called by their ``labels``.

    The first part is what the cluster is. After every entry the parts without an answer are what the ones before say.
    """
    answers: list[str | None] = [labels[0], *[None] * (len(labels) - 1)]
    for n in range(len(labels) + 1):
        called = zip(names_of(answers, votes), labels, strict=True)
        wrong = [(place, label) for place, (name, label) in enumerate(called) if name != label]
        if not wrong:
            return n
        for place, label in entries(wrong, reach=reach)[0]:
            answers[place] = label
    raise AssertionError("every entry answers for a part that had no answer")


def prepared(name: str, *, encoder: str = "auto", seed: int = 7) -> Comments:
    source = _DATA / f"{name}.csv"
    table = tables.read(source)
    documents = tables.documents(table, (0,))
    truth = tuple(str(cell) for cell in table.column(1))
    choice = encoders.choose(documents, wanted=encoder)
    embedding = jobs.embed(documents, choice=choice, seed=seed, report=no_stage_report)
    vectors, identity = embedding.vectors, embedding.identity
    arrangement = jobs.arrange(documents, vectors, identity=identity, seed=seed, report=no_stage_report)
    return Comments(name, source, documents, truth, vectors, arrangement, seed)


def played(comments: Comments, strategy: Strategy, *, reach: int) -> Desk:
    """Let an analyst work by a strategy, naming parts together that are ``reach`` apart; return the desk after it."""
    clustered = jobs.cluster(
        comments.documents,
        comments.vectors,
        comments.arrangement.graph,
        method="auto",
        n_clusters=None,
        detail=strategy.detail,
        every_row=False,
        seed=comments.seed,
        report=no_stage_report,
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "effort.verbatlas"
        with Study.create(path, table=tables.read(comments.source), text_columns=(0,), settings=Settings()) as study:
            layout = comments.arrangement.layout
            study.do(ReplaceClustering.of(clustered.clustering, clustered.descriptions, layout))
            desk = Desk(study, comments)
            Analyst(desk, strategy, reach=reach).work()
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
    Strategy("fewer, many parts, learn, second look", detail=-2, parts=True, many=True, learn=True, second=True),
)


def _reached(desk: Desk, goal: float, n_classes: int) -> str:
    for at in desk.gestures.curve:
        if at.right >= goal:
            looked = (at.total + at.looks) / n_classes
            return f"{at.total:,} ({at.total / n_classes:.1f}; {looked:.1f}), {at.read:,} read"
    return "–"


def _within(desk: Desk, gestures: int, counted: Callable[[Moment], int]) -> str:
    """Return the share that was right when so many gestures, ``counted`` so, were made."""
    return f"{max((at.right for at in desk.gestures.curve if counted(at) <= gestures), default=0.0):.1%}"


def main() -> None:
    """Print a Markdown table per file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", nargs="+", default=["banking77_train", "ms_chitchat_zh"])
    parser.add_argument("--strategy", nargs="+", default=[one.title for one in STRATEGIES])
    parser.add_argument("--encoder", default="auto", help="as verbatlas label takes it")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--reach", type=int, default=10, help="how many parts apart are named at once")
    options = parser.parse_args()
    for name in options.data:
        comments = prepared(name, encoder=options.encoder, seed=options.seed)
        n, n_classes = len(comments.truth), len(set(comments.truth))
        print(f"\n{name}: {n:,} comments, {n_classes} labels\n")
        heads = [f"{goal:.0%}" for goal in _GOALS]
        heads += ["3 per label", "one by one", "with looks", "all", "right", "read", "learned right"]
        print("| | " + " | ".join(heads) + " |\n| --- |" + " --- |" * len(heads))
        goals = " | ".join(f"{goal * n:,.0f} ({goal * n / n_classes:.0f})" for goal in _GOALS)
        few = f"{3 * n_classes / n:.1%}"
        print(f"| row by row | {goals} | {few} | {few} | {few} | {n:,} | 100.0% | {n:,} | |", flush=True)
        for strategy in STRATEGIES:
            if strategy.title not in options.strategy:
                continue
            desk = played(comments, strategy, reach=options.reach)
            goals = " | ".join(_reached(desk, goal, n_classes) for goal in _GOALS)
            proposed, right = (sum(one) for one in zip(*desk.learned, strict=True)) if desk.learned else (0, 0)
            counted = (lambda at: at.total, lambda at: at.one_by_one, lambda at: at.total + at.looks)
            within = " | ".join(_within(desk, 3 * n_classes, one) for one in counted)
            print(
                f"| {strategy.title} | {goals} | {within} | {desk.gestures.total:,} | "
                f"{desk.share_right():.1%} | {len(desk.seen):,} | {f'{right / proposed:.0%}' if proposed else ''} |",
                flush=True,
            )


if __name__ == "__main__":
    main()
