"""`diff`: what changed between two snapshots, two days, or one of them and now."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.desk import Desk
from lfroadmap.cli.telling import tell
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.export.compared import Compared

DONE = 0
NOW = ("now", "עכשיו")


@dataclass(frozen=True, slots=True)
class Point:
    """One of the two states, and what to call it."""

    roadmap: Roadmap
    told: str


def diff(desk: Desk) -> int:
    """Print or write what changed from A to B; without B, to now."""
    from lfroadmap.export import put

    wanted = _format(desk)
    told = _compared(desk, desk.needed("a", "diff"), desk.options.b or NOW[0])
    if desk.options.output and desk.options.output != "-":
        print(put(_render(told, wanted), Path(desk.options.output), force=desk.options.force))
    elif wanted == "text":
        tell(desk, told.report())
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(_render(told, wanted))
    return DONE


def _format(desk: Desk) -> str:
    """The form that was asked for, or that the name of the output tells."""
    from lfroadmap.export.compared import COMPARISONS

    suffix = Path(desk.options.output or "").suffix.lstrip(".").lower()
    wanted: str = desk.options.format or ("json" if desk.options.json else suffix or "text")
    if wanted not in COMPARISONS and (wanted != "text" or suffix):
        raise UsageError("no_format", name=wanted, known=", ".join(COMPARISONS))
    return wanted


def _render(told: Compared, wanted: str) -> bytes:
    from lfroadmap.export.compared import COMPARISONS

    return COMPARISONS[wanted](told)


def _compared(desk: Desk, a: str, b: str) -> Compared:
    from lfroadmap.export.compared import Compared
    from lfroadmap.report.compared import Ends
    from lfroadmap.roadmap.comparison import compare

    then, now = _point(desk, a, time.min), _point(desk, b, time.max)
    held = compare(then.roadmap, now.roadmap, desk.words.language)
    return Compared(held, Ends(then.told, now.told), desk.words, desk.settings.thresholds)


def _point(desk: Desk, given: str, of_day: time) -> Point:
    """What is meant: a file, now, a day (at the moment `of_day`), or another roadmap's name."""
    from lfroadmap.export import read
    from lfroadmap.roadmap.dates import NotADay

    path = Path(given)
    if path.suffix.lower() in (".json", ".html", ".htm") or path.is_file():
        return Point(read(path), one_line(path.name))
    if given.strip().lower() in NOW:
        today = desk.words.day(date.today())
        return Point(desk.stored(desk.chosen_name()), desk.words("compared.today", day=today))
    try:
        return _past(desk, _moment(given, of_day))
    except NotADay as error:
        if given in desk.shelf.names():
            return Point(desk.stored(given), given)
        raise RoadmapError("no_point", given=one_line(given)) from error


def _moment(given: str, of_day: time) -> datetime:
    """A day, or a moment of it as `2026-03-31T14:30`; raises NotADay."""
    from lfroadmap.roadmap.dates import read_day

    day, _, clock = given.partition("T")
    if clock and len(day) == 10:
        try:
            return datetime.fromisoformat(given).astimezone()
        except ValueError:
            pass  # read_day says what is wrong
    return datetime.combine(read_day(given, date.today()), of_day).astimezone()


def _past(desk: Desk, moment: datetime) -> Point:
    from lfroadmap.store.store import read_past

    past = read_past(desk.shelf.path(desk.chosen_name()))
    day = desk.words.day(moment.date())
    if past.begins is None or moment < past.begins:
        return Point(past.at(moment), desk.words("compared.before", day=day))
    return Point(past.at(moment), day)
