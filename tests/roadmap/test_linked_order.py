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
    chain, held = LinkedOrder(ids), list(ids)
    for node_id, after in turns:
        if node_id in held:
            chain.remove(node_id)
            held.remove(node_id)
        else:
            chain.insert(node_id, after)
            held.insert(held.index(after) + 1 if after in held else 0 if not after else len(held), node_id)
        assert list(chain) == held
        assert [chain.before(each) for each in held] == ["", *held][:-1]
        assert [chain.behind(each) for each in held] == [*held, ""][1:]
