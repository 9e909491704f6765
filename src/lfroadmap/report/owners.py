"""The cards, open tasks and KPIs of each owner."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from lfroadmap.report.formatting import count_late
from lfroadmap.report.nodes import Grid, Value
from lfroadmap.report.values import EMPTY
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.roadmap.owner_shares import OwnerShares, Share
from lfroadmap.roadmap.templates import Labels
from lfroadmap.text import one_line
from lfroadmap.words import Words

Day = Callable[[str], Value]
"""Formats a typed day."""


def owners(roadmap: Roadmap, words: Words, today: date, day: Day) -> Grid | None:
    """A row for each person in order of appearance, then one for what has no owner; None if nothing has one.

    A task belongs to its own owner, or else to its card's.
    """
    people = OwnerShares()
    people.add(roadmap, Labels(roadmap.template, words.language), today)
    rows = tuple(_row(share, words, day) for share in people.shares())
    heads = ("owner", "cards_of", "tasks", "late", "next", "kpis")
    return Grid(tuple(words(f"report.{head}") for head in heads), rows) if rows else None


def _row(share: Share, words: Words, day: Day) -> tuple[Value, ...]:
    return (
        format_owner(share.name, words),
        _lines(share.cards),
        format_tasks(share),
        format_owner_late(share, words),
        day(share.first_day) if share.first_day else EMPTY,
        _lines(share.kpis),
    )


def format_owner(name: str, words: Words) -> Value:
    """The name of a person, or that there is no owner."""
    return Value(name) if name else Value(words("report.nobody"), "risk")


def format_tasks(share: Share) -> Value:
    """The tasks of a person that are done, and all: `3/12`."""
    return Value(f"{share.done}/{share.total}") if share.total else EMPTY


def format_owner_late(share: Share, words: Words) -> Value:
    """The late cards and tasks of a person."""
    late = count_late(share.late_count, words)
    return Value(f"▲ {late}", "late") if late else EMPTY


def _lines(names: list[str]) -> Value:
    return Value("\n".join(map(one_line, names))) if names else EMPTY
