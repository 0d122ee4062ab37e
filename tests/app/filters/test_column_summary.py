"""A column is summed up by what it holds: values, numbers or days."""

from datetime import date

import pytest

from verbatlas.app.filters.column_summary import Categories, Dates, Numbers, Option, summarise, summary_of
from verbatlas.study import NOISE, Study
from verbatlas.tables import Table, TableFormat, from_columns


def table(cells: list[str | None]) -> Table:
    return from_columns(["column"], [cells], TableFormat())


def test_values_come_by_how_frequent_they_are_and_blank_cells_last(study: Study) -> None:
    summary = summary_of(study, 1)

    assert (summary.column, summary.title) == (1, "channel & shop")
    assert summary.content == Categories(
        (Option("App", "App", 8), Option("Web", "Web", 4), Option("门店", "门店", 4), Option("", "No value", 8))
    )


def test_few_numbers_are_values_in_their_order(study: Study) -> None:
    content = summary_of(study, 2).content

    assert isinstance(content, Categories)
    assert [option.label for option in content.options] == ["1", "2", "3", "4", "5"]


def test_numbers_have_ends_digits_and_a_spread(study: Study) -> None:
    content = summary_of(study, 3).content

    assert isinstance(content, Numbers)
    assert (content.low, content.high, content.decimals, content.n_missing) == (1.5, 34.5, 1, 1)
    assert sum(content.counts) == 23
    assert content.counts[0] == content.counts[-1] == 1


def test_dates_have_a_first_and_a_last_day(study: Study) -> None:
    content = summary_of(study, 4).content

    assert isinstance(content, Dates)
    assert (content.first, content.last, content.n_missing) == (date(2026, 3, 1), date(2026, 3, 24), 1)
    assert sum(content.counts) == 23


def test_a_single_day_and_a_column_of_nothing() -> None:
    day = summarise(table(["2026-03-01", "2026-03-01"]), 0).content
    assert isinstance(day, Dates)
    assert (day.first, day.last, sum(day.counts)) == (date(2026, 3, 1), date(2026, 3, 1), 2)
    assert summarise(table(["", None]), 0).content == Categories((Option("", "No value", 2),))
    assert summarise(table([]), 0).content == Categories(())


def test_of_very_many_values_the_rarest_are_left_out() -> None:
    content = summarise(table([f"order {row}" for row in range(1500)] + ["order 7"]), 0).content

    assert isinstance(content, Categories)
    assert (len(content.options), content.n_left_out) == (1000, 500)
    assert content.options[0] == Option("order 7", "order 7", 2)


@pytest.mark.parametrize(("numbers", "decimals"), [(range(20), 0), ([x / 8 for x in range(20)], 3)])
def test_digits_after_the_point(numbers: list[float], decimals: int) -> None:
    content = summarise(table([str(number) for number in numbers]), 0).content

    assert isinstance(content, Numbers)
    assert content.decimals == decimals


def test_clusters_are_the_largest_first_and_then_what_is_in_none(study: Study) -> None:
    summary = summary_of(study, None)

    assert summary.column is None
    assert summary.content == Categories(
        (Option(0, "电池发热", 12), Option(1, "Slow delivery", 8), Option(NOISE, "No cluster", 4))
    )
