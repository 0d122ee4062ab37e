"""A change is what is different, goes both ways, and survives the file."""

import io
import json

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from verbatlas.study import Cluster, Labelling
from verbatlas.study.change import Change, derive_change

NAMES = st.text(max_size=8)


@st.composite
def labellings(draw: st.DrawFn) -> Labelling:
    ids = draw(st.lists(st.integers(0, 6), unique=True, max_size=5))
    members = draw(st.lists(st.sampled_from([-1, *ids]), min_size=9, max_size=9))
    strengths = draw(st.lists(st.floats(0, 1, width=32), min_size=9, max_size=9))
    clusters = {id_: Cluster(id_, draw(NAMES), draw(st.booleans()), keywords=(draw(NAMES),)) for id_ in ids}
    return Labelling(np.array(members, np.int32), np.array(strengths, np.float32), clusters, 7)


def same(one: Labelling, two: Labelling) -> bool:
    return (
        np.array_equal(one.members, two.members)
        and np.array_equal(one.strengths, two.strengths)
        and dict(one.clusters) == dict(two.clusters)
        and one.next_id == two.next_id
    )


@settings(max_examples=150, deadline=None)
@given(before=labellings(), after=labellings())
def test_a_change_leads_there_and_back_through_the_file(before: Labelling, after: Labelling) -> None:
    change = Change.from_bytes(derive_change(before, after).to_bytes())

    assert same(change.apply(before), after)
    assert same(change.reversed().apply(after), before)


@settings(max_examples=50, deadline=None)
@given(value=labellings())
def test_nothing_changed_is_an_empty_change(value: Labelling) -> None:
    assert derive_change(value, value).is_empty


def test_names_kept_and_lost_are_told() -> None:
    members, strengths = np.zeros(2, np.int32), np.ones(2, np.float32)
    mine, yours = Cluster(0, "Mine", named_by_hand=True), Cluster(1, "Yours", named_by_hand=True)
    before = Labelling(members, strengths, {0: mine, 1: yours}, 2)
    after = Labelling(members, strengths, {0: Cluster(0, "Mine", named_by_hand=True, keywords=("x",))}, 2)

    change = derive_change(before, after)

    assert change.names_kept == ("Mine",)
    assert change.names_lost == ("Yours",)


def test_what_changed_for_all_alike_takes_little_room() -> None:
    n, rng = 50_000, np.random.default_rng(0)
    rows = np.sort(rng.choice(1_000_000, n, replace=False))
    strengths = np.tile(rng.random(n, dtype=np.float32), (2, 1))
    members = np.repeat(np.array([[3], [5]], np.int32), n, axis=1)
    change = Change(
        rows, members, strengths, np.zeros((2, n), np.bool_), np.stack([rows, rows]).astype(np.int32), {}, (0, 0)
    )

    data = change.to_bytes()
    again = Change.from_bytes(data)

    assert len(data) < 6 * n
    for name in ("rows", "members", "strengths", "by_hand"):
        np.testing.assert_array_equal(getattr(again, name), getattr(change, name))
        assert getattr(again, name).dtype == getattr(change, name).dtype


def test_a_change_of_version_3_is_read() -> None:
    buffer, described = io.BytesIO(), {"clusters": [], "next_ids": [4, 5]}
    members = np.array([[1, 2], [2, 2]], np.int32)
    np.savez_compressed(
        buffer,
        rows=np.array([7, 9]),
        members=members,
        strengths=members.astype(np.float32),
        by_hand=members > 1,
        described=np.frombuffer(json.dumps(described).encode(), np.uint8),
    )

    change = Change.from_bytes(buffer.getvalue())

    assert change.rows.tolist() == [7, 9]
    np.testing.assert_array_equal(change.members, members)
    np.testing.assert_array_equal(change.by_hand, members > 1)
    assert change.next_ids == (4, 5)
