"""What befalls a team, on real processes and sockets: full disks, wrong clocks, several windows at once."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError

import pytest
from pycrdt import Map

from lfroadmap.roadmap.edits import SetField, SetKpi, Tick
from lfroadmap.roadmap.model import Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.store.events import SaveFailing
from lfroadmap.store.history.queries import every
from lfroadmap.store.recovery.rescue import rescue
from lfroadmap.store.store import Store
from room_server import RoomServer, token_file
from servers import both, both_running
from small_disk import fill, mounted
from team_of_people import Team, field
from team_person import Colleague, same
from terminal import environment
from wire_peer import Peer

LONG = "x" * 40_000
KEY = 0.02
"""Seconds between two keys of one who types fast."""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "disk") as disk:
        yield disk


@pytest.mark.proof
def test_a_full_disk_here_loses_nothing_while_updates_arrive(team: Team, small_disk: Path) -> None:
    dana, avi = team.two()
    noa = Colleague(small_disk / "noa.roadmap", team.token("noa"))
    team.people.append(noa)
    noa.join(team.address)
    noa.come()
    same(dana, avi, noa)
    filler = fill(small_disk)
    for number in range(10):
        dana.does(SetField("f", f"{number}{LONG}"))
    noa.store.submit(SetField("g", "of noa"))
    noa.until(lambda: noa.status.phase == "waiting" and noa.heard.of(SaveFailing))
    assert list(noa.store.unsaved) == [SetField("g", "of noa")]
    avi.does(Tick("t1", True))
    filler.unlink()
    noa.client.wake()
    noa.until(lambda: not noa.store.unsaved)
    same(dana, avi, noa)
    assert (field(avi, "g"), field(noa)) == ("of noa", f"9{LONG}")


@pytest.mark.proof
def test_a_full_disk_at_the_server_acknowledges_nothing_and_heals(small_disk: Path, tmp_path: Path) -> None:
    with RoomServer(tmp_path / "home") as server:
        server.folder = small_disk / "server"
        team = Team(server.start(), tmp_path)
        dana, avi = team.two()
        filler = fill(small_disk)
        for number in range(10):
            dana.does(SetField("f", f"{number}{LONG}"))
        dana.until(lambda: dana.status.behind > 0 and dana.status.phase == "waiting")
        with pytest.raises(HTTPError, match="503"):
            server.health()
        assert field(avi) == "", "nobody is sent what is not written"
        filler.unlink()
        for person in (dana, avi):
            person.client.wake()
        same(dana, avi)
        assert field(avi) == f"9{LONG}"
        assert server.health()[0] == 200
        for person in (dana, avi):
            person.go()


@pytest.mark.proof
@pytest.mark.parametrize("hours", [24, -24])
def test_a_clock_that_is_a_day_off_decides_nothing(hours: int, own_team: Team, tmp_path: Path) -> None:
    dana, _ = own_team.two()
    env, file = environment(tmp_path / "noa"), token_file(own_team.server, "noa", own_team.room)

    def noa(*argv: str) -> str:
        program = [sys.executable, str(Path(__file__).with_name("clock_off.py")), str(hours * 3600)]
        ran = subprocess.run([*program, *argv], env=env, capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        return ran.stdout

    noa("join", own_team.address.shown, "--token-file", str(file), "--name", "plan")
    noa("set", "--in", "plan", "f", "of noa")
    noa("team", "plan")
    dana.until(lambda: field(dana) == "of noa")
    dana.does(SetField("f", "later"))
    dana.is_in_step()
    noa("team", "plan")
    assert "later" in noa("export", "json", "plan", "-o", "-")
    own, of_noa = list(every(dana.path))[:2]
    assert of_noa.made is not None and abs(of_noa.at - own.at) < timedelta(minutes=10)
    off = of_noa.made - datetime.now().astimezone()
    assert abs(off - timedelta(hours=hours)) < timedelta(minutes=10), "the author's own time is kept"
    dana.store.undo()
    dana.until(lambda: field(dana) == "of noa")


@pytest.mark.proof
@both_running
def test_two_windows_and_a_command_on_one_file_are_all_connected(team: Team) -> None:
    dana, avi = team.two()
    other = Colleague(dana.path, dana.token)
    other.come()
    other.is_in_step()
    dana.does(SetField("f", "of one window"))
    other.does(Tick("t1", True))
    command = Store(dana.path, "dana")
    command.start(lambda event: None)
    command.submit(SetKpi("k", "current", "7"))
    assert command.close() == ()
    avi.does(Add(Task("new", "of avi"), "c"))
    for person in (dana, other):
        person.until(lambda person=person: find(person.roadmap, "new"))  # type: ignore[misc]
    roadmap = same(dana, avi, other)
    assert all(text in repr(roadmap) for text in ("of one window", "done=True", "current='7'", "of avi"))
    other.go()


@pytest.mark.proof
@both_running
def test_who_joins_while_others_type_has_the_same(team: Team) -> None:
    dana, avi = team.two()
    typing = threading.Event()

    def type_on(person: Colleague, node: str) -> None:
        number = 0
        while not typing.is_set():
            number += 1
            person.does(SetField(node, f"{number}"))
            time.sleep(KEY)

    threads = [threading.Thread(target=type_on, args=each) for each in ((dana, "f"), (avi, "g"))]
    for thread in threads:
        thread.start()
    try:
        late = [team.person(f"late {number}") for number in range(4)]
        for person in late:
            person.join(team.address)
            person.come()
            person.is_in_step()
    finally:
        typing.set()
        for thread in threads:
            thread.join()
    same(dana, avi, *late)


def test_a_damaged_file_that_was_rescued_is_never_mixed_in(team: Team) -> None:
    dana, avi = team.two()
    avi.go()
    spoiled = bytearray(avi.path.read_bytes())
    spoiled[:100] = b"x" * 100
    avi.path.write_bytes(bytes(spoiled))
    rescue(avi.path)
    avi.come()
    avi.until(lambda: avi.status.phase == "final")
    assert avi.status.error is not None and avi.status.error.key == "team_foreign"
    dana.does(SetField("g", "goes on"))
    dana.is_in_step()
    assert (field(dana), field(dana, "g")) == ("", "goes on")


async def test_what_a_newer_version_wrote_stays_with_everybody(team: Team) -> None:
    dana, avi = await asyncio.to_thread(team.two)
    newer = Peer(team.server.url, team.room, dana.token)
    await newer.join()
    newer.doc.get("tasks", type=Map)["t1"]["in_2030"] = "kept"
    newer.doc.get("orbits", type=Map)["o"] = "kept"
    await newer.push()
    await newer.until(lambda: newer.yes + newer.no >= newer.sent)
    await newer.leave()
    await asyncio.to_thread(dana.does, Tick("t1", True), Move("t1", "d"))
    await asyncio.to_thread(same, dana, avi)
    for person in (dana, avi):
        await asyncio.to_thread(person.go)
    await asyncio.to_thread(avi.come)
    await asyncio.to_thread(avi.does, SetField("f", "later"))
    await asyncio.to_thread(avi.is_in_step)
    late = Peer(team.server.url, team.room, dana.token)
    await late.join()
    task = late.doc.get("tasks", type=Map)["t1"]
    assert (task["in_2030"], task["done"], task["parent"]) == ("kept", True, "d")
    assert late.doc.get("orbits", type=Map)["o"] == "kept"
    await late.leave()
    await asyncio.to_thread(dana.come)


@pytest.mark.proof
@both
def test_two_weeks_of_work_apart_meet(own_team: Team) -> None:
    """2,000 edits each, moves of the same card and a removal against edits among them."""
    dana, avi = own_team.two()
    own_team.server.stop()
    for number in range(2000):
        for person, node in ((dana, "f"), (avi, "g")):
            person.store.end_burst()
            if number % 4:
                person.store.submit(SetField(node, f"{person.name} {number}"))
            else:
                person.store.submit(Add(Task(f"{person.name}{number}", str(number)), "d"))
    dana.store.submit(Move("c", "s", "d"))
    dana.store.submit(Tick("t1", True))
    avi.store.submit(Move("c", "s", ""))
    avi.store.submit(Remove("t1"))
    for person in (dana, avi):
        assert person.store.flush(120)
    own_team.server.start()
    for person in (dana, avi):
        person.client.wake()
    roadmap = same(dana, avi)
    assert sum(task.text in {str(n) for n in range(0, 2000, 4)} for task in _tasks(roadmap)) == 1000
    assert (field(dana), field(avi, "g")) == ("dana 1999", "אבי 1999")
    assert find(roadmap, "t1") is None


def _tasks(roadmap: object) -> list[Task]:
    place = find(roadmap, "d")  # type: ignore[arg-type]
    assert place is not None
    return list(getattr(place.node, "tasks", ()))
