"""The cards, open tasks and KPIs of each owner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from lfroadmap.report.formatting import count_late
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.health import DatedItem, count_items, late_items
from lfroadmap.roadmap.model import Card, Roadmap
from lfroadmap.roadmap.progress import Tally, card_tally, iso_day, role_value
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import match_key, one_line
from lfroadmap.words import Words

Day = Callable[[str], Value]
"""Formats a typed day."""


@dataclass(slots=True)
class _Share:
    """The responsibilities of one person."""

    name: str
    cards: list[str] = field(default_factory=list)
    done: int = 0
    total: int = 0
    days: list[str] = field(default_factory=list)
    """Due dates of the person's open cards and tasks."""
    kpis: list[str] = field(default_factory=list)
    late: list[DatedItem] = field(default_factory=list)


def owners(roadmap: Roadmap, words: Words, today: date, day: Day) -> Grid | None:
    """A row for each person in order of appearance, then one for what has no owner; None if nothing has one.

    A task belongs to its own owner, or else to its card's.
    """
    people = _Shares(Labels(roadmap.template, words.language))
    for stage in roadmap.stages:
        for card in stage.cards:
            people.card(card)
    for kpi in roadmap.kpis:
        people.share_of(people.labels.kpi(kpi, "owner")).kpis.append(people.labels.of(kpi))
    for item in late_items(roadmap, today):
        people.share_of(item.owner).late.append(item)
    unowned = people.shares.pop("", None)
    if not people.shares:
        return None
    shares = [*people.shares.values(), *([unowned] if unowned else [])]
    heads = ("owner", "cards_of", "tasks", "late", "next", "kpis")
    rows = tuple(_row(share, words, day) for share in shares)
    return Grid(tuple(words(f"report.{head}") for head in heads), rows)


class _Shares:
    """The shares of all people, by name as `match_key` has it."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.shares: dict[str, _Share] = {}

    def share_of(self, name: str) -> _Share:
        return self.shares.setdefault(match_key(name), _Share(" ".join(one_line(name).split())))

    def card(self, card: Card) -> None:
        owner = role_value(card, "owner")
        share = self.share_of(owner)
        share.cards.append(self.labels.of(card))
        done, total = card_tally(card)
        if total == 0 or done < total:
            share.days.append(role_value(card, "deadline"))
        for task in card.tasks:
            own = self.share_of(task.owner if task.owner.strip() else owner)
            own.total += 1
            own.done += task.done
            if not task.done:
                own.days.append(task.due)


def _row(share: _Share, words: Words, day: Day) -> tuple[Value, ...]:
    name = Value(share.name) if share.name else Value(words("report.nobody"), "risk")
    counted = Tally(share.done, share.total)
    tasks = Value(f"{counted.done}/{counted.total}") if counted.total else EMPTY
    late = count_late(count_items(share.late), words)
    next_day = min(filter(iso_day, share.days), default="")
    return (
        name,
        _lines(share.cards),
        tasks,
        Value(f"▲ {late}", "late") if late else EMPTY,
        day(next_day) if next_day else EMPTY,
        _lines(share.kpis),
    )


def _lines(names: list[str]) -> Value:
    return Value("\n".join(map(one_line, names))) if names else EMPTY
