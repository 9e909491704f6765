from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lfroadmap.roadmap.linked_order import LinkedOrder

IDS = "abcde"


@given(
    st.permutations(IDS).flatmap(lambda ids: st.integers(0, 5).map(lambda count: ids[:count])),
    st.lists(st.tuples(st.sampled_from(IDS), st.sampled_from(["", *IDS, "*"]))),
)
def test_a_chain_is_a_list_in_which_nothing_is_looked_for(
    ids: list[str], turns: list[tuple[str, str]]
) -> None:
    order, ids = LinkedOrder(ids), list(ids)
    for node_id, after in turns:
        if node_id in ids:
            order.remove(node_id)
            ids.remove(node_id)
        else:
            order.insert(node_id, after)
            ids.insert(ids.index(after) + 1 if after in ids else 0 if not after else len(ids), node_id)
        assert list(order) == ids
        assert [order.previous(each) for each in ids] == ["", *ids][:-1]
        assert [order.next(each) for each in ids] == [*ids, ""][1:]
