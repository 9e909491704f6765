"""What every face of a roadmap is given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

from lfroadmap.export.export_progress import ExportProgress
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Thresholds
from lfroadmap.words import Words

if TYPE_CHECKING:
    from lfroadmap.report.change_log import HistoryLine


@dataclass(frozen=True, slots=True)
class ExportContext:
    """A roadmap as it is on one day, told in one language; the same snapshot gives the same bytes."""

    roadmap: Roadmap
    words: Words
    today: date
    thresholds: Thresholds = DEFAULT_THRESHOLDS
    moment: datetime | None = None
    """When it is written, with its time zone; None where nobody should be told."""
    author: str = ""
    """Who writes it, or nothing."""
    history: tuple[HistoryLine, ...] | None = None
    """Its changes, newest first; None where they are not to be told."""
    part: bool = False
    """Whether stages or long texts were left out of the roadmap."""
    reload: int = 0
    """Seconds after which a page that stays open looks whether it was written anew; 0: it does not."""
    pace: ExportProgress = field(default_factory=ExportProgress, compare=False, repr=False)
    """Says how far it is, and takes the word that nobody waits any more."""

    def written(self) -> datetime:
        """The moment, or the beginning of the day, for formats that cannot do without one."""
        return self.moment or datetime.combine(self.today, time(), UTC)
