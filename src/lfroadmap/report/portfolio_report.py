"""The report of a portfolio: all roadmaps side by side, what is late and next in them, and by owner."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from lfroadmap.report.anchors import roadmap_anchor
from lfroadmap.report.formatting import (
    HEALTH_TONES,
    count_late,
    format_days,
    format_health,
    format_title,
)
from lfroadmap.report.nodes import Facts, Grid, Meter, Meters, Node, Report, Section, Value
from lfroadmap.report.owners import format_owner, format_owner_late, format_tasks
from lfroadmap.report.values import EMPTY, format_value
from lfroadmap.roadmap.health import HealthSummary, Late, stage_health
from lfroadmap.roadmap.owner_shares import Share
from lfroadmap.roadmap.portfolio import Member, PlacedItem, Portfolio, Unreadable
from lfroadmap.roadmap.progress import DEFAULT_THRESHOLDS, Tally, Thresholds, iso_day, stage_tally
from lfroadmap.text import dots
from lfroadmap.words import Words

_MOST_NAMES = 5
"""Roadmaps of a person up to which all are named."""


def portfolio_report(
    portfolio: Portfolio,
    words: Words,
    thresholds: Thresholds = DEFAULT_THRESHOLDS,
    *,
    rows: int | None = None,
    details: bool = False,
) -> Report:
    """The report of a portfolio: progress first, then its parts.

    Of more than `rows` late or next things the rest is only counted. With `details` every roadmap has a part
    of its own with its stages, to which the others lead.
    """
    formatter = _Formatter(portfolio, words, thresholds, rows, details=details)
    body = tuple(formatter.body())
    return Report(words("portfolio.title"), words.language, words.direction, formatter.facts(), body)


class _Formatter:
    """Formats one portfolio in one language."""

    def __init__(
        self, portfolio: Portfolio, words: Words, thresholds: Thresholds, rows: int | None, *, details: bool
    ) -> None:
        self.portfolio = portfolio
        self.words = words
        self.thresholds = thresholds
        self.rows = rows
        self.details = details
        self.titles = {
            member.name: format_title(member.roadmap, member.labels, member.name)
            for member in portfolio.members
        }
        self.anchors = {row.name: roadmap_anchor(row.id) if details else "" for row in portfolio.rows}

    def facts(self) -> Facts:
        words, found = self.words, self.portfolio
        pairs = [
            (words("report.as_of"), Value(words.day(found.day))),
            (words("portfolio.roadmaps"), Value(str(len(found.rows)))),
            *self.standing(found.tally, found.health, found.at_risk),
        ]
        if found.owner is not None:
            pairs.insert(1, (words("report.owner"), Value(found.owner)))
        if found.unreadable:
            pairs.append((words("portfolio.unreadable"), Value(str(len(found.unreadable)), "late")))
        return Facts(tuple(pairs))

    def standing(self, counted: Tally, summary: HealthSummary, at_risk: Late) -> Iterator[tuple[str, Value]]:
        """The tasks done, the health, and what is late and at risk, each with its label."""
        words, health = self.words, summary.health
        yield words("report.tasks"), Value(words("report.of", done=counted.done, total=counted.total))
        yield words("health.title"), Value(format_health(health, words), HEALTH_TONES[health])
        for label, count, tone in (
            ("report.late", summary.late, "late"),
            ("portfolio.at_risk", at_risk, "risk"),
        ):
            text = count_late(count, words)
            yield words(label), Value(text or words("report.none_late"), tone if text else "")

    def body(self) -> Iterator[Node]:
        """The sections, without empty ones."""
        found, words = self.portfolio, self.words
        yield Section(words("report.progress"), tuple(self.progress()), "progress")
        if not found.rows:
            return
        yield Section(words("portfolio.roadmaps"), tuple(self.members()), "roadmaps")
        for key, items in (("late", found.late), ("next", found.next)):
            if items:
                yield Section(words(f"portfolio.{key}"), tuple(self.items(items)), key)
        if found.shares:
            yield Section(words("report.owners"), (self.owners(),), "owners")
        if self.details:
            yield Section(words("portfolio.each"), tuple(map(self.part, found.rows)), "each")

    def progress(self) -> Iterator[Node]:
        found = self.portfolio
        if not found.rows:
            yield Value(self.words("portfolio.none"), "muted")
            return
        yield self.meter(self.words("report.overall"), found.tally, found.health)
        yield Meters(
            tuple(
                self.meter(self.titles[each.name], each.tally, each.health, self.anchors[each.name])
                for each in found.members
            )
        )

    def meter(self, label: str, counted: Tally, summary: HealthSummary, target: str = "") -> Meter:
        shown = Value(format_health(summary.health, self.words), HEALTH_TONES[summary.health])
        tone = counted.tone(self.thresholds, late=summary.health == "late")
        return Meter(label, counted, tone, target, shown)

    def members(self) -> Iterator[Node]:
        """A row for each roadmap, and for each file that cannot be read one with the reason."""
        heads = ("portfolio.roadmap", "report.late", "portfolio.at_risk", "portfolio.changed")
        if members := self.portfolio.members:
            yield Grid(tuple(map(self.words, heads)), tuple(map(self.row, members)))
        if unreadable := self.portfolio.unreadable:
            yield Facts(tuple((each.name, self.reason(each)) for each in unreadable))

    def row(self, member: Member) -> tuple[Value, ...]:
        return (
            Value(self.titles[member.name], target=self.anchors[member.name]),
            self.count(member.health.late, "late"),
            self.count(member.at_risk, "risk"),
            Value(self.words.day(member.changed.date())),
        )

    def reason(self, unreadable: Unreadable) -> Value:
        return Value(self.words.error(unreadable.error), "late")

    def count(self, counted: Late, tone: Literal["late", "risk"]) -> Value:
        text = count_late(counted, self.words)
        return Value(f"{'▲' if tone == 'late' else '■'} {text}", tone) if text else EMPTY

    def items(self, items: tuple[PlacedItem, ...]) -> Iterator[Node]:
        """A row for each card or task with its place, its roadmap, its owner and its day."""
        heads = ("report.what", "portfolio.roadmap", "report.owner", "report.deadline")
        yield Grid(tuple(map(self.words, heads)), tuple(map(self.item, items[: self.rows])))
        rest = 0 if self.rows is None else len(items) - self.rows
        if rest > 0:
            yield Value(self.words.plural("compared.more", rest), "muted")

    def item(self, placed: PlacedItem) -> tuple[Value, ...]:
        member, item = placed.member, placed.item
        labels, health = member.labels, placed.health
        above = (item.stage, item.card) if item.task else (item.stage,)
        place = dots([labels.of(node) for node in above], self.words.direction)
        tone = HEALTH_TONES[health] if health in ("late", "at_risk") else ""
        days = format_days((item.day - self.portfolio.day).days, self.words)
        return (
            format_value(labels.of(item.node), note=place),
            Value(self.titles[member.name], target=self.anchors[member.name]),
            format_value(placed.owner),
            Value(self.words.day(item.day), tone, days),
        )

    def owners(self) -> Grid:
        keys = ("report.owner", "portfolio.places", "report.cards_of", "portfolio.tasks", "report.late")
        heads = tuple(map(self.words, (*keys, "portfolio.first", "portfolio.kpis")))
        return Grid(heads, tuple(map(self.share, self.portfolio.shares)))

    def share(self, share: Share) -> tuple[Value, ...]:
        first = iso_day(share.first_day)
        return (
            format_owner(share.usual_name, self.words),
            self.places(share),
            Value(str(len(share.cards))) if share.cards else EMPTY,
            format_tasks(share),
            format_owner_late(share, self.words),
            Value(self.words.day(first)) if first else EMPTY,
            Value(str(len(share.kpis))) if share.kpis else EMPTY,
        )

    def places(self, share: Share) -> Value:
        """The roadmaps in which a person has something: how many, and with details their names."""
        if not self.details:
            return Value(str(len(share.roadmaps)))
        names = [self.titles[name] for name in share.roadmaps[:_MOST_NAMES]]
        rest = len(share.roadmaps) - len(names)
        return Value("\n".join([*names, *([self.words.plural("compared.more", rest)] if rest else [])]))

    def part(self, row: Member | Unreadable) -> Section:
        """A roadmap with its figures and its stages."""
        if isinstance(row, Unreadable):
            return Section(row.name, (self.reason(row),), self.anchors[row.name])
        day, days = row.day, row.risk_days
        changed = f"{self.words.day(row.changed.date())} {row.changed:%H:%M}"
        facts = (
            (self.words("portfolio.name"), Value(row.name)),
            *self.standing(row.tally, row.health, row.at_risk),
            (self.words("portfolio.changed"), Value(changed)),
        )
        stages = (
            self.meter(row.labels.of(stage), stage_tally(stage), stage_health(stage, day, days))
            for stage in row.roadmap.stages
        )
        return Section(self.titles[row.name], (Facts(facts), Meters(tuple(stages))), self.anchors[row.name])
