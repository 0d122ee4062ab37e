"""Column names are told from titles above them and from the rows below."""

import pytest

from verbatlas.tables.header import header_sure, is_figure, looks_like_header, rows_above

TABLE = [["id", "kind", "text", "n"], ["1", "a", "slow", "3"], ["2", "b", "dear", "4"], ["3", "a", "rude", "1"]]


@pytest.mark.parametrize(
    ("above", "n"),
    [
        ([], 0),
        ([["Report of March"]], 1),
        ([["Report of March", "", "", ""], ["", "", "", ""]], 2),
        ([["# exported by somebody"], ["# 2026-03-01", " 12:00"]], 2),
        ([[], []], 2),
        ([["# id", " kind", " text", " n"]], 1),
        ([["% made by a program"], ["% x", " y"]], 2),
        ([["Exported on 1 March", " by Ann", " for Bob", " and friends."]], 1),
        ([["Date:", "2026"], ["By:", "me"], []], 3),
    ],
)
def test_lines_above_the_header_are_counted(above: list[list[str]], n: int) -> None:
    assert rows_above([*above, *TABLE]) == n


def test_a_title_of_a_narrow_table_is_above_it_though_it_has_as_many_cells() -> None:
    assert rows_above([["Survey 2026", ""], ["", ""], ["id", "text"], ["1", "slow"], ["2", "dear"]]) == 2


def test_the_names_themselves_are_no_remark() -> None:
    assert rows_above([["#id", "kind", "text"], ["1", "a", "slow"], ["2", "b", "dear"]]) == 0
    assert rows_above([["id", "kind", "text"], ["s", "C", "%"], ["1", "2", "3"], ["2", "3", "4"]]) == 0


@pytest.mark.parametrize(
    "rows",
    [
        [["", "text"], ["0", "slow"], ["1", "dear"]],
        [["1", ""], ["2", "slow"], ["3", "dear"]],
        [["1", "", "", "", ""], ["2", "a", "b", "c", "slow"], ["3", "a", "b", "c", "dear"]],
        [["comment"], ["slow"], ["dear"]],
    ],
    ids=["unnamed index", "empty comment", "row with one figure", "one column"],
)
def test_a_first_row_with_empty_cells_is_no_title(rows: list[list[str]]) -> None:
    assert rows_above(rows) == 0


@pytest.mark.parametrize(
    ("rows", "is_header"),
    [
        ([["Country", "2019", "2020"], ["Peru", "1.5", "2.5"], ["Chile", "3", "4"]], True),
        ([["A", "The delivery was very late again"], ["B", "Nothing works as it should here"]], False),
        ([["kind", "what happened"], ["B", "Nothing works as it should here, and nobody helps"]], True),
        ([["Great"], ["Bad service"], ["ok"]], False),
        ([["意见"], ["很好"], ["不错"]], True),
        ([["a1", "b2"], ["a3", "b4"], ["a5", "b6"]], False),
        ([["Timestamp", "How satisfied are you with our service?"], ["1.3.2026", "4"], ["2.3.2026", "5"]], True),
        ([["Was hat Ihnen gefallen?", "Was nicht?"], ["Alles war sehr gut", "Die Preise"], ["Nichts", "Alles"]], True),
        ([["您对我们的服务满意吗？", "有什么建议？"], ["满意，很好", "没有"], ["不太满意", "便宜一点"]], True),
        ([["id", "1. How likely are you to recommend us to a friend or a colleague of yours"], ["1", "9"]], True),
        ([["id", "the\nname", "comment"], ["1", "Ann", "late"], ["2", "Bob", "good"]], True),
        ([["ID", "2019", "Comment"], ["1", "4", "slow"], ["2", "5", "dear"]], True),
        ([["Name", "2026-01", "2026-02"], ["Ann", "3", "4"], ["Bob", "5", "6"]], True),
        ([["q12_open"], ["slow"], ["too dear"]], True),
        ([["id", "comment"], ["1", "late"], ["id", "comment"], ["2", "late"], ["id", "comment"], ["3", "ok"]], True),
        ([["Kundenmeinung"], ["Gut"], ["Schlecht gelaunt"], ["Geht so"]], True),
        ([["用户评论内容"], ["很好"], ["不错"]], True),
        ([["good", "Where is it?"], ["bad", "Is it late?"], ["good", "Why is it dear?"], ["bad", "Who cares?"]], False),
        (
            [["good", "I love it"], ["bad", "I hate it"], ["good", "Great stuff"], ["bad", "Awful"], ["bad", "No"]],
            False,
        ),
    ],
)
def test_names_are_told_from_data(rows: list[list[str]], *, is_header: bool) -> None:
    assert looks_like_header(rows) is is_header


@pytest.mark.parametrize("cell", ["1", "-1.5", "1e5", "2026-03-01 12:00", "3 %", "12,5", "2026年3月1日", "NULL"])
def test_figures_are_known(cell: str) -> None:
    assert is_figure(cell)


@pytest.mark.parametrize("cell", ["", "a1", "version 2", "three", "二"])
def test_words_are_no_figures(cell: str) -> None:
    assert not is_figure(cell)


def test_how_sure_it_is_grows_with_what_speaks_for_it() -> None:
    named = header_sure([["id", "comment"], ["1", "late again and again"]], has_header=True)
    unlike = header_sure([["foo", "bar"], ["1", "late again and again"], ["2", "wet box and all"]], has_header=True)
    doubtful = header_sure([["foo", "bar"], ["baz", "qux"]], has_header=True)
    assert named > unlike > doubtful >= 0.5
    figures = header_sure([["1", "Late again."], ["2", "Too late."]], has_header=False)
    assert figures > header_sure([["a", "b"], ["c", "d"]], has_header=False) >= 0.5
    assert header_sure([["only"]], has_header=True) == 0.5
