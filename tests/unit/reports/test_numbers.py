"""Shares, agreement and places in the picture."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.findings import interval, percent
from reports.intervals import share
from reports.layout import force_layout
from reports.quality import _kappa


def test_a_share_has_the_interval_of_the_textbook():
    found = share(8, 10)  # Newcombe 1998, method 3: 0.4902 to 0.9433
    assert (found.low, found.high) == (0.4902, 0.9433)


def test_a_share_of_nothing_is_no_number():
    assert share(0, 0).value is None
    assert percent(share(0, 0)) == interval(share(0, 0)) == "–"


@given(st.integers(0, 500), st.integers(1, 500))
def test_an_interval_holds_its_share(count, extra):
    found = share(count, count + extra)
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_something_is_never_shown_as_nothing():
    assert percent(share(1, 1000)) == "0.1 %"
    assert percent(share(999, 1000)) == "99.9 %"
    assert percent(share(0, 10)) == "0 %"


def test_kappa_is_zero_where_agreement_is_chance():
    votes = (
        ("spun", "swap", one, two, 25)
        for one in ("confirmed", "false_positive")
        for two in ("confirmed", "false_positive")
    )
    assert _kappa(tuple(votes)) == 0.0


def test_kappa_of_one_reviewer_is_not_defined():
    assert _kappa(()) is None


def test_the_layout_is_the_same_each_time_and_stays_in_its_frame():
    edges = [(0, n, 1.0) for n in range(1, 30)] + [(31, 32, 1.0)]
    places = force_layout(40, edges)
    assert places == force_layout(40, edges)
    assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in places)
    assert len(set(places)) == 40


@pytest.mark.parametrize("nodes", [0, 1, 2])
def test_tiny_networks_can_be_drawn(nodes):
    assert len(force_layout(nodes, [])) == nodes


def test_linked_nodes_end_up_nearer_than_others():
    places = force_layout(10, [(0, 1, 1.0)])

    def apart(one, two):
        return sum((a - b) ** 2 for a, b in zip(places[one], places[two], strict=True))

    assert apart(0, 1) < min(apart(0, other) for other in range(2, 10))
