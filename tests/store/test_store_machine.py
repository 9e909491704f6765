"""Two windows at one file, doing anything in any order, against a plain list of what the roadmap was."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

import plans
from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.measurements import is_of_measurements
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.store.events import Marked, Undone
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import Listener

pytestmark = pytest.mark.proof

AUTHORS = ("dana", "noa")
authors = st.sampled_from(AUTHORS)


class Windows(RuleBasedStateMachine):
    """`states` holds the roadmap behind each change, by its number, as pure edits made it."""

    @initialize(roadmap=plans.roadmaps)
    def make(self, roadmap: Roadmap) -> None:
        self.home = Path(tempfile.mkdtemp())
        self.path = self.home / "plan.roadmap"
        Store.create(self.path, roadmap, "dana")
        self.states: dict[int, Roadmap] = {0: roadmap}
        self.now = roadmap
        self.piles: dict[str, list[tuple[Roadmap, Roadmap]]] = {author: [] for author in AUTHORS}
        """What each author's next undo must lead back to, while nobody else changed anything since."""
        self.marked: dict[str, Roadmap] = {}
        self.heard: dict[str, Listener] = {}
        self.stores = {author: self.window(author) for author in AUTHORS}

    def window(self, author: str) -> Store:
        store = Store(self.path, author)
        self.heard[author] = Listener()
        store.start(self.heard[author])
        return store

    def done(self, roadmap: Roadmap) -> None:
        """Note what the roadmap is; the file must say the same."""
        numbers = queries.numbers(self.path)
        last = numbers[0] if numbers else 0
        assert (last in self.states) == (self.now == roadmap)
        self.states[last] = self.now = roadmap
        assert read(self.path) == roadmap

    @rule(author=authors, edit=plans.edits)
    def edit(self, author: str, edit: Edit) -> None:
        before = self.now
        store = self.stores[author]
        store.submit(edit)
        store.end_burst()
        assert store.flush(10)
        assert store.unsaved == ()
        self.done(edit.on(before))
        if self.now is not before:
            for other in AUTHORS:
                if other != author:
                    self.piles[other].clear()
            if not is_of_measurements(edit, edit.inverse(before)):
                self.piles[author].append((before, self.now))

    @rule(author=authors, kind=st.sampled_from(["undo", "redo"]))
    def step(self, author: str, kind: str) -> None:
        before, store = self.now, self.stores[author]
        self.heard[author].clear()
        store.undo() if kind == "undo" else store.redo()
        undone = self.heard[author].wait(Undone)
        assert store.flush(10)
        now = read(self.path)
        assert (now != before) == (undone.outcome == "done")
        self.done(now)
        pile = self.piles[author]
        if kind == "undo" and pile and pile[-1][1] == before:
            back = pile.pop()
            assert undone.outcome == "done"
            assert now == back[0]
            store.redo()
            assert store.flush(10)
            self.done(read(self.path))
            assert self.now == before
            store.undo()
            assert store.flush(10)
            self.done(read(self.path))
            assert self.now == back[0]
        elif now != before:
            for others in self.piles.values():
                others.clear()

    @rule(author=authors, name=st.text(max_size=3).filter(str.isalnum))
    def mark(self, author: str, name: str) -> None:
        self.heard[author].clear()
        self.stores[author].mark(name)
        assert self.heard[author].wait(Marked).name == name
        self.marked[name] = self.now

    @rule(author=authors)
    def restart(self, author: str) -> None:
        assert self.stores[author].close() == ()
        self.stores[author] = self.window(author)
        assert self.stores[author].roadmap == self.now

    @precondition(lambda self: len(self.states) > 1)
    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        past = TimeTravel(self.path)
        for number in data.draw(st.lists(st.sampled_from(sorted(self.states)), min_size=1, max_size=4)):
            assert past.at(number) == self.states[number]
        for mark in queries.marks(self.path):
            if mark.kind == "named":
                assert past.at(mark.change) == self.states[mark.change]
        last = {mark.name: mark for mark in reversed(queries.marks(self.path)) if mark.kind == "named"}
        assert {name: past.at(mark.change) for name, mark in last.items()} == self.marked

    @invariant()
    def removed_nodes_can_return(self) -> None:
        if hasattr(self, "now"):
            for one in queries.removed(self.path, self.now):
                assert one.can_return == (one.back.on(self.now) is not self.now)

    def teardown(self) -> None:
        for store in getattr(self, "stores", {}).values():
            assert store.close() == ()
        if hasattr(self, "home"):
            assert [entry.name for entry in self.home.iterdir()] == [self.path.name]
            shutil.rmtree(self.home)


pytestmark = pytest.mark.filterwarnings("ignore:Generating overly large repr")
TestWindows = Windows.TestCase
TestWindows.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
