"""``verbatlas label`` as a person runs it: a process, its exit status, its words and its files."""

import csv
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sklearn.metrics import adjusted_rand_score

from fault_proxy import Fault, FaultProxy, of_vectors
from model_server import ModelServer
from verbatlas import tables
from verbatlas.encoders.server.comparison import TEXTS
from verbatlas.resources import resource as sample_file
from verbatlas.shared_settings import change_shared

# As somebody without rights: the tests may run as root, for whom no file is forbidden.
_AS_NOBODY = """
import os, sys
from verbatlas import cli, label_job
if os.geteuid() == 0:
    os.setuid(65534)
sys.exit(cli.main(sys.argv[1:]))
"""
_ADDED = ["cluster_id", "cluster", "cluster_group", "strength", "second_cluster", "moved_by_hand", "x", "y"]


def run(*words: object, limit_file_size: int | None = None) -> subprocess.CompletedProcess[str]:
    """Run ``verbatlas`` to its end, in English, and return its status and words."""

    def limit() -> None:
        if limit_file_size is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit_file_size, limit_file_size))

    return subprocess.run(
        [sys.executable, "-m", "verbatlas", *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"VERBATLAS_LANGUAGE": "en"},
        preexec_fn=limit,
        timeout=280,
        check=False,
    )


def run_as_nobody(*words: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, *map(str, words)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=os.environ | {"VERBATLAS_LANGUAGE": "en"},
        timeout=280,
        check=False,
    )


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def assert_one_plain_line(finished: subprocess.CompletedProcess[str], *, says: str) -> None:
    assert finished.returncode == 1, finished.stderr
    last = finished.stderr.rstrip().splitlines()[-1]
    assert last.startswith("verbatlas: ")
    assert says in last
    assert "Traceback" not in finished.stderr


@pytest.fixture
def small_table(tmp_path: Path) -> Path:
    path = tmp_path / "评论 comments.csv"
    texts = [
        "The delivery took two weeks",
        "My parcel arrived far too late",
        "Late delivery again, very slow shipping",
        "Shipping was slow and the parcel came late",
        "The battery dies after an hour",
        "Battery life is terrible",
        "It needs charging twice a day, weak battery",
        "Phone battery drains overnight",
        "Support never answers my emails",
        "Customer service ignored me",
        "Nobody at support replied to my question",
        "I waited an hour for customer support",
    ]
    lines = [f'{index:03d},"{text}",1e5' for index, text in enumerate(texts)]
    path.write_text("\n".join(["id,comment,code", *lines]) + "\n", encoding="utf-8")
    return path


def test_the_mission_questions_fall_into_the_expected_groups(shared_data: Path, tmp_path: Path) -> None:
    source, output = shared_data / "mission" / "questions_zh.csv", tmp_path / "labelled.csv"

    finished = run("label", source, "-o", output, "--method", "kmeans", "--clusters", 3)

    assert finished.returncode == 0, finished.stderr
    labelled = rows_of(output)
    groups = {(row["expected_group"], row["cluster_id"]) for row in labelled}
    assert len(groups) == 3
    assert {group for group, _ in groups} == {"account", "payment", "invoice"}
    assert "because 100% of the text is Chinese" in finished.stderr


def test_every_row_and_cell_comes_back_with_a_label(small_table: Path, tmp_path: Path) -> None:
    output, picture = tmp_path / "out.csv", tmp_path / "map.png"

    finished = run("label", small_table, "-o", output, "--map", picture)

    assert finished.returncode == 0, finished.stderr
    assert finished.stdout.split("\n")[:2] == [str(output), str(picture)]
    assert picture.read_bytes().startswith(b"\x89PNG")
    before, after = rows_of(small_table), rows_of(output)
    assert list(after[0]) == ["id", "comment", "code", *_ADDED]
    assert [{name: row[name] for name in before[0]} for row in after] == before
    assert all(0 <= float(row["strength"]) <= 1 for row in after)
    assert all((row["cluster_id"] == "-1") == (row["cluster"] == "") for row in after)


@pytest.mark.parametrize("ending", [".xlsx", ".jsonl", ".parquet"])
def test_other_kinds_of_files_are_read_and_written(ending: str, small_table: Path, tmp_path: Path) -> None:
    source, output = tmp_path / f"in{ending}", tmp_path / f"out{ending}"
    table = tables.read(small_table)
    tables.write(source, table)

    finished = run("label", source, "-o", output)

    assert finished.returncode == 0, finished.stderr
    labelled = tables.read(output)
    assert labelled.names == (*table.names, *_ADDED)
    assert labelled.columns[: table.n_columns] == table.columns
    assert len(set(labelled.column(labelled.index_of("cluster")))) > 1


@pytest.mark.parametrize(
    ("words", "first"),
    [
        (["--text", "=t"], "\ufeffid,'=t,cluster_id,"),
        (["--text", "=t", "--no-guard-formulas", "--encoding", "source"], "id,=t,cluster_id,"),
        (["--text", "=t", "--encoding", "excel"], "\ufeffid,'=t,cluster_id,"),
    ],
    ids=["usual", "source", "excel"],
)
def test_formulas_are_guarded_and_excel_is_thought_of_unless_that_is_not_wanted(
    small_table: Path, tmp_path: Path, words: list[str], first: str
) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    comments = tables.read(small_table).column(1)
    source.write_text("\n".join(["id,=t", *(f'1,"très: {comment}"' for comment in comments), ""]), encoding="utf-8")

    finished = run("label", source, "-o", output, "--encoder", "lexical", "--clusters", 2, *words)

    assert finished.returncode == 0, finished.stderr
    assert output.read_text(encoding="utf-8").startswith(first)
    assert tables.read(output).names[:2] == ("id", "=t")
    assert "formulas_guarded" not in tables.read(output).names


def test_a_kind_of_file_that_is_only_read_is_refused_before_the_work(small_table: Path, tmp_path: Path) -> None:
    finished = run("label", small_table, "-o", tmp_path / "out.xls")
    assert finished.returncode == 1
    assert "can be read but not written" in finished.stderr


def test_two_runs_give_the_same_bytes(shared_data: Path, tmp_path: Path) -> None:
    source = shared_data / "csv" / "banking77_test.csv"
    outputs = [tmp_path / "first.csv", tmp_path / "second.csv"]
    pictures = [tmp_path / "first.png", tmp_path / "second.png"]

    for output, picture in zip(outputs, pictures, strict=True):
        finished = run("label", source, "-o", output, "--map", picture)
        assert finished.returncode == 0, finished.stderr

    assert outputs[0].read_bytes() == outputs[1].read_bytes()
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    labelled = rows_of(outputs[0])
    assert [row["text"] for row in labelled] == [row["text"] for row in rows_of(source)]
    assert sum(row["cluster_id"] == "-1" for row in labelled) <= 0.02 * len(labelled)


def test_progress_goes_to_stderr_and_paths_to_stdout(small_table: Path, tmp_path: Path) -> None:
    finished = run("label", small_table, "-o", tmp_path / "out.csv")

    assert finished.stdout == f"{tmp_path / 'out.csv'}\n"
    assert finished.stderr


def test_several_text_columns_are_joined(tmp_path: Path) -> None:
    source = tmp_path / "two.csv"
    source.write_text("title,body\n" + "\n".join(f"slow {i},parcel {i}" for i in range(9)), encoding="utf-8")

    finished = run("label", source, "-o", tmp_path / "out.csv", "--text", "title", "--text", "body")

    assert finished.returncode == 0, finished.stderr


def test_a_study_is_kept_when_asked_for(small_table: Path, tmp_path: Path) -> None:
    study = tmp_path / "work.verbatlas"

    finished = run("label", small_table, "-o", tmp_path / "out.csv", "--study", study)

    assert finished.returncode == 0, finished.stderr
    assert study.read_bytes().startswith(b"SQLite format 3")
    assert str(study) in finished.stdout


def test_every_row_gets_a_cluster_when_asked_for(small_table: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"

    finished = run("label", small_table, "-o", output, "--method", "hdbscan", "--every-row")

    assert finished.returncode == 0, finished.stderr
    assert all(row["cluster_id"] != "-1" for row in rows_of(output))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\xef\xbb\xbf\r\n", "is empty"),
        (b"id,comment\n", "no rows"),
        (b"id,score\n1,2\n2,3\n3,4\n", "no column that looks like comments"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)) * 20, "not a text table"),
        (b"PK\x03\x04" + bytes(range(256)) * 20, "is damaged"),
    ],
    ids=["empty", "byte order mark only", "header only", "no text", "picture", "zip"],
)
def test_a_file_without_comments_gets_a_sentence(content: bytes, says: str, tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_bytes(content)

    assert_one_plain_line(run("label", source, "-o", tmp_path / "out.csv"), says=says)
    assert not (tmp_path / "out.csv").exists()


def test_all_cells_blank_gets_a_sentence(tmp_path: Path) -> None:
    source = tmp_path / "in.csv"
    source.write_text("id,comment\n1,\n2,  \n3,\t\n", encoding="utf-8")

    finished = run("label", source, "-o", tmp_path / "out.csv", "--text", "comment")

    assert_one_plain_line(finished, says="cells are blank")


def test_a_missing_file_gets_a_sentence(tmp_path: Path) -> None:
    assert_one_plain_line(run("label", tmp_path / "no.csv", "-o", tmp_path / "out.csv"), says="no file at")


def test_a_folder_gets_a_sentence(tmp_path: Path) -> None:
    assert_one_plain_line(run("label", tmp_path, "-o", tmp_path / "out.csv"), says="is a folder")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that everybody may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        yield Path(folder)


def test_a_file_that_may_not_be_read_gets_a_sentence(open_folder: Path) -> None:
    secret = open_folder / "secret.csv"
    secret.write_text("comment\nslow\n", encoding="utf-8")
    secret.chmod(0)

    assert_one_plain_line(run_as_nobody("label", secret, "-o", open_folder / "out.csv"), says="Permission denied")


def test_a_folder_that_may_not_be_written_gets_a_sentence_before_the_work(open_folder: Path) -> None:
    source = open_folder / "in.csv"
    source.write_text("comment\nslow\ndear\n", encoding="utf-8")
    closed = open_folder / "closed"
    closed.mkdir(mode=0o555)

    assert_one_plain_line(
        run_as_nobody("label", source, "--text", "comment", "-o", closed / "out.csv"), says="could not be written"
    )
    assert list(closed.iterdir()) == []


def test_a_column_that_is_not_there_gets_a_sentence(small_table: Path, tmp_path: Path) -> None:
    finished = run("label", small_table, "-o", tmp_path / "out.csv", "--text", "Kommentar")

    assert_one_plain_line(finished, says="id, comment, code")


def test_more_clusters_than_comments_gets_a_sentence(small_table: Path, tmp_path: Path) -> None:
    finished = run("label", small_table, "-o", tmp_path / "out.csv", "--method", "kmeans", "--clusters", 500)

    assert_one_plain_line(finished, says="500 clusters")


@pytest.mark.parametrize(
    ("texts", "says"),
    [(["so slow"], "only 1 comment"), (["so slow", "so dear"], "only 2 comments"), (["same"] * 1000, "1,000")],
    ids=["one row", "two rows", "a thousand identical rows"],
)
def test_too_little_to_compare_is_labelled_and_said(texts: list[str], says: str, tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("\n".join(["comment", *texts]) + "\n", encoding="utf-8")

    finished = run("label", source, "-o", output, "--text", "comment", "--map", tmp_path / "map.png")

    assert finished.returncode == 0, finished.stderr
    assert says in finished.stderr
    assert {row["cluster_id"] for row in rows_of(output)} == {"0"}


def test_a_ten_megabyte_cell_is_read_and_written_back(tmp_path: Path) -> None:
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    long = "the delivery was late " * 500_000
    source.write_text("\n".join(["comment", "battery is weak", long, "so slow", "too dear"]), encoding="utf-8")

    finished = run("label", source, "-o", output, "--text", "comment")

    assert finished.returncode == 0, finished.stderr
    assert "longer than the model reads" in finished.stderr
    assert str(len(long)) not in finished.stderr
    csv.field_size_limit(20_000_000)
    assert rows_of(output)[1]["comment"] == long


def test_a_full_disk_leaves_the_old_output_as_it_was(small_table: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    output.write_text("yesterday's labels", encoding="utf-8")

    finished = run("label", small_table, "-o", output, limit_file_size=200)

    assert_one_plain_line(finished, says="disk is full")
    assert output.read_text(encoding="utf-8") == "yesterday's labels"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out.csv", small_table.name]


def test_an_output_in_a_folder_that_is_not_there_is_refused_before_the_work(small_table: Path, tmp_path: Path) -> None:
    finished = run("label", small_table, "-o", tmp_path / "nowhere" / "out.csv")

    assert_one_plain_line(finished, says="could not be written")


def test_the_source_is_never_overwritten(small_table: Path) -> None:
    before = small_table.read_bytes()

    assert_one_plain_line(run("label", small_table, "-o", small_table), says="file that you opened")
    assert small_table.read_bytes() == before


@pytest.mark.parametrize(
    "words",
    [
        ["label"],
        ["label", "in.csv"],
        ["label", "in.csv", "-o", "out.csv", "--method", "magic"],
        ["label", "in.csv", "-o", "out.csv", "--clusters", "0"],
        ["label", "in.csv", "-o", "out.csv", "--clusters", "many"],
        ["label", "in.csv", "-o", "out.csv", "--method", "hdbscan", "--clusters", "3"],
        ["label", "in.csv", "-o", "out.csv", "--seed", "-1"],
        ["label", "in.csv", "-o", "out.csv", "--encoder", "word2vec"],
        ["label", "in.csv", "-o", "out.csv", "--precision", "sloppy"],
    ],
)
def test_bad_usage_ends_with_two(words: list[str]) -> None:
    finished = run(*words)

    assert finished.returncode == 2
    assert "usage: verbatlas label" in finished.stderr


def test_a_server_beyond_this_computer_is_named_and_offline_not_asked(
    small_table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATLAS_OFFLINE", "1")
    finished = run("label", small_table, "-o", tmp_path / "o.csv", "--encoder", "http://192.0.2.1:30000/v1#bge-m3")

    assert "it leaves this computer" in finished.stderr
    assert_one_plain_line(finished, says="switched to work offline, so 192.0.2.1 was not asked")
    assert not (tmp_path / "o.csv").exists()


def test_the_switch_of_the_window_holds_on_the_command_line_too(
    small_table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VERBATLAS_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    change_shared(is_offline=True)
    words = ("label", small_table, "-o", tmp_path / "o.csv", "--encoder", "http://127.0.0.2.nip.invalid:9/v1#bge-m3")

    finished = run(*words)
    assert_one_plain_line(finished, says="so 127.0.0.2.nip.invalid was not asked")
    assert "--allow-network" in finished.stderr

    allowed = run(*words, "--allow-network")
    assert "No server answers at http://127.0.0.2.nip.invalid:9/v1" in allowed.stderr


@pytest.mark.parametrize(
    ("encoder", "says"),
    [("bge-m3", "verbatlas models download bge-m3"), ("/nowhere/at/all", "There is no file at /nowhere/at/all")],
)
def test_a_model_that_is_not_here_gets_a_sentence(
    small_table: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, encoder: str, says: str
) -> None:
    monkeypatch.setenv("VERBATLAS_MODELS_DIR", str(tmp_path / "models"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    finished = run("label", small_table, "-o", tmp_path / "o.csv", "--encoder", encoder)

    assert_one_plain_line(finished, says=says)


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["label", "--help"]])
def test_help_and_version_end_with_zero(words: list[str]) -> None:
    assert run(*words).returncode == 0


def test_interrupting_leaves_nothing_behind(shared_data: Path, tmp_path: Path) -> None:
    output = tmp_path / "out.csv"
    words = [sys.executable, "-m", "verbatlas", "label", shared_data / "csv/banking77_train.csv", "-o", output]
    english = os.environ | {"VERBATLAS_LANGUAGE": "en"}
    with subprocess.Popen(words, stderr=subprocess.PIPE, text=True, env=english) as process:
        assert process.stderr is not None
        wait_for_line(process.stderr.readline, "Embed")
        process.send_signal(signal.SIGINT)
        said = process.stderr.read()
        status = process.wait(timeout=60)

    assert status == 130
    assert "stopped" in said
    assert "Traceback" not in said
    assert list(tmp_path.iterdir()) == []


def wait_for_line(read: Callable[[], str], starts: str) -> None:
    """Read lines until one begins with ``starts``; fail when the process ends first."""
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        line = read()
        assert line, "the process ended before it came to this stage"
        if line.startswith(starts):
            return
    pytest.fail(f"no line beginning with {starts!r} came")


def test_what_repeats_or_is_short_is_left_out_and_columns_are_joined(tmp_path: Path) -> None:
    late = "The delivery came two days late and nobody told me"
    rows = [["Late", late], ["", "The battery is empty after three hours"], ["Late", late], ["late", late + "!!"]]
    rows += [["", "ok"], ["Refund", "I want my money back"], ["", ""], ["Battery", "far too short for a day"]]
    source, output = tmp_path / "in.csv", tmp_path / "out.csv"
    with source.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["title", "body"], *rows])

    kinds = "near-duplicates,short,duplicates"
    done = run("label", source, "-o", output, "--template", "{title}: {body}", "--leave-out", kinds, "--clusters", 2)

    assert done.returncode == 0, done.stderr
    assert "2 rows were left out because they repeat others" in done.stderr
    assert "1 row was left out because it is very short" in done.stderr
    written = rows_of(output)  # with a byte order mark, because the clusters' names are not ASCII
    assert [[row["title"], row["body"]] for row in written] == rows
    assert [row["repeats_row"] for row in written] == ["", "", "1", "1", "", "", "", ""]
    labels = [row["cluster"] for row in written]
    assert labels[0] == labels[2] == labels[3] != ""
    assert labels[4] == labels[6] == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--template", "{titel}"], "There is no column 'titel'."),
        (["--template", "{title"], "The brace at character 1 has no partner"),
        (["--template", "{title}", "--text", "title"], "leave --text away"),
        (["--leave-out", "rude"], "there is no 'rude'; choose from short, duplicates, near-duplicates"),
        (["--leave-out", "short", "--text", "title"], "Every comment would be left out"),
    ],
    ids=["unknown-column", "open-brace", "both", "unknown-kind", "everything"],
)
def test_what_cannot_be_joined_or_left_out_is_told(tmp_path: Path, words: list[str], said: str) -> None:
    source = tmp_path / "in.csv"
    source.write_text("title,body\nok,words\nfine,more words\n", encoding="utf-8")
    done = run("label", source, "-o", tmp_path / "out.csv", *words)
    assert done.returncode in {1, 2}
    assert said in done.stderr
    assert not (tmp_path / "out.csv").exists()


def test_a_server_labels_as_the_same_model_does_here(
    proxy: FaultProxy, model_server: ModelServer, tmp_path: Path
) -> None:
    proxy.key = model_server.key
    source = sample_file("samples", "coffee_subscription_en.csv")
    labelled = []
    for name, encoder in (("here", "minilm"), ("there", proxy.address)):
        output = tmp_path / f"{name}.csv"
        finished = run("label", source, "-o", output, "--encoder", encoder, "--precision", "exact")
        assert finished.returncode == 0, finished.stderr
        assert "does not answer" not in finished.stderr
        labelled.append([row["cluster_id"] for row in rows_of(output)])
    here, there = labelled
    assert len(set(here)) > 3
    assert adjusted_rand_score(here, there) == 1
    sent = {text for texts in proxy.sent for text in texts}
    assert sent.issuperset(TEXTS), "it was not compared"


def test_a_server_that_answers_otherwise_than_the_copy_here_is_warned_of_before_the_work(
    proxy: FaultProxy, model_server: ModelServer, small_table: Path, tmp_path: Path
) -> None:
    proxy.key = model_server.key
    proxy.rule = lambda request: Fault(change=of_vectors(lambda vector: vector[::-1]))

    server = f"{proxy.address}#{model_server.model}"
    finished = run("label", small_table, "-o", tmp_path / "out.csv", "--encoder", server)

    assert finished.returncode == 0, finished.stderr
    before, _stage, _after = finished.stderr.partition("Embed the comments")
    assert "The server does not answer as the same model on this computer does" in before
