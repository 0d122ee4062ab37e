"""Which cells are quoted beyond need follows from those that were met."""

import re

import pytest

from verbatlas.tables.quoting import EVERY_CLASS, Quoting, QuotingSeen, class_of, pattern_of


@pytest.mark.parametrize(
    ("cell", "kind"),
    [("", "e"), ("-3.2e-05", "n"), ("12", "n"), ("NA", "w"), (" a", "s"), ("a ", "s"), ("late", "t"), ("1a", "t")],
)
def test_cells_are_of_a_class(cell: str, kind: str) -> None:
    assert class_of(cell) == kind


def seen_of(*cells: tuple[int, str, bool], names: list[bool | None] | None = None) -> QuotingSeen:
    seen = QuotingSeen(names or [])
    for column, cell, is_quoted in cells:
        seen.add(column, cell, is_quoted=is_quoted)
    return seen


def test_a_class_that_was_not_met_does_as_its_like() -> None:
    quoting = seen_of((0, "1", False), (1, "late", True), names=[True, None]).quoting(2)
    assert quoting.name(0)
    assert quoting.name(1)
    assert "t" in quoting.classes(0)
    assert set(quoting.classes(1)) == {"n", "s", "t"}
    assert quoting.classes(7) == quoting.other_cells == "t"


def test_most_cells_decide() -> None:
    assert seen_of((0, "a", True), (0, "b", True), (0, "c", False)).quoting(1).classes(0) == "nst"
    assert seen_of((0, "a", True), (0, "b", False)).quoting(1).classes(0) == ""


def test_all_is_said_of_all() -> None:
    assert seen_of((0, "a", True), names=[True]).is_all
    assert not seen_of((0, "a", True), names=[False]).is_all
    assert not seen_of().is_all
    assert seen_of((0, "a", True)).quoting(1).other_cells == EVERY_CLASS


@pytest.mark.parametrize(
    "quoting", [Quoting(), Quoting((True, False), ("t", ""), other_cells="n"), Quoting((True,), (), other_names=True)]
)
def test_it_can_be_kept_as_text(quoting: Quoting) -> None:
    again = Quoting.parse(quoting.text())
    assert [again.name(column) for column in range(3)] == [quoting.name(column) for column in range(3)]
    assert [again.classes(column) for column in range(3)] == [quoting.classes(column) for column in range(3)]


def test_a_pattern_finds_the_cells_of_its_classes() -> None:
    pattern = re.compile(pattern_of("ens"))
    assert [bool(pattern.fullmatch(cell)) for cell in ("", "-1.5", " a", "a b ", "NA", "late")] == [
        True,
        True,
        True,
        True,
        False,
        False,
    ]
