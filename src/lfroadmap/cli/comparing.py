"""`diff`: what changed between two snapshots, two days, or one of them and now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.context import CommandContext
from lfroadmap.cli.history import then
from lfroadmap.cli.output import print_bytes
from lfroadmap.cli.print_report import print_report
from lfroadmap.errors import RoadmapError, UsageError
from lfroadmap.paths import is_file
from lfroadmap.roadmap.model import Roadmap
from lfroadmap.text import one_line

if TYPE_CHECKING:
    from lfroadmap.export.comparison_page import ComparisonContext

DONE = 0
NOW = ("now", "עכשיו")


@dataclass(frozen=True, slots=True)
class Point:
    """One of the two states, and what to call it."""

    roadmap: Roadmap
    told: str


def diff(context: CommandContext) -> int:
    """Print or write what changed from A to B; without B, to now."""
    from lfroadmap.export import write_file

    wanted = _format(context)
    told = _compared(context, context.needed("a", "diff"), context.options.b or NOW[0])
    if context.options.output and context.options.output != "-":
        print(write_file(_render(told, wanted), Path(context.options.output), force=context.options.force))
    elif wanted == "text":
        print_report(context, told.report())
    else:
        print_bytes(_render(told, wanted))
    return DONE


def _format(context: CommandContext) -> str:
    """The form that was asked for, or that the name of the output tells."""
    from lfroadmap.export.comparison_page import COMPARISONS

    suffix = Path(context.options.output or "").suffix.lstrip(".").lower()
    wanted: str = context.options.format or ("json" if context.options.json else suffix or "text")
    to_file = context.options.output not in (None, "", "-")
    if wanted not in COMPARISONS and (wanted != "text" or to_file):
        raise UsageError("no_format", name=wanted, known=", ".join(COMPARISONS))
    return wanted


def _render(told: ComparisonContext, wanted: str) -> bytes:
    from lfroadmap.export.comparison_page import COMPARISONS

    return COMPARISONS[wanted](told)


def _compared(context: CommandContext, a: str, b: str) -> ComparisonContext:
    from lfroadmap.export.comparison_page import ComparisonContext
    from lfroadmap.report.comparison_report import Ends
    from lfroadmap.roadmap.comparison import compare

    before, after = _point(context, a, start=True), _point(context, b, start=False)
    held = compare(before.roadmap, after.roadmap, context.words.language)
    return ComparisonContext(held, Ends(before.told, after.told), context.words, context.settings.thresholds)


def _point(context: CommandContext, given: str, *, start: bool) -> Point:
    """What is meant: a file, now, a snapshot's name, a day or moment, or another roadmap's name."""
    from lfroadmap.imports.snapshot import read

    path = Path(given)
    if path.suffix.lower() in (".json", ".html", ".htm") or is_file(path):
        return Point(read(path), one_line(path.name))
    if given.strip().lower() in NOW:
        today = context.words.day(date.today())
        return Point(context.stored(context.chosen_name()), context.words("compared.today", day=today))
    try:
        held = then(context, context.chosen_name(), given, start=start)
    except UsageError as error:
        if given in context.library.names():
            return Point(context.stored(given), given)
        raise RoadmapError("no_point", given=one_line(given)) from error
    return Point(held.roadmap, held.told)
