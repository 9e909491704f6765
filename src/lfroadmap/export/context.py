"""The input of every export format."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.roadmap.activity import Activity
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Thresholds
from lfroadmap.roadmap.schedule import Grouping
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine


@dataclass(frozen=True, slots=True)
class FormatChoices:
    """What single formats do otherwise than usual."""

    stable_heads: bool = False
    """CSV: headings are names for programs, the same in every language."""
    owner: str = ""
    """Only what this person has, everywhere; empty: everything."""
    all_events: bool = False
    """Calendar: with what is done."""
    no_past: bool = False
    """Without the values that KPIs have had, and without the charts over time."""
    gantt: bool = False
    """Markdown: with a chart in the language of Mermaid."""
    by: Grouping = "stage"
    """What the timeline is grouped by."""


USUAL = FormatChoices()


@dataclass(frozen=True, slots=True)
class ExportContext:
    """A roadmap on one day in one language; equal contexts give equal bytes."""

    roadmap: Roadmap
    words: Words
    today: date
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    moment: datetime | None = None
    """Time of writing, with its time zone; None where it is not shown."""
    author: str = ""
    """Author of the file, or empty."""
    history: tuple[HistoryLine, ...] | None = None
    """The changes, newest first; None where the history is not exported."""
    part: bool = False
    """True if stages or long texts were left out of the roadmap."""
    whole: Roadmap | None = None
    """The roadmap that what one person has is a part of; None where it is not theirs alone."""
    everything: Roadmap | None = None
    """The roadmap with the stages that were left out, of which nothing is named; None where none were."""
    activity: Activity | None = None
    """The roadmap over time; None where there are no charts of it."""
    choices: FormatChoices = USUAL
    """What single formats do otherwise than usual."""
    reload: int = 0
    """Seconds after which an open page reloads itself; 0: never."""
    progress: ExportProgress = field(default_factory=ExportProgress, compare=False, repr=False)
    """Reports the progress, and can be cancelled."""

    def written(self) -> datetime:
        """The time of writing, or the start of the day, for formats that require one."""
        return self.moment or datetime.combine(self.today, time(), UTC)
