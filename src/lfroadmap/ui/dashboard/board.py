"""The board: a roadmap with everything that the panels show of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from lfroadmap.report.formatting import format_standing
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.health import HealthCounts, Late
from lfroadmap.roadmap.model import Card, Kpi, Roadmap
from lfroadmap.roadmap.progress import Counts, Standing, Tally, Thresholds, iso_day, role_value, standing
from lfroadmap.roadmap.task_index import TaskIndex
from lfroadmap.roadmap.templates import Labels
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine
    from lfroadmap.report.relation_texts import RelationTexts
    from lfroadmap.roadmap.kpi_sources import ValueSource


class Board(NamedTuple):
    """The input of every panel."""

    roadmap: Roadmap
    words: Words
    labels: Labels
    thresholds: Thresholds
    today: date
    now: datetime
    counts: Counts
    health: HealthCounts
    tasks: TaskIndex
    activity: Activity | None = None
    """None until the history was read."""
    lately: Sequence[HistoryLine] | None = None
    """The newest changes, newest first; None until they were read."""
    problem: str = ""
    """Why the history could not be read, in words."""
    tall: bool = False
    """True where the window has lines to spare."""
    stage: str = ""
    """Id of the only stage that is shown, while counts and health are the roadmap's; empty: it is whole."""
    relations: RelationTexts | None = None
    """What waits for what; None where nothing does."""

    @property
    def tally(self) -> Tally:
        """The tasks done of all that are shown."""
        return self.counts.stages[self.stage] if self.stage else self.counts.overall

    @property
    def late(self) -> Late:
        """How many cards and tasks of all that are shown are late."""
        return (self.health.stages[self.stage] if self.stage else self.health.overall).late

    def inputs(self, panel: str) -> object:
        """What a panel that most edits leave as it is depends on, for comparison; None for any other."""
        fixed = self.today, self.words.language, self.tall, self.problem
        if panel == "kpis":
            return fixed, self.roadmap.kpis, self.activity, tuple(map(self.source, self.roadmap.kpis))
        return (fixed, self.lately) if panel == "lately" else None

    def shape(self, height: int) -> object:
        """Everything that the heights of the panels depend on in a window so tall, for comparison."""
        stages = tuple(len(stage.cards) for stage in self.roadmap.stages)
        dated = sum(iso_day(role_value(card, "deadline")) is not None for card in self.cards())
        size = self.tasks.dated_size() if self.stage else self.tasks.agenda_size()
        tasks = min(size, height), self.tasks.agenda_size() > 0, len(self.tasks.loads()), self.tally.total > 0
        history = self.activity is None, self.lately, self.problem
        return (
            stages,
            dated,
            tasks,
            history,
            self.roadmap.kpis,
            self.words.language,
            self.tall,
        )

    def cards(self) -> list[Card]:
        """All cards, in reading order."""
        return [card for stage in self.roadmap.stages for card in stage.cards]

    def owner(self, card: Card) -> str:
        """The owner of a card, as typed."""
        return role_value(card, "owner").strip()

    def source(self, kpi: Kpi) -> ValueSource | None:
        """Where the current value of a KPI comes from; None for a typed one."""
        if not kpi.readings:  # as of most, which then need nothing imported
            return None
        from lfroadmap.roadmap.kpi_sources import current_source  # noqa: PLC0415

        return current_source(self.roadmap, kpi, self.labels)

    def standing(self, kpi: Kpi) -> Standing:
        """The standing of a KPI."""
        return standing(kpi, self.labels.kpi(kpi, "target"))

    def standing_text(self, kpi: Kpi) -> str:
        """The standing of a KPI in words."""
        return format_standing(self.standing(kpi), self.words)
