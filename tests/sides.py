"""A roadmap's file in a test of several, with everything that it has ever been."""

from __future__ import annotations

from pathlib import Path

from foreign_peer import updates_of
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.tree import ids_under
from lfroadmap.store.document.merging import merged
from lfroadmap.store.history import queries
from lfroadmap.store.history.time_travel import TimeTravel
from lfroadmap.store.sqlite.file_format import read
from restructuring import PLAN, words_in
from store_states import rows


class Side:
    """A file, with the roadmap behind each change that was the last one at some time, by its number."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.now = PLAN
        self.states: dict[int, Roadmap] = {0: PLAN}
        self.marked: dict[str, Roadmap] = {}
        self.last = 0
        """The number of the last change."""
        self.typed: dict[str, int] = {}
        """What was typed, and behind which number at least it came."""
        self.sent: list[bytes] = []
        """The updates that were in the file at some time, before it was compacted."""

    def follow(self) -> bool:
        """Note what the roadmap is now; True if it is another than before."""
        before, self.now = self.now, read(self.path)
        self.typed = dict.fromkeys(words_in(self.now), self.last) | self.typed
        self.last = next(iter(queries.numbers(self.path)), 0)
        assert self.states.setdefault(self.last, self.now) == self.now
        self.sent += [update for update in updates_of(self.path) if update not in self.sent]
        return self.now != before

    def check_past(self, numbers: list[int]) -> None:
        past = TimeTravel(self.path)
        for number in numbers:
            assert past.at(number) == self.states[number]
        assert past.at(0) == PLAN
        assert past.at(past.last) == self.now
        assert past.unreadable == 0
        last = {mark.name: mark for mark in reversed(queries.marks(self.path)) if mark.kind == "named"}
        assert {name: past.at(mark.change) for name, mark in last.items()} == self.marked

    def check_document(self) -> None:
        document, unreadable = merged(updates_of(self.path))
        assert (document.roadmap(), document.left_out, unreadable) == (self.now, 0, 0)
        ids = list(ids_under(self.now))
        assert len(ids) == len(set(ids))

    @property
    def known(self) -> set[str]:
        """What is there, or was there at some time by the history."""
        past = TimeTravel(self.path)
        return words_in(self.now).union(*(words_in(past.at(number)) for number in past.numbers))

    def check_others(self, name: str, before: Roadmap) -> None:
        """The step that somebody took back just now leaves what others typed behind it."""
        query = "SELECT undo_of FROM changes WHERE undo_of ORDER BY seq DESC LIMIT 1"
        ((taken_back,),) = rows(self.path, query)
        assert isinstance(taken_back, int)
        newer = {word for word in words_in(before) if self.typed[word] >= taken_back}
        assert {word for word in newer if not word.startswith(name)} <= words_in(self.now)
