"""The board of a roadmap, or of one of its stages, with what was read of the history."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lfroadmap.errors import RoadmapError
from lfroadmap.machine import now
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import Counts
from lfroadmap.roadmap.scope import Scope, within
from lfroadmap.roadmap.task_index import TaskIndex
from lfroadmap.ui.context import Context
from lfroadmap.ui.dashboard.board import Board

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine


READS_BEHIND = 0.2
"""Seconds after the first picture after which the history is read: a key typed at once is answered first."""


class BoardSource:
    """Follows a roadmap and makes its boards."""

    def __init__(self, roadmap: Roadmap, counts: Counts, context: Context, stage: str = "") -> None:
        self.context = context
        self.stage = stage
        """Id of the only stage that the boards show; empty: all."""
        self.roadmap = roadmap
        self.counts = counts
        self.tasks = TaskIndex(self._shown(), context.today())
        self.activity: Activity | None = None
        self.lately: Sequence[HistoryLine] | None = None
        self.problem = ""
        self._read_of: Roadmap | None = None
        """The roadmap whose newest changes were read."""

    def follow(self, roadmap: Roadmap, counts: Counts) -> None:
        """Take in the roadmap as it is now."""
        today = self.context.today()
        if self.activity:
            self.activity = self.activity.follow(self.roadmap, roadmap, today)
        self.roadmap, self.counts = roadmap, counts
        self.tasks.follow(self._shown(), today)

    def _shown(self) -> Roadmap:
        return within(self.roadmap, Scope(frozenset((self.stage,)))) if self.stage else self.roadmap

    def board(self, *, tall: bool) -> Board:
        """The board of the moment; a stage's activity is what its tasks know."""
        context = self.context
        return Board(
            self._shown(),
            context.words,
            context.labels,
            context.thresholds,
            context.today(),
            now(),
            self.counts,
            context.health,
            self.tasks,
            Activity(done=self.tasks.done_by_day()) if self.stage else self.activity,
            self.lately,
            self.problem,
            tall,
            self.stage,
            context.relations(),
        )

    # the history

    @property
    def is_outdated(self) -> bool:
        """True if the roadmap is another than the one whose newest changes were read."""
        return self._read_of is not self.roadmap

    def settle(self) -> None:
        """Take in that everything is in the file."""
        if self.activity:
            self.activity = self.activity.settle(self.roadmap.kpis, now())

    async def read(self) -> None:
        """Read the history, of a stage its newest changes only; why it cannot be read is kept in words."""
        before = self.roadmap
        try:
            if self.activity is None and not self.stage:
                found = await asyncio.to_thread(self.context.activity)
                self.activity = found.follow(before, self.roadmap, self.context.today())
            before = self.roadmap
            self.lately = await asyncio.to_thread(self.context.lately, self.stage)
        except RoadmapError as error:  # the panels stay without a past; other ways of reading it say why too
            self.problem = self.context.words.error(error)
        self._read_of = before
