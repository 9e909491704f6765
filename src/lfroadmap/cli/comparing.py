"""`diff`: what changed between two snapshots, two days, or one of them and now."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.context import CommandContext
from lfroadmap.cli.output import print_bytes
from lfroadmap.cli.points import points
from lfroadmap.cli.print_report import print_report
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from lfroadmap.export.comparison_page import ComparisonContext

DONE = 0


def diff(context: CommandContext) -> int:
    """Print or write what changed from A to B; without B, to now."""
    from lfroadmap.export import write_file

    wanted = _format(context)
    told = _compared(context, context.needed("a", "diff"), context.options.b or "now")
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
    from lfroadmap.usecases.comparison import compare_points

    known = points(context, context.chosen_name)
    before, after = known.find(a, start=True), known.find(b)
    return compare_points(before, after, context.words, context.settings.thresholds)
