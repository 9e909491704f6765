"""What one person removes while another changes it: both are notified, and it comes back whole."""

from __future__ import annotations

import pytest

from lfroadmap.roadmap.edits import Rename, SetField, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.hidden_edits import HiddenEdit
from lfroadmap.store.events import Changed, Merged
from lfroadmap.usecases.removed_by_others import edited_by_others, removed_by_others
from servers import both, both_running
from team_of_people import Team, field
from team_person import Colleague, same


def hidden_from(person: Colleague) -> list[HiddenEdit]:
    return [edit for event in person.heard.of(Merged) for edit in event.hidden]


def merged_by(person: Colleague) -> set[str]:
    """The nodes that colleagues changed, as a window of this person was notified."""
    return {node for event in person.heard.of(Changed) for node in event.merged}


@both
def test_what_was_removed_while_another_edited_it_is_told_and_comes_back_whole(own_team: Team) -> None:
    dana, avi = own_team.two()
    dana.does(Tick("t2", True))
    same(dana, avi)
    own_team.server.stop()
    for person in (dana, avi):
        person.until(lambda person=person: person.status.phase == "waiting")  # type: ignore[misc]
    avi.does(Remove("c"))
    dana.does(SetField("f", "while it was removed"), Tick("t1", True))
    before = find(dana.roadmap, "c")
    own_team.server.start()
    for person in (dana, avi):
        person.client.wake()
    roadmap = same(dana, avi)
    assert find(roadmap, "c") is None
    dana.until(lambda: "c" in merged_by(dana))  # its window is notified behind the file
    avi.until(lambda: hidden_from(avi))
    (edited,) = edited_by_others(avi.path, roadmap, hidden_from(avi))
    assert before is not None and edited.authors == ("dana",)
    assert edited.removed.node.id == "c" and edited.removed.can_return
    assert edited_by_others(dana.path, roadmap, hidden_from(dana)) == ()
    (removed,) = removed_by_others(dana.path, roadmap, merged_by(dana))
    assert before is not None and removed.node == before.node
    assert (removed.entry.author, removed.can_return) == ("אבי", True)
    assert removed_by_others(avi.path, roadmap, merged_by(avi)) == ()
    dana.does(removed.back)
    avi.until(lambda: find(avi.roadmap, "c"))
    same(dana, avi)
    assert field(avi) == "while it was removed"


@pytest.mark.proof
@both_running
def test_later_edits_of_what_one_removed_are_told_and_come_back_with_it(team: Team) -> None:
    dana, avi = team.two()
    noa = team.person("noa")
    noa.join(team.address)
    noa.come()
    noa.is_in_step()
    avi.client.stop()
    avi.does(Remove("c"))
    for person, edit in ((dana, Add(Task("new", "added"), "c")), (noa, Rename("t1", "in other words"))):
        person.does(edit)
        same(dana, noa)
    avi.go()
    avi.come()
    roadmap = same(avi, dana, noa)
    avi.until(lambda: len({edit.author for edit in hidden_from(avi)}) == 2)
    (edited,) = edited_by_others(avi.path, roadmap, hidden_from(avi))
    assert sorted(edited.authors) == ["dana", "noa"]
    for other in (dana, noa):
        assert edited_by_others(other.path, roadmap, hidden_from(other)) == ()
    avi.does(edited.removed.back)
    restored = same(avi, dana, noa)
    place = find(restored, "t1")
    assert find(restored, "new") is not None
    assert place is not None and "in other words" in repr(place.node)


@pytest.mark.proof
def test_who_removes_the_same_is_told_nothing(own_team: Team) -> None:
    dana, avi = own_team.two()
    own_team.server.stop()
    for person in (dana, avi):
        person.until(lambda person=person: person.status.phase == "waiting")  # type: ignore[misc]
        person.does(Remove("c"))
    own_team.server.start()
    for person in (dana, avi):
        person.client.wake()
    roadmap = same(dana, avi)
    for person in (dana, avi):
        assert edited_by_others(person.path, roadmap, hidden_from(person)) == ()


@both_running
def test_what_was_removed_long_after_an_edit_is_not_told(team: Team) -> None:
    dana, avi = team.two()
    dana.does(SetField("f", "long ago"))
    same(dana, avi)
    dana.go()
    dana.come()
    same(dana, avi)
    avi.does(Remove("c"))
    dana.until(lambda: find(dana.roadmap, "c") is None)
    assert removed_by_others(dana.path, dana.roadmap, merged_by(dana)) == ()
