"""Several roadmaps together: where each stands, what is late, what comes next, and what each person has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from heapq import merge
from typing import NamedTuple

from lfroadmap.errors import RoadmapError
from lfroadmap.roadmap.health import (
    DatedItem,
    Health,
    HealthSummary,
    Late,
    agenda,
    card_health,
    open_health,
    together,
)
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.named_nodes import likest
from lfroadmap.roadmap.owner_shares import OwnerShares, Share
from lfroadmap.roadmap.progress import Tally, tally
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key
from lfroadmap.words import Language


@dataclass(frozen=True)
class Member:
    """A roadmap of a library, as it is in its file."""

    name: str
    """Its name in the library, which no other one has."""
    id: str
    """Its name in plain ASCII."""
    roadmap: Roadmap
    """Its outline, or all of it."""
    language: Language
    changed: datetime
    """Time of the last change of its file."""
    day: date
    """The day as of which it is late or at risk."""
    risk_days: int

    @cached_property
    def labels(self) -> Labels:
        """The names of its nodes."""
        return Labels(self.roadmap.template, self.language)

    @property
    def title(self) -> str:
        """Its own title."""
        return self.labels.of(self.roadmap)

    @cached_property
    def tally(self) -> Tally:
        """The tasks done, and all."""
        return tally(self.roadmap)

    @cached_property
    def health(self) -> HealthSummary:
        """The health of its worst card, and all that is late."""
        return together(self._cards)

    @cached_property
    def at_risk(self) -> Late:
        """The number of cards and of open tasks whose health is `at_risk`."""
        cards = sum(summary.health == "at_risk" for summary in self._cards)
        days = (item.day for item in self.agenda if item.task)
        return Late(cards, [open_health(day, self.day, self.risk_days) for day in days].count("at_risk"))

    @cached_property
    def agenda(self) -> tuple[DatedItem, ...]:
        """The open cards and tasks with a day, the earliest first."""
        return agenda(self.roadmap)

    def without_parts(self) -> Member:
        """How it stands, without its stages and KPIs, which may be many."""
        slim = replace(self, roadmap=replace(self.roadmap, stages=(), kpis=()))
        slim.__dict__.update(tally=self.tally, health=self.health, at_risk=self.at_risk, agenda=())
        return slim

    @cached_property
    def _cards(self) -> list[HealthSummary]:
        cards = (card for stage in self.roadmap.stages for card in stage.cards)
        return [card_health(card, self.day, self.risk_days) for card in cards]


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A roadmap of a library whose file cannot be read."""

    name: str
    id: str
    error: RoadmapError


class PlacedItem(NamedTuple):
    """An open card or task with a day, and its roadmap."""

    member: Member
    item: DatedItem
    owner: str
    """The name of its owner as it is written most often."""

    @property
    def health(self) -> Health:
        """Its health by its own day."""
        return open_health(self.item.day, self.member.day, self.member.risk_days)


@dataclass(frozen=True, slots=True)
class Portfolio:
    """The roadmaps of a library on one day; of one owner only, if `owner` is a name."""

    day: date
    rows: tuple[Member | Unreadable, ...]
    """Sorted by name."""
    late: tuple[PlacedItem, ...]
    """The cards and tasks whose day is past, the longest late first."""
    next: tuple[PlacedItem, ...]
    """The other open cards and tasks with a day, the earliest first."""
    shares: tuple[Share, ...]
    """The people, first who is late with most; what has no owner last."""
    owner: str | None = None

    @property
    def members(self) -> tuple[Member, ...]:
        """The roadmaps that can be read."""
        return tuple(row for row in self.rows if isinstance(row, Member))

    @property
    def unreadable(self) -> tuple[Unreadable, ...]:
        """The files that cannot be read."""
        return tuple(row for row in self.rows if isinstance(row, Unreadable))

    @property
    def tally(self) -> Tally:
        """The tasks of all roadmaps; each task weighs the same."""
        tallies = [member.tally for member in self.members]
        return Tally(sum(each.done for each in tallies), sum(each.total for each in tallies))

    @property
    def health(self) -> HealthSummary:
        """The health of the worst roadmap, and all that is late."""
        return together(member.health for member in self.members)

    @property
    def at_risk(self) -> Late:
        """Cards and tasks at risk in all roadmaps."""
        each = [member.at_risk for member in self.members]
        return Late(sum(one.cards for one in each), sum(one.tasks for one in each))

    def of_owner(self, owner: str) -> Portfolio:
        """What one person has, with the roadmaps in which that is, and the files that cannot be read."""
        key = match_key(owner)
        shares = tuple(share for share in self.shares if match_key(share.usual_name) == key)
        names = {name for share in shares for name in share.roadmaps}
        rows = tuple(row for row in self.rows if isinstance(row, Unreadable) or row.name in names)
        late, coming = (
            tuple(each for each in items if match_key(each.owner) == key) for items in (self.late, self.next)
        )
        return Portfolio(self.day, rows, late, coming, shares, owner)


def portfolio_of(rows: Iterable[Member | Unreadable], day: date) -> Portfolio:
    """The portfolio of the roadmaps of a library."""
    rows, people = tuple(rows), OwnerShares()
    members = [row for row in rows if isinstance(row, Member)]
    for member in members:
        people.add(member.roadmap, member.labels, day, member.name)
    names = people.usual_names()
    agendas = (
        [PlacedItem(member, item, names[match_key(item.owner)]) for item in member.agenda]
        for member in members
    )
    items = list(merge(*agendas, key=lambda each: each.item.day))
    late = sum(each.item.day < day for each in items)
    shares = sorted(people.shares(), key=_urgency)
    return Portfolio(day, rows, tuple(items[:late]), tuple(items[late:]), tuple(shares))


def _urgency(share: Share) -> tuple[bool, int, int]:
    """The order of people: who is late with most, then who has most to do; what has no owner is last."""
    return not share.name, -len(share.late), share.done - share.total


def owners_named(portfolio: Portfolio, wanted: str) -> tuple[str, ...]:
    """The owners whom a text may mean: by the whole name, else by its beginning, else by words of it."""
    return likest(wanted, [share.usual_name for share in portfolio.shares if share.name])
