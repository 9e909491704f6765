"""Three people at one roadmap, as a machine: whatever happens to them, to their lines and to the server.

The model knows of each value which ones it may have: the one that was written where one person alone wrote it
since all were in step, and one of those that were written where several did.
"""

from __future__ import annotations

import shutil
import signal
import tempfile
from collections import defaultdict
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from lfroadmap.roadmap.edits import Edit, SetField, SetTask, Tick
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Add, Move, Remove
from lfroadmap.roadmap.tree import find
from lfroadmap.team.room_address import RoomAddress
from link import Link
from listening import PLAN
from room_server import RoomServer
from team_person import Colleague, same

Cell = tuple[str, str]
"""An attribute and the node that has it."""
people = st.integers(0, 2)
tasks = st.sampled_from(["t1", "t2"])
_numbers = count()


def cells_of(roadmap: Roadmap, added: set[str]) -> dict[Cell, object]:
    """What the model knows of a roadmap."""
    found: dict[Cell, object] = {}
    for node in ("f", "g"):
        place = find(roadmap, node)
        found["value", node] = getattr(place.node, "value", None) if place else None
    for node in ("t1", "t2", *added):
        place = find(roadmap, node)
        found["parent", node] = place.parent if place else None
        if place and isinstance(place.node, Task) and node not in added:
            found["done", node], found["owner", node] = place.node.done, place.node.owner
    return found


class ThreePeople(RuleBasedStateMachine):
    """Dana, אבי and Noa."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.server = RoomServer(self.folder / "home").start()
        self.is_up = True
        self.people: list[Colleague] = []
        self.links: list[Link] = []
        self.added: set[str] = set()
        self.allowed: dict[Cell, set[object]] = {}
        self.writers: dict[Cell, set[int]] = defaultdict(set)
        """Who wrote a cell since all were in step."""
        self.ever: dict[Cell, set[int]] = defaultdict(set)

    @initialize()
    def begin(self) -> None:
        for name in ("dana", "אבי", "noa"):
            token = self.server.token(name, "חדר")
            link = Link(self.server.port)
            person = Colleague(self.folder / f"{name}.roadmap", token)
            address = RoomAddress(f"ws://127.0.0.1:{link.port}", "חדר")
            if self.people:
                person.join(address)
            else:
                person.share(address, PLAN)
            person.come()
            person.is_in_step()
            self.people.append(person)
            self.links.append(link)
        self.meet()

    # ------------------------------------------------------------------- edits

    def write(self, at: int, cell: Cell, value: object, edit: Edit) -> None:
        person = self.people[at]
        before = person.roadmap
        person.does(edit)
        if edit.on(before) is not before:
            self.note(at, cell, value)

    def note(self, at: int, cell: Cell, value: object) -> None:
        if self.writers[cell] <= {at}:
            self.allowed[cell] = {value}
        else:
            self.allowed[cell].add(value)
        self.writers[cell].add(at)
        self.ever[cell].add(at)

    @rule(at=people, node=st.sampled_from(["f", "g"]))
    def set_field(self, at: int, node: str) -> None:
        text = f"טקסט {next(_numbers)}"
        self.write(at, ("value", node), text, SetField(node, text))

    @rule(at=people, node=tasks, done=st.booleans())
    def tick(self, at: int, node: str, done: bool) -> None:
        self.write(at, ("done", node), done, Tick(node, done))

    @rule(at=people, node=tasks)
    def own(self, at: int, node: str) -> None:
        owner = f"owner {next(_numbers)}"
        self.write(at, ("owner", node), owner, SetTask(node, "owner", owner))

    @rule(at=people, node=tasks, to=st.sampled_from(["c", "d"]))
    def move(self, at: int, node: str, to: str) -> None:
        place = find(self.people[at].roadmap, node)
        if place is not None and place.parent != to:
            self.write(at, ("parent", node), to, Move(node, to))

    @rule(at=people, to=st.sampled_from(["c", "d"]))
    def add(self, at: int, to: str) -> None:
        node = f"n{next(_numbers)}"
        self.added.add(node)
        self.write(at, ("parent", node), to, Add(Task(node, node), to))

    @precondition(lambda self: self.added)
    @rule(at=people, which=st.integers(0))
    def remove(self, at: int, which: int) -> None:
        node = sorted(self.added)[which % len(self.added)]
        if find(self.people[at].roadmap, node) is not None:
            self.write(at, ("parent", node), None, Remove(node))

    @rule(at=people, kind=st.sampled_from(["undo", "redo"]))
    def undo(self, at: int, kind: str) -> None:
        person = self.people[at]
        before = cells_of(person.roadmap, self.added)
        person.store.undo() if kind == "undo" else person.store.redo()
        assert person.store.flush(30)
        after = cells_of(person.roadmap, self.added)
        for cell in before.keys() | after.keys():
            now = after.get(cell)
            if before.get(cell) == now or (now in self.allowed.get(cell, ()) and self.writers[cell] - {at}):
                continue  # as it was, or what a colleague wrote came at this moment
            node = cell[1]
            assert at in self.ever[cell] or at in self.ever["parent", node], ("not one's own", cell)
            self.note(at, cell, now)

    # ---------------------------------------------------------- what befalls them

    @rule(at=people)
    def cut(self, at: int) -> None:
        self.links[at].cut()

    @rule(at=people)
    def mend(self, at: int) -> None:
        self.links[at].mend()
        self.people[at].client.wake()

    @rule(at=people)
    def open_again(self, at: int) -> None:
        self.people[at].go()
        self.people[at].come()

    @precondition(lambda self: self.is_up)
    @rule(number=st.sampled_from([signal.SIGKILL, signal.SIGTERM]))
    def stop(self, number: signal.Signals) -> None:
        self.server.stop(number)
        self.is_up = False

    @precondition(lambda self: not self.is_up)
    @rule()
    def start(self) -> None:
        self.server.start()
        self.is_up = True

    @rule()
    def meet(self) -> None:
        """All are in step: they have the same, and it is one of what it may be."""
        if not self.is_up:
            self.start()
        for at in range(len(self.people)):
            self.mend(at)
        roadmap = same(*self.people)
        found = cells_of(roadmap, self.added)
        for cell, values in self.allowed.items():
            is_gone = cell[0] != "parent" and find(roadmap, cell[1]) is None
            is_mixed = cell[0] == "value" and len(self.writers[cell]) > 1  # long texts merge by letter
            assert is_gone or is_mixed or found.get(cell) in values, (cell, found.get(cell), values)
        self.allowed = {cell: {value} for cell, value in found.items()}
        self.writers.clear()

    def teardown(self) -> None:
        try:
            if len(self.people) == 3:
                self.meet()
        finally:
            for person in self.people:
                person.client.stop()
                person.store.close()
            for link in self.links:
                link.end()
            with self.server:
                pass
            shutil.rmtree(self.folder)


@pytest.mark.proof
def test_whatever_happens_all_have_the_same_and_nothing_is_lost() -> None:
    run_state_machine_as_test(  # type: ignore[no-untyped-call]
        ThreePeople,
        settings=settings(
            max_examples=12,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
