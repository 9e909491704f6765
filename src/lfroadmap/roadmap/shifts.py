"""The progress and health of a roadmap and its stages in two states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from lfroadmap.roadmap.health import HealthSummary, roadmap_health, stage_health
from lfroadmap.roadmap.late_changes import Days
from lfroadmap.roadmap.model import Roadmap, Stage
from lfroadmap.roadmap.progress import Tally, stage_tally, tally
from lfroadmap.roadmap.templates import Labels


@dataclass(frozen=True, slots=True)
class Shift:
    """The progress of a stage or of the whole roadmap, before and after; None where it did not exist."""

    id: str
    title: str
    before: Tally | None
    after: Tally | None
    health_before: HealthSummary | None = None
    health_after: HealthSummary | None = None
    """None where it did not exist, or where no days are compared."""

    @property
    def points(self) -> int:
        """Percent points gained; negative where work was added or reopened."""
        return (self.after.percent if self.after else 0) - (self.before.percent if self.before else 0)


def overall_shift(then: Roadmap, now: Roadmap, labels: Labels, days: Days | None) -> Shift:
    """The shift of the whole roadmap."""
    before = roadmap_health(then, days.before, days.risk_days) if days else None
    after = roadmap_health(now, days.after, days.risk_days) if days else None
    return Shift(now.id, labels.of(now), tally(then), tally(now), before, after)


def stage_shifts(
    then: Roadmap, now: Roadmap, old_labels: Labels, new_labels: Labels, days: Days | None
) -> Iterator[Shift]:
    """The shifts of the stages, those that were removed last."""
    known = {stage.id: stage for stage in then.stages}
    for stage in now.stages:
        yield _shift(new_labels.of(stage), known.pop(stage.id, None), stage, days)
    for stage in known.values():
        yield _shift(old_labels.of(stage), stage, None, days)


def _shift(title: str, old: Stage | None, new: Stage | None, days: Days | None) -> Shift:
    node_id = new.id if new else old.id if old else ""
    before, after = (stage_tally(stage) if stage else None for stage in (old, new))
    if days is None:
        return Shift(node_id, title, before, after)
    then, now = _health(old, days.before, days), _health(new, days.after, days)
    return Shift(node_id, title, before, after, then, now)


def _health(stage: Stage | None, day: date, days: Days) -> HealthSummary | None:
    return stage_health(stage, day, days.risk_days) if stage else None
