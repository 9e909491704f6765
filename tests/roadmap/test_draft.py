from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import plans
from lfroadmap.roadmap.batch import Batch
from lfroadmap.roadmap.difference import difference
from lfroadmap.roadmap.draft import Draft
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.tree import places


@given(plans.roadmaps)
def test_a_draft_gives_back_what_it_was_made_of(roadmap: Roadmap) -> None:
    assert Draft(roadmap).roadmap() == roadmap


@given(plans.roadmaps, st.lists(plans.edits, max_size=12))
def test_a_draft_does_what_the_edits_say(roadmap: Roadmap, edits: list[Edit]) -> None:
    draft = Draft(roadmap)
    for edit in edits:
        roadmap = edit.on(roadmap)
        draft.apply(edit)
        assert draft.roadmap() == roadmap
    for place in places(roadmap):
        assert draft.parent(place.node.id) == place.parent


@given(plans.roadmaps, st.lists(plans.edits, max_size=12))
def test_a_draft_walks_back_through_the_inverses(roadmap: Roadmap, edits: list[Edit]) -> None:
    stops, way = [roadmap], []
    for edit in edits:
        way.append(edit.inverse(stops[-1]))
        stops.append(edit.on(stops[-1]))
    draft = Draft(stops[-1])
    for inverse, stop in zip(reversed(way), reversed(stops[:-1]), strict=True):
        draft.apply(inverse)
        assert draft.roadmap() == stop


@given(plans.roadmaps, st.lists(plans.single_edits, max_size=12))
def test_several_edits_as_one_are_the_edits_one_by_one(roadmap: Roadmap, edits: list[Edit]) -> None:
    after, back, batch = roadmap, Draft(roadmap), Batch(tuple(edits))
    for edit in edits:
        before, after = after, edit.on(after)
        undone = back.apply_and_invert(edit)
        assert undone == (() if after is before else (edit.inverse(before),))
    assert batch.on(roadmap) == after
    assert batch.inverse(roadmap).on(after) == roadmap


@given(plans.roadmaps, st.lists(plans.single_edits, max_size=12))
def test_what_nothing_was_done_to_is_the_same_object(roadmap: Roadmap, edits: list[Edit]) -> None:
    draft = Draft(roadmap)
    for edit in edits:
        before, changed = draft.roadmap(), draft.apply(edit)
        after = draft.roadmap()
        assert (after is before) is not changed
        known = {id(place.node) for place in places(before)}
        touched = [place.node for place in places(after) if id(place.node) not in known]
        wanted = edit.on(before)
        assert len(touched) <= len([place for place in places(wanted) if id(place.node) not in known])


@given(plans.roadmaps, st.lists(plans.edits, max_size=12))
def test_a_draft_of_what_changes_alone_leads_there_as_the_whole_does(
    roadmap: Roadmap, edits: list[Edit]
) -> None:
    after = roadmap
    for edit in edits:
        after = edit.on(after)
    whole, part = Draft(roadmap), Draft(roadmap, after)
    for each in difference(roadmap, after):
        node = each.touches()[0]
        inverses = [draft.apply_single(each) for draft in (whole, part)]
        undone = [inverse and inverse() for inverse in inverses]
        assert undone[0] == undone[1]
        assert (whole.parent(node), whole.home(node)) == (part.parent(node), part.home(node))
    assert part.roadmap() == whole.roadmap() == after
