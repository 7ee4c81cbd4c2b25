"""Groups of what links hold together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from counterspin.text.groups import groups

LINKS = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), max_size=20)


def test_links_that_share_a_node_make_one_group():
    assert groups([("c", "d"), ("b", "a"), ("d", "e")]) == [["a", "b"], ["c", "d", "e"]]


@given(LINKS, st.randoms(use_true_random=False))
def test_groups_do_not_depend_on_the_order_of_the_links(links, random):
    mixed = [tuple(random.sample(link, 2)) for link in random.sample(links, len(links))]
    assert groups(mixed) == groups(links)


@given(LINKS)
def test_a_node_is_in_one_group_and_both_ends_of_a_link_in_the_same(links):
    found = groups(links)
    assert sorted(node for group in found for node in group) == sorted({node for link in links for node in link})
    assert all(any(left in group and right in group for group in found) for left, right in links)
