"""The report is one file that says what the study says and runs nothing, whatever the comments contain."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from window_steps import LONG, make_map, write_csv

from verbatlas.app.report.html_report import report_html, save_report
from verbatlas.app.report.report_data import ReportCluster, ReportData, report_data
from verbatlas.app.session import Session
from verbatlas.errors import Problem, UserError
from verbatlas.study import Delete, Group, Rename, SetNote

_ATTACK = "<script>alert(1)</script><img src=x onerror=alert(1)>"


class Tags(HTMLParser):
    """Collects what a browser would see."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_the_report_names_every_cluster_with_its_size_note_comments_and_course(mapped: Session, tmp_path: Path) -> None:
    study = mapped.study
    assert study is not None
    first, second, third, *_ = study.labelling.clusters
    study.do(Rename(first, "物流 & 配送"))
    study.do(SetNote(first, "再看\nagain"))
    study.do(Group([first, second], "Service"))
    study.do(Delete([third]))

    path = save_report(study, tmp_path / "报告.html")

    text = path.read_text(encoding="utf-8")
    seen = Tags(text)
    words = " ".join(seen.words)
    labelling = study.labelling
    sizes = labelling.sizes()
    for id_, cluster in labelling.clusters.items():
        if sizes[id_]:
            assert cluster.name in words
    assert "物流 & 配送" in words
    assert "再看\nagain" in words
    assert "Service" in words
    assert f"{labelling.n_noise} comments in no cluster" in words
    typical = next(row for row in labelling.clusters[second].typical if labelling.members[row] == second)
    assert study.documents[typical] in words
    assert "2026-03-01 to 2026-03-28" in words
    assert any(tag == "rect" for tag, _ in seen.tags)


def test_nothing_comes_from_elsewhere_and_nothing_runs(mapped: Session, tmp_path: Path) -> None:
    assert mapped.study is not None
    text = save_report(mapped.study, tmp_path / "r.html").read_text(encoding="utf-8")
    seen = Tags(text)
    assert not any(tag in {"script", "iframe", "link", "object"} for tag, _ in seen.tags)
    assert not re.findall(r'(?:src|href)\s*=\s*"(?!data:)', text)
    assert "default-src 'none'" in text


def test_markup_in_comments_names_and_notes_is_only_text() -> None:
    cluster = ReportCluster(1, _ATTACK, _ATTACK, 3, 1.0, 0, (_ATTACK,), _ATTACK, (_ATTACK,), (1, 0, 2))
    data = ReportData(_ATTACK, 3, 0, (cluster,), (_ATTACK, "a", "b"))
    seen = Tags(report_html(data, "<svg></svg>"))
    assert not any(tag in {"script", "img"} for tag, _ in seen.tags)
    assert _ATTACK in "".join(seen.words)


def test_a_table_without_dates_has_no_course(qtbot: QtBot, session: Session, tmp_path: Path) -> None:
    rows = [[f"the parcel came {n} days late"] for n in range(20)]
    make_map(qtbot, session, write_csv(tmp_path / "plain.csv", ["text"], rows), columns=(0,))
    data = report_data(session.study)
    assert data.time is None
    assert all(cluster.course == () for cluster in data.clusters)
    assert sum(cluster.size for cluster in data.clusters) == 20


def test_a_folder_that_is_not_there_is_told(mapped: Session, tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        save_report(mapped.study, tmp_path / "no" / "r.html")
    assert caught.value.problem is Problem.OUTPUT_UNWRITABLE


def test_the_window_writes_it(qtbot: QtBot, mapped: Session, tmp_path: Path) -> None:
    with qtbot.waitSignal(mapped.exported, timeout=LONG) as exported:
        mapped.write(tmp_path / "r.html", save_report)
    assert exported.args[0].exists()
