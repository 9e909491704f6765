"""Where all roadmaps of the library stand, each file read once."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from lfroadmap.errors import BrokenStore, RoadmapError, UsageError
from lfroadmap.machine import now
from lfroadmap.roadmap.health import Late
from lfroadmap.roadmap.owner_shares import Share
from lfroadmap.roadmap.portfolio import (
    Member,
    PlacedItem,
    Portfolio,
    Unreadable,
    owners_named,
    portfolio_of,
)
from lfroadmap.roadmap.progress import Tally, Thresholds, iso_day
from lfroadmap.store.library.library import Library
from lfroadmap.store.library.outline_cache import Outline
from lfroadmap.text import clean
from lfroadmap.usecases.author import author
from lfroadmap.usecases.outlines import Outlines
from lfroadmap.words import Words

FORMAT = "lfroadmap-portfolio"
VERSION = 1
PAGE = "html"
"""The one format that a portfolio is exported to."""

_MOST_LISTED = 20
"""Owners that a message lists at most."""

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """The language, the day and the days of risk for which roadmaps are read."""

    words: Words
    day: date
    risk_days: int

    def fits(self, member: Member) -> bool:
        """True if a roadmap was read as it would be now."""
        return (member.language, member.day, member.risk_days) == (
            self.words.language,
            self.day,
            self.risk_days,
        )


def read_library(
    library: Library, words: Words, day: date, risk_days: int, names: Container[str] | None = None
) -> Iterator[Member | Unreadable]:
    """Each roadmap of the library, or each of these names, sorted by name, read when it is asked for.

    The library's `notify` receives a notice where some of a file is not shown. Raises RoadmapError where the
    folder cannot be read.
    """
    reading, outlines = Reading(words, day, risk_days), Outlines(library)
    for name, id_ in library.ids().items():
        if names is not None and name not in names:
            continue
        try:
            yield member_of(name, id_, outlines.read(name), reading)
        except BrokenStore as error:
            yield Unreadable(name, id_, error)
    outlines.save()


def member_of(name: str, id_: str, found: Outline, reading: Reading) -> Member:
    """A roadmap of the library by its outline."""
    changed = datetime.fromtimestamp(found.stamp.changed).astimezone()
    return Member(name, id_, found.roadmap, reading.words.language, changed, reading.day, reading.risk_days)


def portfolio(
    library: Library,
    words: Words,
    day: date,
    risk_days: int,
    owner: str | None = None,
    *,
    names: Container[str] | None = None,
) -> Portfolio:
    """The portfolio of the library on a day, or of these of its roadmaps, of one owner if a text names one.

    Raises UsageError where the text means several people, and RoadmapError where it means nobody or where the
    folder cannot be read.
    """
    whole = portfolio_of(read_library(library, words, day, risk_days, names), day)
    return whole if owner is None else whole.of_owner(one_owner(whole, owner))


def page_of_library(
    library: Library, words: Words, thresholds: Thresholds
) -> tuple[bytes, tuple[Unreadable, ...]]:
    """The page of the portfolio, in the format `PAGE`, and the files that could not be read for it.

    Raises RoadmapError where there is no roadmap.
    """
    from lfroadmap.export.html import Made  # noqa: PLC0415 - only a page needs it
    from lfroadmap.export.portfolio_page import portfolio_page  # noqa: PLC0415

    moment = now()
    found = portfolio(library, words, moment.date(), thresholds.risk_days)
    if not found.rows:
        raise RoadmapError("no_roadmaps", path=library.folder)
    return portfolio_page(found, words, thresholds, Made(moment, author())), found.unreadable


def one_owner(whole: Portfolio, wanted: str) -> str:
    """The owner whom a text means; raises UsageError for several people, and RoadmapError for nobody."""
    found = owners_named(whole, wanted)
    if len(found) == 1:
        return found[0]
    if found:
        raise UsageError("several_owners", name=wanted, found=list(found[:_MOST_LISTED]))
    known = [share.usual_name for share in whole.shares if share.name]
    rest = ["…"] if len(known) > _MOST_LISTED else []
    raise RoadmapError("no_owner", name=wanted, known=known[:_MOST_LISTED] + rest)


# as JSON


def plain_row(row: Member | Unreadable, library: Library, words: Words, *, last: bool) -> Json:
    """A roadmap as `list` prints it; of a file that cannot be read, the reason."""
    head = {"name": row.name, "id": row.id, "path": str(library.path(row.name)), "last": last}
    if isinstance(row, Unreadable):
        return head | {"error": clean(words.error(row.error))}
    return head | {
        "title": row.title,
        **_plain_tally(row.tally),
        "overdue": row.health.late.total,
        **_plain_count("late", row.health.late),
        "health": row.health.health,
        "changed": row.changed.isoformat("T", "seconds"),
    }


def plain(found: Portfolio, library: Library, words: Words) -> Json:
    """The portfolio as `portfolio --json` prints it."""
    last = library.last()
    return {
        "format": FORMAT,
        "version": VERSION,
        "as_of": found.day.isoformat(),
        "owner": found.owner,
        **_plain_tally(found.tally),
        "health": found.health.health,
        **_plain_count("late", found.health.late),
        **_plain_count("at_risk", found.at_risk),
        "roadmaps": [
            plain_row(row, library, words, last=row.name == last)
            | (_plain_count("at_risk", row.at_risk) if isinstance(row, Member) else {})
            for row in found.rows
        ],
        "late": [plain_item(each) for each in found.late],
        "next": [plain_item(each) for each in found.next],
        "owners": [_plain_share(share) for share in found.shares],
    }


def _plain_tally(counted: Tally) -> Json:
    return {"done": counted.done, "total": counted.total, "percent": counted.percent}


def _plain_count(name: str, counted: Late) -> Json:
    return {"_".join((name, kind)): count for kind, count in counted._asdict().items()}


def plain_item(each: PlacedItem) -> Json:
    """A card or task with its place and its day, as JSON."""
    member, item = each.member, each.item
    labels = member.labels
    return {
        "roadmap": member.name,
        "stage": labels.of(item.stage),
        "card": labels.of(item.card),
        "task": labels.of(item.task) if item.task else None,
        "id": item.node.id,
        "owner": each.owner,
        "day": item.day.isoformat(),
        "days": (item.day - member.day).days,
        "health": each.health,
    }


def _plain_share(share: Share) -> Json:
    first = iso_day(share.first_day)
    return {
        "owner": share.usual_name,
        "roadmaps": share.roadmaps,
        "cards": len(share.cards),
        "done": share.done,
        "total": share.total,
        **_plain_count("late", share.late_count),
        "first_day": first.isoformat() if first else None,
        "kpis": len(share.kpis),
    }
