"""What colleagues suffer: peers that mean harm, and a server that is killed; nobody loses anything."""

from __future__ import annotations

import asyncio
import random
import signal
from typing import Literal

import pytest
from pycrdt import Map

from lfroadmap.roadmap.edits import Edit, Rename, SetField, SetKpi, SetTask, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add
from lfroadmap.team.joining import download
from lfroadmap.team.room_address import RoomAddress
from link import Link
from listening import PLAN
from matrices import quick_first
from team_of_people import Team, field
from team_person import same
from wire_peer import Peer


async def test_the_server_keeps_a_room_to_one_roadmap(team: Team) -> None:
    dana, avi = await asyncio.to_thread(team.two)
    peer = Peer(team.server.url, team.room, dana.token)
    await peer.join()
    peer.doc.get("meta", type=Map)["lineage"] = "another"
    await peer.push()
    await peer.until(lambda: peer.no == 1)
    await peer.leave()
    await asyncio.to_thread(dana.does, SetField("f", "goes on"))
    await asyncio.to_thread(same, dana, avi)


HOSTILE: dict[str, object] = {
    "a text for a task": {"tasks": {"x": "boo"}},
    "a number for a card": {"cards": {"y": 5}},
    "an unknown root": {"unknown": {"z": 1}},
}


@pytest.mark.parametrize("what", quick_first(HOSTILE))
async def test_a_hostile_peer_costs_nobody_a_roadmap(what: str, team: Team) -> None:
    dana, avi = await asyncio.to_thread(team.two)
    peer = Peer(team.server.url, team.room, dana.token)
    await peer.join()
    content = HOSTILE[what]
    assert isinstance(content, dict)
    for root, values in content.items():
        peer.doc.get(root, type=Map).update(values)
    for number, state in enumerate((" null", "[]", '{"user": null}', '{"user": {"name": "\\ud800"}}')):
        await peer.appear(state, client=number)
    await peer.appear('{"user": {"name": "\\u001b[31m\\u202e' + "x" * 500 + '"}, "node": 7}')
    await peer.push()
    await peer.until(lambda: peer.yes + peer.no >= peer.sent)
    await asyncio.to_thread(dana.does, SetField("f", "goes on"))
    await asyncio.to_thread(same, dana, avi)
    assert field(avi) == "goes on"
    names = [each.name for each in avi.status.people]
    assert all(len(name) <= 100 and "\x1b" not in name and "\u202e" not in name for name in names)
    await peer.leave()


def random_edit(chance: random.Random, number: int) -> Edit:
    return chance.choice(
        [
            SetField(chance.choice("fg"), f"text {number} שלום"),
            Tick(chance.choice(["t1", "t2"]), chance.random() < 0.5),
            Add(Task(f"n{number}", f"task {number}"), chance.choice("cd")),
            SetTask("t1", "owner", f"owner {number}"),
            SetKpi("k", "current", str(number)),
            Rename(chance.choice("cd"), f"card {number}"),
        ]
    )


def test_all_converge_whatever_the_server_suffers(own_team: Team) -> None:
    _suffer(own_team, 2)


@pytest.mark.proof
def test_all_converge_through_many_kills(own_team: Team) -> None:
    _suffer(own_team, 25)


def _suffer(own_team: Team, kills: int) -> None:
    """Two people edit while the server is killed at random moments: afterwards all have the same."""
    dana, avi = own_team.two()
    chance = random.Random(kills)
    number = 0
    for _ in range(kills):
        for _ in range(chance.randrange(5, 25)):
            number += 1
            chance.choice([dana, avi]).store.submit(random_edit(chance, number))
        own_team.server.stop(signal.SIGKILL)
        for _ in range(chance.randrange(5)):
            number += 1
            chance.choice([dana, avi]).store.submit(random_edit(chance, number))
        own_team.server.start()
        dana.client.wake()
        avi.client.wake()
    for person in (dana, avi):
        assert person.store.flush(30)
    roadmap = same(dana, avi)
    content = download(own_team.address, dana.token)
    late = own_team.person("late")
    late.join(own_team.address)
    late.come()
    assert same(dana, late) == roadmap
    assert content.lineage


@pytest.mark.proof
@pytest.mark.parametrize("way", ["there", "back"])
def test_a_network_that_loses_one_direction_loses_no_edit(way: Literal["there", "back"], team: Team) -> None:
    """What goes out does not arrive, or what comes back does not; then all is passed on again."""
    link = Link(team.server.port)
    try:
        dana, avi = team.person("dana"), team.person("avi")
        avi.share(team.address, PLAN)
        avi.come()
        avi.is_in_step()
        dana.join(RoomAddress(f"ws://127.0.0.1:{link.port}", team.room))
        dana.come()
        same(dana, avi)
        link.hold(way)
        dana.does(SetField("f", "of dana"))
        avi.does(SetField("g", "of avi"))
        dana.until(lambda: dana.status.behind or dana.status.phase != "in_step")
        if way == "there":
            dana.until(lambda: field(dana, "g") == "of avi")
            assert field(avi) != "of dana"
        else:
            avi.until(lambda: field(avi) == "of dana")
            assert field(dana, "g") != "of avi"
        link.release()
        same(dana, avi)
        assert (field(avi), field(dana, "g")) == ("of dana", "of avi")
    finally:
        link.end()
