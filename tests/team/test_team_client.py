"""Roadmaps that a server keeps in step: real files and sockets, the server in a process of its own."""

from __future__ import annotations

import asyncio
import signal

import pytest

from lfroadmap.roadmap.edits import Rename, SetField, SetKpi, SetTask, Tick
from lfroadmap.roadmap.model import Card, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.events import Changed
from lfroadmap.store.history.queries import every
from lfroadmap.store.sqlite.team_room import read_room
from lfroadmap.store.store import Store
from listening import PLAN
from matrices import quick_first
from servers import both, both_running
from team_of_people import Team, field
from team_person import same


@both_running
def test_two_edit_one_card_and_converge(team: Team) -> None:
    dana, avi = team.two()
    dana.does(SetField("f", "שלום לכולם"))
    avi.until(lambda: field(avi) == "שלום לכולם")
    dana.does(Tick("t1", True), SetField("g", "of Dana"), Add(Task("t3", "new"), "c"))
    avi.does(Tick("t2", True), SetTask("t1", "owner", "אבי"), Rename("c", "כרטיס"))
    roadmap = same(dana, avi)
    card = find(roadmap, "c")
    assert card is not None and isinstance(card.node, Card)
    assert [(task.id, task.done) for task in card.node.tasks][:2] == [("t1", True), ("t2", True)]
    assert (card.node.title, card.node.tasks[0].owner, field(avi, "g")) == ("כרטיס", "אבי", "of Dana")


@both_running
def test_the_history_knows_who_did_what(team: Team) -> None:
    dana, avi = team.two()
    dana.does(SetField("f", "by Dana"))
    avi.until(lambda: field(avi) == "by Dana")
    newest = next(iter(every(avi.path)))
    assert newest.author == "dana"
    changed = avi.heard.of(Changed)[-1]
    assert changed.merged == ("f",) and changed.sources[0].is_remote


@both_running
def test_undo_takes_back_own_edits_only(team: Team) -> None:
    dana, avi = team.two()
    dana.does(SetField("f", "by Dana"))
    avi.until(lambda: field(avi) == "by Dana")
    avi.does(SetField("g", "by Avi"))
    avi.store.undo()
    avi.until(lambda: field(avi, "g") == "")
    same(dana, avi)
    assert field(dana) == "by Dana"


@both
def test_long_work_offline_meets_on_return(own_team: Team) -> None:
    dana, avi = own_team.two()
    own_team.server.send_signal(signal.SIGSTOP)
    for number in range(20):
        dana.store.submit(SetField("f", f"dana {number}"))
        avi.store.submit(Add(Task(f"a{number}", str(number)), "d"))
    dana.store.submit(Move("t1", "d"))
    avi.store.submit(Remove("t2"))
    own_team.server.send_signal(signal.SIGCONT)
    roadmap = same(dana, avi)
    moved, gone = find(roadmap, "t1"), find(roadmap, "t2")
    assert moved is not None and moved.parent == "d" and gone is None


@both_running
async def test_what_commands_write_goes_out_with_the_window(team: Team) -> None:
    dana, avi = await asyncio.to_thread(team.two)
    command = Store(dana.path, "dana")
    command.start(lambda event: None)
    command.submit(SetKpi("k", "current", "7"))
    assert command.close() == ()
    await asyncio.to_thread(avi.until, lambda: "current='7'" in repr(find(avi.roadmap, "k")))
    await asyncio.to_thread(same, dana, avi)


@both
def test_edits_wait_for_a_server_that_is_gone(own_team: Team) -> None:
    dana, avi = own_team.two()
    own_team.server.stop(signal.SIGKILL)
    dana.until(lambda: dana.status.phase == "waiting")
    dana.does(SetField("f", "meanwhile"))
    dana.until(lambda: dana.status.behind > 0)
    own_team.server.start()
    for person in (dana, avi):
        person.client.wake()
    same(dana, avi)
    assert field(avi) == "meanwhile"


@both
@pytest.mark.parametrize("emptied", quick_first([True, False]))
def test_a_restored_or_emptied_server_is_filled_again(own_team: Team, emptied: bool) -> None:
    dana, avi = own_team.two()
    own_team.server.stop()
    backup = (own_team.server.folder / own_team.server.rooms_file).read_bytes()
    own_team.server.start()
    for person in (dana, avi):
        person.client.wake()
    dana.does(SetField("f", "after the backup"))
    same(dana, avi)
    own_team.server.stop()
    for file in own_team.server.folder.glob(f"{own_team.server.rooms_file}*"):
        file.unlink()
    if not emptied:
        (own_team.server.folder / own_team.server.rooms_file).write_bytes(backup)
    own_team.server.start()
    for person in (dana, avi):
        person.client.wake()
    same(dana, avi)
    late = own_team.person("late")
    late.join(own_team.address)
    late.come()
    assert same(dana, avi, late) == dana.roadmap
    assert field(late) == "after the backup"


@both_running
def test_a_file_restored_from_a_backup_catches_up(team: Team) -> None:
    dana, avi = team.two()
    avi.go()
    backup = avi.path.read_bytes()
    avi.come()
    dana.does(SetField("f", "newer"))
    avi.does(SetField("g", "also"))
    same(dana, avi)
    avi.go()
    for file in avi.path.parent.glob(f"{avi.path.name}*"):
        file.unlink()
    avi.path.write_bytes(backup)
    avi.come()
    same(dana, avi)
    assert (field(avi), field(avi, "g")) == ("newer", "also")


@both_running
def test_another_roadmap_is_never_mixed_in(team: Team) -> None:
    dana, _ = team.two()
    stranger = team.person("stranger")
    stranger.share(team.address, PLAN)  # equal, and made by itself
    stranger.come()
    stranger.until(lambda: stranger.status.phase == "final")
    assert stranger.status.error is not None and stranger.status.error.key == "team_foreign"
    stranger.does(SetField("f", "of a stranger"))
    dana.does(SetField("g", "x"))
    dana.is_in_step()
    assert field(dana) == ""


@both_running
def test_a_reader_sees_everything_and_changes_nothing(team: Team) -> None:
    dana, avi = team.two()
    reader = team.person("reader", read_only=True)
    reader.join(team.address)
    reader.come()
    reader.is_in_step()
    assert reader.status.is_read_only
    dana.does(SetField("f", "seen"))
    reader.until(lambda: field(reader) == "seen")
    reader.does(SetField("g", "not sent"))
    reader.until(lambda: reader.status.behind > 0)
    dana.does(Tick("t1", True))
    reader.until(lambda: "t1" in str(reader.heard.of(Changed)[-1].touched))
    same(dana, avi)
    assert field(dana, "g") == ""


@both_running
def test_revoking_ends_it_until_a_person_acts(team: Team) -> None:
    dana, avi = team.two()
    assert team.server.run("token", "revoke", team.token_name("אבי")).returncode == 0
    avi.until(lambda: avi.status.phase == "final")
    assert avi.status.error is not None and avi.status.error.key == "team_denied"
    avi.does(SetField("f", "stays here"))
    dana.does(SetField("g", "x"))
    dana.is_in_step()
    assert field(dana) == ""


@both_running
def test_people_see_who_is_there_and_where(team: Team) -> None:
    dana, avi = team.two()
    dana.client.go("c")
    avi.until(lambda: [(each.name, each.node) for each in avi.status.people] == [("dana", "c")])
    dana.go()
    avi.until(lambda: not avi.status.people)
    dana.come()


@both_running
def test_what_was_confirmed_is_noted_in_the_file(team: Team) -> None:
    dana, _ = team.two()
    dana.does(SetField("f", "confirmed"))
    dana.is_in_step()
    dana.until(lambda: dana.client._state.acknowledged)
    dana.go()
    room = read_room(dana.path)
    assert room is not None and room.acknowledged and room.last_contact
    dana.come()
    dana.is_in_step()
