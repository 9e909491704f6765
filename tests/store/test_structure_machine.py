"""Structure changed in two windows of a file and in a copy of it elsewhere, in any order: all agree."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from lfroadmap.roadmap.edits import Edit
from lfroadmap.roadmap.model import Roadmap, Task
from lfroadmap.roadmap.structure import Remove
from lfroadmap.roadmap.tree import places
from lfroadmap.store import writer
from lfroadmap.store.events import Marked, SaveFailing, Undone, WriterEnded
from lfroadmap.store.identity import Identity
from lfroadmap.store.sqlite.file_format import read
from lfroadmap.store.store import Store
from listening import Person
from merging import lineage_of, merge, missing, state
from restructuring import PLAN, Hand, words_in
from sides import Side

HERE, THERE = "here.roadmap", "there.roadmap"
WINDOWS = {
    "dana": (HERE, Identity("a" * 22, "a" * 10)),
    "noa": (HERE, Identity("c" * 22, "c" * 10)),
    "avi": (THERE, Identity("b" * 22, "b" * 10)),
}
"""The persons, the file that each works at, and who they are."""
windows = st.sampled_from(sorted(WINDOWS))
chances = st.integers(0, 99_999).map(random.Random)
"""What is drawn must not depend on the roadmap: of two windows at once, now one is first, now the other."""


class Step(NamedTuple):
    """What an undo of a window is to lead back to, while nobody else changed anything since."""

    before: Roadmap
    after: Roadmap


class Structure(RuleBasedStateMachine):
    """Three persons at two files that are one roadmap."""

    @initialize()
    def make(self) -> None:
        self.home = Path(tempfile.mkdtemp())
        Store.create(self.home / HERE, PLAN, "dana")
        shutil.copy(self.home / HERE, self.home / THERE)
        self.sides = {name: Side(self.home / name) for name in (HERE, THERE)}
        for side in self.sides.values():
            side.follow()
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(writer, "COMPACT_AFTER", 7)
        self.persons = {name: self.window(name) for name in WINDOWS}
        self.hands = {name: Hand(name) for name in WINDOWS}
        self.piles: dict[str, list[Step]] = {name: [] for name in WINDOWS}
        self.given_up: set[str] = set()
        """Who had a step that could not be taken back."""
        self.lineage = lineage_of(self.home / HERE)

    def window(self, name: str) -> Person:
        file, identity = WINDOWS[name]
        return Person(self.home / file, name, identity)

    def side(self, name: str) -> Side:
        return self.sides[WINDOWS[name][0]]

    def look(self, name: str) -> Roadmap:
        """The roadmap in a window that has read what the others wrote."""
        state(self.persons[name])
        return self.persons[name].store.roadmap

    def changed(self, side: Side, by: str = "") -> None:
        """Note what the roadmap is; only the undo of who changed it is known to lead back.

        What came from the other file may also be in what was removed, and be seen after an undo only.
        """
        if side.follow() or not by:
            for name in WINDOWS:
                if self.side(name) is side and name != by:
                    self.piles[name].clear()

    # the windows

    @rule(name=windows, chance=chances)
    def edit(self, name: str, chance: random.Random) -> None:
        self.does(name, self.hands[name].edit(self.look(name), chance))

    def does(self, name: str, edit: Edit | None) -> None:
        """Do an edit of a window's roadmap, as a step of its own."""
        if edit is None:
            return
        before, person = self.look(name), self.persons[name]
        person.does(edit)
        assert person.store.unsaved == ()
        assert person.store.roadmap == edit.on(before)
        self.changed(self.side(name), name)
        if self.side(name).now != before:
            self.piles[name].append(Step(before, self.side(name).now))

    @rule(chance=chances)
    def edit_together(self, chance: random.Random) -> None:
        """All change what they see, and nobody waits for the others."""
        for name, person in self.persons.items():
            if (edit := self.hands[name].edit(self.side(name).now, chance)) is not None:
                person.store.end_burst()
                person.store.submit(edit)
        assert all(person.store.flush(20) for person in self.persons.values())
        for side in self.sides.values():
            self.changed(side)

    @rule(name=windows, kind=st.sampled_from(["undo", "redo"]))
    def step_back(self, name: str, kind: str) -> None:
        """An undo or a redo."""
        self.step(name, kind)

    def step(self, name: str, kind: str) -> Undone:
        """Undo or redo; where nobody else did anything, it leads back, and forth, and back again."""
        before, pile = self.look(name), self.piles[name]
        undone = self.take_back(name, kind)
        now = self.persons[name].store.roadmap
        assert (now != before) == (undone.outcome == "done")
        if undone.outcome == "conflict":
            # a step that was given up once may itself hinder an earlier one
            assert undone.newer is not None or name in self.given_up
            assert undone.newer is None or undone.newer.author in WINDOWS.keys() - {name}
            self.given_up.add(name)
        expected = pile.pop() if kind == "undo" and pile and pile[-1].after == before else None
        self.changed(self.side(name), name)
        if now != before:
            self.side(name).check_others(name, before)
        if expected is None:
            if now != before:
                pile.clear()
            return undone
        assert (undone.outcome, now) == ("done", expected.before)
        assert self.take_back(name, "redo").outcome == "done"
        assert self.persons[name].store.roadmap == before
        self.changed(self.side(name), name)
        pile.append(expected)
        return undone

    def take_back(self, name: str, kind: str) -> Undone:
        person = self.persons[name]
        person.heard.clear()
        person.store.undo() if kind == "undo" else person.store.redo()
        undone = person.heard.wait(Undone)
        assert person.store.flush(20)
        return undone

    @rule(name=windows)
    def reopen(self, name: str) -> None:
        self.persons[name].leaves()
        self.persons[name] = self.window(name)
        assert self.persons[name].store.roadmap == self.side(name).now

    @rule(name=windows, called=st.sampled_from(["one", "two", "three"]))
    def mark(self, name: str, called: str) -> None:
        person = self.persons[name]
        person.heard.clear()
        person.store.mark(called)
        assert person.heard.wait(Marked).name == called
        self.side(name).marked[called] = self.side(name).now

    # from file to file

    @rule(name=windows, chance=chances)
    def arrive(self, name: str, chance: random.Random) -> None:
        """Some of the other file's updates come to a window: in any order, late, or twice."""
        (other,) = (side for side in self.sides.values() if side is not self.side(name))
        for update in chance.choices(other.sent, k=chance.randrange(1, 5)):
            outcome = merge(self.persons[name], update, self.lineage).outcome
            assert outcome in ("merged", "unchanged", "waiting")
        self.changed(self.side(name))

    @rule(name=st.sampled_from(["dana", "noa"]))
    def exchange(self, name: str) -> None:
        """Both files get what the other has."""
        one, two = self.persons[name], self.persons["avi"]
        for here, there in ((one, two), (two, one)):
            update = missing(there, state(here).state).update
            assert merge(here, update, self.lineage).outcome in ("merged", "unchanged")
        for side in self.sides.values():
            self.changed(side)
        assert self.sides[HERE].now == self.sides[THERE].now

    @rule(name=st.sampled_from(["dana", "noa"]), chance=chances, goes=st.booleans())
    def work_in_it(self, name: str, chance: random.Random, goes: bool) -> None:
        """One removes or moves what another works in, and takes it back when the work has come."""
        self.exchange(name)
        names = [name, "avi"]
        chance.shuffle(names)
        found = [place for place in places(self.sides[HERE].now) if not isinstance(place.node, Task)]
        if not found:
            return
        place, one, other = chance.choice(found), *names
        self.does(
            one, Remove(place.node.id) if goes else self.hands[one].edit(self.look(one), chance, place.node)
        )
        for _ in range(chance.randrange(1, 4)):
            self.does(other, self.hands[other].edit(self.look(other), chance, place.node))
        worked = {word for word in words_in(self.side(other).now) if word.startswith(other)}
        self.exchange(name)
        if goes and self.step(one, "undo").outcome == "done":
            assert worked <= self.side(one).known, "what was done in it comes back with it"
        self.exchange(name)

    # what holds

    @rule(name=windows, chance=chances)
    def look_back(self, name: str, chance: random.Random) -> None:
        side = self.side(name)
        side.check_past(chance.choices(sorted(side.states), k=3))

    @invariant()
    def all_agree(self) -> None:
        for name, person in getattr(self, "persons", {}).items():
            assert self.look(name) == self.side(name).now
            assert not [e for e in person.heard.events if isinstance(e, SaveFailing | WriterEnded)]
        for side in getattr(self, "sides", {}).values():
            assert read(side.path) == side.now
            side.check_document()

    def teardown(self) -> None:
        if not hasattr(self, "lineage"):
            return
        self.exchange("noa")
        self.all_agree()
        for side in self.sides.values():
            assert side.typed.keys() <= side.known
            side.check_past(sorted(side.states))
        for person in self.persons.values():
            person.leaves()
        self.patch.undo()
        assert sorted(entry.name for entry in self.home.iterdir()) == [HERE, THERE]
        shutil.rmtree(self.home)


def tries(examples: int, steps: int) -> settings:
    """So many runs of so many steps."""
    return settings(
        max_examples=examples,
        stateful_step_count=steps,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )


class LongerRuns(Structure):
    """The same, more often."""


TestStructure = Structure.TestCase
TestStructure.settings = tries(4, 10)
TestLongerRuns = pytest.mark.proof(LongerRuns.TestCase)
TestLongerRuns.settings = tries(30, 20)
