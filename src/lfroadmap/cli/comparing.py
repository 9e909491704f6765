"""`diff`: what changed between two snapshots, two days, or one of them and now."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lfroadmap.cli.context import Command, CommandContext, needed
from lfroadmap.cli.options import flag, option, positional
from lfroadmap.cli.output import print_bytes
from lfroadmap.cli.points import points
from lfroadmap.errors import UsageError

if TYPE_CHECKING:
    from lfroadmap.export.comparison_page import ComparisonContext

DONE = 0


@dataclass(frozen=True, slots=True)
class DiffOptions:
    """The options of `diff`."""

    a: str | None = positional()
    b: str | None = positional()
    name: str | None = option("--of")
    format: str | None = option("--format")
    json: bool = flag("--json")
    output: str | None = option("-o", "--output")
    force: bool = flag("--force")


def diff(context: CommandContext[DiffOptions]) -> int:
    """Print or write what changed from A to B; without B, to now."""
    from lfroadmap.export import write_file
    from lfroadmap.paths import typed_path

    options = context.options
    wanted = _format(options)
    compared = _compared(context, needed(options.a, "A", "diff"), options.b or "now")
    if options.output and options.output != "-":
        written = write_file(_render(compared, wanted), typed_path(options.output), force=options.force)
        context.output.path(written)
    elif wanted == "text":
        context.output.report(compared.report())
    else:
        print_bytes(_render(compared, wanted))
    return DONE


def _format(options: DiffOptions) -> str:
    """The format that was asked for, or that the ending of the output's name says."""
    from lfroadmap.export.comparison_page import COMPARISONS

    suffix = Path(options.output or "").suffix.lstrip(".").lower()
    wanted = options.format or ("json" if options.json else suffix or "text")
    to_file = options.output not in (None, "", "-")
    if wanted not in COMPARISONS and (wanted != "text" or to_file):
        raise UsageError("no_format", name=wanted, known=", ".join(COMPARISONS))
    return wanted


def _render(compared: ComparisonContext, wanted: str) -> bytes:
    from lfroadmap.export.comparison_page import COMPARISONS

    return COMPARISONS[wanted](compared)


def _compared(context: CommandContext[DiffOptions], a: str, b: str) -> ComparisonContext:
    from lfroadmap.usecases.comparison import compare_points

    known = points(context, lambda: context.chosen_name(context.options.name))
    before, after = known.find(a, start=True), known.find(b)
    return compare_points(before, after, context.words, context.settings.thresholds)


DIFF = Command(DiffOptions, diff)
