"""The people of a library's roadmaps: what each has and when it is due, as values, JSON and rows of text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from lfroadmap.report.formatting import format_short_day
from lfroadmap.roadmap.people import People, Person, people_of
from lfroadmap.roadmap.portfolio import Portfolio, Unreadable
from lfroadmap.roadmap.progress import iso_day
from lfroadmap.store.library.library import Library
from lfroadmap.text import clean, one_line
from lfroadmap.usecases.due import portfolio_in
from lfroadmap.words import Words

FORMAT = "lfroadmap-people"
VERSION = 1
SHOWN_WEEKS = 4
"""Weeks that a printed row counts each by itself at most."""

Json = dict[str, Any]


def people_in(
    library: Library, words: Words, day: date, risk_days: int, within: str | None = None
) -> tuple[People, tuple[Unreadable, ...]]:
    """The people of a library, or of one roadmap of it, and the files that cannot be read.

    Raises RoadmapError where the folder, or the roadmap that is asked for, cannot be read.
    """
    whole = portfolio_in(library, words, day, risk_days, within)
    return people_of_portfolio(whole, words), whole.unreadable


def people_of_portfolio(whole: Portfolio, words: Words) -> People:
    """The people of a portfolio; weeks begin as the language has it."""
    return people_of(whole, words.first_weekday)


def rows(found: People, words: Words, weeks: int) -> Iterator[tuple[str, ...]]:
    """The people as rows of text with so many weeks each by itself, below a row of headings."""
    yield (
        words("report.owner"),
        words("people.cards"),
        words("people.tasks"),
        words("people.late"),
        *week_heads(found, words)[:weeks],
        words("people.later"),
        words("people.undated"),
        words("people.kpis"),
    )
    yield from (_row(person, words, weeks) for person in found.people)


def week_heads(found: People, words: Words) -> list[str]:
    """The names of the weeks that are counted: this one, and the others by their first day."""
    later = [format_short_day(each, found.day, words) for each in found.weeks[1:]]
    return [words("due.week"), *later]


def _row(person: Person, words: Words, weeks: int) -> tuple[str, ...]:
    share, load = person.share, person.load
    later = sum(each.total for each in (*load.weeks[weeks:], load.later))
    return (
        one_line(person.name) or words("report.nobody"),
        count(len(share.cards)),
        f"{share.done}/{share.total}" if share.total else "—",
        f"▲ {load.late.total}" if load.late.total else "—",
        *(count(each.total) for each in load.weeks[:weeks]),
        count(later),
        count(load.undated.total),
        count(len(share.kpis)),
    )


def count(number: int) -> str:
    """A number as a cell; a dash for none."""
    return str(number) if number else "—"


# as JSON


def plain(found: People, unreadable: tuple[Unreadable, ...], words: Words) -> Json:
    """The people as `people --json` prints them."""
    return {
        "format": FORMAT,
        "version": VERSION,
        "as_of": found.day.isoformat(),
        "weeks": [each.isoformat() for each in found.weeks],
        "people": [_plain_person(each, found) for each in found.people],
        "alike": [[each.short, each.long] for each in found.alike],
        "unreadable": [
            {"roadmap": each.name, "error": clean(words.error(each.error))} for each in unreadable
        ],
    }


def _plain_person(person: Person, found: People) -> Json:
    share, load = person.share, person.load
    first = iso_day(share.first_day)
    return {
        "owner": person.name,
        "spellings": [each for each, _ in share.spellings.most_common()] if share.name else [],
        "roadmaps": share.roadmaps,
        "cards": len(share.cards),
        "done": share.done,
        "total": share.total,
        "kpis": len(share.kpis),
        "first_day": first.isoformat() if first else None,
        "load": {
            "late": load.late._asdict(),
            "weeks": [
                {"week": week.isoformat()} | each._asdict()
                for week, each in zip(found.weeks, load.weeks, strict=False)
            ],
            "later": load.later._asdict(),
            "undated": load.undated._asdict(),
        },
    }
