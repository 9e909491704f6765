"""`kill -9` of the server and of colleagues' programs at random moments: nothing that was saved is lost.

`LFROADMAP_KILLS` says how often; without it, a few times.
"""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

import pytest

from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.tree import find
from lfroadmap.store.document.document import Document
from lfroadmap.team.joining import download
from team_of_people import Team, field
from team_person import PATIENCE, Colleague, same
from terminal import environment

KILLS = int(os.environ.get("LFROADMAP_KILLS", "50"))
PROGRAM = Path(__file__).with_name("editing_process.py")
FOLDERS = os.pathsep.join(map(str, (PROGRAM.parent, PROGRAM.parent.parent, os.environ.get("PYTHONPATH", ""))))


class Editing:
    """A colleague's program, started again after each kill, and what it said."""

    def __init__(self, person: Colleague, own: str, other: str, home: Path) -> None:
        self.person, self.own, self.other, self._home = person, own, other, home
        self.saved = self.seen = self.kills = 0
        self._came = threading.Condition()
        self._number = 1

    def start(self) -> Self:
        argv = [sys.executable, str(PROGRAM), str(self.person.path), self.own, self.other, str(self._number)]
        env = environment(self._home) | {"PYTHONPATH": FOLDERS}
        self.process = subprocess.Popen(
            argv, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdin is not None
        with self.process.stdin as given:
            given.write(self.person.token + "\n")
        self._is_here, self._saved_before, self._found = False, self.saved, 0
        self._reading = threading.Thread(target=self._read)
        self._reading.start()
        return self

    def _read(self) -> None:
        assert self.process.stdout is not None
        with self.process.stdout as output:
            for line in output:
                what, number = line.split()
                with self._came:
                    if what == "here":
                        self._found, self._is_here = int(number), True
                    else:
                        setattr(self, what, max(getattr(self, what), int(number)))
                    self._came.notify_all()

    def is_here(self) -> None:
        """Wait until it has opened the file, in which all is that was saved."""
        with self._came:
            assert self._came.wait_for(lambda: self._is_here or self.process.poll() is not None, PATIENCE)
        assert self._is_here
        assert self._found >= self._saved_before, "what was saved is gone"

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        self._reading.join()
        self.kills += 1
        # the one that was being written may be there
        self._number = self.saved + 2


@pytest.mark.proof
def test_nothing_saved_is_lost_by_kills_of_server_and_programs(own_team: Team, tmp_path: Path) -> None:
    """What anybody has seen is on the server's disk, and what was saved is at everybody's in the end."""
    chance = random.Random(KILLS)
    dana, avi = own_team.two()
    dana.go()
    avi.go()
    one, two = (
        Editing(person, *fields, tmp_path / person.name).start()
        for person, fields in ((dana, ("g", "f")), (avi, ("f", "g")))
    )
    kills = 0
    while kills < KILLS:
        one.is_here()
        two.is_here()
        time.sleep(chance.uniform(0, 0.5))
        fallen = chance.choice([(one,), (two,), (), (), (one, two)])
        if len(fallen) != 1:
            own_team.server.stop(signal.SIGKILL)
            kills += 1
        for each in fallen:
            each.kill()
            kills += 1
        if len(fallen) != 1:
            own_team.server.start()
        if len(fallen) == 2:
            kept = _content(own_team, dana.token)
            assert _number(kept, "g") >= two.seen, "the server sent on what it had not written"
            assert _number(kept, "f") >= one.seen, "the server sent on what it had not written"
        for each in fallen:
            each.start()
    for each in (one, two):
        each.is_here()
        each.kill()
        each.person.come()
    roadmap = same(dana, avi)
    late = own_team.person("late")
    late.join(own_team.address)
    late.come()
    assert same(dana, late) == roadmap
    assert one.saved and two.saved and one.seen and two.seen
    assert int(field(dana, "g")) >= one.saved
    assert int(field(dana, "f")) >= two.saved
    print(f"{kills} kills, {one.saved + two.saved} edits saved, each program killed {one.kills}, {two.kills}")


def _content(team: Team, token: str) -> Roadmap:
    """What the server has, without the help of anybody."""
    document = Document()
    document.merge(download(team.address, token).update)
    return document.roadmap()


def _number(roadmap: Roadmap, node: str) -> int:
    place = find(roadmap, node)
    assert place is not None
    return int(getattr(place.node, "value", "") or 0)
