"""Every edit says what it is made of, in one way, and nobody takes a batch apart by hand."""

from __future__ import annotations

import ast

import pytest
from hypothesis import given
from hypothesis import strategies as st

import plans
from examples import examples
from lfroadmap.roadmap.batch import Batch, ResetAll
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.edit import NOTHING, Edit
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move
from lfroadmap.store.document.insertion_runs import insertion_runs
from source import modules, nodes

nested = st.recursive(plans.single_edits, lambda edits: st.lists(edits, max_size=3).map(tuple).map(Batch))


@given(plans.single_edits)
def test_an_edit_of_one_node_is_made_of_itself(edit: Edit) -> None:
    assert [*edit.singles()] == [edit]


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@given(plans.roadmaps, nested)
@examples(60)
def test_the_singles_one_by_one_are_the_edit(roadmap: Roadmap, edit: Edit) -> None:
    after = roadmap
    for single in edit.singles():
        assert not isinstance(single, Batch)
        after = single.on(after)
    assert after == edit.on(roadmap)


@given(plans.roadmaps, plans.roadmaps)
@examples(30)
def test_a_reset_is_made_of_what_differs(now: Roadmap, fresh: Roadmap) -> None:
    reset = ResetAll(fresh)
    assert [*reset.singles()] == [reset]
    assert reset.singles_on(now) == difference(now, fresh)
    assert Batch((NOTHING, Batch((reset, NOTHING)))).on(now) == reset.on(now)


def test_nothing_is_made_of_nothing() -> None:
    assert [*NOTHING.singles()] == [*Batch().singles()] == [*Batch((Batch(), NOTHING)).singles()] == []


def test_nodes_put_behind_one_another_belong_together_however_deep_their_edits_are() -> None:
    first, second, third = Add(Task("a"), "c", ""), Move("b", "c", "a"), Add(Task("d"), "c", "b")
    assert insertion_runs(Batch((first, Batch((second, Batch((third,))))))) == {
        key: ["a", "b", "d"] for key in "abd"
    }


def test_only_a_batch_goes_through_its_edits() -> None:
    found = {
        path
        for path in modules()
        for node in (*nodes(path, ast.For), *nodes(path, ast.comprehension))
        if isinstance(node.iter, ast.Attribute) and node.iter.attr == "edits"
    }
    assert found == {
        "roadmap/batch.py",
        "roadmap/deal_import.py",
        "roadmap/import_relations.py",
        "roadmap/table_import.py",
    }  # what a row of a table comes to is no edit
