"""What each person answers for, in one roadmap or in several."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from lfroadmap.roadmap.health import DatedItem, Late, count_items, late_items
from lfroadmap.roadmap.model import Card, Roadmap
from lfroadmap.roadmap.progress import Tally, card_tally, iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key, one_line


@dataclass(slots=True)
class Share:
    """The cards, tasks and KPIs of one person."""

    name: str
    """As it is written first; empty for what has no owner."""
    spellings: Counter[str] = field(default_factory=Counter)
    """How often the name is written in each way."""
    roadmaps: list[str] = field(default_factory=list)
    """The names of the roadmaps in which the person has something."""
    cards: list[str] = field(default_factory=list)
    done: int = 0
    total: int = 0
    days: list[str] = field(default_factory=list)
    """Due dates of the person's open cards and tasks, as typed."""
    kpis: list[str] = field(default_factory=list)
    late: list[DatedItem] = field(default_factory=list)

    @property
    def usual_name(self) -> str:
        """The name as it is written most often."""
        return max(self.spellings, key=self.spellings.__getitem__, default="") if self.name else ""

    @property
    def tally(self) -> Tally:
        """The tasks."""
        return Tally(self.done, self.total)

    @property
    def late_count(self) -> Late:
        """Late cards and tasks."""
        return count_items(self.late)

    @property
    def first_day(self) -> str:
        """The earliest day of what is open; empty where nothing has a valid one."""
        return min(filter(iso_day, self.days), default="")


class OwnerShares:
    """The shares of all people; one person is one share, whatever case, spaces and marks the name has."""

    def __init__(self) -> None:
        self._shares: dict[str, Share] = {}

    def add(self, roadmap: Roadmap, labels: Labels, today: date, name: str = "") -> None:
        """Add a roadmap, which is called `name`."""
        for stage in roadmap.stages:
            for card in stage.cards:
                self._add_card(card, labels, name)
        for kpi in roadmap.kpis:
            self._share_of(labels.kpi(kpi, "owner"), name).kpis.append(labels.of(kpi))
        for item in late_items(roadmap, today):
            self._share_of(item.owner, name).late.append(item)

    def shares(self) -> list[Share]:
        """The shares in order of appearance, what has no owner last; empty where nothing has one."""
        named = [share for key, share in self._shares.items() if key]
        return [*named, *([self._shares[""]] if named and "" in self._shares else [])]

    def usual_names(self) -> dict[str, str]:
        """The key of each name -> the name as it is written most often."""
        return {key: share.usual_name for key, share in self._shares.items()}

    def _share_of(self, owner: str, roadmap: str) -> Share:
        key = match_key(owner)
        name = " ".join(one_line(owner).split()) if key else ""
        share = self._shares.setdefault(key, Share(name))
        share.spellings[name] += 1
        if roadmap not in share.roadmaps[-1:]:
            share.roadmaps.append(roadmap)
        return share

    def _add_card(self, card: Card, labels: Labels, name: str) -> None:
        """Count a card for its owner, and each task for its own owner or else the card's."""
        owner = role_value(card, "owner")
        share = self._share_of(owner, name)
        share.cards.append(labels.of(card))
        done, total = card_tally(card)
        if total == 0 or done < total:
            share.days.append(role_value(card, "deadline"))
        for task in card.tasks:
            own = self._share_of(task.owner, name) if task.owner.strip() else share
            own.total += 1
            own.done += task.done
            if not task.done:
                own.days.append(task.due)
