"""`diff`: what changed between two snapshots, two days, or one of them and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.desk import Desk
from lfroadmap.cli.output import print_bytes
from lfroadmap.cli.past import then
from lfroadmap.cli.telling import tell
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.paths import is_file
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
        print_bytes(_render(told, wanted))
    return DONE


def _format(desk: Desk) -> str:
    """The form that was asked for, or that the name of the output tells."""
    from lfroadmap.export.compared import COMPARISONS

    suffix = Path(desk.options.output or "").suffix.lstrip(".").lower()
    wanted: str = desk.options.format or ("json" if desk.options.json else suffix or "text")
    to_file = desk.options.output not in (None, "", "-")
    if wanted not in COMPARISONS and (wanted != "text" or to_file):
        raise UsageError("no_format", name=wanted, known=", ".join(COMPARISONS))
    return wanted


def _render(told: Compared, wanted: str) -> bytes:
    from lfroadmap.export.compared import COMPARISONS

    return COMPARISONS[wanted](told)


def _compared(desk: Desk, a: str, b: str) -> Compared:
    from lfroadmap.export.compared import Compared
    from lfroadmap.report.compared import Ends
    from lfroadmap.roadmap.comparison import compare

    before, after = _point(desk, a, start=True), _point(desk, b, start=False)
    held = compare(before.roadmap, after.roadmap, desk.words.language)
    return Compared(held, Ends(before.told, after.told), desk.words, desk.settings.thresholds)


def _point(desk: Desk, given: str, *, start: bool) -> Point:
    """What is meant: a file, now, a snapshot's name, a day or moment, or another roadmap's name."""
    from lfroadmap.export.snapshot import read

    path = Path(given)
    if path.suffix.lower() in (".json", ".html", ".htm") or is_file(path):
        return Point(read(path), one_line(path.name))
    if given.strip().lower() in NOW:
        today = desk.words.day(date.today())
        return Point(desk.stored(desk.chosen_name()), desk.words("compared.today", day=today))
    try:
        held = then(desk, desk.chosen_name(), given, start=start)
    except UsageError as error:
        if given in desk.shelf.names():
            return Point(desk.stored(given), given)
        raise RoadmapError("no_point", given=one_line(given)) from error
    return Point(held.roadmap, held.told)
