from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

import plans
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
        draft.do(edit)
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
        draft.do(inverse)
        assert draft.roadmap() == stop
