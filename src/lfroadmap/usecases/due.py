"""What is due in the roadmaps of a library, or in one of them, as values and as JSON."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from lfroadmap.roadmap.due import DAYS, Due, within_days
from lfroadmap.roadmap.portfolio import Portfolio, portfolio_of
from lfroadmap.store.library.library import Library
from lfroadmap.text import clean
from lfroadmap.usecases.outlines import Outlines
from lfroadmap.usecases.portfolio import Reading, member_of, one_owner, plain_item, read_library
from lfroadmap.words import Words

FORMAT = "lfroadmap-due"
VERSION = 1

Json = dict[str, Any]


class Question(NamedTuple):
    """What is asked for: so many days ahead, of one owner, in one roadmap by its name."""

    days: int = DAYS
    owner: str | None = None
    within: str | None = None


def due(library: Library, words: Words, day: date, risk_days: int, asked: Question) -> Due:
    """What is due, read without opening files that did not change since they were read last.

    Raises UsageError where the owner may be several people, and RoadmapError where it is nobody, or where
    the roadmap that is asked for, or the folder, cannot be read.
    """
    return due_of(portfolio_in(library, words, day, risk_days, asked.within), words, asked.days, asked.owner)


def portfolio_in(
    library: Library, words: Words, day: date, risk_days: int, within: str | None = None
) -> Portfolio:
    """The portfolio of a library, or of one roadmap of it; raises RoadmapError."""
    if within is None:
        return portfolio_of(read_library(library, words, day, risk_days), day)
    outlines = Outlines(library)
    member = member_of(within, within, outlines.read(within), Reading(words, day, risk_days))
    return portfolio_of((member,), day)


def due_of(whole: Portfolio, words: Words, days: int, owner: str | None = None) -> Due:
    """What is due of a portfolio; raises UsageError and RoadmapError as `one_owner` does."""
    name = None if owner is None else one_owner(whole, owner)
    found = whole if name is None else whole.of_owner(name)
    items = within_days((*found.late, *found.next), found.day, days)
    return Due(found.day, days, words.first_weekday, items, whole.unreadable, name)


def plain(found: Due, words: Words) -> Json:
    """What is due as `due --json` prints it."""
    spans = found.spans()
    return {
        "format": FORMAT,
        "version": VERSION,
        "as_of": found.day.isoformat(),
        "days": found.days,
        "owner": found.owner,
        "counts": {span: len(items) for span, items in spans.items()},
        "items": [{"span": span} | plain_item(each) for span, items in spans.items() for each in items],
        "unreadable": [
            {"roadmap": each.name, "error": clean(words.error(each.error))} for each in found.unreadable
        ],
    }
